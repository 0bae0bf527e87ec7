"""Is what compiled selections answer graphql-core's own, to the last error?"""

from __future__ import annotations

import random
from typing import Any

import pytest
from graphql import GraphQLInterfaceType, GraphQLNonNull, get_named_type, is_leaf_type

from gateway.limits import Limits
from index.library import Library
from schema.build import build
from tests.schema.conftest import Asker

SCHEMA = build()._schema  # Strawberry shows its graphql-core schema under no other name
ARGUMENTS = {
    "slug": ['"breakwater"', '"pie"', '"town"', '"ada-kerr"', '"fish"', '"nothing"'],
    "url": ["null"],
    "id": ['"QXJ0aWNsZTp4"', '"x"'],
    "ids": ['["QXJ0aWNsZTp4", "VGFnOmZpc2g="]'],
    "query": ['"breakwater"', '"turbot 80"', '""', '"fish* -pie"'],
    "prefix": ['"a"', '"fi"', "null"],
    "first": ["0", "1", "3", "101", "$first"],
    "last": ["1", "null"],
    "after": ["null", '"x"'],
    "before": ["null"],
    "offset": ["0", "1", "null"],
    "year": ["2024", "1900"],
    "anchor": ['"costs"', '"nothing"'],
    "length": ["12", "0"],
    "kinds": ["[TABLE, LIST]", "null", "[]"],
    "column": ['"Fish"', '"nothing"'],
    "where": ['[{column: "Fish", contains: "t"}]', "null", '[{column: "Fish"}]'],
    "except": ["[DATE, TAG]", "null"],
    "orderBy": None,
    "filter": ['{tags: ["fish"]}', "{year: $year}", "null", "{month: 13}"],
}
ORDERS = {"ArticleOrder": ["NEWEST", "TITLE"], "SearchOrder": ["RELEVANCE", "NEWEST"], "TopicOrder": ["NAME", "COUNT"]}


class Generator:
    """Random valid operations over the real schema."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.fragments: list[str] = []
        self.used: set[str] = set()

    def operation(self) -> str:
        """A query with its fragments."""
        fields = " ".join(self.field(SCHEMA.query_type, 0) for _ in range(self.random.randint(1, 3)))
        body = f"{{ {fields} }} {' '.join(self.fragments)}"
        kinds = {"first": "Int", "year": "Int", "on": "Boolean!", "off": "Boolean!"}
        declared = ", ".join(f"${name}: {kinds[name]}" for name in sorted(self.used))
        return f"query Q{f'({declared})' if declared else ''} {body}"

    def selection(self, type_: Any, depth: int) -> str:
        """A selection on a type: fields, fragments, type conditions."""
        parts = ["__typename"] if self.random.random() < 0.3 else []
        parts += [self.field(type_, depth) for _ in range(self.random.randint(1, 4))]
        if isinstance(type_, GraphQLInterfaceType):
            some = self.random.sample(SCHEMA.get_possible_types(type_), 2)
            parts += [f"... on {one.name} {{ {self.field(one, depth)} }}" for one in some]
        if self.random.random() < 0.15:
            name = f"F{len(self.fragments)}"
            self.fragments.append("")
            self.fragments[int(name[1:])] = f"fragment {name} on {type_.name} {{ {self.field(type_, depth)} }}"
            parts.append(f"...{name}")
        return f"{{ {' '.join(parts)} }}"

    def field(self, type_: Any, depth: int) -> str:
        """A field with arguments, alias, directive and selection."""
        name, field = self.random.choice(
            [(n, f) for n, f in type_.fields.items() if depth < 6 or is_leaf_type(get_named_type(f.type))] or [("__typename", None)]
        )
        if field is None:
            return "__typename"
        arguments = [
            self.argument(n, a)
            for n, a in field.args.items()
            if (isinstance(a.type, GraphQLNonNull) and a.default_value is None) or self.random.random() < 0.3
        ]
        arguments = [one for one in arguments if one]
        alias = f"a{self.random.randint(0, 10**6)}: "
        directive = ""
        if self.random.random() < 0.1:
            variable = self.random.choice(["on", "off"])
            self.used.add(variable)
            directive = f" @{self.random.choice(['include', 'skip'])}(if: ${variable})"
        named = get_named_type(field.type)
        inner = "" if is_leaf_type(named) else " " + self.selection(named, depth + 1)
        given = f"({', '.join(arguments)})" if arguments else ""
        return f"{alias}{name}{given}{directive}{inner}"

    def argument(self, name: str, argument: Any) -> str:
        """An argument, sometimes a bad one."""
        choices = ORDERS.get(get_named_type(argument.type).name) or ARGUMENTS.get(name)
        if not choices:
            return ""
        value = self.random.choice(choices)
        if value == "null" and isinstance(argument.type, GraphQLNonNull):
            value = next(one for one in choices if one != "null")
        if value == "$first" and isinstance(argument.type, GraphQLNonNull):
            value = "2"
        for variable in ("first", "year"):
            if f"${variable}" in value:
                self.used.add(variable)
        return f"{name}: {value}"


UNLIMITED = Limits(aliases=10**6, cost=10**9, fields=10**6, tokens=10**5)
VARIABLES = ({"first": 2, "year": 2024, "on": True, "off": False}, {"first": None, "year": 1900, "on": False, "off": True})


@pytest.mark.parametrize("seed", range(0, 400, 20))
def test_compiled_answers_equal_graphql_cores(library: Library, seed: int) -> None:
    """Data, errors and the order of keys, on random operations, arguments and variables."""
    compiled, plain = (Asker(library, compiled=way, limits=UNLIMITED) for way in (True, False))
    ran = 0
    for n in range(seed, seed + 20):
        operation = Generator(n).operation()
        for variables in VARIABLES:
            one, other = compiled.answer(operation, **variables), plain.answer(operation, **variables)
            assert str(one) == str(other), operation
            ran += "data" in one
    assert ran > 4
