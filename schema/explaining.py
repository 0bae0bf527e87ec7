"""How would an operation be executed?

The same walk that an execution makes, over the selection alone: where the whole of it is plain it is one plan; else graphql-core answers
that level, and each value below is asked the same. Nothing is fetched.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLObjectType,
    SelectionSetNode,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
)
from graphql.execution.collect_fields import collect_fields, collect_subfields

from schema.compiling import NotPlain
from schema.execution import Plans


class Explained(NamedTuple):
    """How an operation is executed.

    `plans`: for each plan where in the answer it stands, and its source. `slow`: where graphql-core answers itself, and why. Of `fields`
    fields that the operation selects, each counted once wherever its fragment is spread, `compiled` are answered by plans alone.
    """

    plans: list[tuple[str, str]]
    slow: list[tuple[str, str]]
    fields: int
    compiled: int


def explain(plans: Plans, executor: Any) -> Explained:
    """How the operation of an executor is executed, with its variables' values."""
    return _Explanation(plans, executor).whole()


class _Explanation:
    def __init__(self, plans: Plans, executor: Any) -> None:
        self.compilers = plans
        self.executor = executor
        self.plans: list[tuple[str, str]] = []
        self.slow: list[tuple[str, str]] = []
        self._left: set[int] = set()  # field nodes that graphql-core answers

    def whole(self) -> Explained:
        executor = self.executor
        root = executor.schema.get_root_type(executor.operation.operation)
        grouped = collect_fields(executor.schema, executor.fragments, executor.variable_values, root, executor.operation)[0]
        try:
            plan = self.compilers.compiler(executor).root(root, grouped)
            self.plans.append(("the whole operation", plan.source))
        except NotPlain as why:
            self.slow.append(("the operation", str(why)))
            self._fields(root, grouped, "")
        fields = self._nodes(executor.operation.selection_set, set())
        return Explained(self.plans, self.slow, len(fields), len(fields - self._left))

    def _value(self, type_: Any, fields: Any, path: str) -> None:
        """What completes the values of a type."""
        executor = self.executor
        try:
            self.plans.append((path, self.compilers.compiler(executor).value(type_, fields).source))
        except NotPlain as why:
            self.slow.append((path, str(why)))
            for one in executor.schema.get_possible_types(type_) if is_abstract_type(type_) else [type_]:
                grouped = collect_subfields(
                    executor.schema, executor.fragments, executor.variable_values, executor.operation, one, fields
                ).grouped_field_set
                self._fields(one, grouped, path)

    def _fields(self, type_: GraphQLObjectType, grouped: Any, path: str) -> None:
        """A level that graphql-core answers."""
        for name, fields in grouped.items():
            self._left |= {id(one.node) for one in fields}
            definition = self.executor.schema.get_field(type_, fields[0].node.name.value)
            if definition is not None and not is_leaf_type(named := get_named_type(definition.type)):
                self._value(named, fields, f"{path}.{name}" if path else name)

    def _nodes(self, selected: SelectionSetNode, seen: set[str]) -> set[int]:
        """The field nodes of a selection, each fragment's once."""
        out: set[int] = set()
        for node in selected.selections:
            inner = getattr(node, "selection_set", None)
            if isinstance(node, FieldNode):
                out.add(id(node))
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
                seen.add(node.name.value)
                inner = self.executor.fragment_definitions[node.name.value].selection_set
            if inner is not None:
                out |= self._nodes(inner, seen)
        return out
