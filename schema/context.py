"""What may a resolver use?

One `Reader` a request: the library, the index as it stood when the request first asked for it, and what the caller may see.
"""

from __future__ import annotations

import time
from collections.abc import Hashable
from typing import TYPE_CHECKING, Any

import msgspec

from index.filters import ArticleFilter, Selection
from schema.errors import LimitExceeded, NotNow
from schema.groups import Group
from schema.holding import HeldSnapshot, HeldStore, Holdings

if TYPE_CHECKING:
    from index.library import Library
    from index.search.engine import Snapshot
    from index.store.store import Store

RELATED_IN_ONE_REQUEST = 20


class SiteSettings(msgspec.Struct, frozen=True):
    """What the operator says about the archive as a whole."""

    title: str = "Broadsheet"
    description: str | None = None
    url: str | None = None
    version: str = ""


class Reader:
    """One request's view of the archive.

    `preview` shows drafts and future articles too; `seconds` is how long the request may take; `holdings` takes note of what was read.
    """

    def __init__(
        self, library: Library, site: SiteSettings, *, preview: bool = False, seconds: float = 10, holdings: Holdings | None = None
    ) -> None:
        self.library = library
        self.site = site
        self.preview = preview
        self.articles: dict[str, Any] = {}  # every article of this request that was fetched, by id
        self.holdings = holdings
        self._groups: list[Group[Any]] = []
        store = library.reading()
        self._store: Store | HeldStore = store if holdings is None else HeldStore(store, holdings)
        self._snapshot: Snapshot | None = None
        self._related: dict[Hashable, int] = {}  # of how many articles likenesses are asked, by what asks
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    @property
    def store(self) -> Store | HeldStore:
        """The document store; raises `NotNow` where the request's time is up."""
        self._check_time()
        return self._store

    @property
    def snapshot(self) -> Snapshot:
        """The index, the same from the request's first call to its last; raises `NotNow` where the request's time is up."""
        self._check_time()
        if self._snapshot is None:
            snapshot = self.library.snapshot()
            self._snapshot = snapshot if self.holdings is None else HeldSnapshot(snapshot, self.holdings)
        return self._snapshot

    def _check_time(self) -> None:
        if time.monotonic() > self._end:
            raise NotNow(f"The request took longer than {self._seconds:g} seconds. Ask for less at once.", "TIMEOUT")

    def all(self, *within: ArticleFilter, query: str = "", filter: ArticleFilter | None = None) -> Selection:
        """The articles that this caller may see and that pass these filters."""
        return Selection(query, within, filter, self.preview)

    def count_related(self, what: Hashable, articles: int) -> None:
        """Note that likenesses of so many articles are asked for, by the same (`what`) only once; raises `LimitExceeded`."""
        if what in self._related:
            return
        asked, most = sum(self._related.values()) + articles, RELATED_IN_ONE_REQUEST
        if asked > most:
            raise LimitExceeded(f"`related` is asked of {asked} articles in this request; allowed are {most}. Ask it of fewer.", most)
        self._related[what] = articles

    def group(self) -> Group[Any]:
        """A group of values of this request."""
        made: Group[Any] = Group()
        self._groups.append(made)
        return made

    def release(self) -> None:
        """Let go of the values of a request that has been answered: they hold one another, so that only a collection would find them."""
        self.articles = {}
        for group in self._groups:
            group.members, group.kept = [], {}
        self._groups.clear()

    def start_over(self) -> None:
        """Forget what resolvers have noted: the operation is executed anew."""
        self.articles = {}
        self._related = {}
