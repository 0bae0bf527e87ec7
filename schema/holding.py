"""What does an answer hold?

While a request reads, what it reads of store and index is noted by the keys of `index.keys`: a change that touches none of them leaves the
answer as it is. What the store says may be otherwise at once; what the index says, only once the index has reached the change.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from index import keys
from index.filters import Facet, Order, Selection, Window, without
from index.identity import fold_url
from index.store.store import SiteFigures, Summary, Topic, TopicKind, TopicOrder, TopicPage, TopicWindow

if TYPE_CHECKING:
    from index.search.engine import Completion, Counts, Month, Page, Snapshot, Spots
    from index.search.syntax import Parsed
    from index.store.store import Store


class Holdings:
    """The keys of what the store said, and the conditions of what the index said."""

    def __init__(self) -> None:
        self.stored: set[str] = set()
        self.listed: set[keys.Condition] = set()
        self._dates: dict[str, dt.datetime] = {}
        self._beside: list[tuple[tuple[str | None, str | None], bool]] = []

    def dated(self, summaries: dict[str, Summary]) -> None:
        """Note when articles were published, for those who stand beside them."""
        self._dates.update((id, summary.published_at) for id, summary in summaries.items() if summary.published_at)

    def beside(self, neighbours: tuple[str | None, str | None], *, preview: bool) -> None:
        """Note that nothing stands between an article and these, the next newer and the next older."""
        self._beside.append((neighbours, preview))

    def close(self) -> Holdings:
        """Turn neighbours into keys, now that their dates are known: whatever comes between them is of one of the months between."""
        for (newer, older), preview in self._beside:
            after, before = self._dates.get(older or ""), self._dates.get(newer or "")
            between = keys.months(after, before) if after is not None and before is not None else None
            self.stored |= {_all(preview=preview)} if between is None else between
        self._beside.clear()
        return self


def _all(*, preview: bool) -> str:
    return keys.ARTICLES if preview else keys.SEEN


class HeldStore:
    """What a request may read of the store, each read noted."""

    def __init__(self, store: Store, holdings: Holdings) -> None:
        self.store = store
        self.holdings = holdings

    def summaries(self, ids: Sequence[str]) -> dict[str, Summary]:
        """Holds each, found or not."""
        self.holdings.stored.update(map(keys.article, ids))
        found = self.store.summaries(ids)
        self.holdings.dated(found)
        return found

    def by_slug(self, slug: str) -> Summary | None:
        """Holds the slug, and whom it leads to."""
        self.holdings.stored.add(keys.slug(slug))
        return self._one(self.store.by_slug(slug))

    def by_url(self, url: str) -> Summary | None:
        """Holds the address, and whom it leads to."""
        try:
            self.holdings.stored.add(keys.address(fold_url(url)))
        except ValueError:
            self.holdings.stored.add(keys.address(url.strip()))
        return self._one(self.store.by_url(url))

    def _one(self, found: Summary | None) -> Summary | None:
        if found is not None:
            self.holdings.stored.add(keys.article(found.id))
            self.holdings.dated({found.id: found})
        return found

    def neighbours(self, ids: Sequence[str], *, preview: bool) -> dict[str, tuple[str | None, str | None]]:
        """Holds what lies between, besides the articles themselves."""
        found = self.store.neighbours(ids, preview=preview)
        for pair in found.values():
            self.holdings.beside(pair, preview=preview)
        return found

    def topics(self, kind: TopicKind, slugs: Sequence[str], *, preview: bool) -> dict[str, Topic]:
        """Holds each, found or not."""
        self.holdings.stored.update(keys.topic(kind.value, slug) for slug in slugs)
        return self.store.topics(kind, slugs, preview=preview)

    def topic_counts(self, kind: TopicKind, slugs: Sequence[str], *, preview: bool) -> dict[str, int]:
        """Holds the articles of each."""
        self.holdings.stored.update(keys.filed(kind.value, slug) for slug in slugs)
        return self.store.topic_counts(kind, slugs, preview=preview)

    def topic_page(self, kind: TopicKind, window: TopicWindow, *, preview: bool) -> TopicPage:
        """Holds which topics there are; in order of count all articles."""
        self.holdings.stored.add(keys.KINDS[kind.value])
        if window.order is TopicOrder.COUNT:
            self.holdings.stored.add(_all(preview=preview))
        return self.store.topic_page(kind, window, preview=preview)

    def topic_total(self, kind: TopicKind, prefix: str | None, *, preview: bool) -> int:
        """Holds which topics there are."""
        self.holdings.stored.add(keys.KINDS[kind.value])
        return self.store.topic_total(kind, prefix, preview=preview)

    def children(self, slugs: Sequence[str], *, preview: bool) -> dict[str, tuple[Topic, ...]]:
        """Holds the parents, and each child."""
        found = self.store.children(slugs, preview=preview)
        below = [topic.slug for topics in found.values() for topic in topics]
        self.holdings.stored.update(keys.topic(TopicKind.CATEGORY.value, slug) for slug in (*slugs, *below))
        return found

    def site(self, *, preview: bool) -> SiteFigures:
        """Holds all articles."""
        self.holdings.stored.add(_all(preview=preview))
        return self.store.site(preview=preview)


class HeldSnapshot:
    """The index at one revision, each question noted.

    How well an article answers words, how like others it is, and what words there are depends on all articles, drafts included.
    """

    def __init__(self, snapshot: Snapshot, holdings: Holdings) -> None:
        self.snapshot = snapshot
        self.holdings = holdings

    @property
    def revision(self) -> int:
        """The store's revision that the index had reached."""
        return self.snapshot.revision

    def _hold(self, selection: Selection) -> None:
        self.holdings.listed.add(keys.condition(selection))

    def _hold_all(self) -> None:
        self.holdings.listed.add((frozenset({keys.ARTICLES}),))

    def read(self, query: str) -> Parsed:
        """Holds nothing: how a query is read depends on the program's settings alone."""
        return self.snapshot.read(query)

    def find(self, asked: Sequence[tuple[Selection, Order, Window]]) -> list[Page]:
        """Holds each selection, or everything where it is searched by words."""
        for selection, _, _ in asked:
            if selection.query.strip():
                self._hold_all()
            else:
                self._hold(selection)
        return self.snapshot.find(asked)

    def spots(self, query: Parsed, ids: Sequence[str]) -> list[Spots | None]:
        """Holds everything: what a word's stem is depends on the words that there are."""
        self._hold_all()
        return self.snapshot.spots(query, ids)

    def count(self, selections: Sequence[Selection]) -> list[int]:
        """Holds each selection."""
        for selection in selections:
            self._hold(selection)
        return self.snapshot.count(selections)

    def archives(self, selections: Sequence[Selection]) -> list[tuple[Month, ...]]:
        """Holds each selection."""
        for selection in selections:
            self._hold(selection)
        return self.snapshot.archives(selections)

    def facets(self, asked: Sequence[tuple[Selection, frozenset[Facet], frozenset[Facet]]]) -> list[Counts]:
        """Holds each selection, without the filters that its facets leave out."""
        for selection, wanted, excepted in asked:
            if wanted - excepted:
                self._hold(selection)
            for facet in wanted & excepted:
                self._hold(Selection(selection.query, selection.within, without(selection.filter, facet), selection.preview))
        return self.snapshot.facets(asked)

    def related(self, ids: Sequence[str], first: int, *, preview: bool) -> list[tuple[str, ...]]:
        """Holds everything."""
        self._hold_all()
        return self.snapshot.related(ids, first, preview=preview)

    def suggest(self, prefix: str, first: int, *, preview: bool) -> list[Completion]:
        """Holds everything."""
        self._hold_all()
        return self.snapshot.suggest(prefix, first, preview=preview)

    def correct(self, query: str, *, preview: bool) -> str | None:
        """Holds everything."""
        self._hold_all()
        return self.snapshot.correct(query, preview=preview)
