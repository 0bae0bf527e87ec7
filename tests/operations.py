"""Which random operations can be asked of the schema?

Valid ones, with everything that decides how a selection is collected: fragments spread once and again, inline ones, type conditions on
interfaces, aliases, fields that merge, `@skip` and `@include`, `__typename`, and arguments as literals, variables and both. Of the values
some are wrong on purpose, so that errors and nulls are as common as answers.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    print_ast,
)
from graphql.utilities import ast_from_value

Named = Mapping[str, Sequence[Any]]
DEEPEST = 6
PLAUSIBLE: Named = {
    "first": [0, 1, 2, 3, 101],
    "last": [1, 2],
    "offset": [0, 1, -1],
    "after": ["x"],
    "before": ["x"],
    "year": [2018, 2024, 1900],
    "month": [3, 13],
    "length": [12, 80, 0],
    "column": ["Fish", "Species"],
    "contains": ["a"],
    "equals": ["mackerel"],
    "prefix": ["a", "ha", ""],
    "query": ["harbour storm", "fish* -pie", '"night work"', "", "title:harbour OR ferry~"],
    "publishedFrom": ["2018-01-01T00:00:00Z"],
    "publishedBefore": ["2024-01-01T00:00:00+02:00"],
}
"""What arguments are given, by name."""


class RandomOperation:
    """One operation and the values of its variables, all decided by a seed. `known` are further values of arguments, by name."""

    def __init__(self, schema: GraphQLSchema, seed: int, known: Named) -> None:
        self.schema = schema
        self.random = random.Random(seed)
        self.known = {**PLAUSIBLE, **known}
        self.variables: dict[str, Any] = {}
        self._declared: dict[str, str] = {}
        self._fragments: list[tuple[str, Any, str]] = []
        self._aliases = 0
        assert schema.query_type is not None
        fields = " ".join(self._field(schema.query_type, 0) for _ in range(self.random.randint(1, 2)))
        declared = ", ".join(f"${name}: {type_}" for name, type_ in self._declared.items())
        fragments = [f"fragment {name} on {type_} {body}" for name, type_, body in self._fragments]
        self.text = "\n".join([f"query Q{f'({declared})' if declared else ''} {{ {fields} }}", *fragments])

    def _chance(self, share: float) -> bool:
        return self.random.random() < share

    def _selection(self, type_: Any, depth: int) -> str:
        parts = ["__typename"] if self._chance(0.25) else []
        parts += [self._field(type_, depth) for _ in range(self.random.randint(1, 3))]
        if is_abstract_type(type_):
            for one in self.random.sample(self.schema.get_possible_types(type_), 2):
                parts.append(f"... on {one.name}{self._directive()} {{ {self._field(one, depth)} }}")
        elif self._chance(0.1):
            parts.append(f"...{self._directive()} {{ {self._field(type_, depth)} }}")
        if self._chance(0.2):
            parts.append(self._spread(type_, depth))
        return f"{{ {' '.join(parts)} }}"

    def _spread(self, type_: Any, depth: int) -> str:
        """A fragment: a new one, or one that is spread already."""
        fitting = [name for name, other, _ in self._fragments if other is type_]
        name = self.random.choice(fitting) if fitting and self._chance(0.5) else f"F{len(self._fragments)}"
        if name not in fitting:
            body = f"{{ {self._field(type_, max(depth, DEEPEST - 2))} }}"
            while any(name == other for other, _, _ in self._fragments):  # the body may have brought fragments of its own
                name += "x"
            self._fragments.append((name, type_, body))
        return f"...{name}{self._directive()}"

    def _field(self, type_: GraphQLObjectType, depth: int) -> str:
        """A field under an alias of its own; sometimes asked twice, so that both selections merge."""
        fields = [(name, field) for name, field in type_.fields.items() if depth < DEEPEST or is_leaf_type(get_named_type(field.type))]
        if not fields:
            return "__typename"
        name, field = self.random.choice(fields)
        self._aliases += 1
        start = f"a{self._aliases}: {name}{self._arguments(field)}"
        named = get_named_type(field.type)
        if is_leaf_type(named):
            return f"{start}{self._directive()}"
        asked = [f"{start}{self._directive()} {self._selection(named, depth + 1)}" for _ in range(2 if self._chance(0.1) else 1)]
        return " ".join(asked)

    def _directive(self) -> str:
        if not self._chance(0.1):
            return ""
        value = self.random.choice(["$on", "$off", "true", "false"])
        if value.startswith("$"):
            self._declared[value[1:]], self.variables[value[1:]] = "Boolean!", value == "$on"
        return f" @{self.random.choice(['include', 'skip'])}(if: {value})"

    def _arguments(self, field: GraphQLField) -> str:
        given = [
            f"{name}: {self._argument(name, argument)}"
            for name, argument in field.args.items()
            if (isinstance(argument.type, GraphQLNonNull) and argument.default_value in (None, ...)) or self._chance(0.3)
        ]
        return f"({', '.join(given)})" if given else ""

    def _argument(self, name: str, argument: GraphQLArgument) -> str:
        """A literal, a variable, or an object with variables in it."""
        required = isinstance(argument.type, GraphQLNonNull)
        if self._chance(0.5):
            return self._variable(str(argument.type), self._value(name, argument.type), required=required)
        return self._literal(name, argument.type)

    def _variable(self, type_: str, value: Any, *, required: bool) -> str:
        name = f"v{len(self._declared)}"
        self._declared[name] = type_
        if required or self._chance(0.8):  # else it is left out
            self.variables[name] = value
        return f"${name}"

    def _literal(self, name: str, type_: Any) -> str:
        bare = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
        if isinstance(bare, GraphQLInputObjectType):
            fields = [one for one in bare.fields.items() if one[0] in self.known or isinstance(one[1].type, GraphQLNonNull)]
            chosen = [one for one in fields if isinstance(one[1].type, GraphQLNonNull)] + self.random.sample(fields, 1)
            inner = {
                key: self._variable(str(f.type), self._value(key, f.type), required=isinstance(f.type, GraphQLNonNull)) for key, f in chosen
            }
            return f"{{{', '.join(f'{key}: {value}' for key, value in inner.items())}}}"
        node = ast_from_value(self._value(name, type_), type_)
        return "null" if node is None else print_ast(node)

    def _value(self, name: str, type_: Any) -> Any:
        """A value as JSON has it, sometimes null."""
        if isinstance(type_, GraphQLNonNull):
            return self._present(name, type_.of_type)
        return None if self._chance(0.15) else self._present(name, type_)

    def _present(self, name: str, type_: Any) -> Any:
        if isinstance(type_, GraphQLList):
            return [self._value(name, GraphQLNonNull(get_named_type(type_))) for _ in range(self.random.randint(0, 2))]
        if isinstance(type_, GraphQLEnumType):
            return self.random.choice(list(type_.values))
        if isinstance(type_, GraphQLInputObjectType):
            required = {key: field for key, field in type_.fields.items() if isinstance(field.type, GraphQLNonNull)}
            others = [key for key in type_.fields if key in self.known and key not in required]
            chosen = {**required, **{key: type_.fields[key] for key in self.random.sample(others, min(1, len(others)))}}
            return {key: self._value(key, field.type) for key, field in chosen.items()}
        return self.random.choice(self.known.get(name) or [1 if type_.name == "Int" else "x"])
