"""Where in some documents do the words of a query stand, by the index?

By the places that it keeps of each term, and by where each text of a document begins: so a document need not be read to know which part of
it answers. Words that are told by their beginning or nearly so are not answered: the places that are kept are those of stems.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.search.analysis import words_in
from index.search.arrays import Array
from index.search.engine import Match, Spots
from index.search.found import firsts
from index.search.postings import distinct
from index.search.segments import View
from index.search.standing import ARTICLE, Asked, Standing
from index.search.statistics import Statistics
from index.search.syntax import Parsed, Word, words_of


def spots(statistics: Statistics, query: Parsed, ids: Sequence[str]) -> list[Spots | None]:
    """Where a query's words stand in the documents of some articles; None for those that are not in the index, or for all."""
    asked = _asked(statistics, query)
    if asked is None or not ids:
        return [None for _ in ids]
    docs = [_living(view, ids) for view in statistics.views]
    above, texts = _texts(Standing(statistics.views, docs, asked), docs)
    found: dict[str, Spots] = {}
    for view, own in zip(statistics.views, docs, strict=True):
        arrays = view.segment.arrays
        for id, revision in zip(arrays["id"].take(own).tolist(), arrays["revision"].take(own).tolist(), strict=True):
            found[id.decode()] = Spots(revision, above[len(found)], texts[len(found)])
    return [found.get(id) for id in ids]


def _asked(statistics: Statistics, query: Parsed) -> list[Asked] | None:
    """The words of a query by their numbers in it, stop words left out that say nothing; None where one is told by less than itself."""
    out: list[Asked] = []
    number = 0
    for part in words_of(query.node):
        if isinstance(part, Word) and (part.begins or part.fuzzy):
            return None
        for raw, token in words_in(part.text):
            if stems := {**statistics.stems(raw), **statistics.stopped(raw, part.stopped)}:
                out.append(Asked(number, token.word, stems))
            number += 1
    return out


def _living(view: View, ids: Sequence[str]) -> Array:
    """Those of some articles that are alive in a view, ascending."""
    return view.only_alive(distinct(view.segment.ordinals(ids)))


def _texts(standing: Standing, docs: Sequence[Array]) -> tuple[list[bool], list[list[tuple[int, list[Match]]]]]:
    """Whether words stand above each document, and its texts in which some stand, with these."""
    out: list[list[tuple[int, list[Match]]]] = [[] for _ in range(standing.size)]
    runs = standing.runs
    keys = np.concatenate([np.zeros(0, np.int64), *runs])
    words = np.repeat([one.place for one in standing.asked], [len(run) for run in runs])
    order = keys.argsort(kind="stable")  # of words that are one here, the first of the query comes first
    keys = keys.take(order)
    kept = firsts(keys)
    keys, words = keys[kept], words.take(order)[kept]
    starts, begins = _starts(standing, docs)
    owners = keys >> ARTICLE
    at = starts.searchsorted(keys, "right") - 1
    texts = at - begins.take(owners)
    below = texts >= 0
    above = np.bincount(owners[~below], minlength=standing.size) > 0
    places = keys[below] - starts.take(at[below])
    last = -1, -1
    for owner, text, word, place in zip(*map(Array.tolist, (owners[below], texts[below], words[below], places)), strict=True):
        if (owner, text) != last:
            own: list[Match] = []
            out[owner].append((text, own))
            last = owner, text
        own.append((word, place))
    return above.tolist(), out


def _starts(standing: Standing, docs: Sequence[Array]) -> tuple[Array, Array]:
    """Where each text of the documents begins, as the runs count, one document after another; and which is each document's first."""
    starts, counts = [np.zeros(0, np.int64)], list[int]()
    for view, own in zip(standing.views, docs, strict=True):
        begins, at = view.segment.arrays["begins"], view.segment.arrays["begins_at"]
        for first, end in zip(at.take(own).tolist(), at.take(own + 1).tolist(), strict=True):
            starts.append(begins[first:end].astype(np.int64) + (len(counts) << ARTICLE))
            counts.append(end - first)
    return np.concatenate(starts), np.cumsum([0, *counts])
