"""Every expression is one that all Pythons from 3.11 on read alike."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from typing import Any

import pytest

import gateway
import index
import schema

PARSER = importlib.import_module("re._parser")
SINGLE = ("LITERAL", "NOT_LITERAL", "IN", "ANY")
MODULES = [
    module.name
    for package in (gateway, index, schema)
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    if "__main__" not in module.name and ".migrations" not in module.name  # which act when they are imported
]


def patterns_in(value: object) -> Iterator[re.Pattern[Any]]:
    """The expressions that a module's global value holds."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from patterns_in(inner)
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from patterns_in(inner)


def misread(parsed: Any) -> Iterator[str]:
    """What of a parsed expression Python before 3.11.5 gets wrong: atomic groups, and groups repeated without giving back (gh-106052)."""
    for operator, arguments in parsed:
        name = str(operator)
        if name == "ATOMIC_GROUP" or (name == "POSSESSIVE_REPEAT" and [str(inner[0]) in SINGLE for inner in arguments[2]] != [True]):
            yield name
        for inner in arguments if isinstance(arguments, tuple | list) else [arguments]:
            for part in inner if isinstance(inner, list) else [inner]:
                if isinstance(part, PARSER.SubPattern):
                    yield from misread(part)


@pytest.mark.parametrize("text", ["(?:ab|c)++", "(?>a|ab)", "(?P<x>(?:[ab]++|c)*+)", "(?:x|(?=(?:ab)?+))"])
def test_what_is_misread_is_seen(text: str) -> None:
    """Each of the two kinds, alone and within others."""
    assert list(misread(PARSER.parse(text)))


def test_no_expression_of_ours_is_misread_by_the_first_pythons_with_possessive_repeats() -> None:
    """Debian 12 has 3.11.2, on which some such expressions never end."""
    modules = [vars(importlib.import_module(name)) for name in MODULES]
    found = {pattern for module in modules for value in module.values() for pattern in patterns_in(value)}
    assert len(found) > len(MODULES) / 2
    assert [pattern.pattern for pattern in found if list(misread(PARSER.parse(pattern.pattern, pattern.flags)))] == []
