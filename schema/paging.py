"""How does a frontend page through a list?

Relay's connections, with `offset` beside. A cursor is the place in the order where its node stands (a keyset), so paging is exact while
articles come and go. https://relay.dev/graphql/connections.htm
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

import msgspec

from index.filters import Key, Window
from schema.describing import described
from schema.errors import BadUserInput

DEFAULT = 10
MOST = 100
FARTHEST = 10_000
MOST_INSIDE = 1_000  # of a list inside one article at once
BIGGEST = 2**63
T = TypeVar("T")


@described
class PageInfo:
    """Where a page stands in its list."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


def encode_cursor(order: str, key: Key) -> str:
    """The opaque cursor of a place in an order."""
    return base64.urlsafe_b64encode(msgspec.json.encode([order, *key])).decode()


def decode_cursor(order: str, name: str, cursor: str | None) -> Key | None:
    """The place that a cursor names; raises `BadUserInput` where it is not one of this order."""
    if cursor is None:
        return None
    try:
        parts = msgspec.json.decode(base64.b64decode(cursor, altchars=b"-_", validate=True), type=list[str | int | float | None])
    except (binascii.Error, ValueError, msgspec.MsgspecError, RecursionError):
        raise BadUserInput(f"`{name}` is not a cursor. Pass one as it came in `pageInfo` or `edges`.") from None
    if not _is_cursor(parts):
        raise BadUserInput(f"`{name}` is not a cursor. Pass one as it came in `pageInfo` or `edges`.")
    if parts[0] != order:
        raise BadUserInput(
            f"`{name}` is a cursor of the order {parts[0]}; this list is ordered by {order}. Page on in the order you began with."
        )
    return tuple(parts[1:])


def _is_cursor(parts: list[str | int | float | None]) -> bool:
    """Whether these are an order, a sort key and an id; a score comes with the revision of its article."""
    match parts:
        case [str(order), value, str()]:
            return _fits(order, value)
        case ["RELEVANCE", value, int(), str()]:
            return _fits("RELEVANCE", value)
    return False


def _fits(order: str, value: str | float | None) -> bool:
    """Whether a sort key is of the kind that its order has."""
    if order in ("TITLE", "NAME"):
        return isinstance(value, str)
    if value is None:
        return order != "COUNT"  # an empty search is ordered by date, and some articles have none
    return isinstance(value, int | float) and abs(value) < BIGGEST


def window(order: str, first: int | None, after: str | None, last: int | None, before: str | None, offset: int | None) -> Window:
    """The part of a list that the arguments ask for; raises `BadUserInput`."""
    if first is not None and last is not None:
        raise BadUserInput("Pass either `first` or `last`, not both.")
    for name, value in (("first", first), ("last", last)):
        if value is not None and not 0 <= value <= MOST:
            raise BadUserInput(f"`{name}` is {value}; it may be from 0 to {MOST}. Page on with a cursor for more.")
    if offset is not None:
        if after is not None or before is not None:
            raise BadUserInput("Pass either `offset` or a cursor, not both.")
        if last is not None:
            raise BadUserInput("Pass `offset` with `first`; `last` counts from the end.")
        if not 0 <= offset <= FARTHEST:
            raise BadUserInput(f"`offset` is {offset}; it may be from 0 to {FARTHEST:,}. Page with cursors to go farther.")
    return Window(
        first=DEFAULT if first is None and last is None else first,
        after=decode_cursor(order, "after", after),
        last=last,
        before=decode_cursor(order, "before", before),
        offset=offset or 0,
    )


def part(values: Sequence[T], first: int | None, offset: int | None) -> list[T]:
    """A part of a list that stands inside one article; raises `BadUserInput`."""
    if first is not None and not 0 <= first <= MOST_INSIDE:
        raise BadUserInput(f"`first` is {first}; it may be from 0 to {MOST_INSIDE:,}. Use `offset` for more.")
    if offset is not None and offset < 0:
        raise BadUserInput(f"`offset` is {offset}; it may not be below 0.")
    start = offset or 0
    return list(values[start : start + (MOST_INSIDE if first is None else first)])
