"""How do docstrings become the API's documentation?

Here the docstring of a type or resolver is its GraphQL description, written for a frontend developer.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, TypeVar, dataclass_transform

import strawberry

T = TypeVar("T")


def _description(thing: Callable[..., Any]) -> str:
    return " ".join(inspect.cleandoc(thing.__doc__ or "").split())


def field(resolver: Callable[..., Any]) -> Any:
    """A field that this function answers, described by its docstring."""
    return strawberry.field(resolver=resolver, description=_description(resolver))


@dataclass_transform(kw_only_default=True, field_specifiers=(strawberry.field,))
def described(cls: type[T]) -> type[T]:
    """An object type, described by its docstring."""
    return strawberry.type(cls, description=_description(cls))


@dataclass_transform(kw_only_default=True, field_specifiers=(strawberry.field,))
def interface(cls: type[T]) -> type[T]:
    """An interface, described by its docstring."""
    return strawberry.interface(cls, description=_description(cls))


@dataclass_transform(kw_only_default=True, field_specifiers=(strawberry.field,))
def argument(cls: type[T]) -> type[T]:
    """An input type, described by its docstring."""
    return strawberry.input(cls, description=_description(cls))
