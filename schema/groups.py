"""How does a query cost a fixed number of calls, whatever its number of rows?

Values that were fetched together stay together in a `Group`. What a field of one of them needs from the store or the index is fetched
for all of them at once, the first time that one asks, and kept. So each field of each level of a query costs one call, nested
connections included. Its law: a load takes the whole group, never one member.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Group(Generic[T]):
    """Values that were fetched together, in the order in which they were."""

    __slots__ = ("kept", "members")

    def __init__(self) -> None:
        self.members: list[T] = []
        self.kept: dict[Hashable, Any] = {}

    def once(self, key: Hashable, load: Callable[[list[T]], R]) -> R:
        """What `load` gives for all members, loaded the first time that this key is asked for."""
        try:
            found: R = self.kept[key]
        except KeyError:
            found = self.kept[key] = load(self.members)
        return found
