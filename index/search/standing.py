"""Where do the words of a query stand in some articles?

In few articles, those that may be lifted, of all views at once: each article is known by its place among these. Where an article stands
among the postings of a term is looked up once, and serves the term's weights as well as its places.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

from index.search.arrays import Array
from index.search.found import among
from index.search.phrases import Stems
from index.search.segments import Segment, View

WITHIN = 16  # places that are near
ARTICLE = 32  # bits below the number of an article: a place has these


class Asked(NamedTuple):
    """A word of the query: its place among all, as it was written, folded, and what its stem may be."""

    place: int
    word: str
    stems: Stems


class Term(NamedTuple):
    """A stem of a word in the articles of a view that hold it: their ordinals, and their places among all articles and its postings."""

    segment: Segment
    number: int
    docs: Array
    there: Array
    at: Array


class Standing:
    """Words in some articles of each view."""

    def __init__(self, views: Sequence[View], docs: Sequence[Array], asked: Sequence[Asked]) -> None:
        self.views = views
        self.asked = asked
        self.size = sum(map(len, docs))
        self.number = {one.word: at for at, one in enumerate(asked)}
        self.terms: list[list[Term]] = [[] for _ in asked]
        first = 0
        for view, own in zip(views, docs, strict=True):
            if len(own):
                for at, one in enumerate(asked):
                    self.terms[at] += _terms(view.segment, own.astype(np.int32, copy=False), one.stems, first)
                first += len(own)

    def written(self) -> Iterator[tuple[int, Array, Array]]:
        """Where words stand just as they were written: the word's number, the articles, and the weights of its stem there."""
        for at, one in enumerate(self.asked):
            word = one.word.encode("utf-8", "replace")
            for term in self.terms[at]:
                weights = term.segment.postings(term.number)[1]
                for place, number in term.segment.spelt(word):
                    if number == term.number:
                        own = term.segment.listed(place)
                        if own is None:  # no other word has this stem
                            yield at, term.there, weights.take(term.at)
                        else:
                            which = among(term.docs, own)
                            yield at, term.there[which], weights.take(term.at[which])

    def both(self, pairs: Sequence[tuple[Asked, Asked]]) -> list[int]:
        """How many of the articles hold both words of each pair."""
        masks = np.zeros((len(self.asked), self.size), np.bool_)
        for mask, terms in zip(masks, self.terms, strict=True):
            for term in terms:
                mask[term.there] = True
        ones, others = self._numbers(pairs)
        counts: list[int] = np.count_nonzero(masks[ones] & masks[others], axis=1).tolist()
        return counts

    def _numbers(self, pairs: Sequence[tuple[Asked, Asked]]) -> tuple[list[int], list[int]]:
        return [self.number[one.word] for one, _ in pairs], [self.number[other.word] for _, other in pairs]

    @cached_property
    def runs(self) -> list[Array]:
        """Where each word stands by its stem: the article's number and the place as one number, ascending."""
        out = []
        for terms in self.terms:
            keys = [term.segment.places(term.number, term.at, term.there << ARTICLE) for term in terms]
            out.append(keys[0] if len(keys) == 1 else np.sort(np.concatenate([np.zeros(0, np.int64), *keys])))
        return out

    def _joined(self, numbers: Sequence[int]) -> Array:
        """The runs of some words, one after another, as if each were of further articles."""
        if len(numbers) == 1:
            return self.runs[numbers[0]]
        return np.concatenate([self.runs[number] + (at * self.size << ARTICLE) for at, number in enumerate(numbers)])

    def together(self, pairs: Sequence[tuple[Asked, Asked]]) -> tuple[Array, Array]:
        """How often the words of each pair stand in each article side by side, as in the query, and how often near each other.

        One pair after another: article a's of pair p is at p · `size` + a.
        """
        one, other = map(self._joined, self._numbers(pairs))
        size = len(pairs) * self.size
        if not len(one) or not len(other):
            return np.zeros(size, np.int64), np.zeros(size, np.int64)
        at = other.searchsorted(one, side="right")
        after = other.take(at, mode="clip") - one  # negative where none comes after
        before = one - other.take(at - 1, mode="clip")
        owners = one >> ARTICLE
        apart: list[int] = [second.place - first.place for first, second in pairs]
        most = apart[0] if len(set(apart)) == 1 else np.array(apart).take(owners // self.size)
        comes = after > 0
        near = (comes & (after <= WITHIN)) | ((before >= 0) & (before <= WITHIN))
        beside = comes & (after <= most)
        return np.bincount(owners[beside], minlength=size), np.bincount(owners[near], minlength=size)


def _terms(segment: Segment, docs: Array, stems: Stems, first: int) -> Iterator[Term]:
    """The stems of a word that stand in some articles of a segment, the first of which is `first` among all."""
    for number, languages in sorted((number, stems[stem]) for stem in stems if (number := segment.term(stem)) is not None):
        here, at = segment.held(number, docs, languages)
        if len(here):
            yield Term(segment, number, docs.take(here), here + first, at)
