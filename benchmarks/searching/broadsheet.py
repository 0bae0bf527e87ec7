"""How does Broadsheet answer?

Its store and index in a folder, asked as a resolver asks them. What the index keeps of earlier answers is thrown away before each question.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.searching.kinds import Kind, Question
from index.filters import ArticleFilter, Facet, Order, Selection, Window
from index.incoming import Incoming
from index.library import Library
from index.search.opening import open_engine
from index.search.passages import Document, Finder
from index.search.places import names_of
from index.store.open import open_store

TEN = Window(first=10)
BATCH = 1000


class Broadsheet:
    """A library in a folder."""

    name = "Broadsheet"
    writes = ("index",)  # what of the folder is the index

    def __init__(self, folder: Path) -> None:
        store = open_store("sqlite:///broadsheet.db", folder, read_limit=60)
        self.library = Library(store, open_engine("whoosh:///index", folder, seconds=60, rehearsed=True))

    def build(self, articles: Iterable[Incoming]) -> float:
        """Store these, then index them; says how many seconds of wall time indexing took."""
        batch: list[Incoming] = []
        for article in articles:
            batch.append(article)
            if len(batch) == BATCH:
                self.library.add(batch)
                batch = []
        self.library.add(batch)
        started = time.perf_counter()
        self.library.reindex()
        return time.perf_counter() - started

    def open(self) -> None:
        """Make ready for questions."""
        self.snapshot: Any = self.library.snapshot()

    def forget(self) -> None:
        """Throw away what was kept of earlier answers."""
        state = self.snapshot.state
        state._kept.clear()  # noqa: SLF001  (only a measurement wants it gone)
        for view in state.views:
            view.segment.spelt.cache_clear()
        statistics = vars(state).get("statistics")  # not made before the first question, which has to make it
        if statistics is not None:
            for kept in (statistics.stems, statistics.stops, statistics.unstemmed, statistics.read, statistics.beginning):
                kept.cache_clear()

    def close(self) -> None:
        """End."""
        self.library.close()

    def ask(self, kind: Kind, asked: Question) -> int:
        """Answer, and say how many articles or values came."""
        answer = getattr(self, f"_{kind.name.lower()}", None)
        return int(answer(asked)) if answer else self._hits(Selection(self._query(kind, asked["query"])))

    @staticmethod
    def _query(kind: Kind, query: str) -> str:
        match kind:
            case Kind.TWO_ALL | Kind.THREE_ALL:
                return " AND ".join(query.split())
            case Kind.PHRASE:
                return f'"{query}"'
            case Kind.PREFIX:
                return f"{query}*"
            case Kind.FUZZY:
                return f"{query}~"
            case _:
                return query

    def _hits(self, selection: Selection, order: Order = Order.RELEVANCE) -> int:
        (page,) = self.snapshot.find([(selection, order, TEN)])
        return self.snapshot.count([selection])[0] if page.hits else 0

    def _month(self, asked: Question) -> int:
        wanted = ArticleFilter(categories=(asked["category"],), year=asked["year"], month=asked["month"])
        return self._hits(Selection(asked["query"], filter=wanted), Order.NEWEST)

    def _list(self, asked: Question) -> int:
        return self._hits(Selection(within=(ArticleFilter(categories=(asked["category"],)),)), Order.NEWEST)

    def _facets(self, asked: Question) -> int:
        selection = Selection(asked["query"])
        self.snapshot.facets([(selection, frozenset({Facet.CATEGORY, Facet.AUTHOR, Facet.DATE}), frozenset())])
        return self._hits(selection)

    def _archives(self, _: Question) -> int:
        return len(self.snapshot.archives([Selection()])[0])

    def _passages(self, asked: Question) -> int:
        (page,) = self.snapshot.find([(Selection(asked["query"]), Order.RELEVANCE, TEN)])
        summaries = self.library.store.summaries([hit.id for hit in page.hits])
        documents = [Document(one, names_of(one.article)) for one in self.library.outlines(list(summaries.values())).values()]
        query = self.snapshot.read(asked["query"])
        return sum(map(len, Finder(query).find(documents, 3, self.snapshot.spots(query, list(summaries)))))

    def _suggest(self, asked: Question) -> int:
        return len(self.snapshot.suggest(asked["query"], 10, preview=False))

    def _correct(self, asked: Question) -> int:
        return int(self.snapshot.correct(asked["query"], preview=False) is not None)

    def _related(self, asked: Question) -> int:
        return len(self.snapshot.related([asked["id"]], 5, preview=False)[0])
