"""Which articles, and how many of those, at one revision?

A `State` is what the manifest named at one moment: segments, what is alive in them, the revision. It never changes, so what was found in
it is kept and shared by requests. A `StateSnapshot` answers from it, each search within its time.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property

from index.filters import Facet, Order, Selection, Window, without
from index.search import facets
from index.search.arrays import Array
from index.search.corrections import corrected
from index.search.engine import Completion, Counts, Month, Page
from index.search.filtering import passing
from index.search.matches import Found, Matches
from index.search.ranking import lifted
from index.search.related import likest
from index.search.scoring import Scorer
from index.search.segments import View
from index.search.statistics import Statistics
from index.search.suggestions import complete
from index.search.synonyms import Synonyms
from index.search.syntax import Parsed, words_of
from index.search.windows import page

KEPT = 64  # selections whose articles are kept


class State:
    """The index at one revision."""

    def __init__(self, views: Sequence[View], revision: int) -> None:
        self.views = views
        self.revision = revision
        self.kept: OrderedDict[Selection, list[Matches]] = OrderedDict()
        self.lock = threading.Lock()

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
        return self.synonyms.read(query)

    def matches(self, selection: Selection) -> list[Matches]:
        """The articles that a selection holds, view by view."""
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

    def _match(self, selection: Selection) -> list[Matches]:
        node = self.read(selection.query).node
        if node is None:
            return [Matches(view, mask=_mask(view, selection)) for view in self.state.views]
        scored = any(True for _ in words_of(node))
        scorer = self.scorer()
        found = [_kept(view, one, selection) for view, one in zip(self.state.views, scorer.find(node), strict=True)]
        if scored:
            found = lifted(scorer, node, found)
        return [Matches(view, found=one, scored=scored) for view, one in zip(self.state.views, found, strict=True)]

    def scorer(self) -> Scorer:
        """Scores with this search's time."""
        return Scorer(self.state.statistics, time.monotonic() + self.seconds)

    def find(self, asked: Sequence[tuple[Selection, Order, Window]]) -> list[Page]:
        """A page for each."""
        return [page(self.matches(selection), order, window) for selection, order, window in asked]

    def count(self, selections: Sequence[Selection]) -> list[int]:
        """How many articles each holds."""
        return [sum(matches.count for matches in self.matches(selection)) for selection in selections]

    def archives(self, selections: Sequence[Selection]) -> list[tuple[Month, ...]]:
        """The months of each, newest first."""
        return [facets.months(self.matches(selection)) for selection in selections]

    def facets(self, asked: Sequence[tuple[Selection, frozenset[Facet], frozenset[Facet]]]) -> list[Counts]:
        """Counts for each."""
        return [self._facets(*one) for one in asked]

    def _facets(self, selection: Selection, wanted: frozenset[Facet], excepted: frozenset[Facet]) -> Counts:
        def found(facet: Facet) -> list[Matches]:
            if facet not in excepted:
                return self.matches(selection)
            return self.matches(Selection(selection.query, selection.within, without(selection.filter, facet), selection.preview))

        return Counts(
            categories=facets.values("topics", found(Facet.CATEGORY)) if Facet.CATEGORY in wanted else (),
            tags=facets.values("tags", found(Facet.TAG)) if Facet.TAG in wanted else (),
            authors=facets.values("authors", found(Facet.AUTHOR)) if Facet.AUTHOR in wanted else (),
            months=facets.months(found(Facet.DATE)) if Facet.DATE in wanted else (),
            languages=facets.values("languages", found(Facet.LANGUAGE)) if Facet.LANGUAGE in wanted else (),
            kinds=facets.kinds(found(Facet.BLOCK_KIND)) if Facet.BLOCK_KIND in wanted else (),
        )

    def related(self, ids: Sequence[str], first: int, *, preview: bool) -> list[tuple[str, ...]]:
        """For each article the ids of those most like it."""
        return [likest(self.scorer(), id, first, preview=preview) for id in ids]

    def suggest(self, prefix: str, first: int, *, preview: bool) -> list[Completion]:
        """Titles, topics, authors and words that begin with the prefix."""
        return complete(self.scorer(), prefix, first, preview=preview)

    def correct(self, query: str, *, preview: bool) -> str | None:
        """The query with unknown words replaced by close known ones."""
        return corrected(self.scorer(), query, preview=preview)


def _kept(view: View, found: Found, selection: Selection) -> Found:
    """Those of some articles that a selection keeps."""
    if not selection.within and not selection.filter and (selection.preview or view.all_shown):
        return found
    return found.kept(_mask(view, selection))


def _mask(view: View, selection: Selection) -> Array:
    """The mask of what a reader may see and the filters let through."""
    mask = view.seen(preview=selection.preview)
    filters = (*selection.within, *((selection.filter,) if selection.filter else ()))
    for filter in filters:
        mask = mask & passing(view.segment, filter)
    return mask
