"""Which part of an ordered set of articles is a page?

Every order is a number to sort by, ascending, and the id where numbers are equal. Cursors are such keys, so a page begins where the last
one ended whatever came or went in between.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import NamedTuple

import numpy as np

from index.filters import Key, Order, Window
from index.search.arrays import Array
from index.search.columns import Columns
from index.search.engine import Hit, Page
from index.search.segments import NEVER

UNDATED = -9e18  # in place of an instant as a score: below every real one, and small enough for a cursor


class Ordered:
    """The places of articles in the orders of lists."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns

    @cached_property
    def titles(self) -> list[tuple[bytes, bytes, int]]:
        """Folded title, id and ordinal of every article, in order."""
        folded = [text for segment in self.columns.segments for text in segment.texts("sort_title")]
        return sorted((title, id, doc) for doc, (title, id) in enumerate(zip(folded, self.columns.ids.tolist(), strict=True)))

    @cached_property
    def title_ranks(self) -> Array:
        """Each article's place among the titles."""
        ranks = np.zeros(self.columns.size, np.int64)
        ranks[[doc for _, _, doc in self.titles]] = np.arange(len(self.titles))
        return ranks

    def sort_values(self, docs: Array, scores: Array | None, order: Order) -> Array:
        """The number that each article is sorted by."""
        if order is Order.TITLE:
            return self.title_ranks[docs]
        if order is Order.RELEVANCE:
            if scores is not None:
                return -scores.astype(np.float64)
            when = self.columns.number("instant")[docs]
            return -np.where(when == NEVER, UNDATED, when.astype(np.float64))
        when = self.columns.number("updated" if order is Order.UPDATED else "instant")[docs]
        return when if order is Order.OLDEST else np.where(when == NEVER, NEVER, -when)

    def key(self, doc: int, value: float, order: Order) -> Key:
        """The key of a hit."""
        id = self.columns.ids[doc].decode()
        if order is Order.TITLE:
            return self.titles[int(value)][0].decode(), id
        if order is Order.RELEVANCE:
            return -float(value), id
        return (None if value == NEVER else int(value) if order is Order.OLDEST else -int(value)), id

    def place(self, key: Key, order: Order, *, after: bool) -> tuple[float, bytes]:
        """The sort value and the id that a key stands for; for titles a rank between two articles."""
        given, id = key[0], str(key[-1]).encode()
        if order is Order.TITLE:
            bounds = [(title, own) for title, own, _ in self.titles]
            where = (bisect_right if after else bisect_left)(bounds, (str(given).encode(), id))
            return where - 0.5, b""
        if given is None:
            return NEVER, id
        value = float(given) if order is Order.RELEVANCE else int(given)
        return (value if order is Order.OLDEST else -value), id


class _Sortable(NamedTuple):
    docs: Array
    values: Array
    ids: Array
    scores: Array

    def where(self, mask: Array) -> _Sortable:
        return _Sortable(*(column[mask] for column in self))


def page(ordered: Ordered, docs: Array, scores: Array | None, order: Order, window: Window) -> Page:
    """The part of some articles that a window shows."""
    shown = np.zeros(len(docs), np.float32) if scores is None else scores
    all_ = _Sortable(docs, ordered.sort_values(docs, scores, order), ordered.columns.ids[docs], shown)
    rest = all_
    if window.after is not None:
        rest = rest.where(_beyond(rest, *ordered.place(window.after, order, after=True), forward=True))
    if window.before is not None:
        rest = rest.where(_beyond(rest, *ordered.place(window.before, order, after=False), forward=False))
    before = _count_before(all_, ordered, order, window)
    if window.last is not None:
        found = _extreme(rest, window.last, largest=True)
        start = before + len(rest.docs) - len(found.docs)
    else:
        wanted = window.offset + (10 if window.first is None else window.first)
        found = _extreme(rest, wanted, largest=False).where(np.arange(min(wanted, len(rest.docs))) >= window.offset)
        start = before + min(window.offset, len(rest.docs))
    hits = tuple(
        Hit(id.decode(), ordered.key(doc, value, order), float(score))
        for doc, value, id, score in zip(found.docs.tolist(), found.values.tolist(), found.ids.tolist(), found.scores.tolist(), strict=True)
    )
    return Page(hits, has_next=start + len(hits) < len(docs), has_previous=start > 0)


def _count_before(all_: _Sortable, ordered: Ordered, order: Order, window: Window) -> int:
    """How many articles stand before the part that the cursors leave."""
    if window.after is None:
        return 0
    return len(all_.docs) - int(np.count_nonzero(_beyond(all_, *ordered.place(window.after, order, after=True), forward=True)))


def _beyond(some: _Sortable, value: float, id: bytes, *, forward: bool) -> Array:
    """The mask of those after a place, or before it."""
    tie = some.values == value
    beyond: Array = (some.values > value) | (tie & (some.ids > id)) if forward else (some.values < value) | (tie & (some.ids < id))
    return beyond


def _extreme(some: _Sortable, count: int, *, largest: bool) -> _Sortable:
    """The first or last so many in order; of a large set only those that can be among them are sorted."""
    size = len(some.docs)
    if count <= 0:
        return some.where(np.zeros(size, bool))
    if size > 4 * count:
        edge = size - count if largest else count - 1
        limit = np.partition(some.values, edge)[edge]
        some = some.where(some.values >= limit if largest else some.values <= limit)
    places = np.lexsort((some.ids, some.values))
    return _Sortable(*(column[places[-count:] if largest else places[:count]] for column in some))
