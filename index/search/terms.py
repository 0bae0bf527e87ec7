"""Which articles of a view hold a term, and how much does it weigh in each?

As lists of articles, ascending, and of weights in quarters, one list for each term; only of what is alive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from index.search.arrays import Array
from index.search.found import SPARSE, among, among_any
from index.search.phrases import Stems
from index.search.postings import narrow
from index.search.segments import Segment, View
from index.search.splicing import without

Holding = tuple[Array, Array]


def lists(view: View, stems: Stems, field: str) -> Iterator[Holding]:
    """What holds each of some stems, in articles of its languages; in a narrow field, where one is named."""
    segment = view.segment
    for stem, number in _known(segment, stems):
        holding, languages = segment.postings(number), stems[stem]
        if not segment.readings <= languages and not segment.term_languages(number) <= languages:
            holding = _read_in(segment, holding, languages)
        yield _in_field(view, holding, stem, field)


def spellings(view: View, words: Mapping[str, Sequence[bytes]], field: str, *, own: bool) -> Iterator[Holding]:
    """What holds any of some words just as they are, by the stem that they have; the weights are the stem's.

    `own` says that the segment has all these words, so that it need not be looked up which.
    """
    segment = view.segment
    for stem, number in _known(segment, words):
        holding, some = segment.postings(number), words[stem]
        if not own or len(some) < segment.arrays["spellings"][number]:
            held = [segment.holding(place) for word in some for place, term in segment.spelt(word) if term == number]
            holding = _chosen(holding, among_any(holding[0], held, view.size))
        yield _in_field(view, holding, stem, field)


def _known(segment: Segment, stems: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Those of some stems that a segment has, with their terms' numbers."""
    for stem in stems:
        number = segment.term(stem)
        if number is not None:
            yield stem, number


def _read_in(segment: Segment, holding: Holding, languages: frozenset[str]) -> Holding:
    """What is read by the rules of some languages: found by these articles, by the others, or by all, what is shortest."""
    docs, weights = holding
    these, others = segment.listed_in(languages)
    if len(these) * SPARSE < len(docs):
        places = docs.searchsorted(these[among(these, docs)])
        return docs.take(places), weights.take(places)
    if len(others) * SPARSE < len(docs):
        places = docs.searchsorted(others[among(others, docs)])
        return without(docs, places), without(weights, places)
    return _chosen(holding, segment.read_in(languages).take(docs))


def _in_field(view: View, holding: Holding, stem: str, field: str) -> Holding:
    """What is alive, and holds a stem in a narrow field, where one is named."""
    if field:
        number = view.segment.term(narrow(field, stem))
        held = [] if number is None else [view.segment.postings(number)[0]]
        holding = _chosen(holding, among_any(holding[0], held, view.size))
    return holding if view.alive is None else _chosen(holding, view.alive.take(holding[0]))


def _chosen(holding: Holding, which: Array) -> Holding:
    docs, weights = holding
    at = np.flatnonzero(which)
    return docs.take(at), weights.take(at)
