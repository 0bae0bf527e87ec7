"""What does an operation cost before it runs?

A cost is a number of things to fetch. An object costs 1 and its fields; a list is its length times that (a connection's length is `first`
or `last`, a list's without either a stated guess); what stands inside one article costs 10 in all, however much of it is selected; what a
connection has once (counts, page info, facets) is not multiplied. The formula is kept with the prepared operation (`gateway/formulas.py`);
only lengths that are variables are filled in for each request.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    StringValueNode,
    VariableNode,
    get_named_type,
)

from gateway.formulas import Formula, Length, number, times, total

INSIDE = 10
BODY = frozenset({"blocks", "sections", "allSections", "allBlocks", "section", "tables", "lists", "text", "html", "markdown", "excerpt"})
INSIDE_FIELDS = {"Article": BODY | {"source"}, "SearchEdge": frozenset({"passages"})}
ONCE_FIELDS = frozenset({"pageInfo", "totalCount", "facets", "suggestion", "interpretation"})
FREE_TYPES = frozenset({"PageInfo", "Facets", "ArticleEdge", "SearchEdge", "CategoryEdge", "TagEdge", "AuthorEdge"})
GUESSED = {"archives": 10, "years": 10, "months": 12, "children": 10}  # what lists without `first` are taken to hold
DEFAULTS = {"suggest": 8, "related": 5}
PAGE = 10


class Mode(enum.Enum):
    """Which fields of a selection are counted, and how.

    All of an object's; of a connection's, those that it has for each node, or once; or all of what stands inside an article, which is
    free but for the articles that it leads to.
    """

    ALL = "all"
    EACH = "each"
    ONCE = "once"
    INSIDE = "inside"


def cost_of(schema: GraphQLSchema, operation: OperationDefinitionNode, fragments: Mapping[str, FragmentDefinitionNode]) -> Formula:
    """The formula of a valid operation."""
    defaults = {one.variable.name.value: one.default_value for one in operation.variable_definitions or ()}
    return _Costs(schema, fragments, defaults).selection(schema.get_root_type(operation.operation), operation.selection_set, Mode.ALL)


class _Costs:
    """Formulas of one document's selections, each fragment's worked out once for each mode."""

    def __init__(self, schema: GraphQLSchema, fragments: Mapping[str, FragmentDefinitionNode], defaults: Mapping[str, Any]) -> None:
        self.schema = schema
        self.fragments = fragments
        self.defaults = defaults
        self._kept: dict[tuple[str, Mode], Formula] = {}

    def selection(self, parent: Any, selected: SelectionSetNode, mode: Mode) -> Formula:
        """The sum over a selection."""
        parts: list[Formula] = []
        inside = 0
        for node in selected.selections:
            if isinstance(node, FieldNode):
                if node.selection_set is None and node.name.value not in INSIDE_FIELDS.get(parent.name, ()):
                    continue
                if mode in (Mode.EACH, Mode.ONCE) and (node.name.value in ONCE_FIELDS) is not (mode is Mode.ONCE):
                    continue
                if mode is not Mode.INSIDE and node.name.value in INSIDE_FIELDS.get(parent.name, ()):
                    inside = INSIDE
                    parts.append(self.field(parent, node, Mode.INSIDE))
                else:
                    parts.append(self.field(parent, node, mode))
            elif isinstance(node, FragmentSpreadNode):
                parts.append(self.fragment(node.name.value, mode))
            elif isinstance(node, InlineFragmentNode):
                on = self.schema.get_type(node.type_condition.name.value) if node.type_condition else parent
                parts.append(self.selection(on, node.selection_set, mode))
        return total(number(inside), *parts)

    def fragment(self, name: str, mode: Mode) -> Formula:
        """The sum over a fragment's selection."""
        if (name, mode) not in self._kept:
            fragment = self.fragments[name]
            on = self.schema.get_type(fragment.type_condition.name.value)
            self._kept[name, mode] = self.selection(on, fragment.selection_set, mode)
        return self._kept[name, mode]

    def field(self, parent: Any, node: FieldNode, mode: Mode) -> Formula:
        """A field's cost: nothing for a scalar, else 1 and its selection's, times its length."""
        definition = parent.fields.get(node.name.value)
        if node.selection_set is None or definition is None:  # a scalar, or introspection
            return number(0)
        named = get_named_type(definition.type)
        if mode is Mode.INSIDE:
            if named.name != "Article":
                return self.selection(named, node.selection_set, Mode.INSIDE)
            article = self.selection(named, node.selection_set, Mode.ALL)
            return times(number(INSIDE), total(number(1), article))
        length = self.length(node, definition)
        if named.name.endswith("Connection"):
            each = self.selection(named, node.selection_set, Mode.EACH)
            once = self.selection(named, node.selection_set, Mode.ONCE)
            return total(number(1), times(length, each), once)
        inner = self.selection(named, node.selection_set, Mode.ALL)
        own = 0 if named.name in FREE_TYPES else 1
        return times(length, total(number(own), inner))

    def length(self, node: FieldNode, definition: Any) -> Formula:
        """How many values a field is taken to give: of several lengths the largest."""
        arguments = {argument.name.value: argument.value for argument in node.arguments or ()}
        if "ids" in definition.args:
            return self._asked([arguments["ids"]] if "ids" in arguments else [], 1)
        if "first" not in definition.args:
            return number(GUESSED.get(node.name.value, 1))
        asked = [arguments[name] for name in ("first", "last") if name in arguments]
        return self._asked(asked, DEFAULTS.get(node.name.value, PAGE))

    def _asked(self, values: list[Any], otherwise: int) -> Formula:
        fixed = [said for value in values if (said := _said(value)) is not None]
        names = [value.name.value for value in values if isinstance(value, VariableNode)]
        if not names:
            return number(max(fixed, default=otherwise))
        return Length(fixed, {name: _said(self.defaults.get(name)) for name in names}, otherwise).formula()


def _said(value: Any) -> int | None:
    """The length that a literal states: a number itself, a list how much it holds, one value alone 1."""
    if isinstance(value, IntValueNode):
        return max(0, int(value.value))
    if isinstance(value, ListValueNode):
        return len(value.values)
    return 1 if isinstance(value, StringValueNode) else None
