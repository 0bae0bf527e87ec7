"""Which articles of a view were found, and how well does each answer?"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from index.search.arrays import Array
from index.search.segments import View

BLOCK = 64  # scores of which the highest is taken at first


class Found:
    """Articles of a view, as ordinals, ascending, with a score each.

    Scores are above 0, but for articles of which nothing was said but that they may stay (`bare`): those of some dates, or without a word.
    Where most articles of a view are looked at anyway, they are kept as a score for each article of the view, 0 for those not found
    (`dense`), and made into ordinals only when these are asked for.
    """

    def __init__(self, docs: Array | None = None, scores: Array | None = None, *, dense: Array | None = None, bare: bool = False) -> None:
        self.dense = dense
        self.bare = bare
        if docs is not None:
            self.docs, self.scores = docs, np.zeros(len(docs), np.float32) if scores is None else scores

    @cached_property
    def docs(self) -> Array:
        """The ordinals."""
        return np.flatnonzero(self.mask)

    @cached_property
    def scores(self) -> Array:
        """The score of each."""
        out: Array = self._dense.take(self.docs)
        return out

    @cached_property
    def mask(self) -> Array:
        """Which articles of the view they are; only where they are dense."""
        out: Array = self._dense > 0
        return out

    @property
    def _dense(self) -> Array:
        assert self.dense is not None
        return self.dense

    def kept(self, mask: Array) -> Found:
        """Those of them in a mask over the view."""
        if self.dense is not None:
            return Found(dense=self.dense * mask)
        at = np.flatnonzero(mask.take(self.docs))
        return Found(self.docs.take(at), self.scores.take(at), bare=self.bare)

    def scored(self) -> Found:
        """Those of which something was said."""
        at = np.flatnonzero(self.scores > 0)
        return Found(self.docs.take(at), self.scores.take(at))

    def times(self, factor: float) -> Found:
        """The same articles with so many times their scores."""
        return Found(self.docs, self.scores * np.float32(factor), bare=self.bare)

    def best(self, needed: int) -> Found:
        """Those with the highest scores: `needed` of them where there are so many, and all that are equal to the lowest of these."""
        if self.dense is None:
            at = highest(self.scores, needed)
            return Found(self.docs[at], self.scores[at], bare=self.bare)
        at = highest(self.dense, needed)
        scores = self.dense[at]
        return Found(at[scores > 0], scores[scores > 0])

    def lifted(self, docs: Array, by: Array) -> Found:
        """The same articles, some of them with higher scores."""
        if self.dense is not None:
            dense = self.dense.copy()
            dense[docs] += by
            return Found(dense=dense)
        scores = self.scores.copy()
        scores[np.searchsorted(self.docs, docs)] += by
        return Found(self.docs, scores, bare=self.bare)


NOTHING = Found(np.zeros(0, np.intp))


def highest(scores: Array, needed: int) -> Array:
    """Where the highest scores stand, `needed` at least where there are so many, and all that are equal to the lowest of these."""
    size = len(scores) // BLOCK * BLOCK
    if len(scores) <= needed:
        return np.arange(len(scores))
    if size <= needed * BLOCK:
        return np.flatnonzero(scores >= _edge(scores, needed))
    found = np.flatnonzero(scores >= _edge(scores[:size].reshape(-1, BLOCK).max(axis=1), needed))
    own = scores[found]
    return found[own >= _edge(own, needed)]


def _edge(scores: Array, needed: int) -> np.float32:
    """The lowest of the highest scores."""
    edge: np.float32 = np.partition(scores, len(scores) - needed)[len(scores) - needed]
    return edge


class Matches:
    """The articles of a view that a selection holds: those in a mask, or those found by a query; `scored` where it says how well."""

    def __init__(self, view: View, *, mask: Array | None = None, found: Found | None = None, scored: bool = False) -> None:
        self.view = view
        self.found = found
        self.scored = scored
        self._mask = mask

    @cached_property
    def mask(self) -> Array:
        """As a mask over the view's articles."""
        if self._mask is not None:
            return self._mask
        if self.found is not None and self.found.dense is not None:
            return self.found.mask
        out = np.zeros(self.view.size, np.bool_)
        out[self.docs] = True
        return out

    @cached_property
    def docs(self) -> Array:
        """As ordinals, ascending."""
        return self.found.docs if self.found is not None else np.flatnonzero(self.mask)

    @cached_property
    def count(self) -> int:
        """How many they are."""
        masked = self.found is None or self.found.dense is not None
        return int(np.count_nonzero(self.mask)) if masked else len(self.docs)

    def score(self, doc: int) -> float:
        """How well one of them answers."""
        if self.found is None:
            return 0.0
        if self.found.dense is not None:
            return float(self.found.dense[doc])
        return float(self.found.scores[np.searchsorted(self.found.docs, doc)])
