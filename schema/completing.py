"""When is a value already what GraphQL shows, and what completes it otherwise?

Its law: what graphql-core would refuse, or take for more than the value itself, is refused here too, and handed back to it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphql import GraphQLEnumType, Undefined

Function = Callable[..., Any]


class Bail(Exception):
    """A value is not what the plan assumed: graphql-core shall complete it."""


LEGAL = {
    "String": "{v}.__class__ is str",
    "ID": "{v}.__class__ is str",
    "Boolean": "{v}.__class__ is bool",
    "Int": "{v}.__class__ is int and -2147483648 <= {v} <= 2147483647",
    "Float": "{v}.__class__ is float and -1.7976931348623157e308 <= {v} <= 1.7976931348623157e308",
}
"""For each built-in scalar, when a value is already its result; {v} is a local name."""


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


def leaf(type_: Any) -> Callable[[Any], Any]:
    """What completes a value that is not already legal; raises whatever graphql-core is then to report."""
    coerce = type_.coerce_output_value
    plain: set[type] = set()

    def complete(value: Any) -> Any:
        if value.__class__ not in plain:
            if _is_odd(value.__class__):
                raise Bail
            plain.add(value.__class__)
        result = coerce(value)
        if result is None or result is Undefined:
            raise Bail
        return result

    return complete


def enum_names(type_: GraphQLEnumType) -> tuple[type, dict[Any, str]] | None:
    """The Python class that an enum type stands for, and its members' GraphQL names by their values; None where it stands for none."""
    cls = getattr(type_, "wrapped_cls", None)
    if cls is None:
        return None
    names: dict[Any, str] = {}
    for name, member in type_.values.items():
        names.setdefault(member.value, name)
    return cls, names
