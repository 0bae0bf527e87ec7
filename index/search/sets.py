"""How do sets of articles of one view become one?

Sets are ordinals, ascending. Large ones are joined by way of a mask over the whole view, a small one by looking it up in the other.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.search.arrays import Array
from index.search.matches import NOTHING, Found
from index.search.segments import View

SPARSE = 16  # articles of a longer list for each of a shorter one, above which the shorter one's are looked up in it one by one


def unscored(mask: Array) -> Found:
    """What stands in a mask, without scores."""
    return Found(np.flatnonzero(mask), bare=True)


def joined(view: View, lists: Sequence[tuple[Array, Array]]) -> tuple[Array, Array]:
    """The articles of several lists, their weights added up."""
    if len(lists) < 2:
        docs, own = lists[0] if lists else (NOTHING.docs, np.zeros(0, np.uint16))
        return docs.astype(np.intp, copy=False), own  # what arrays are indexed by: else each use of them would make it anew
    weights = np.zeros(view.size, np.uint32)
    for docs, own in lists:
        np.add.at(weights, docs, own)
    docs = np.flatnonzero(weights > 0)
    return docs, weights.take(docs)


def either(view: View, lists: Sequence[Array]) -> Array:
    """The articles that stand in any of several lists."""
    mask = np.zeros(view.size, np.bool_)
    for docs in lists:
        mask[docs] = True
    return np.flatnonzero(mask)


def some(view: View, parts: Sequence[Found]) -> Found:
    """What any part holds, scores added up."""
    parts = [part for part in parts if len(part.docs)]
    if len(parts) < 2:
        return parts[0] if parts else NOTHING
    scores = np.zeros(view.size, np.float32)
    for part in parts:
        np.add.at(scores, part.docs, part.scores)
    bare = [part.docs for part in parts if part.bare]
    if not bare:
        return Found(dense=scores)
    docs = either(view, [*bare, np.flatnonzero(scores > 0)])
    return Found(docs, scores.take(docs), bare=True)


def every(view: View, parts: Sequence[Found]) -> Found:
    """What all parts hold, scores added up."""
    first, *rest = sorted(parts, key=lambda part: len(part.docs))
    docs, scores = first.docs, first.scores
    for part in rest:
        if len(docs) * SPARSE < len(part.docs):
            place = np.searchsorted(part.docs, docs)
            at = np.flatnonzero(part.docs.take(place, mode="clip") == docs)
            own = part.scores.take(place[at])
        else:
            dense = np.full(view.size, -1, np.float32)
            dense[part.docs] = part.scores
            own = dense.take(docs)
            at = np.flatnonzero(own >= 0)
            own = own.take(at)
        docs, scores = docs.take(at), scores.take(at) + own
    return Found(docs, scores, bare=all(part.bare for part in parts))


def among(some: Array, others: Array) -> Array:
    """Which of some numbers stand among others; both ascend."""
    if not len(others):
        return np.zeros(len(some), np.bool_)
    wanted = some.astype(others.dtype, copy=False)  # else all others would be made into the type of these
    out: Array = others.take(np.searchsorted(others, wanted), mode="clip") == wanted
    return out
