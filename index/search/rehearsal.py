"""How does a process's first question take no longer than its next?

It is asked questions before anybody else can: of words in the index, one of each kind. So what is worked out once is worked out, and the
columns that every search reads are in memory; it takes some hundredths of a second, once.
"""

from __future__ import annotations

import math

from index.filters import ArticleFilter, Facet, Order, Selection, Window
from index.search.snapshot import State, StateSnapshot
from index.search.synonyms import NONE

PAGE = 4096  # bytes of memory that are read from a file at once
SMALL = 16  # bytes of a column for each article and term, up to which it is read: not those of postings
WORDS = 3  # that are asked for at once


def rehearse(state: State) -> None:
    """Ask a state one question of each kind."""
    _touch(state)
    words = _words(state)
    snapshot = StateSnapshot(state, math.inf, NONE)
    wanted = ArticleFilter(categories=("",), year=1, month=1)
    for query in (" ".join(words), " AND ".join(words), f'"{" ".join(words)}"', *(f"{word[:3]}*" for word in words[:1])):
        for selection in (Selection(query), Selection(query, filter=wanted)):
            snapshot.find([(selection, Order.RELEVANCE, Window()), (selection, Order.NEWEST, Window())])
            snapshot.facets([(selection, frozenset(Facet), frozenset())])
    for word in words[:1]:
        snapshot.suggest(word[:3], 10, preview=False)
        snapshot.correct(f"{word[:-1]}x", preview=False)
    for view in state.views[:1]:
        snapshot.related([id.decode() for id in view.segment.arrays["id"][:1].tolist()], 5, preview=False)


def _touch(state: State) -> None:
    """Read a number of each page of what is small."""
    for view in state.views:
        bound = SMALL * (view.size + len(view.segment.terms))
        for array in view.segment.arrays.values():
            if array.nbytes <= bound:
                array.reshape(-1)[:: max(1, PAGE // array.itemsize)].copy()


def _words(state: State) -> list[str]:
    """Some words of the index, from all over the alphabet."""
    for view in state.views:
        words = view.segment.words
        return [words[at * (len(words) - 1) // WORDS].decode() for at in range(1, WORDS + 1) if len(words)]
    return []
