"""How are lists of articles fetched?

A `Listing` is several lists asked for at once, one a member of a group, in one order and through one window: the newest five of each
category on a page, say. Pages, totals, facets and articles are each fetched in one call for all of them, when first asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from index.filters import Facet, Order, Selection, Window
from index.search.engine import Counts, Page
from index.search.syntax import Parsed
from schema.groups import Group

if TYPE_CHECKING:
    from index.store.store import Summary
    from schema.articles import Article
    from schema.context import Reader

R = TypeVar("R")


class Listing:
    """Several lists of articles: `selections` of one order and window."""

    def __init__(self, reader: Reader, selections: Sequence[Selection], order: Order, window: Window) -> None:
        self.reader = reader
        self.selections = selections
        self.order = order
        self.window = window
        self._group: Group[Selection] = Group()

    def once(self, key: Hashable, load: Callable[[], R]) -> R:
        """What `load` gives for all lists, loaded the first time that this key is asked for."""
        return self._group.once(key, lambda _: load())

    @cached_property
    def pages(self) -> list[Page]:
        """The page of each list."""
        return self.reader.snapshot.find([(selection, self.order, self.window) for selection in self.selections])

    @cached_property
    def totals(self) -> list[int]:
        """How many articles each list holds in all."""
        return self.reader.snapshot.count(self.selections)

    @cached_property
    def query(self) -> Parsed:
        """The words that all lists were searched for."""
        return self.reader.snapshot.read(self.selections[0].query)

    def facets(self, facet: Facet, excepted: frozenset[Facet]) -> list[Counts]:
        """One facet of each list."""
        asked = [(selection, frozenset({facet}), excepted) for selection in self.selections]
        return self.once((facet, excepted), lambda: self.reader.snapshot.facets(asked))

    @cached_property
    def articles(self) -> dict[str, Article]:
        """The articles on all pages, by id; one that the store does not have or that may not be seen is left out."""
        return fetch(self.reader, [hit.id for page in self.pages for hit in page.hits])


def fetch(reader: Reader, ids: Sequence[str]) -> dict[str, Article]:
    """The articles with these ids that this caller may see, fetched together."""
    return gather(reader, reader.store.summaries(list(dict.fromkeys(ids))).values()) if ids else {}


def gather(reader: Reader, summaries: Iterable[Summary]) -> dict[str, Article]:
    """A group of articles of these summaries, those left out that this caller may not see."""
    from schema.articles import as_article

    group: Group[Article] = reader.group()
    group.members = [as_article(reader, group, summary) for summary in summaries if summary.visible or reader.preview]
    found = {article.summary_.id: article for article in group.members}
    reader.articles.update(found)
    return found
