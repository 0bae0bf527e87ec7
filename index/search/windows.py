"""Which part of an ordered set of articles is a page?

Every order is a value and, where values are equal, the id. A cursor is such a key, so a page begins where the last one ended, whatever
came or went in between. In each segment only as many articles are looked at as the page can hold: segments keep their articles in the order
of every list, and of scores only the best are sorted.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from index.filters import Key, Order, Window
from index.search.arrays import Array
from index.search.columns import NEVER
from index.search.engine import Hit, Page
from index.search.found import NOTHING, highest
from index.search.matches import Matches

CHUNK = 1024  # articles of an order that are looked at at once
SORTED = 128  # articles up to which all are sorted, which is less than to find the best first
NUMBER = 10  # articles of a window that does not say how many
ORDERED = {Order.NEWEST: ("by_newest", "instant"), Order.OLDEST: ("by_oldest", "instant"), Order.UPDATED: ("by_updated", "updated")}

Place = tuple[float | bytes, bytes]
"""The value that articles are sorted by, ascending, and the id."""


class Taken(NamedTuple):
    """Articles of a view next to a place in an order, each with its score; and whether others stand before or after the part asked for."""

    places: list[tuple[Place, float]]
    before: bool
    after: bool


def page(found: Sequence[Matches], order: Order, window: Window) -> Page:
    """The part of some articles that a window shows."""
    backward = window.last is not None
    size = window.last if window.last is not None else NUMBER if window.first is None else window.first
    needed = size + (0 if backward else window.offset)
    scored = order is Order.RELEVANCE and any(matches.scored for matches in found)
    by: _Ordering = (
        _Scores() if scored else _Titles() if order is Order.TITLE else _Times(Order.NEWEST if order is Order.RELEVANCE else order)
    )
    after = None if window.after is None else by.place(window.after)
    before = None if window.before is None else by.place(window.before)
    taken = [by.take(matches, after, before, needed + 1, backward=backward) for matches in found]
    places = sorted(place for some in taken for place in some.places)
    rest = len(places) > needed  # of each view one more was taken than the page holds
    earlier, later = any(some.before for some in taken), any(some.after for some in taken)
    if backward:
        shown = places[max(0, len(places) - size) :]
        earlier |= rest
    else:
        shown = places[window.offset : needed]
        earlier |= window.offset > 0 and bool(places)
        later |= rest
    return Page(tuple(Hit(id.decode(), by.key(value, id), score) for (value, id), score in shown), has_next=later, has_previous=earlier)


class _Ordering:
    """An order of lists: reads keys, and takes the articles next to one."""

    def place(self, key: Key) -> Place:
        """The place that a key names."""
        raise NotImplementedError

    def key(self, value: float | bytes, id: bytes) -> Key:
        """The key of a place."""
        raise NotImplementedError

    def take(self, matches: Matches, after: Place | None, before: Place | None, needed: int, *, backward: bool) -> Taken:
        """The first or last `needed` articles between two places."""
        raise NotImplementedError


class _Kept(_Ordering):
    """An order that segments keep their articles in."""

    column = ""

    def at(self, matches: Matches, ranks: Sequence[int]) -> list[Place]:
        """The places of the articles that stand so far in the order."""
        raise NotImplementedError

    def _place_at(self, matches: Matches, rank: int) -> Place:
        return self.at(matches, (rank,))[0]

    def take(self, matches: Matches, after: Place | None, before: Place | None, needed: int, *, backward: bool) -> Taken:
        """The first or last `needed` articles between two places."""
        order, size = matches.view.segment.arrays[self.column], matches.view.size
        if not matches.count:
            return Taken([], before=False, after=False)
        ranks = range(size)
        low = 0 if after is None else bisect_right(ranks, after, key=lambda rank: self._place_at(matches, rank))
        high = size if before is None else bisect_left(ranks, before, key=lambda rank: self._place_at(matches, rank))
        walk = partial(_next, order, matches.mask)
        if matches.count**2 < needed * size:  # so few that to sort them is less than to walk along the order until enough are met
            walk = partial(_next_of, np.sort(matches.view.segment.arrays[f"{self.column}_ranks"].take(matches.docs)))
        found = walk(low, high, needed, backward=backward)
        return Taken(
            [
                (place, matches.score(int(order[rank])) if matches.scored else 0.0)
                for rank, place in zip(found, self.at(matches, found), strict=True)
            ],
            before=bool(walk(0, low, 1, backward=True)),
            after=bool(walk(high, size, 1, backward=False)),
        )


class _Times(_Kept):
    def __init__(self, order: Order) -> None:
        self.column, self.values = ORDERED[order]
        self.rising = order is Order.OLDEST

    def place(self, key: Key) -> Place:
        value = key[0]
        if value is None:
            return int(NEVER), _id(key)
        return (int(value) if self.rising else -int(value)), _id(key)

    def key(self, value: float | bytes, id: bytes) -> Key:
        return (None if value == NEVER else int(value) if self.rising else -int(value)), id.decode()

    def at(self, matches: Matches, ranks: Sequence[int]) -> list[Place]:
        arrays = matches.view.segment.arrays
        docs = arrays[self.column].take(ranks)
        values = arrays[self.values].take(docs).tolist()
        ids = arrays["id"].take(docs).tolist()
        return [((value if self.rising or value == NEVER else -value), id) for value, id in zip(values, ids, strict=True)]


class _Titles(_Kept):
    column = "by_title"

    def place(self, key: Key) -> Place:
        return str(key[0]).encode("utf-8", "replace"), _id(key)

    def key(self, value: float | bytes, id: bytes) -> Key:
        return (value.decode() if isinstance(value, bytes) else ""), id.decode()

    def at(self, matches: Matches, ranks: Sequence[int]) -> list[Place]:
        segment = matches.view.segment
        ids = segment.arrays["id"].take(segment.arrays[self.column].take(ranks)).tolist()
        return [(segment.sort_titles[rank], id) for rank, id in zip(ranks, ids, strict=True)]


def _next(order: Array, mask: Array, low: int, high: int, needed: int, *, backward: bool) -> list[int]:
    """The first or last places, between two of an order, whose articles are in a mask."""
    found: list[int] = []
    size = CHUNK
    while low < high and len(found) < needed:
        start, stop = (max(low, high - size), high) if backward else (low, min(high, low + size))
        there = np.flatnonzero(mask[order[start:stop]])
        there = there[len(found) - needed :] if backward else there[: needed - len(found)]
        found = [*(start + there).tolist(), *found] if backward else [*found, *(start + there).tolist()]
        low, high = (low, start) if backward else (stop, high)
        size *= 4
    return found


def _next_of(ranks: Array, low: int, high: int, needed: int, *, backward: bool) -> list[int]:
    """The same of few articles, whose places are known and ascend."""
    start, stop = ranks.searchsorted((low, high)).tolist()
    found: list[int] = ranks[max(start, stop - needed) : stop].tolist() if backward else ranks[start : min(stop, start + needed)].tolist()
    return found


class _Scores(_Ordering):
    def place(self, key: Key) -> Place:
        return -float(key[0] or 0), _id(key)

    def key(self, value: float | bytes, id: bytes) -> Key:
        return -float(value), id.decode()

    def take(self, matches: Matches, after: Place | None, before: Place | None, needed: int, *, backward: bool) -> Taken:
        found = matches.found or NOTHING
        if after is None and before is None and not backward:
            found = found.best(needed)
        docs, scores = found.docs, found.scores
        earlier = later = False
        for place, forward in ((after, True), (before, False)):
            if place is not None:
                kept = _beyond(matches, docs, scores, place, forward=forward)
                earlier, later = earlier or (forward and not kept.all()), later or (not forward and not kept.all())
                docs, scores = docs[kept], scores[kept]
        if len(docs) > SORTED:
            best = highest(-scores if backward else scores, needed)
            docs, scores = docs.take(best), scores.take(best)
        order = np.lexsort((matches.view.segment.ranks.take(docs), -scores))
        order = order[-needed:] if backward else order[:needed]
        ids = matches.view.segment.arrays["id"].take(docs.take(order)).tolist()
        places = [((-score, id), score) for score, id in zip(scores.take(order).tolist(), ids, strict=True)]
        return Taken(places, before=earlier, after=later)


def _beyond(matches: Matches, docs: Array, scores: Array, place: Place, *, forward: bool) -> Array:
    """The mask of those after a place, or before it."""
    score = np.float32(-float(place[0]))
    kept: Array = scores < score if forward else scores > score
    same = np.flatnonzero(scores == score)
    ids = matches.view.segment.arrays["id"][docs[same]]
    kept[same] = ids > place[1] if forward else ids < place[1]
    return kept


def _id(key: Key) -> bytes:
    return str(key[-1]).encode("utf-8", "replace")
