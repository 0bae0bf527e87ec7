"""How do sets of articles of one view become one?

Sets are ordinals, ascending. Large ones are joined by a value for each article of the view, a small one by looking it up in the other.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.search.arrays import Array
from index.search.found import NOTHING, SPARSE, Dense, Found, Listed, firsts
from index.search.segments import View
from index.search.splicing import inserted


def unscored(mask: Array) -> Found:
    """What stands in a mask, without scores."""
    return Listed(np.flatnonzero(mask), bare=True)


def joined(view: View, lists: Sequence[tuple[Array, Array]]) -> tuple[Array, Array]:
    """The articles of several lists, their weights added up."""
    lists = [one for one in lists if len(one[0])]
    if len(lists) < 2:
        return lists[0] if lists else (NOTHING.docs, np.zeros(0, np.uint16))
    most = max(lists, key=lambda one: len(one[0]))
    rest = [one for one in lists if one is not most]
    if sum(len(docs) for docs, _ in rest) * SPARSE < len(most[0]):
        return _inserted(*most, *(rest[0] if len(rest) == 1 else _sorted(rest)))
    if sum(len(docs) for docs, _ in lists) * SPARSE < view.size:
        return _sorted(lists)
    weights = np.zeros(view.size, np.uint32)
    for docs, own in lists:
        np.add.at(weights, docs.astype(np.intp, copy=False), own.astype(np.uint32))
    docs = np.flatnonzero(weights > 0)
    return docs, weights.take(docs)


def _sorted(lists: Sequence[tuple[Array, Array]]) -> tuple[Array, Array]:
    """The same for short lists, by sorting."""
    docs, own = (np.concatenate(some) for some in zip(*lists, strict=True))
    order = docs.argsort(kind="stable")
    docs = docs.take(order)
    first = np.flatnonzero(firsts(docs))
    return docs.take(first), np.add.reduceat(own.take(order), first, dtype=np.uint32)


def _inserted(docs: Array, weights: Array, others: Array, own: Array) -> tuple[Array, Array]:
    """The same for a long list and a short one: what is new is put where it belongs."""
    place = docs.searchsorted(others)
    both = docs.take(place, mode="clip") == others
    weights = weights.astype(np.uint32)
    weights[place[both]] += own[both]
    place, others, own = place[~both], others[~both], own[~both]
    return inserted(docs, place, others), inserted(weights, place, own)


def either(view: View, lists: Sequence[Array]) -> Array:
    """The articles that stand in any of several lists."""
    mask = np.zeros(view.size, np.bool_)
    for docs in lists:
        mask[docs] = True
    return np.flatnonzero(mask)


def some(view: View, parts: Sequence[Found]) -> Found:
    """What any part holds, scores added up."""
    parts = [part for part in parts if part.count()]
    if len(parts) < 2:
        return parts[0] if parts else NOTHING
    scores = np.zeros(view.size, np.float32)
    for part in parts:
        part.add_to(scores)
    bare = [part.docs for part in parts if part.bare]
    if not bare:
        return Dense(scores)
    docs = either(view, [*bare, np.flatnonzero(scores > 0)])
    return Listed(docs, scores.take(docs), bare=True)


def greatest(view: View, parts: Sequence[Found]) -> Found:
    """What any part holds, of each article the highest score."""
    scores = np.zeros(view.size, np.float32)
    for part in parts:
        scores[part.at] = np.maximum(scores.take(part.at), part.scores)
    return Dense(scores)


def shared(view: View, parts: Sequence[Found]) -> list[Found]:
    """The parts, the shortest first, of which that is left that the others hold too."""
    first, *rest = sorted(parts, key=lambda part: part.count())
    for part in rest:
        first = first.only(np.flatnonzero(part.holds(first.docs, view.size)))
    return [first, *rest]


def every(view: View, parts: Sequence[Found]) -> Found:
    """What all parts hold, scores added up."""
    if len(parts) == 1:
        return parts[0]
    first, *rest = shared(view, parts)
    return Listed(first.docs, sum_of([first, *rest], first.docs), bare=all(part.bare for part in parts))


def sum_of(parts: Sequence[Found], docs: Array) -> Array:
    """The scores, added up, of articles that all parts hold."""
    first, *rest = parts
    scores = first.scores_of(docs)
    for part in rest:
        scores = scores + part.scores_of(docs)
    return scores
