"""Where do the words of a query stand in some articles?

In few articles, those that may be lifted, of all views at once: each article is known by its place among these.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from index.search.arrays import Array
from index.search.found import among
from index.search.phrases import Stems
from index.search.segments import Segment, View

WITHIN = 16  # places that are near
WORD, ARTICLE = 48, 32  # bits below the number of a word, and below that of an article: a place has 32


class Asked(NamedTuple):
    """A word of the query: its place among all, as it was written, folded, and what its stem may be."""

    place: int
    word: str
    stems: Stems


class Standing:
    """Words in some articles of each view; `placed` says whether it matters where they stand."""

    def __init__(self, views: Sequence[View], docs: Sequence[Array], asked: Sequence[Asked], *, placed: bool) -> None:
        self.views = views
        self.docs = docs
        self.asked = asked
        self.size = sum(map(len, docs))
        if placed:
            self.number = {one.word: at for at, one in enumerate(asked)}
            keys = np.concatenate([np.zeros(0, np.int64), *self._keys()])
            keys.sort()
            self.runs = np.split(keys, keys.searchsorted(np.arange(1, len(asked)) << WORD))

    def _keys(self) -> list[Array]:
        """Where each word stands by its stem: its number, the article's and the place as one number."""
        out, first = [], 0
        for view, docs in zip(self.views, self.docs, strict=True):
            segment = view.segment
            for at, one in enumerate(self.asked if len(docs) else ()):
                for stem in one.stems:
                    number = segment.term(stem)
                    if number is not None:
                        held = segment.postings(number)[0]
                        chosen = held.searchsorted(docs.astype(held.dtype, copy=False))
                        there = np.flatnonzero(held.take(chosen, mode="clip") == docs)
                        owners, places = segment.places_at(number, chosen.take(there))
                        out.append(((there + first).take(owners) << ARTICLE) + places + (at << WORD))
            first += len(docs)
        return out

    def written(self) -> tuple[Array, Array, Array]:
        """Where words stand just as they were written: the word's number, the article, and the weight of its stem there."""
        found: list[tuple[Array, Array, Array]] = []
        first = 0
        for view, docs in zip(self.views, self.docs, strict=True):
            for at, one in enumerate(self.asked if len(docs) else ()):
                for there, weights in _written(view.segment, docs, one):
                    found.append((np.full(len(there), at), there + first, weights))
            first += len(docs)
        none = np.zeros(0, np.int64)
        columns = list(zip((none, none, none), *found, strict=True))
        return np.concatenate(columns[0]), np.concatenate(columns[1]), np.concatenate(columns[2])

    def both(self, pairs: Sequence[tuple[Asked, Asked]]) -> list[int]:
        """How many of the articles hold both words of each pair."""
        masks = np.zeros((len(self.asked), self.size), np.bool_)
        for mask, keys in zip(masks, self.runs, strict=True):
            mask[keys >> ARTICLE & (1 << WORD - ARTICLE) - 1] = True
        ones, others = self._numbers(pairs)
        counts: list[int] = np.count_nonzero(masks[ones] & masks[others], axis=1).tolist()
        return counts

    def _numbers(self, pairs: Sequence[tuple[Asked, Asked]]) -> tuple[list[int], list[int]]:
        return [self.number[one.word] for one, _ in pairs], [self.number[other.word] for _, other in pairs]

    def together(self, pairs: Sequence[tuple[Asked, Asked]]) -> tuple[Array, Array]:
        """How often the words of each pair stand in each article side by side, as in the query, and how often near each other."""
        ones, others = self._numbers(pairs)
        one = np.concatenate([self.runs[number] + (at - number << WORD) for at, number in enumerate(ones)])
        other = np.concatenate([self.runs[number] + (at - number << WORD) for at, number in enumerate(others)])
        shape = len(pairs), self.size
        if not len(one) or not len(other):
            return np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        apart = np.array([second.place - first.place for first, second in pairs])
        at = other.searchsorted(one, side="right")
        after = other.take(at, mode="clip") - one  # negative where none comes after
        before = one - other.take(at - 1, mode="clip")
        pair, article = one >> WORD, one >> ARTICLE & (1 << WORD - ARTICLE) - 1
        owners = pair * self.size + article
        near = ((after > 0) & (after <= WITHIN)) | ((before >= 0) & (before <= WITHIN))
        beside = (after > 0) & (after <= apart.take(pair))
        return self._counts(owners[beside], shape), self._counts(owners[near], shape)

    @staticmethod
    def _counts(owners: Array, shape: tuple[int, int]) -> Array:
        return np.bincount(owners, minlength=shape[0] * shape[1]).reshape(shape)


def _written(segment: Segment, docs: Array, asked: Asked) -> list[tuple[Array, Array]]:
    """Which of some articles hold a word just as it was written, and the weights of its stem there."""
    found = []
    for place, number in segment.spelt(asked.word.encode("utf-8", "replace")):
        if segment.terms[number].decode() in asked.stems:
            there = np.flatnonzero(among(docs, segment.holding(place)))
            postings, weights = segment.postings(number)
            found.append((there, weights.take(postings.searchsorted(docs.take(there).astype(postings.dtype, copy=False)))))
    return found
