"""Which articles are most like one?

The rarest of the terms that weigh most in an article are searched for, as its signature; the article itself is never among the answers.
More like this, after Lucene's MoreLikeThis.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.search.arrays import Array
from index.search.found import Dense, Found, bm25f
from index.search.scoring import Scorer
from index.search.segments import View

TERMS = 12  # of a signature that are searched for
FEWEST = 2  # articles that must hold a term for it to make any other like this one
NONE = -1  # the number of a term that a segment does not hold


def likest(scorer: Scorer, id: str, first: int, *, preview: bool) -> tuple[str, ...]:
    """The ids of at most `first` articles, the likest first; none for an article that the index does not hold."""
    for at, view in enumerate(scorer.views):
        own = view.only_alive(view.segment.ordinals([id]))
        if first > 0 and len(own):
            return _likest(scorer, at, int(own[0]), first, preview=preview)
    return ()


def _likest(scorer: Scorer, at: int, own: int, first: int, *, preview: bool) -> tuple[str, ...]:
    terms = _signature(scorer.views, at, own)
    counts = np.sum([_held(view, numbers) for view, numbers in zip(scorer.views, terms, strict=True)], axis=0)
    order = np.lexsort((terms[at], counts))  # of equally rare ones the first by the alphabet, in which they are numbered
    rarest = order[counts[order] >= FEWEST][:TERMS]
    worths = np.array([scorer.statistics.worth(count) for count in counts[rarest].tolist()], np.float32)
    likes: list[tuple[float, bytes]] = []
    for number, (view, norms) in enumerate(zip(scorer.views, scorer.statistics.norms, strict=True)):
        scorer.check()
        scores = _scores(view, terms[number][rarest], worths, norms)
        if number == at:
            scores[own] = 0
        if view.drafts and not preview:
            scores *= view.visible
        likes += _best(view, Dense(scores).best(first))
    return tuple(id.decode() for _, id in sorted(likes)[:first])


def _signature(views: Sequence[View], at: int, doc: int) -> list[Array]:
    """The terms that weigh most in an article of one view, as each view numbers them."""
    segment = views[at].segment
    start, end = segment.arrays["signs_at"][doc : doc + 2].tolist()
    own = segment.arrays["signs"][start:end]
    if len(views) == 1:
        return [own]
    names = [segment.terms[number].decode() for number in own.tolist()]
    found = [[view.segment.term(name) for name in names] for view in views]
    return [np.array([NONE if number is None else number for number in some], np.int64) for some in found]


def _held(view: View, numbers: Array) -> Array:
    """How many living articles hold each of some terms."""
    if view.alive is None:
        starts = view.segment.arrays["starts"]
        return np.where(numbers == NONE, 0, starts[numbers + 1] - starts[numbers])
    return np.array([view.shown(_postings(view, number)[0], preview=True) for number in numbers.tolist()], np.int64)


def _postings(view: View, number: int) -> tuple[Array, Array]:
    docs, weights = view.segment.postings(max(number, 0))
    return (docs[:0], weights[:0]) if number == NONE else (docs, weights)


def _scores(view: View, numbers: Array, worths: Array, norms: Array) -> Array:
    """The score of each article of a view by these terms, each worth so much; 0 for what is not alive."""
    out = np.zeros(view.size, np.float32)
    lists = [_postings(view, number) for number in numbers.tolist()]
    if lists:
        docs = np.concatenate([docs for docs, _ in lists]).astype(np.intp)
        worth = worths.repeat([len(docs) for docs, _ in lists])
        np.add.at(out, docs, bm25f(np.concatenate([weights for _, weights in lists]), norms.take(docs), worth))
    if view.alive is not None:
        out *= view.alive
    return out


def _best(view: View, found: Found) -> list[tuple[float, bytes]]:
    """What sorts them, and their ids."""
    return list(zip((-found.scores).tolist(), view.segment.arrays["id"][found.docs].tolist(), strict=True))
