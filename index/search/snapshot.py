"""Which articles, and how many of those, at one revision?

A `State` is what the manifest named at one moment: segments, what is alive in them, the revision. It never changes, so what was found in
it is kept and shared by requests. A `StateSnapshot` answers from it, each search within its time.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from functools import cached_property
from typing import Any, TypeVar

from index.filters import ArticleFilter, Facet, Order, Selection, Window, without
from index.search import facets
from index.search.arrays import Array
from index.search.corrections import corrected
from index.search.engine import Completion, Counts, Month, Page, Spots
from index.search.filtering import only, passing
from index.search.found import Found
from index.search.matches import Holders, Matches
from index.search.ranking import lift
from index.search.related import likest
from index.search.scoring import Scorer
from index.search.segments import View
from index.search.spots import spots
from index.search.statistics import Statistics
from index.search.suggestions import complete
from index.search.synonyms import Synonyms
from index.search.syntax import Parsed, words_of
from index.search.windows import page

T = TypeVar("T")
KEPT = 128  # selections whose articles are kept, and counts over them


class State:
    """The index at one revision."""

    def __init__(self, views: Sequence[View], revision: int) -> None:
        self.views = views
        self.revision = revision
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def once(self, key: Hashable, find: Callable[[], T]) -> T:
        """What was found under a key, found the first time that it is asked for."""
        with self._lock:
            kept: T | None = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
                return kept
        found = find()
        with self._lock:
            self._kept[key] = found
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return found

    @cached_property
    def statistics(self) -> Statistics:
        """What scores need to know of all articles."""
        return Statistics(self.views)


class StateSnapshot:
    """Answers from a state; `seconds` is how long one search may take, `synonyms` are put into queries."""

    def __init__(self, state: State, seconds: float, synonyms: Synonyms) -> None:
        self.state = state
        self.seconds = seconds
        self.synonyms = synonyms

    @property
    def revision(self) -> int:
        """The store's revision that the index had reached."""
        return self.state.revision

    def read(self, query: str) -> Parsed:
        """A query as it is read."""
        return self.state.statistics.read(self.synonyms.read(query))

    def matches(self, selection: Selection) -> list[Matches]:
        """The articles that a selection holds, view by view."""
        return self.state.once(selection, lambda: self._match(selection))

    def _match(self, selection: Selection) -> list[Matches]:
        node = self.read(selection.query).node if selection.query else None
        if node is None:
            return [_filtered(view, selection) for view in self.state.views]
        scored = any(True for _ in words_of(node))
        scorer = self.scorer()
        found = [_kept(view, one, selection) for view, one in zip(self.state.views, scorer.find(node), strict=True)]
        if scored:
            lift(scorer, node, found)
        return [Matches(view, found=one, scored=scored) for view, one in zip(self.state.views, found, strict=True)]

    def scorer(self) -> Scorer:
        """Scores with this search's time."""
        return Scorer(self.state.statistics, time.monotonic() + self.seconds)

    def find(self, asked: Sequence[tuple[Selection, Order, Window]]) -> list[Page]:
        """A page for each."""
        return [page(self.matches(selection), order, window) for selection, order, window in asked]

    def spots(self, query: Parsed, ids: Sequence[str]) -> list[Spots | None]:
        """Where a query's words stand in the documents of some articles."""
        return self.state.once(("spots", query, tuple(ids)), lambda: spots(self.state.statistics, query, ids))

    def count(self, selections: Sequence[Selection]) -> list[int]:
        """How many articles each holds."""
        return [sum(matches.count for matches in self.matches(selection)) for selection in selections]

    def archives(self, selections: Sequence[Selection]) -> list[tuple[Month, ...]]:
        """The months of each, newest first."""
        return [self._months(selection) for selection in selections]

    def _months(self, selection: Selection) -> tuple[Month, ...]:
        return self.state.once(("months", selection), lambda: facets.months(self.matches(selection)))

    def facets(self, asked: Sequence[tuple[Selection, frozenset[Facet], frozenset[Facet]]]) -> list[Counts]:
        """Counts for each."""
        return [self._facets(*one) for one in asked]

    def _facets(self, selection: Selection, wanted: frozenset[Facet], excepted: frozenset[Facet]) -> Counts:
        def standing(facet: Facet) -> Selection:
            if facet not in excepted:
                return selection
            return Selection(selection.query, selection.within, without(selection.filter, facet), selection.preview)

        def values(column: str, facet: Facet) -> tuple[tuple[str, int], ...]:
            over = standing(facet)
            return self.state.once((column, over), lambda: facets.values(column, self.matches(over))) if facet in wanted else ()

        return Counts(
            categories=values("topics", Facet.CATEGORY),
            tags=values("tags", Facet.TAG),
            authors=values("authors", Facet.AUTHOR),
            months=self._months(standing(Facet.DATE)) if Facet.DATE in wanted else (),
            languages=values("languages", Facet.LANGUAGE),
            kinds=facets.kinds(self.matches(standing(Facet.BLOCK_KIND))) if Facet.BLOCK_KIND in wanted else (),
        )

    def related(self, ids: Sequence[str], first: int, *, preview: bool) -> list[tuple[str, ...]]:
        """For each article the ids of those most like it."""
        return [likest(self.scorer(), id, first, preview=preview) for id in ids]

    def suggest(self, prefix: str, first: int, *, preview: bool) -> list[Completion]:
        """Titles, topics, authors and words that begin with the prefix."""
        return complete(self.state.statistics, prefix, first, preview=preview)

    def correct(self, query: str, *, preview: bool) -> str | None:
        """The query with unknown words replaced by close known ones."""
        return corrected(self.scorer(), query, self.read(query).node, preview=preview)


def _kept(view: View, found: Found, selection: Selection) -> Found:
    """Those of some articles that a selection keeps."""
    if not selection.within and not selection.filter and (selection.preview or not view.drafts):
        return found
    return found.kept(_mask(view, selection))


def _filtered(view: View, selection: Selection) -> Matches:
    """What a selection without a query holds."""
    named = only(_filters(selection))
    code = None if named is None else view.segment.code(*named)
    if named is None or code is None:
        return Matches(view, mask=_mask(view, selection))
    return Holders(view, named[0], code, preview=selection.preview)


def _filters(selection: Selection) -> tuple[ArticleFilter, ...]:
    return selection.within if selection.filter is None else (*selection.within, selection.filter)


def _mask(view: View, selection: Selection) -> Array:
    """The mask of what a reader may see and the filters let through."""
    mask = view.seen(preview=selection.preview)
    for filter in _filters(selection):
        mask = mask & passing(view.segment, filter)
    return mask
