"""Which articles of a view answer a part of a query, and how well does each?

Articles are ordinals, ascending, each with a score. Scores are worked out where they are asked for, of the articles that are left by then.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from index.search.arrays import Array

BLOCK = 64  # scores of which the highest is taken at first
SPARSE = 16  # articles of a longer list for each of a shorter one, above which the shorter one's are looked up in it one by one


class Found:
    """Articles of a view and their scores.

    Scores are above 0, but for articles of which nothing was said but that they may stay (`bare`): those of some dates, or without a word.
    """

    bare = False
    top: Array | None = None  # the best of them, where these are known

    @cached_property
    def docs(self) -> Array:
        """The ordinals, ascending."""
        raise NotImplementedError

    @cached_property
    def scores(self) -> Array:
        """The score of each."""
        raise NotImplementedError

    @cached_property
    def at(self) -> Array:
        """The ordinals as an index: of another type, each use as one would make them anew."""
        return self.docs.astype(np.intp, copy=False)

    def count(self) -> int:
        """How many they are."""
        return len(self.docs)

    def mask(self, size: int) -> Array:
        """Which articles they are of a view of so many."""
        out = np.zeros(size, np.bool_)
        out[self.at] = True
        return out

    def holds(self, docs: Array, size: int) -> Array:
        """Which of some articles, ascending, they are; the view is of so many."""
        return among(docs, self.docs) if len(docs) * SPARSE < len(self.docs) else self.mask(size).take(docs)

    def places(self, docs: Array) -> Array:
        """Where some of them stand, ascending."""
        return self.docs.searchsorted(docs.astype(self.docs.dtype, copy=False))

    def scores_of(self, docs: Array) -> Array:
        """The scores of some of them, ascending."""
        return self.scores.take(self.places(docs))

    def only(self, places: Array) -> Found:
        """Those that stand at some places, ascending."""
        return Listed(self.docs.take(places), self.scores.take(places), bare=self.bare)

    def kept(self, mask: Array) -> Found:
        """Those of them in a mask over the view."""
        return self.only(np.flatnonzero(mask.take(self.docs)))

    def times(self, factor: float) -> Found:
        """The same articles with so many times their scores."""
        return Listed(self.docs, self.scores * np.float32(factor), bare=self.bare)

    def add_to(self, scores: Array) -> None:
        """Add their scores to those of a whole view."""
        np.add.at(scores, self.at, self.scores)

    def best(self, needed: int) -> Found:
        """Those with the highest scores: `needed` of them where there are so many, and all that are equal to the lowest of these."""
        if self.top is not None and needed <= len(self.top):
            return Listed(self.top, self.scores_of(self.top))
        return self.only(highest(self.scores, needed))

    def lift(self, docs: Array, by: Array) -> None:
        """Raise the scores of the best of them, ascending: nothing else has a higher one."""
        self.scores[self.places(docs)] += by
        self.top = docs


class Listed(Found):
    """Articles with the score of each, which is 0 where none is given."""

    def __init__(self, docs: Array, scores: Array | None = None, *, bare: bool = False) -> None:
        self.docs = docs
        self.scores = np.zeros(len(docs), np.float32) if scores is None else scores
        self.bare = bare


class Weighed(Found):
    """What holds a term: scores are of its weight in each article, of what it is worth, and of the norms of the view's articles."""

    def __init__(self, docs: Array, weights: Array, worth: np.float32, norms: Array) -> None:
        self.docs = docs
        self.weights = weights
        self.worth = worth
        self.norms = norms

    @cached_property
    def scores(self) -> Array:
        """The score of each."""
        return bm25f(self.weights, self.norms.take(self.at), self.worth)

    def scores_of(self, docs: Array) -> Array:
        """The scores of some of them, ascending."""
        if docs is self.docs:
            return self.scores
        if "scores" in vars(self):
            return self.scores.take(self.places(docs))
        return bm25f(self.weights.take(self.places(docs)), self.norms.take(docs), self.worth)

    def only(self, places: Array) -> Found:
        """Those that stand at some places, ascending."""
        if "scores" in vars(self):
            return super().only(places)
        return Weighed(self.docs.take(places), self.weights.take(places), self.worth, self.norms)

    def times(self, factor: float) -> Found:
        """The same articles with so many times their scores."""
        return Weighed(self.docs, self.weights, self.worth * np.float32(factor), self.norms)


class Dense(Found):
    """Where most articles of a view are looked at anyway: a score for each article of the view, 0 for those not found."""

    def __init__(self, values: Array) -> None:
        self.values = values

    @cached_property
    def docs(self) -> Array:
        """The ordinals, ascending."""
        return np.flatnonzero(self._mask)

    @cached_property
    def scores(self) -> Array:
        """The score of each."""
        return self.values.take(self.docs)

    @cached_property
    def _mask(self) -> Array:
        out: Array = self.values > 0
        return out

    def count(self) -> int:
        """How many they are."""
        return int(np.count_nonzero(self._mask))

    def mask(self, size: int) -> Array:  # noqa: ARG002  (it has the view's)
        """Which articles of the view they are."""
        return self._mask

    def holds(self, docs: Array, size: int) -> Array:  # noqa: ARG002  (likewise)
        """Which of some articles they are."""
        return self._mask.take(docs)

    def scores_of(self, docs: Array) -> Array:
        """The scores of some of them."""
        return self.values.take(docs)

    def kept(self, mask: Array) -> Found:
        """Those of them in a mask over the view."""
        return Dense(self.values * mask)

    def times(self, factor: float) -> Found:
        """The same articles with so many times their scores."""
        return Dense(self.values * np.float32(factor))

    def add_to(self, scores: Array) -> None:
        """Add their scores to those of a whole view."""
        scores += self.values

    def best(self, needed: int) -> Found:
        """Those with the highest scores: as for others."""
        if self.top is not None and needed <= len(self.top):
            return Listed(self.top, self.values.take(self.top))
        at = highest(self.values, needed)
        at = at[self.values.take(at) > 0]
        return Listed(at, self.values.take(at))

    def lift(self, docs: Array, by: Array) -> None:
        """Raise the scores of the best of them: nothing else has a higher one."""
        self.values[docs] += by
        self.top = docs


NOTHING = Listed(np.zeros(0, np.intp))


def bm25f(weights: Array, norms: Array, worth: np.float32 | Array) -> Array:
    """Worth · weight / (weight + norm): what a term scores that weighs so much in each of some articles."""
    own = weights.astype(np.float32)
    norms = norms + own
    own *= worth
    own /= norms
    return own


def among(some: Array, others: Array) -> Array:
    """Which of some numbers stand among others; both ascend."""
    if not len(others):
        return np.zeros(len(some), np.bool_)
    wanted = some.astype(others.dtype, copy=False)  # else all others would be made into the type of these
    out: Array = others.take(others.searchsorted(wanted), mode="clip") == wanted
    return out


def firsts(ascending: Array) -> Array:
    """Which of some numbers are not the same as the one before."""
    out = np.ones(len(ascending), np.bool_)
    np.not_equal(ascending[1:], ascending[:-1], out=out[1:])
    return out


def among_any(some: Array, others: Sequence[Array], size: int) -> Array:
    """Which of some articles, ascending, stand in any of several lists; the view is of so many."""
    if sum(map(len, others)) * SPARSE < len(some):
        out = np.zeros(len(some), np.bool_)
        for own in others:
            out[some.searchsorted(own[among(own, some)])] = True
        return out
    if len(others) == 1 and len(some) * SPARSE < len(others[0]):
        return among(some, others[0])
    mask = np.zeros(size, np.bool_)
    for own in others:
        mask[own.astype(np.intp, copy=False)] = True
    return mask if len(some) == size else mask.take(some)


def highest(scores: Array, needed: int) -> Array:
    """Where the highest scores stand, `needed` at least where there are so many, and all that are equal to the lowest of these."""
    size = len(scores) // BLOCK * BLOCK
    if len(scores) <= needed:
        return np.arange(len(scores))
    if size <= needed * BLOCK:
        return np.flatnonzero(scores >= _edge(scores, needed))
    found = np.flatnonzero(scores >= _edge(scores[:size].reshape(BLOCK, -1).max(axis=0), needed))
    own = scores.take(found)
    return found[own >= _edge(own, needed)]


def _edge(scores: Array, needed: int) -> np.float32:
    """The lowest of the highest scores."""
    edge: np.float32 = np.partition(scores, len(scores) - needed)[len(scores) - needed]
    return edge
