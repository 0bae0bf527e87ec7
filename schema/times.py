"""How does a caller write a time?

As ISO 8601 has it, a date alone included; whatever else is refused with the forms that are understood, never in a library's own words.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import strawberry
from graphql import GraphQLError, ValueNode, value_from_ast_untyped
from strawberry.exceptions import StrawberryInputCoercionError
from strawberry.schema.types.base_scalars import DateTimeDefinition
from strawberry.types.scalar import ScalarDefinition

LONGEST = 60  # characters of what was given that are said


def read_time(given: object) -> dt.datetime:
    """A time as a caller wrote it; raises `GraphQLError`."""
    try:
        read: dt.datetime = DateTimeDefinition.parse_value(given)  # type: ignore[misc]  # Strawberry's own has one
    except StrawberryInputCoercionError:
        said = repr(given)
        said = said if len(said) <= LONGEST else f"{said[:LONGEST]}…"
        raise GraphQLError(
            f'{said} is no time. Write a date such as "2024-05-06", or a time such as "2024-05-06T08:30:00+02:00".'
        ) from None
    return read


def read_literal(node: ValueNode, variables: dict[str, Any] | None = None) -> dt.datetime:
    """A time as it stands in a document; raises `GraphQLError` that says where."""
    try:
        return read_time(value_from_ast_untyped(node, variables))
    except GraphQLError as error:
        raise GraphQLError(error.message, node) from None


DATE_TIME: ScalarDefinition = strawberry.scalar(
    name="DateTime",
    description="A time as ISO 8601 has it: `2024-05-06T08:30:00+02:00`. In an argument, one without an offset is UTC, "
    "and a date alone its midnight.",
    serialize=dt.datetime.isoformat,
    parse_value=read_time,
    parse_literal=read_literal,
)
