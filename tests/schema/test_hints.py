"""For how long may others keep an answer without asking again?"""

from __future__ import annotations

import pytest
from graphql import parse

from schema.build import build
from schema.hints import MAX_AGES, max_ages

SCHEMA = build()._schema


def test_every_hint_is_of_a_field_that_is_there() -> None:
    """And every root field has one."""
    for name in MAX_AGES:
        type_name, _, field = name.partition(".")
        assert field.startswith("__") or field in SCHEMA.type_map[type_name].fields  # type: ignore[attr-defined]  # only types with fields have hints
    assert SCHEMA.query_type is not None
    assert {f"Query.{name}" for name in SCHEMA.query_type.fields} <= MAX_AGES.keys()


@pytest.mark.parametrize(
    ("query", "seconds"),
    [
        ("{ site { title } }", 300),
        ("{ site { title articleCount } }", 30),
        ('{ site { title } article(slug: "a") { title } }', 60),
        ('{ tag(slug: "a") { ...F } } fragment F on Tag { articles { totalCount } }', 30),
        ("{ __schema { queryType { name } } }", 300),
        ("{ __typename }", 0),
    ],
)
def test_the_most_hasty_field_decides(query: str, seconds: int) -> None:
    """Fragments included; what has no hint is asked for every time."""
    assert max_ages(SCHEMA, parse(query)) == {"": seconds}


def test_each_operation_has_its_own() -> None:
    """By its name."""
    assert max_ages(SCHEMA, parse("query A { site { title } } query B { articles { totalCount } }")) == {"A": 300, "B": 30}
