"""Does the index answer as a plain search over the documents does?"""

from __future__ import annotations

from collections import Counter
from itertools import groupby

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.filters import ArticleFilter, Facet, Order, Selection, Window, without
from index.search.analysis import unmarked
from index.search.engine import Entry, Hit
from index.search.opening import open_engine
from index.search.snapshot import StateSnapshot
from index.search.syntax import words_of
from tests.examples import multiple
from tests.index.search.archives import archives, beginnings, filters, queries, snapshots, values
from tests.index.search.conftest import entry, filled
from tests.index.search.plain import Plain, completions, in_order, passes


@multiple(2)
@given(archives(), filters, st.booleans(), st.sampled_from([Order.NEWEST, Order.OLDEST, Order.UPDATED, Order.TITLE]), st.integers(1, 4))
def test_lists_counts_and_archives_equal_a_plain_search(
    tmp_path_factory: pytest.TempPathFactory, archive: list[Entry], filter: ArticleFilter, preview: bool, order: Order, size: int
) -> None:
    """Whatever the filter and the order, page by page in both directions."""
    engine = filled(open_engine("whoosh:///index", tmp_path_factory.mktemp("index"), seconds=10), *archive)
    selection = Selection(filter=filter, preview=preview)
    expected = in_order([one for one in archive if (preview or one.visible) and passes(one, filter)], order)
    ids = [one.article.id for one in expected]
    snapshot = engine.snapshot()
    assert snapshot.count([selection]) == [len(expected)]
    seen, after = [], None
    while True:
        page = snapshot.find([(selection, order, Window(first=size, after=after))])[0]
        seen += [hit.id for hit in page.hits]
        assert page.has_previous is (after is not None and bool(seen))
        if not page.has_next:
            break
        after = page.hits[-1].key
    assert seen == ids
    back: list[str] = []
    before = None
    while True:
        page = snapshot.find([(selection, order, Window(first=None, last=size, before=before))])[0]
        back = [hit.id for hit in page.hits] + back
        if not page.has_previous:
            break
        before = page.hits[0].key
    assert back == ids
    months = [(when.year, when.month) for one in expected if (when := one.article.published_at)]
    counted = [(*month, len(list(run))) for month, run in groupby(sorted(months, reverse=True))]
    assert [(month.year, month.month, month.count) for month in snapshot.archives([selection])[0]] == counted


@multiple(2)
@given(snapshots(), values, st.booleans(), st.sampled_from([Order.NEWEST, Order.TITLE]), st.integers(1, 4))
def test_the_list_of_one_value_equals_a_plain_one(
    made: tuple[list[Entry], StateSnapshot], filter: ArticleFilter, preview: bool, order: Order, size: int
) -> None:
    """Over several segments with deletions and drafts, page by page in both directions; its count and its months as well."""
    archive, snapshot = made
    expected = in_order([one for one in archive if (preview or one.visible) and passes(one, filter)], order)
    selection = Selection(within=(filter,), preview=preview)
    assert snapshot.count([selection]) == [len(expected)]
    counted = Counter((when.year, when.month) for one in expected if (when := one.article.published_at))
    assert {(month.year, month.month): month.count for month in snapshot.archives([selection])[0]} == counted
    ids = [one.article.id for one in expected]
    for backward in (False, True):
        hits: list[Hit] = []
        more = True
        while more:
            key = None if not hits else hits[0].key if backward else hits[-1].key
            window = Window(first=None, last=size, before=key) if backward else Window(first=size, after=key)
            (page,) = snapshot.find([(selection, order, window)])
            hits = [*page.hits, *hits] if backward else [*hits, *page.hits]
            more = page.has_previous if backward else page.has_next
        assert [hit.id for hit in hits] == ids


@multiple(4)
@given(snapshots(), queries, st.none() | filters, st.booleans(), st.sampled_from(list(Order)), st.integers(1, 4))
def test_searches_equal_a_plain_search(
    made: tuple[list[Entry], StateSnapshot], query: str, filter: ArticleFilter | None, preview: bool, order: Order, size: int
) -> None:
    """Any query of the whole syntax with any filter, over several segments with deletions: what is found, its order, its count, its months."""
    archive, snapshot = made
    node = snapshot.read(query).node
    assert node is not None
    answers = Plain(archive).find(node)
    expected = [one for one in archive if one.article.id in answers and (preview or one.visible) and (not filter or passes(one, filter))]
    selection = Selection(query, filter=filter, preview=preview)
    assert snapshot.count([selection]) == [len(expected)]
    counted = Counter((when.year, when.month) for one in expected if (when := one.article.published_at))
    assert {(month.year, month.month): month.count for month in snapshot.archives([selection])[0]} == counted
    hits: list[Hit] = []
    more = True
    while more:
        page = snapshot.find([(selection, order, Window(first=size, after=hits[-1].key if hits else None))])[0]
        hits += page.hits
        more = page.has_next
    if order is Order.RELEVANCE and any(words_of(node)):
        assert sorted(hit.id for hit in hits) == sorted(one.article.id for one in expected)
        assert hits == sorted(hits, key=lambda hit: (-hit.score, hit.id))
    else:
        assert [hit.id for hit in hits] == [one.article.id for one in in_order(expected, order)]


@multiple(2)
@given(snapshots(), st.just("") | queries, filters, st.sampled_from(list(Facet)), st.booleans())
def test_facets_equal_a_plain_count(
    made: tuple[list[Entry], StateSnapshot], query: str, filter: ArticleFilter, facet: Facet, excepted: bool
) -> None:
    """With `except` the facet's own fields of the filter are left out, and no others."""
    archive, snapshot = made
    asked = (Selection(query, filter=filter), frozenset({facet}), frozenset({facet}) if excepted else frozenset())
    found = snapshot.facets([asked])[0]
    own = (without(filter, facet) if excepted else filter) or ArticleFilter()
    node = snapshot.read(query).node
    answers = {one.article.id for one in archive} if node is None else Plain(archive).find(node)
    articles = [one for one in archive if one.visible and one.article.id in answers and passes(one, own)]
    values = {
        Facet.CATEGORY: (found.categories, [topic for one in articles for topic in one.topics]),
        Facet.TAG: (found.tags, [tag.slug for one in articles for tag in one.article.tags]),
        Facet.AUTHOR: (found.authors, [author.slug for one in articles for author in one.article.authors]),
        Facet.LANGUAGE: (found.languages, [one.article.language for one in articles]),
        Facet.BLOCK_KIND: (
            tuple((kind.value, n) for kind, n in found.kinds),
            [k for one in articles for k in {b.kind.value for b in one.article.blocks}],
        ),
        Facet.DATE: (
            tuple((f"{month.year}-{month.month}", month.count) for month in found.months),
            [f"{when.year}-{when.month}" for one in articles if (when := one.article.published_at)],
        ),
    }
    counts, said = values[facet]
    assert dict(counts) == {value: said.count(value) for value in said}
    if facet is not Facet.DATE:
        assert list(counts) == sorted(counts, key=lambda pair: (-pair[1], pair[0]))


@multiple(4)
@given(snapshots(), beginnings, st.integers(0, 12), st.booleans())
def test_completions_equal_plain_ones(made: tuple[list[Entry], StateSnapshot], prefix: str, first: int, preview: bool) -> None:
    """Names, titles and words, with the articles behind each that the reader may see, over several segments with deletions.

    How words are written aside: which of several ways is shown may be a deleted article's.
    """
    archive, snapshot = made
    found = [
        msgspec.structs.replace(one, text=unmarked(one.text)) if one.kind == "TERM" else one
        for one in snapshot.suggest(prefix, first, preview=preview)
    ]
    assert found == completions(archive, prefix, first, preview=preview)


@given(archives(), archives(), st.sets(st.integers(0, 11), max_size=4))
def test_changes_leave_the_index_as_if_built_anew(
    tmp_path_factory: pytest.TempPathFactory, before: list[Entry], after: list[Entry], gone: set[int]
) -> None:
    """Replaced and removed articles, over several segments and merges."""
    engine = filled(open_engine("whoosh:///index", tmp_path_factory.mktemp("index"), seconds=10), *before)
    removed = {entry(number).article.id for number in gone}
    assert engine.lock(1)
    for number, one in enumerate(after):
        engine.apply([one], [], 100 + number)
    engine.apply([], removed, 200)
    engine.unlock()
    expected = {one.article.id: one for one in [*before, *after]}
    expected = {id: one for id, one in expected.items() if id not in removed}
    fresh = filled(open_engine("whoosh:///index", tmp_path_factory.mktemp("index"), seconds=10), *expected.values())
    for query in ("", "the", '"the night"', "ferry", '"night work"', "ferr*", "cafe -winter"):
        asked = [(Selection(query, preview=True), Order.NEWEST, Window(first=100))]
        mine, theirs = (one.snapshot().find(asked)[0].hits for one in (engine, fresh))
        assert [hit.id for hit in mine] == [hit.id for hit in theirs]
    assert engine.revision() == 200
    assert sorted(id for id, _ in engine.ids()) == sorted(expected)
    assert engine.check() == []
