"""How do a field's arguments reach its resolver in compiled code?

What a document says outright is converted once, when the plan is made; what variables decide is converted for each execution, or was for
the same values a while ago. Both by graphql-core and Strawberry themselves, so that a default, a null or an error is theirs. Resolvers only
read what they get.
"""

from __future__ import annotations

from typing import Any

from graphql import ArgumentNode, FieldNode, GraphQLField, VariableNode, Visitor, get_argument_values, visit
from strawberry.types.arguments import convert_arguments
from strawberry.types.field import StrawberryField

KEPT = 16  # conversions of one field's arguments, by the values of their variables
LONGEST = 500  # characters of such values


class Context:
    """What compiled resolvers get for Strawberry's `Info`: the request's context. To ask for more makes graphql-core take over."""

    __slots__ = ("context",)

    def __init__(self, context: Any) -> None:
        self.context = context


class Input:
    """The arguments of one field: `fixed` are those that no variable decides, as keyword arguments."""

    def __init__(self, field: GraphQLField, node: FieldNode, own: StrawberryField, converter: Any, variables: Any) -> None:
        self.own = own
        self.converter = converter
        decided = {one.name.value for one in node.arguments or () if variables_in(one)}
        self.varies = bool(decided)
        self.varying = _some(field, node, decided)
        self.names = sorted({name for one in self.varying[1].arguments or () for name in variables_in(one)})
        self._kept: dict[str, dict[str, Any]] = {}
        self.fixed = self._converted(*_some(field, node, field.args.keys() - decided), variables)

    def bind(self, variables: Any) -> dict[str, Any]:
        """All keyword arguments, for these variables; raises whatever graphql-core is then to report."""
        given = variables.coerced
        key = repr([given.get(name, ...) for name in self.names])  # tells 1 from True, and null from what is not given
        kept = self._kept.get(key)
        if kept is None:
            kept = {**self.fixed, **self._converted(*self.varying, variables)}
            if len(key) <= LONGEST:
                if len(self._kept) >= KEPT:
                    self._kept.clear()
                self._kept[key] = kept
        return kept

    def _converted(self, field: GraphQLField, node: FieldNode, variables: Any) -> dict[str, Any]:
        given = get_argument_values(field, node, variables)
        config = self.converter.config
        arguments = [one for one in self.own.arguments if config.name_converter.from_argument(one) in field.args]
        return convert_arguments(given, arguments, self.converter.scalar_registry, config)


def _some(field: GraphQLField, node: FieldNode, names: set[str]) -> tuple[GraphQLField, FieldNode]:
    """A field and a node of it with only these arguments."""
    arguments = {name: argument for name, argument in field.args.items() if name in names}
    given = tuple(one for one in node.arguments or () if one.name.value in names)
    return GraphQLField(field.type, args=arguments), FieldNode(name=node.name, arguments=given)


class _Variables(Visitor):
    """The names of the variables in a node."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_variable(self, node: VariableNode, *_: Any) -> None:
        """Note one."""
        self.names.add(node.name.value)


def variables_in(node: ArgumentNode) -> set[str]:
    """The variables that stand in an argument."""
    found = _Variables()
    visit(node, found)
    return found.names


class _Flags(Visitor):
    """The names of the variables that steer `@skip` and `@include`."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_directive(self, node: Any, *_: Any) -> None:
        """Note those of one directive."""
        if node.name.value in ("skip", "include"):
            self.names |= {argument.value.name.value for argument in node.arguments or () if isinstance(argument.value, VariableNode)}


def flags_of(executor: Any) -> tuple[str, ...]:
    """The variables on which it depends which fields an operation selects."""
    flags = _Flags()
    for node in (executor.operation, *executor.fragment_definitions.values()):
        visit(node, flags)
    return tuple(sorted(flags.names))
