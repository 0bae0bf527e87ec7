"""How does a process's first question take no longer than its next?

It is asked questions before anybody else can: of words of one article, one of each kind. So what is worked out once is worked out, and the
columns that every search reads are in memory; it takes some hundredths of a second, once. What is short is asked again in the end: it takes
three times as long where long lists have gone through the processor's caches since.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from index.filters import ArticleFilter, Facet, Order, Selection, Window
from index.search.columns import NAMED
from index.search.corrections import SHORT
from index.search.segments import Segment
from index.search.snapshot import State, StateSnapshot
from index.search.synonyms import NONE

PAGE = 4096  # bytes of memory that are read from a file at once
SMALL = 16  # bytes of a column for each article and term, up to which it is read: not those of postings
WORDS = 3  # that are asked for at once
BEGINNING = 3  # letters of one


def rehearse(state: State) -> None:
    """Ask a state one question of each kind."""
    _touch(state)
    snapshot = StateSnapshot(state, math.inf, NONE)
    for column in NAMED:
        state.statistics.totals(column, preview=False)
    for view in state.views[:1]:
        words, topics = _words(view.segment), view.segment.names("topics")[:WORDS] or [""]
        _ask_all(snapshot, words[-WORDS:], topics[0])
        snapshot.related(view.segment.ids(np.flatnonzero(view.living)[:1]), 5, preview=False)
        _ask(snapshot, Selection(" AND ".join(words[:WORDS])), Order.RELEVANCE)
        for word, topic in zip(_rare(view.segment), topics * WORDS, strict=False):
            for query in (f"{word}~", f"{word[:BEGINNING]}*", word):
                _ask(snapshot, Selection(query), Order.RELEVANCE)
            _ask(snapshot, Selection(within=(ArticleFilter(categories=(topic,)),)), Order.NEWEST)
            snapshot.suggest(word[:BEGINNING], 10, preview=False)


def _ask_all(snapshot: StateSnapshot, words: Sequence[str], topic: str) -> None:
    """Ask for some words in every way, by relevance and by date, with counts."""
    wanted = ArticleFilter(categories=(topic,), year=1, month=1)
    for query in (" ".join(words), " AND ".join(words), f'"{" ".join(words)}"', *(f"{word[:BEGINNING]}*" for word in words[:1])):
        for selection in (Selection(query), Selection(query, filter=wanted)):
            _ask(snapshot, selection, Order.RELEVANCE, Order.NEWEST)
            snapshot.facets([(selection, frozenset(Facet), frozenset())])
    for word in words[:1]:
        snapshot.correct(f"{word[:-1]}x", preview=False)


def _ask(snapshot: StateSnapshot, selection: Selection, *orders: Order) -> None:
    """Ask for a page in each order and where words stand in its articles, and for the number of articles."""
    for page in snapshot.find([(selection, order, Window()) for order in orders]):
        snapshot.spots(snapshot.read(selection.query), [hit.id for hit in page.hits])
    snapshot.count([selection])


def _touch(state: State) -> None:
    """Read a number of each page of what is small."""
    for view in state.views:
        bound = SMALL * (view.size + len(view.segment.terms))
        for array in view.segment.arrays.values():
            if array.nbytes <= bound:
                array.reshape(-1)[:: max(1, PAGE // array.itemsize)].copy()


def _words(segment: Segment) -> list[str]:
    """The words that weigh most in the longest article, the rarest first; the short ones, which nothing is near, only where all are."""
    if not segment.size:
        return []
    arrays = segment.arrays
    start, end = arrays["signs_at"][int(arrays["length"].argmax()) :][:2].tolist()
    numbers = arrays["signs"][start:end]
    order = np.argsort(np.diff(arrays["starts"])[numbers], kind="stable")
    places = [int(np.flatnonzero(arrays["word_terms"] == number)[0]) for number in numbers[order].tolist()]
    words = [segment.words[place].decode() for place in places]
    return [word for word in words if len(word) >= SHORT] or words


def _rare(segment: Segment) -> list[str]:
    """Some words from all over the alphabet: hardly one of them is common."""
    words = segment.words
    return [words[at * (len(words) - 1) // WORDS].decode() for at in range(1, WORDS + 1) if len(words)]
