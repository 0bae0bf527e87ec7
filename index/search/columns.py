"""How are the articles of an index filtered and counted, as arrays?

The columns of all segments, one after another: ordinals here count through them. A filter is a mask over them, a count is a `bincount`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

from index.document import BlockKind
from index.filters import ArticleFilter
from index.search.arrays import Array
from index.search.engine import Month
from index.search.segments import KINDS, NEVER, Segment, instant


class Values(NamedTuple):
    """A column of many values an article: for each mention its article and its code; the values and labels by code."""

    docs: Array
    codes: Array
    names: list[str]
    labels: list[str]
    code: dict[str, int]


class Columns:
    """The columns of some segments, and which articles are still alive."""

    def __init__(self, segments: Sequence[Segment], alive: Array) -> None:
        self.segments = segments
        self.alive = alive
        self.size = len(alive)
        self._values: dict[str, Values] = {}
        self._numbers: dict[str, Array] = {}

    def number(self, name: str) -> Array:
        """A column of numbers."""
        if name not in self._numbers:
            parts = [segment.arrays[name] for segment in self.segments]
            self._numbers[name] = np.concatenate(parts) if parts else np.zeros(0, np.int64)
        return self._numbers[name]

    @cached_property
    def ids(self) -> Array:
        """The ids, as bytes that compare."""
        return np.array([text for segment in self.segments for text in segment.texts("id")], np.bytes_)

    @cached_property
    def shown(self) -> Array:
        """The mask of what readers without scopes see."""
        seen: Array = self.alive & self.number("visible").astype(bool)
        return seen

    def values(self, name: str) -> Values:
        """A column of many values."""
        if name not in self._values:
            self._values[name] = self._joined(name)
        return self._values[name]

    def _joined(self, name: str) -> Values:
        labels: dict[str, str] = {}
        own = []
        for segment in self.segments:
            names = segment.names(name)
            own.append(names)
            labels |= zip(names, (text.decode() for text in segment.texts(f"{name}_labels")), strict=True)
        code = {value: number for number, value in enumerate(sorted(labels))}
        docs, codes = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
        first = 0
        for segment, names in zip(self.segments, own, strict=True):
            of = segment.arrays[f"{name}_of"]
            docs.append(np.repeat(np.arange(first, first + segment.size), np.diff(of)))
            codes.append(np.array([code[value] for value in names], np.int64)[segment.arrays[name]])
            first += segment.size
        ordered = sorted(labels)
        return Values(np.concatenate(docs), np.concatenate(codes), ordered, [labels[value] for value in ordered], code)

    def holding(self, name: str, wanted: Sequence[str]) -> Array:
        """The mask of articles that hold any of these values."""
        values = self.values(name)
        out = np.zeros(self.size, bool)
        codes = [values.code[value] for value in wanted if value in values.code]
        if codes:
            out[values.docs[np.isin(values.codes, codes)]] = True
        return out

    @cached_property
    def _slugs(self) -> dict[bytes, int]:
        texts = [text for segment in self.segments for text in segment.texts("slug")]
        return {text: doc for doc, text in enumerate(texts) if self.alive[doc]}

    def mask(self, filter: ArticleFilter) -> Array:
        """The mask of a filter."""
        out = np.ones(self.size, bool)
        if filter.slugs is not None:
            found = [self._slugs[slug.encode()] for slug in filter.slugs if slug.encode() in self._slugs]
            out &= np.isin(np.arange(self.size), found)
        for name, wanted in (
            ("topics", filter.categories),
            ("tags", filter.tags),
            ("authors", filter.authors),
            ("languages", filter.languages),
        ):
            if wanted is not None:
                out &= self.holding(name, wanted)
        self._by_date(filter, out)
        for kind in filter.containing or ():
            out &= (self.number("kinds") & (1 << KINDS.index(kind))) != 0
        if filter.not_ is not None:
            out &= ~self.mask(filter.not_)
        if filter.any_of is not None:
            some = np.zeros(self.size, bool)
            for one in filter.any_of:
                some |= self.mask(one)
            out &= some
        return out

    def _by_date(self, filter: ArticleFilter, out: Array) -> None:
        day, when = self.number("day"), self.number("instant")
        if filter.year is not None:
            out &= (day // 10_000 == filter.year) & (day > 0)
        if filter.month is not None:
            out &= (day // 100 % 100 == filter.month) & (day > 0)
        if filter.published_from is not None:
            out &= (when >= instant(filter.published_from)) & (when != NEVER)
        if filter.published_before is not None:
            out &= when < instant(filter.published_before)

    def counts(self, name: str, docs: Array) -> tuple[tuple[str, int], ...]:
        """How many of these articles hold each value, the most first."""
        values = self.values(name)
        chosen = np.zeros(self.size, bool)
        chosen[docs] = True
        found = np.bincount(values.codes[chosen[values.docs]], minlength=len(values.names))
        held = np.flatnonzero(found)
        pairs = zip(found[held].tolist(), (values.names[code] for code in held), strict=True)
        return tuple((name, count) for count, name in sorted(pairs, key=lambda pair: (-pair[0], pair[1])))

    def months(self, docs: Array) -> tuple[Month, ...]:
        """How many of these articles each month holds, newest first."""
        day = self.number("day")[docs]
        months, counts = np.unique(day[day >= 0] // 100, return_counts=True)
        return tuple(
            Month(month // 100, month % 100, count) for month, count in zip(months.tolist()[::-1], counts.tolist()[::-1], strict=True)
        )

    def kinds(self, docs: Array) -> tuple[tuple[BlockKind, int], ...]:
        """How many of these articles hold each kind of block, the most first."""
        bits = self.number("kinds")[docs]
        found = [(kind, int(np.count_nonzero(bits & (1 << number)))) for number, kind in enumerate(KINDS)]
        return tuple(sorted(((kind, count) for kind, count in found if count), key=lambda pair: (-pair[1], pair[0].value)))
