"""How does a query cost a fixed number of calls, whatever its number of rows?"""

import gc
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from index.library import Library
from index.recent import Recent
from schema.articles import Article
from schema.connections import Shelf
from schema.groups import Group
from schema.search import Suggestion
from tests.schema.conftest import Asker, make

PAGE = """query ($first: Int!) { articles(first: $first) {
  totalCount facets { categories { count category { name } } authors { count author { name } } years { year count months { articles(first: 3) { totalCount nodes { title } } } } }
  nodes { title blocks { text } authors { name articleCount articles(first: 2) { totalCount nodes { title tags { name } } } }
    categories { name parent { name } children { name articleCount } articles(first: 2) { nodes { title next { title } } totalCount } archives { year articles(first: 1) { nodes { slug } } } }
    next { title authors { name } } previous { title text } source { repairs { line } } } } }"""
SEARCH = """query ($first: Int!) { search(query: "quay", first: $first) { totalCount facets { tags { count tag { name } } }
  edges { score node { title } passages { text section { anchor } } } } }"""


class Counted:
    """Passes calls on and counts them by name."""

    def __init__(self, inner: Any, counts: Counter[str]) -> None:
        self.inner, self.counts = inner, counts

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.inner, name)
        if not callable(found):
            return found

        def call(*arguments: Any, **options: Any) -> Any:
            self.counts[name] += 1
            return found(*arguments, **options)

        return call


@contextmanager
def counted(library: Library) -> Iterator[Counter[str]]:
    """Counts every call of the store and of an index snapshot, and the store's SQL statements."""
    counts: Counter[str] = Counter()
    library.recent = Recent(most=0)  # nothing is kept, so every read is counted
    store, engine, snapshot = library.store, library.engine, library.engine.snapshot
    library.store = Counted(store, counts)  # type: ignore[assignment]  # the real one, with a counter before it
    engine.snapshot = lambda: Counted(snapshot(), counts)  # type: ignore[method-assign, assignment, return-value]  # the real one, with a counter before it
    before = store.database.statements.executed  # type: ignore[attr-defined]  # the real one, with a counter before it
    try:
        yield counts
    finally:
        library.store = store
        del engine.snapshot  # type: ignore[method-assign]  # the real one, with a counter before it
        counts["SQL statements"] = store.database.statements.executed - before  # type: ignore[attr-defined]  # the real one, with a counter before it


@pytest.mark.parametrize("query", [PAGE, SEARCH], ids=["page", "search"])
def test_a_page_of_forty_costs_as_many_calls_as_a_page_of_four(library: Library, query: str) -> None:
    """Nested connections, neighbours, facets and passages included; counted in calls and in SQL statements."""
    from index.document import Author, Category, Paragraph, Tag

    library.add(
        make(
            f"quay-{n}",
            f"Quay {n}",
            f"20{10 + n % 12}-{n % 12 + 1:02}-03",
            Paragraph(f"The quay of number {n}."),
            authors=(Author(f"Author {n % 7}", f"author-{n % 7}"),),
            categories=(Category(f"Category {n % 9}", f"category-{n % 9}", Category("Town", "town")),),
            tags=(Tag(f"Tag {n % 5}", f"tag-{n % 5}"),),
        )
        for n in range(60)
    )
    library.catch_up()
    asked = []
    for first in (4, 40):
        with counted(library) as counts:
            Asker(library)(query, first=first)
        asked.append(counts)
    assert asked[0] == asked[1]
    assert sum(asked[0].values()) > 5


def test_a_list_reads_no_bodies_unless_one_is_selected(library: Library) -> None:
    """Its columns, and each topic once; what was read is not read again, until somebody writes."""
    asker = Asker(library)
    summaries = "{ articles { nodes { title publishedAt wordCount excerpt: summary authors { name } categories { name } } } }"
    with counted(library) as counts:
        asker(summaries)
    assert counts == {"find": 1, "pulse": 1, "summaries": 1, "topics": 2, "SQL statements": 3}
    library.recent = Recent()
    asker(summaries)
    before = library.store.database.statements.executed  # type: ignore[attr-defined]  # the real one, which counts
    asker(summaries)
    assert library.store.database.statements.executed == before  # type: ignore[attr-defined]  # as above
    with counted(library) as counts:
        asker("{ articles { nodes { title allSections { anchor } } } }")
    assert counts["documents"] == 1
    library.remove([asker("{ articles(first: 1) { nodes { id } } }")["articles"]["nodes"][0]["id"]])
    assert len(asker(summaries)["articles"]["nodes"]) == 3


def test_an_answered_request_leaves_no_values_to_the_garbage_collector(library: Library) -> None:
    """They hold one another through their groups, which are let go of."""
    asker = Asker(library)
    gc.collect()
    gc.disable()
    try:
        asker(PAGE, first=4)
        asker('{ suggest(prefix: "q") { text node { id } } archives { months { month articles { nodes { id } } } } }')
        left = [type(one) for one in gc.get_objects() if isinstance(one, (Shelf, Article, Group, Suggestion))]
    finally:
        gc.enable()
    assert left == []
