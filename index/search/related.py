"""Which articles are most like one?

The rarest of the terms that weigh most in an article are searched for, as its signature; the article itself is never among the answers.
More like this, after Lucene's MoreLikeThis.
"""

from __future__ import annotations

import numpy as np

from index.search.arrays import string
from index.search.scoring import Scorer

TERMS = 12  # of a signature that are searched for
FEWEST = 2  # articles that must hold a term for it to make any other like this one


def likest(scorer: Scorer, id: str, first: int, *, preview: bool) -> tuple[str, ...]:
    """The ids of at most `first` articles, the likest first; none for an article that the index does not hold."""
    columns = scorer.columns
    where = np.flatnonzero((columns.ids == id.encode()) & columns.alive)
    if first < 1 or not len(where):
        return ()
    own = int(where[0])
    terms = [(count, term) for term in signature(scorer, own) if (count := _articles(scorer, term)) >= FEWEST]
    scores = np.zeros(scorer.size, np.float32)
    for _, term in sorted(terms)[:TERMS]:
        scores += scorer.terms([term]).scores
    shown = columns.alive if preview else columns.shown
    scores = np.where(shown, scores, np.float32(0))
    scores[own] = 0
    found = np.flatnonzero(scores > 0)
    order = np.lexsort((columns.ids[found], -scores[found]))[:first]
    return tuple(columns.ids[doc].decode() for doc in found[order])


def signature(scorer: Scorer, doc: int) -> list[str]:
    """The terms that weigh most in an article."""
    place = next(n for n, first in enumerate(scorer.firsts[1:]) if doc < first)
    segment, own = scorer.segments[place], doc - scorer.firsts[place]
    of = segment.arrays["signs_of"]
    numbers = segment.arrays["signs"][of[own] : of[own + 1]]
    return [string(segment.arrays["terms"], segment.arrays["terms_at"], int(number)).decode() for number in numbers]


def _articles(scorer: Scorer, term: str) -> int:
    """How many articles hold a term."""
    numbers = ((segment, segment.term(term)) for segment in scorer.segments)
    return sum(len(segment.postings(number)[0]) for segment, number in numbers if number is not None)
