"""Which articles, and how many of those, at one revision?

A `State` is what the manifest named at one moment: segments, their live masks, the revision. It never changes, so what was found in it is
kept and shared by requests. A `StateSnapshot` answers from it, each search within its time.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

from index.filters import Facet, Order, Selection, Window, without
from index.search.analysis import DEFAULT, language_of
from index.search.arrays import Array
from index.search.columns import Columns
from index.search.engine import Completion, Counts, Month, Page
from index.search.related import likest
from index.search.scoring import Scorer
from index.search.segments import Segment
from index.search.suggestions import complete, corrected
from index.search.syntax import parse
from index.search.windows import Ordered, page

KEPT = 64  # selections whose articles are kept


class Matches(NamedTuple):
    """The ordinals of the articles that a selection holds, ascending, and their scores (None without words to score)."""

    docs: Array
    scores: Array | None


class State:
    """The index at one revision."""

    def __init__(self, segments: Sequence[Segment], alive: Array, revision: int) -> None:
        self.segments = segments
        self.revision = revision
        self.columns = Columns(segments, alive)
        self.kept: OrderedDict[Selection, Matches] = OrderedDict()
        self.lock = threading.Lock()

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """By whose rules a query's words are stemmed: those of the articles' languages, English always."""
        names = self.columns.values("languages").names
        return tuple(dict.fromkeys([DEFAULT, *sorted({language_of(name) for name in names})]))

    @cached_property
    def ordered(self) -> Ordered:
        """The articles' places in the orders of lists."""
        return Ordered(self.columns)


class StateSnapshot:
    """Answers from a state; `seconds` is how long one search may take."""

    def __init__(self, state: State, seconds: float) -> None:
        self.state = state
        self.seconds = seconds

    @property
    def revision(self) -> int:
        """The store's revision that the index had reached."""
        return self.state.revision

    def matches(self, selection: Selection) -> Matches:
        """The articles that a selection holds."""
        state = self.state
        with state.lock:
            found = state.kept.get(selection)
            if found is not None:
                state.kept.move_to_end(selection)
                return found
        found = self._match(selection)
        with state.lock:
            state.kept[selection] = found
            if len(state.kept) > KEPT:
                state.kept.popitem(last=False)
        return found

    def _match(self, selection: Selection) -> Matches:
        columns = self.state.columns
        mask = (columns.alive if selection.preview else columns.shown).copy()
        for filter in (*selection.within, *((selection.filter,) if selection.filter else ())):
            mask &= columns.mask(filter)
        node = parse(selection.query).node
        if node is None:
            return Matches(np.flatnonzero(mask), None)
        found = self.scorer().find(node)
        docs = np.flatnonzero(mask & found.mask)
        return Matches(docs, found.scores[docs])

    def scorer(self) -> Scorer:
        """Scores with this search's time."""
        state = self.state
        return Scorer(state.segments, state.columns, state.languages, time.monotonic() + self.seconds)

    def find(self, asked: Sequence[tuple[Selection, Order, Window]]) -> list[Page]:
        """A page for each."""
        pages = []
        for selection, order, window in asked:
            found = self.matches(selection)
            pages.append(page(self.state.ordered, found.docs, found.scores, order, window))
        return pages

    def count(self, selections: Sequence[Selection]) -> list[int]:
        """How many articles each holds."""
        return [len(self.matches(selection).docs) for selection in selections]

    def archives(self, selections: Sequence[Selection]) -> list[tuple[Month, ...]]:
        """The months of each, newest first."""
        return [self.state.columns.months(self.matches(selection).docs) for selection in selections]

    def facets(self, asked: Sequence[tuple[Selection, frozenset[Facet], frozenset[Facet]]]) -> list[Counts]:
        """Counts for each."""
        return [self._facets(*one) for one in asked]

    def _facets(self, selection: Selection, wanted: frozenset[Facet], excepted: frozenset[Facet]) -> Counts:
        columns = self.state.columns

        def docs(facet: Facet) -> Array:
            if facet not in excepted:
                return self.matches(selection).docs
            return self.matches(Selection(selection.query, selection.within, without(selection.filter, facet), selection.preview)).docs

        return Counts(
            categories=columns.counts("topics", docs(Facet.CATEGORY)) if Facet.CATEGORY in wanted else (),
            tags=columns.counts("tags", docs(Facet.TAG)) if Facet.TAG in wanted else (),
            authors=columns.counts("authors", docs(Facet.AUTHOR)) if Facet.AUTHOR in wanted else (),
            months=columns.months(docs(Facet.DATE)) if Facet.DATE in wanted else (),
            languages=columns.counts("languages", docs(Facet.LANGUAGE)) if Facet.LANGUAGE in wanted else (),
            kinds=columns.kinds(docs(Facet.BLOCK_KIND)) if Facet.BLOCK_KIND in wanted else (),
        )

    def related(self, ids: Sequence[str], first: int, *, preview: bool) -> list[tuple[str, ...]]:
        """For each article the ids of those most like it."""
        return [likest(self.scorer(), id, first, preview=preview) for id in ids]

    def suggest(self, prefix: str, first: int, *, preview: bool) -> list[Completion]:
        """Titles, topics, authors and words that begin with the prefix."""
        return complete(self.scorer(), self.state.ordered, prefix, first, preview=preview)

    def correct(self, query: str, *, preview: bool) -> str | None:
        """The query with unknown words replaced by close known ones."""
        return corrected(self.scorer(), query, preview=preview)
