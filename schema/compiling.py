"""How does a selection become a Python function?

Nearly all the time of a content query goes into completing fields one by one. Here the selection on a value is compiled to a function
that builds the answer: `{"title": o.title, "blocks": [C7[x.__class__](x, A) for x in …]}`. Field collection (fragments, aliases, merging,
type conditions, `@skip`, `@include`) is graphql-core's own, run once for each plan; arguments that hold variables are bound for each
execution.

A field is compiled when it is an attribute of the value, or a resolver that takes nothing but the value and its arguments. Whatever else
there is (a resolver that takes `info`, a directive that we do not know) makes the selection `NotPlain`, and graphql-core executes it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphql import (
    FieldNode,
    GraphQLEnumType,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    Undefined,
    VariableNode,
    Visitor,
    get_argument_values,
    is_leaf_type,
    is_object_type,
    specified_scalar_types,
    visit,
)
from graphql.execution.collect_fields import collect_subfields
from strawberry.types.arguments import convert_arguments
from strawberry.types.field import StrawberryField

Function = Callable[..., Any]


class Bail(Exception):
    """A value is not what the plan assumed: graphql-core shall complete it."""


class NotPlain(Exception):
    """The selection holds something that is not compiled; the message says what."""


# for each built-in scalar, when a value is already its result; {v} is a local name
LEGAL = {
    "String": "{v}.__class__ is str",
    "ID": "{v}.__class__ is str",
    "Boolean": "{v}.__class__ is bool",
    "Int": "{v}.__class__ is int and -2147483648 <= {v} <= 2147483647",
    "Float": "{v}.__class__ is float and -1.7976931348623157e308 <= {v} <= 1.7976931348623157e308",
}


class Completers(dict[type, Function]):
    """The class of a value → the function that completes it: a class is examined once, then it is one look-up."""

    def __init__(self, pick: Callable[[type], Function | None], *, nullable: bool) -> None:
        self.pick = pick
        if nullable:
            self[type(None)] = lambda _value, _inputs: None

    def __missing__(self, cls: type) -> Function:
        """Find out what completes values of a class; raises `Bail`."""
        found = None if _is_odd(cls) else self.pick(cls)
        if found is None:
            raise Bail
        self[cls] = found
        return found


def _is_odd(cls: type) -> bool:
    """Whether values of a class mean something to graphql-core beyond themselves: nothing, an error, something to wait for."""
    return cls is type(None) or cls is type(Undefined) or issubclass(cls, BaseException) or hasattr(cls, "__await__")


def _leaf(type_: Any) -> Callable[[Any], Any]:
    """What completes a value that is not already legal; raises whatever graphql-core is then to report."""
    coerce = type_.coerce_output_value
    known: dict[Any, Any] = {}
    is_enum = isinstance(type_, GraphQLEnumType)

    def complete(value: Any) -> Any:
        if is_enum and value in known:
            return known[value]
        if _is_odd(value.__class__):
            raise Bail
        result = coerce(value)
        if result is None or result is Undefined:
            raise Bail
        if is_enum:
            known[value] = result
        return result

    return complete


class Input:
    """The arguments of one field, bound for each execution because they hold variables."""

    def __init__(self, field: GraphQLField, node: FieldNode, convert: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
        self.field = field
        self.node = node
        self.convert = convert

    def bind(self, variables: Any) -> dict[str, Any]:
        """The keyword arguments that the resolver gets."""
        return self.convert(get_argument_values(self.field, self.node, variables))


class Plan:
    """A compiled selection: `source` is the code that was generated."""

    def __init__(self, function: Function, inputs: list[Input], source: str) -> None:
        self.function = function
        self.inputs = inputs
        self.source = source

    def run(self, value: Any, variables: Any) -> Any:
        """Complete a value."""
        return self.function(value, [one.bind(variables) for one in self.inputs])


class Compiler:
    """Compiles the selections of one execution. `names` says for each Python class of a value which GraphQL type it stands for."""

    def __init__(self, executor: Any, names: dict[type, str], converter: Any) -> None:
        self.executor = executor
        self.names = names
        self.converter = converter
        self.source: list[str] = []
        self.space: dict[str, Any] = {"Bail": Bail}
        self.inputs: list[Input] = []
        self._selections: dict[tuple[Any, ...], str] = {}

    def compile(self, type_: Any, fields: Any) -> Plan:
        """The plan that completes values of a type; raises `NotPlain`."""
        body = self.value(GraphQLNonNull(type_), fields, "o", "o")
        name = self._define("o, A", f"return {body}")
        source = "\n".join(self.source)
        exec(compile(source, "<graphql plan>", "exec"), self.space)  # noqa: S102  (our own code, in which a document's texts stand as literals)
        return Plan(self.space[name], self.inputs, source)

    def selection(self, type_: GraphQLObjectType, fields: Any) -> str:
        """The name of the function that completes an object."""
        key = (type_.name, *(id(one.node) for one in fields))
        if key not in self._selections:
            executor = self.executor
            grouped, deferred, forbidden = collect_subfields(
                executor.schema, executor.fragments, executor.variable_values, executor.operation, type_, fields, executor.hide_suggestions
            )
            if deferred or forbidden:
                raise NotPlain("deferred")
            parts = [f"{name!r}: {self.field(type_, some)}" for name, some in grouped.items()]
            self._selections[key] = self._define("o, A", f"return {{{', '.join(parts)}}}")
        return self._selections[key]

    def field(self, type_: GraphQLObjectType, fields: Any) -> str:
        """The expression of one field of the object `o`."""
        node = fields[0].node
        for one in fields:
            if one.defer_usage or any(directive.name.value not in ("skip", "include") for directive in one.node.directives or ()):
                raise NotPlain(f"a directive on {node.name.value}")
        if node.name.value == "__typename":
            return repr(type_.name)
        definition = type_.fields.get(node.name.value)
        if definition is None or "strawberry-definition" not in definition.extensions:
            raise NotPlain(node.name.value)
        own: StrawberryField = definition.extensions["strawberry-definition"]
        if type(own) is not StrawberryField or own.extensions:
            raise NotPlain(f"{type_.name}.{node.name.value}")
        return self.value(definition.type, fields, self._resolved(type_, own, definition, fields[0]), "v")

    def _resolved(self, type_: GraphQLObjectType, own: StrawberryField, definition: GraphQLField, first: Any) -> str:
        """The expression that gives a field's value before it is completed."""
        resolver = own.base_resolver
        if resolver is None:
            return f"o.{own.python_name}"
        if resolver.info_parameter or resolver.is_async or not (resolver.self_parameter or resolver.parent_parameter):
            raise NotPlain(f"{type_.name}.{first.node.name.value}")
        call = self._constant("R", resolver.wrapped_func)
        if not definition.args:
            return f"{call}(o)"
        bound = Input(definition, first.node, self._converted(own))
        if first.fragment_variable_values:
            raise NotPlain("a fragment with variables")
        if has_variables(first.node):
            self.inputs.append(bound)
            return f"{call}(o, **A[{len(self.inputs) - 1}])"
        return f"{call}(o, **{self._constant('K', bound.bind(self.executor.variable_values))})"

    def _converted(self, own: StrawberryField) -> Callable[[dict[str, Any]], dict[str, Any]]:
        converter = self.converter
        return lambda given: convert_arguments(given, own.arguments, converter.scalar_registry, converter.config)

    def value(self, type_: Any, fields: Any, expression: str, v: str) -> str:
        """The expression that completes another (which it evaluates once) as a type; `v` is a local name for it."""
        required = isinstance(type_, GraphQLNonNull)
        if required:
            type_ = type_.of_type
        load = v if expression == v else f"({v} := {expression})"
        if is_leaf_type(type_):
            leaf = self._constant("L", _leaf(type_))
            legal = LEGAL.get(type_.name) if type_.name in specified_scalar_types else None
            slow = f"{leaf}({v})" if required else f"None if {v} is None else {leaf}({v})"
            if legal is None:
                return f"{leaf}({expression})" if required else f"(None if {load} is None else {leaf}({v}))"
            return f"({v} if {legal.format(v=v).replace(v, load, 1)} else {slow})"
        if isinstance(type_, GraphQLList):
            return f"{self._list(type_, fields, required=required)}({expression}, A)"
        return f"{self._completers(type_, fields, nullable=not required)}[{load}.__class__]({v}, A)"

    def _list(self, type_: Any, fields: Any, *, required: bool) -> str:
        item = self.value(type_.of_type, fields, "x", "x")
        otherwise = "raise Bail" if required else "return None"
        return self._define(
            "w, A",
            "if w.__class__ is not list and w.__class__ is not tuple:",
            f"  if w is None: {otherwise}",
            "  raise Bail",
            f"return [{item} for x in w]",
        )

    def _completers(self, type_: Any, fields: Any, *, nullable: bool) -> str:
        """The name of the look-up by class for an object, interface or union type."""
        names, space = self.names, self.space
        if is_object_type(type_):
            function, own = self.selection(type_, fields), type_.name
            return self._constant("C", Completers(lambda cls: space[function] if names.get(cls) == own else None, nullable=nullable))
        functions = {one.name: self.selection(one, fields) for one in self.executor.schema.get_possible_types(type_)}
        return self._constant("C", Completers(lambda cls: space.get(functions.get(names.get(cls, ""), "")), nullable=nullable))

    def _define(self, parameters: str, *lines: str) -> str:
        name = f"f{len(self.source)}"
        self.source.append(f"def {name}({parameters}):\n " + "\n ".join(lines))
        return name

    def _constant(self, prefix: str, value: Any) -> str:
        name = f"{prefix}{len(self.space)}"
        self.space[name] = value
        return name


class _Variables(Visitor):
    """The names of the variables in a node; with `only_flags`, of those that steer `@skip` and `@include`."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_variable(self, node: VariableNode, *_: Any) -> None:
        """Note one."""
        self.names.add(node.name.value)


def has_variables(node: FieldNode) -> bool:
    """Whether a field's arguments hold variables."""
    found = _Variables()
    for argument in node.arguments or ():
        visit(argument, found)
    return bool(found.names)


class _Flags(Visitor):
    """The names of the variables that steer `@skip` and `@include`."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_directive(self, node: Any, *_: Any) -> None:
        """Note those of one directive."""
        if node.name.value in ("skip", "include"):
            self.names |= {argument.value.name.value for argument in node.arguments or () if isinstance(argument.value, VariableNode)}


def flags_of(executor: Any) -> list[str]:
    """The variables on which it depends which fields an operation selects."""
    flags = _Flags()
    for node in (executor.operation, *executor.fragment_definitions.values()):
        visit(node, flags)
    return sorted(flags.names)
