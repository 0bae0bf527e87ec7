"""Which articles are most like one?

The rarest of the terms that weigh most in an article are searched for, as its signature; the article itself is never among the answers.
More like this, after Lucene's MoreLikeThis.
"""

from __future__ import annotations

from index.search.matches import Found
from index.search.scoring import Scorer
from index.search.segments import View

TERMS = 12  # of a signature that are searched for
FEWEST = 2  # articles that must hold a term for it to make any other like this one


def likest(scorer: Scorer, id: str, first: int, *, preview: bool) -> tuple[str, ...]:
    """The ids of at most `first` articles, the likest first; none for an article that the index does not hold."""
    for at, view in enumerate(scorer.views):
        own = view.only_alive(view.segment.ordinals([id]))
        if first > 0 and len(own):
            return _likest(scorer, at, int(own[0]), first, preview=preview)
    return ()


def _likest(scorer: Scorer, at: int, own: int, first: int, *, preview: bool) -> tuple[str, ...]:
    languages = frozenset(scorer.statistics.languages)
    counted = [(scorer.held({term: languages}), term) for term in signature(scorer.views[at], own)]
    rarest = sorted((count, term) for count, term in counted if count >= FEWEST)[:TERMS]
    found = scorer.any_of([scorer.terms({term: languages}) for _, term in rarest])
    likes: list[tuple[float, bytes]] = []
    for number, (view, one) in enumerate(zip(scorer.views, found, strict=True)):
        mask = view.seen(preview=preview)
        if number == at:
            mask = mask.copy()
            mask[own] = False
        likes += _best(view, one.kept(mask).best(first))
    return tuple(id.decode() for _, id in sorted(likes)[:first])


def _best(view: View, found: Found) -> list[tuple[float, bytes]]:
    """What sorts them, and their ids."""
    return list(zip((-found.scores).tolist(), view.segment.arrays["id"][found.docs].tolist(), strict=True))


def signature(view: View, doc: int) -> list[str]:
    """The terms that weigh most in an article."""
    arrays = view.segment.arrays
    start, end = arrays["signs_at"][doc : doc + 2].tolist()
    return [view.segment.terms[number].decode() for number in arrays["signs"][start:end].tolist()]
