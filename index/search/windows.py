"""Which part of an ordered set of articles is a page?

Every order is a value and, where values are equal, the id. A cursor is such a key, so a page begins where the last one ended, whatever
came or went in between. Only scores change with what comes and goes: there a page begins where the article now stands that ended the
last. In each segment only as many articles are looked at as the page can hold: segments keep their articles in the order of every list,
and of scores only the best are sorted.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import repeat
from typing import NamedTuple

import numpy as np

from index.filters import Key, Order, Window
from index.search.arrays import Array
from index.search.columns import NEVER
from index.search.engine import Hit, Page
from index.search.found import NOTHING, highest
from index.search.matches import Matches
from index.search.segments import Segment

CHUNK = 1024  # articles of an order that are looked at at once
SORTED = 128  # articles up to which all are sorted, which is less than to find the best first
SCORED = 3  # parts of a score's key: the score, the article's revision, its id
NUMBER = 10  # articles of a window that does not say how many
ORDERED = {Order.NEWEST: ("by_newest", "instant"), Order.OLDEST: ("by_oldest", "instant"), Order.UPDATED: ("by_updated", "updated")}

Place = tuple[float | bytes, bytes]
"""What articles are sorted by, ascending: the value of a key, and the id."""


class Taken(NamedTuple):
    """Articles of a view next to a place in an order; and whether others stand before or after the part asked for."""

    hits: list[Hit]
    before: bool
    after: bool


def page(found: Sequence[Matches], order: Order, window: Window) -> Page:
    """The part of some articles that a window shows."""
    backward = window.last is not None
    size = window.last if window.last is not None else NUMBER if window.first is None else window.first
    needed = size + (0 if backward else window.offset)
    scored = order is Order.RELEVANCE and any(matches.scored for matches in found)
    by: _Ordering = (
        _Scores(found) if scored else _Titles() if order is Order.TITLE else _Times(Order.NEWEST if order is Order.RELEVANCE else order)
    )
    after = None if window.after is None else by.cursor(window.after)
    before = None if window.before is None else by.cursor(window.before)
    hits: list[Hit] = []
    earlier = later = False
    for matches in found:
        some = by.take(matches, after, before, needed + 1, backward=backward)
        hits = sorted([*hits, *some.hits], key=lambda hit: by.place(hit.key)) if hits else some.hits
        earlier, later = earlier or some.before, later or some.after
    rest = len(hits) > needed  # of each view one more was taken than the page holds
    if backward:
        shown = hits[max(0, len(hits) - size) :]
        earlier |= rest
    else:
        shown = hits[window.offset : needed]
        earlier |= window.offset > 0 and bool(hits)
        later |= rest
    return Page(tuple(shown), has_next=later, has_previous=earlier)


class _Ordering:
    """An order of lists: reads keys, and takes the articles next to one."""

    def place(self, key: Key) -> Place:
        """The place that a key names."""
        raise NotImplementedError

    def cursor(self, key: Key) -> Place:
        """The place that a cursor names."""
        return self.place(key)

    def take(self, matches: Matches, after: Place | None, before: Place | None, needed: int, *, backward: bool) -> Taken:
        """The first or last `needed` articles between two places."""
        raise NotImplementedError


class _Kept(_Ordering):
    """An order that segments keep their articles in."""

    column = ""

    def keys(self, segment: Segment, docs: Array) -> list[tuple[int | str | None, str]]:
        """The keys of some articles."""
        raise NotImplementedError

    def take(self, matches: Matches, after: Place | None, before: Place | None, needed: int, *, backward: bool) -> Taken:
        """The first or last `needed` articles between two places."""
        if not matches.count:
            return Taken([], before=False, after=False)
        segment = matches.view.segment
        order, mask = matches.along(self.column, needed)
        low, high = 0, len(order)
        if after is not None or before is not None:
            ranks, place = range(high), lambda rank: self.place(self.keys(segment, order[rank : rank + 1])[0])
            low = 0 if after is None else bisect_right(ranks, after, key=place)
            high = high if before is None else bisect_left(ranks, before, key=place)
        docs = _next(order, mask, low, high, needed, backward=backward)
        scores = matches.scores(docs) if matches.scored else repeat(0.0, len(docs))
        return Taken(
            [Hit(key[1], key, score) for key, score in zip(self.keys(segment, docs), scores, strict=True)],
            before=low > 0 and len(_next(order, mask, 0, low, 1, backward=True)) > 0,
            after=high < len(order) and len(_next(order, mask, high, len(order), 1, backward=False)) > 0,
        )


class _Times(_Kept):
    def __init__(self, order: Order) -> None:
        self.column, self.values = ORDERED[order]
        self.sign = 1 if order is Order.OLDEST else -1

    def place(self, key: Key) -> Place:
        value = key[0]
        return int(NEVER) if value is None else self.sign * int(value), _id(key)

    def keys(self, segment: Segment, docs: Array) -> list[tuple[int | str | None, str]]:
        values = segment.arrays[self.values].take(docs).tolist()
        return [(None if value == NEVER else value, id) for value, id in zip(values, segment.ids(docs), strict=True)]


class _Titles(_Kept):
    column = "by_title"

    def place(self, key: Key) -> Place:
        return str(key[0]).encode("utf-8", "replace"), _id(key)

    def keys(self, segment: Segment, docs: Array) -> list[tuple[int | str | None, str]]:
        ranks = segment.arrays["by_title_ranks"].take(docs).tolist()
        return [(segment.sort_titles[rank].decode(), id) for rank, id in zip(ranks, segment.ids(docs), strict=True)]


def _next(order: Array, mask: Array | None, low: int, high: int, needed: int, *, backward: bool) -> Array:
    """The first or last articles, between two places of an order, that are in a mask (None: all are)."""
    if mask is None:
        return order[max(low, high - needed) : high] if backward else order[low : min(high, low + needed)]
    found = order[:0]
    size = CHUNK
    while low < high and len(found) < needed:
        start, stop = (max(low, high - size), high) if backward else (low, min(high, low + size))
        some = order[start:stop]
        some = some.compress(mask.take(some))
        found = np.concatenate([some[len(found) - needed :], found] if backward else [found, some[: needed - len(found)]])
        low, high = (low, start) if backward else (stop, high)
        size *= 4
    return found


class _Scores(_Ordering):
    """By score: its keys have the article's revision between the score and the id."""

    def __init__(self, found: Sequence[Matches]) -> None:
        self.found = found

    def place(self, key: Key) -> Place:
        return -float(key[0] or 0), _id(key)

    def cursor(self, key: Key) -> Place:
        """Where the article stands now, unless it has changed itself, or is no longer found: then where it stood."""
        for matches in self.found if len(key) == SCORED else ():
            segment = matches.view.segment
            docs = matches.view.only_alive(segment.ordinals([str(key[-1])]))
            docs = docs[segment.arrays["revision"].take(docs) == key[1]]
            if len(docs) and (matches.found or NOTHING).holds(docs, matches.view.size).all():
                return -matches.scores(docs)[0], _id(key)
        return self.place(key)

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
        docs, segment = docs.take(order), matches.view.segment
        named = zip(segment.ids(docs), segment.arrays["revision"].take(docs).tolist(), scores.take(order).tolist(), strict=True)
        return Taken([Hit(id, (score, revision, id), score) for id, revision, score in named], before=earlier, after=later)


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
