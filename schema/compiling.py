"""How does an operation become a Python function?

Nearly all the time of a content query goes into completing fields one by one. Here the selection on a value is compiled to a function
that builds the answer: `{"title": o.title, "blocks": [Block_7[x.__class__](x, A) for x in …]}`; `A` is what an execution gives: the
request's context, then the arguments of fields whose arguments hold variables. Field collection (fragments, aliases, merging, type
conditions, `@skip`, `@include`) is graphql-core's own, run once for each plan.

A field is compiled when it is an attribute of the value, or a resolver that takes nothing but the value, its arguments and the request's
context. Whatever else there is (introspection, a directive that we do not know) makes the operation `NotPlain`, and graphql-core
executes it.
"""

from __future__ import annotations

from itertools import count
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    is_leaf_type,
    is_object_type,
    specified_scalar_types,
)
from graphql.execution.collect_fields import collect_subfields
from strawberry.types.field import StrawberryField

from schema.completing import LEGAL, Bail, Completers, Function, enum_names, leaf
from schema.inputs import Context, Input

NOTHING = ()


class NotPlain(Exception):
    """The operation holds something that is not compiled; the message says what."""


class Plan:
    """A compiled operation: `source` is the code that was generated."""

    def __init__(self, function: Function, inputs: list[Input], source: str) -> None:
        self.function = function
        self.inputs = inputs
        self.source = source

    def run(self, value: Any, variables: Any, context: Any) -> Any:
        """Answer the operation on its root value, for these variables in this request."""
        return self.function(value, [Context(context), *(one.bind(variables) for one in self.inputs)])


class Compiler:
    """Compiles one operation. `names` says for each Python class of a value which GraphQL type it stands for."""

    def __init__(self, executor: Any, names: dict[type, str], converter: Any) -> None:
        self.executor = executor
        self.names = names
        self.converter = converter
        self.source: list[str] = []
        self.space: dict[str, Any] = {"Bail": Bail, "NOTHING": NOTHING}
        self.inputs: list[Input] = []
        self._selections: dict[tuple[Any, ...], str] = {}
        self._numbers = count()

    def compile(self, type_: GraphQLObjectType, grouped: Any) -> Plan:
        """The plan of an operation's fields, by response key, on its root type; raises `NotPlain`."""
        name = self._object(type_, grouped)
        source = "\n".join(self.source)
        exec(compile(source, "<graphql plan>", "exec"), self.space)  # noqa: S102  (our own code, in which a document's names stand as literals)
        return Plan(self.space[name], self.inputs, source)

    def _selection(self, type_: GraphQLObjectType, fields: Any) -> str:
        """The name of the function that completes an object."""
        key = (type_.name, *(id(one.node) for one in fields))
        if key not in self._selections:
            executor = self.executor
            grouped, deferred, forbidden = collect_subfields(
                executor.schema, executor.fragments, executor.variable_values, executor.operation, type_, fields, executor.hide_suggestions
            )
            if deferred or forbidden:
                raise NotPlain("@defer or @stream")
            self._selections[key] = self._object(type_, grouped)
        return self._selections[key]

    def _object(self, type_: GraphQLObjectType, grouped: Any) -> str:
        parts = [f"{name!r}: {self._field(type_, some)}" for name, some in grouped.items()]
        return self._define(type_.name, "o, A", "return {", *(f"  {part}," for part in parts), "}")

    def _field(self, type_: GraphQLObjectType, fields: Any) -> str:
        """The expression of one field of the object `o`."""
        node = fields[0].node
        for one in fields:
            odd = [directive.name.value for directive in one.node.directives or () if directive.name.value not in ("skip", "include")]
            if odd or one.defer_usage:
                raise NotPlain(f"@{odd[0] if odd else 'defer'} on {node.name.value}")
        if node.name.value == "__typename":
            return repr(type_.name)
        definition = type_.fields.get(node.name.value)
        if definition is None or "strawberry-definition" not in definition.extensions:
            raise NotPlain(f"{node.name.value}, which graphql-core answers itself")
        own: StrawberryField = definition.extensions["strawberry-definition"]
        if type(own) is not StrawberryField or own.extensions:
            raise NotPlain(f"{type_.name}.{node.name.value}, which is not a plain field")
        return self._value(definition.type, fields, self._resolved(type_, own, definition, fields[0]), "v")

    def _resolved(self, type_: GraphQLObjectType, own: StrawberryField, definition: GraphQLField, first: Any) -> str:
        """The expression that gives a field's value before it is completed."""
        resolver = own.base_resolver
        if resolver is None:
            return f"o.{own.python_name}"
        if resolver.is_async or not (resolver.self_parameter or resolver.parent_parameter):
            raise NotPlain(f"{type_.name}.{first.node.name.value}, whose resolver is not plain")
        call = self._constant(resolver.name, resolver.wrapped_func)
        info = f", {resolver.info_parameter.name}=A[0]" if resolver.info_parameter else ""
        if not definition.args:
            return f"{call}(o{info})"
        bound = Input(definition, first.node, own, self.converter, self.executor.variable_values)
        if bound.varies:
            self.inputs.append(bound)
            return f"{call}(o{info}, **A[{len(self.inputs)}])"
        return f"{call}(o{info}, **{self._constant('given', bound.fixed)})"

    def _value(self, type_: Any, fields: Any, expression: str, v: str) -> str:
        """The expression that completes another (which it evaluates once) as a type; `v` is a local name for it."""
        required = isinstance(type_, GraphQLNonNull)
        if required:
            type_ = type_.of_type
        load = v if expression == v else f"({v} := {expression})"
        if is_leaf_type(type_):
            return self._leaf(type_, expression, load, v, required=required)
        if isinstance(type_, GraphQLList):
            return f"([] if {load} is NOTHING else {self._list(type_, fields, required=required)}({v}, A))"
        return f"{self._completers(type_, fields, nullable=not required)}[{load}.__class__]({v}, A)"

    def _leaf(self, type_: Any, expression: str, load: str, v: str, *, required: bool) -> str:
        whole = self._constant(type_.name, leaf(type_))
        slow = f"{whole}({v})" if required else f"None if {v} is None else {whole}({v})"
        if type_.name in LEGAL and type_.name in specified_scalar_types:
            return f"({v} if {LEGAL[type_.name].format(v=v).replace(v, load, 1)} else {slow})"
        if isinstance(type_, GraphQLEnumType) and (names := enum_names(type_)) is not None:
            cls, table = self._constant(type_.name, names[0]), self._constant("names", names[1])
            return f"({table}[{v}._value_] if {load}.__class__ is {cls} else {slow})"
        return f"{whole}({expression})" if required else f"(None if {load} is None else {whole}({v}))"

    def _list(self, type_: Any, fields: Any, *, required: bool) -> str:
        item = self._value(type_.of_type, fields, "x", "x")
        otherwise = "raise Bail" if required else "return None"
        return self._define(
            "each",
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
            function, own = self._selection(type_, fields), type_.name
            completers = Completers(lambda cls: space[function] if names.get(cls) == own else None, nullable=nullable)
        else:
            functions = {one.name: self._selection(one, fields) for one in self.executor.schema.get_possible_types(type_)}
            completers = Completers(lambda cls: space.get(functions.get(names.get(cls, ""), "")), nullable=nullable)
        return self._constant(type_.name, completers)

    def _define(self, hint: str, parameters: str, *lines: str) -> str:
        name = f"{hint}_{next(self._numbers)}"
        self.source.append(f"def {name}({parameters}):\n " + "\n ".join(lines))
        return name

    def _constant(self, hint: str, value: Any) -> str:
        name = f"{hint}_{next(self._numbers)}"
        self.space[name] = value
        return name
