"""What must a search engine do? The contract that every engine keeps, tried on all of them."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.document import BlockKind, Code, Paragraph
from index.filters import ArticleFilter, Facet, Order, Selection, Window
from index.search.engine import Engine, Entry, IndexUnavailable, SearchTimeout
from index.search.opening import open_engine
from index.slugs import fold
from tests.index.search.conftest import entry, filled

# ------------------------------------------------------------- random archives, and what a plain search over them gives
days = st.sampled_from(["2023-01-05", "2023-02-01", "2024-02-29", "2024-03-01", "2024-03-01"])
names = st.sampled_from(["ada", "ines", "tom"])
words = st.sampled_from(["ferry", "ferries", "quay", "night", "work", "The", "Café", "cafe", "winter"])
texts = st.lists(words, max_size=8).map(" ".join)


@st.composite
def archives(draw: st.DrawFn) -> list[Entry]:
    """A few articles."""
    return [
        entry(
            number,
            draw(st.sampled_from(["Änne", "anna", "Zoo", "Ferry news"])),
            draw(texts),
            visible=draw(st.booleans()),
            topics=draw(st.sampled_from([(), ("harbour", "town"), ("food",)])),
            published_at=draw(st.none() | days),
            language=draw(st.sampled_from(["en", "de"])),
            authors=draw(st.lists(names, max_size=2, unique=True)),
            tags=draw(st.lists(names, max_size=2, unique=True)),
        )
        for number in range(draw(st.integers(0, 12)))
    ]


filters = st.recursive(
    st.builds(
        ArticleFilter,
        slugs=st.none() | st.just(("article-1", "article-2")),
        categories=st.none() | st.lists(st.sampled_from(["harbour", "town", "food", "none"]), max_size=2).map(tuple),
        tags=st.none() | st.lists(names, max_size=2).map(tuple),
        authors=st.none() | st.lists(names, max_size=2).map(tuple),
        languages=st.none() | st.just(("de",)),
        year=st.none() | st.sampled_from([2023, 2024]),
        month=st.none() | st.sampled_from([2, 3]),
        published_from=st.none() | st.just(dt.datetime(2023, 2, 1, tzinfo=dt.UTC)),
        published_before=st.none() | st.just(dt.datetime(2024, 3, 1, tzinfo=dt.UTC)),
        containing=st.none() | st.just((BlockKind.PARAGRAPH,)) | st.just((BlockKind.CODE,)),
    ),
    lambda inner: st.builds(ArticleFilter, not_=st.none() | inner, any_of=st.none() | st.lists(inner, max_size=2).map(tuple)),
    max_leaves=3,
)


def passes(one: Entry, filter: ArticleFilter) -> bool:
    """Whether an article passes a filter, read word by word."""
    article, when = one.article, one.article.published_at
    kinds = {block.kind for block in article.blocks}
    return all(
        (
            filter.slugs is None or article.slug in filter.slugs,
            filter.categories is None or bool({*one.topics} & {*filter.categories}),
            filter.tags is None or bool({tag.slug for tag in article.tags} & {*filter.tags}),
            filter.authors is None or bool({author.slug for author in article.authors} & {*filter.authors}),
            filter.languages is None or article.language in filter.languages,
            filter.year is None or (when is not None and when.year == filter.year),
            filter.month is None or (when is not None and when.month == filter.month),
            filter.published_from is None or (when is not None and when >= filter.published_from),
            filter.published_before is None or (when is not None and when < filter.published_before),
            filter.containing is None or {*filter.containing} <= kinds,
            filter.not_ is None or not passes(one, filter.not_),
            filter.any_of is None or any(passes(one, other) for other in filter.any_of),
        )
    )


def in_order(entries: list[Entry], order: Order) -> list[Entry]:
    """The articles in an order: by instant or title, without a date last, ties by id."""

    def key(one: Entry) -> Any:
        when = one.article.published_at
        if order is Order.TITLE:
            return fold(one.article.title), one.article.id
        late = float("inf") if when is None else when.timestamp() if order is Order.OLDEST else -when.timestamp()
        return late, one.article.id

    return sorted(entries, key=key)


@settings(max_examples=40)
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
    back, before = [], None
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


@settings(max_examples=40)
@given(archives(), filters, st.sampled_from(list(Facet)), st.booleans())
def test_facets_equal_a_plain_count(
    tmp_path_factory: pytest.TempPathFactory, archive: list[Entry], filter: ArticleFilter, facet: Facet, excepted: bool
) -> None:
    """With `except` the facet's own fields of the filter are left out, and no others."""
    from index.filters import without

    engine = filled(open_engine("whoosh:///index", tmp_path_factory.mktemp("index"), seconds=10), *archive)
    asked = (Selection(filter=filter), frozenset({facet}), frozenset({facet}) if excepted else frozenset())
    found = engine.snapshot().facets([asked])[0]
    own = (without(filter, facet) if excepted else filter) or ArticleFilter()
    articles = [one for one in archive if one.visible and passes(one, own)]
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


@settings(max_examples=30)
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
    for query in ("", "ferry", '"night work"', "ferr*", "cafe -winter"):
        asked = [(Selection(query, preview=True), Order.NEWEST, Window(first=100))]
        mine, theirs = (one.snapshot().find(asked)[0].hits for one in (engine, fresh))
        assert [hit.id for hit in mine] == [hit.id for hit in theirs]
    assert engine.revision() == 200
    assert sorted(id for id, _ in engine.ids()) == sorted(expected)
    assert engine.check() == []


# ------------------------------------------------------------- searching
def found(engine: Engine, query: str, **options: Any) -> list[str]:
    """The numbers of the articles that a query finds, the best first."""
    page = engine.snapshot().find([(Selection(query, **options), Order.RELEVANCE, Window(first=100))])[0]
    numbers = {entry(number).article.id: str(number) for number in range(30)}
    return [numbers[hit.id] for hit in page.hits]


@pytest.fixture
def harbour(engine: Engine) -> Engine:
    """A few articles whose words are known."""
    return filled(
        engine,
        entry(0, "The ferry", "Night work at the harbour."),
        entry(1, "Winter timetable", "The ferries run; the work is at night."),
        entry(
            2, "Auction", "Mackerel and turbot.", authors=("ada kerr",), topics=("fishing",), tags=("prices",), published_at="2024-05-06"
        ),
        entry(3, "Notes", "Ferry, ferry, ferry. Ferry!", published_at="2023-01-01"),
        entry(4, "A draft", "Ferry.", visible=False),
        entry(5, "Code", "", blocks=(Paragraph("Listing"), Code("harbour = 1"))),
        entry(6, "水産市場のお知らせ", "東京の水産市場は移転した。", language="ja"),
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("turbot", ["2"]),
        ("Ferries", ["3", "0", "1"]),
        ('"night work"', ["0"]),
        ('"work is at night"', ["1"]),
        ('"work at night"', []),
        ("turbo*", ["2"]),
        ("turbto~", ["2"]),
        ("mackrel~", ["2"]),
        ("ferry AND work", ["0", "1"]),
        ("ferry -winter", ["3", "0"]),
        ("title:ferry", ["0"]),
        ("author:ada", ["2"]),
        ('author:"ada kerr"', ["2"]),
        ("category:fishing", ["2"]),
        ("tag:prices", ["2"]),
        ("year:2024", ["2"]),
        ("ferry before:2023-02", ["3"]),
        ("after:2023", ["2"]),
        ("水産市場", ["6"]),
        ("移転", ["6"]),
        ("the", []),
        ("xyzzy", []),
        ("*", []),
    ],
)
def test_queries_find_what_they_ask_for(harbour: Engine, query: str, expected: list[str]) -> None:
    """Drafts are found by nobody."""
    assert found(harbour, query) == expected


def test_a_reader_with_preview_finds_drafts(harbour: Engine) -> None:
    """With everything else."""
    assert "4" in found(harbour, "ferry", preview=True)


def test_a_word_in_the_title_weighs_more(engine: Engine) -> None:
    """Than the same word in the body; more words rank higher than one."""
    filled(engine, entry(0, "News", "quay"), entry(1, "Quay", "news"), entry(2, "Both", "quay ferry"), entry(3, "None", "other"))
    assert found(engine, "quay")[0] == "1"
    assert found(engine, "quay ferry")[0] == "2"


def test_scores_are_bm25f(engine: Engine) -> None:
    """As the formula has them, to rounding."""
    import math

    filled(engine, entry(0, "x", "quay quay ferry"), entry(1, "y", "ferry"))
    hit = engine.snapshot().find([(Selection("quay"), Order.RELEVANCE, Window())])[0].hits[0]
    lengths = [3.0 + 3, 3.0 + 1]
    weight, norm = 2.0, 1.2 * (1 - 0.75 + 0.75 * lengths[0] / (sum(lengths) / 2))
    assert hit.score == pytest.approx(math.log(1 + (2 - 1 + 0.5) / (1 + 0.5)) * weight * 2.2 / (weight + norm), rel=1e-5)


def test_a_search_without_words_is_ordered_by_date(harbour: Engine) -> None:
    """Relevance says nothing there; pages follow each other."""
    snapshot = harbour.snapshot()
    page = snapshot.find([(Selection(), Order.RELEVANCE, Window(first=2))])[0]
    assert [hit.id for hit in page.hits] == [entry(2).article.id, entry(3).article.id]
    rest = snapshot.find([(Selection(), Order.RELEVANCE, Window(first=10, after=page.hits[-1].key))])[0]
    assert len(rest.hits) == 4
    assert not rest.has_next


def test_relevance_pages_by_cursor(harbour: Engine) -> None:
    """The score and the id are the key."""
    snapshot = harbour.snapshot()
    first = snapshot.find([(Selection("ferry work"), Order.RELEVANCE, Window(first=1))])[0]
    second = snapshot.find([(Selection("ferry work"), Order.RELEVANCE, Window(first=5, after=first.hits[0].key))])[0]
    every = snapshot.find([(Selection("ferry work"), Order.RELEVANCE, Window(first=5))])[0]
    assert [*first.hits, *second.hits] == list(every.hits)


def test_unknown_words_are_corrected(harbour: Engine) -> None:
    """To near ones, or to the two that were run together; known ones stay, and drafts' words help nobody."""
    snapshot = harbour.snapshot()
    assert snapshot.correct("turbott mackerel", preview=False) == "turbot mackerel"
    assert snapshot.correct("nightwork", preview=False) == "night work"
    assert snapshot.correct("turbot", preview=False) is None
    assert snapshot.correct("qq", preview=False) is None
    assert snapshot.correct("xyzzyxyzzy turb*", preview=False) is None


def test_suggestions_complete_what_is_typed(harbour: Engine) -> None:
    """Titles, topics, people and words; nothing for nothing."""
    snapshot = harbour.snapshot()
    assert ("AUTHOR", "Ada Kerr") in [(one.kind, one.text) for one in snapshot.suggest("ker", 8, preview=False)]
    assert ("TITLE", "Winter timetable") in [(one.kind, one.text) for one in snapshot.suggest("winter t", 8, preview=False)]
    assert ("TERM", "night mackerel") in [(one.kind, one.text) for one in snapshot.suggest("night mack", 8, preview=False)]
    assert snapshot.suggest("", 8, preview=False) == []
    assert snapshot.suggest("a", 0, preview=False) == []
    assert all(one.text != "A draft" for one in snapshot.suggest("a", 20, preview=False))


def test_related_articles_share_rare_words(engine: Engine) -> None:
    """The likest first, the article itself and drafts never."""
    filled(
        engine,
        entry(0, "One", "turbot mackerel auction harbour"),
        entry(1, "Two", "turbot mackerel auction"),
        entry(2, "Three", "turbot harbour"),
        entry(3, "Four", "nothing alike"),
        entry(4, "Five", "turbot mackerel auction", visible=False),
    )
    ids = [entry(number).article.id for number in range(5)]
    assert engine.snapshot().related([ids[0], "unknown"], 2, preview=False) == [(ids[1], ids[2]), ()]
    assert engine.snapshot().related([ids[3]], 2, preview=False) == [()]
    assert engine.snapshot().related([ids[0]], 0, preview=False) == [()]
    assert ids[4] in engine.snapshot().related([ids[0]], 5, preview=True)[0]


def test_a_search_has_its_time(tmp_path: Path) -> None:
    """And says so when that is up."""
    filled(open_engine("whoosh:///index", tmp_path), entry(0, "x", "quay"))
    slow = open_engine("whoosh:///index", tmp_path, seconds=-1)
    with pytest.raises(SearchTimeout, match="longer than it may"):
        slow.snapshot().find([(Selection("quay"), Order.RELEVANCE, Window())])


# ------------------------------------------------------------- keeping
def test_without_an_index_there_is_no_answer(engine: Engine) -> None:
    """It says so; an empty index is one."""
    assert engine.revision() is None
    assert engine.ids() == []
    with pytest.raises(IndexUnavailable):
        engine.snapshot()
    filled(engine)
    assert engine.snapshot().count([Selection()]) == [0]
    assert engine.snapshot().archives([Selection()]) == [()]
    assert engine.snapshot().find([(Selection("x"), Order.RELEVANCE, Window())])[0].hits == ()
    assert engine.snapshot().suggest("x", 5, preview=False) == []


def test_a_snapshot_stays_as_it_was(engine: Engine) -> None:
    """One revision, from the first call to the last."""
    filled(engine, entry(0, "x", "quay"))
    old = engine.snapshot()
    assert engine.lock(1)
    engine.apply([entry(1, "y", "quay")], [entry(0).article.id], 9)
    engine.unlock()
    assert old.find([(Selection("quay"), Order.RELEVANCE, Window())])[0].hits[0].id == entry(0).article.id
    assert (old.revision, engine.snapshot().revision) == (1, 9)
    assert engine.snapshot().count([Selection("quay")]) == [1]


def test_one_process_writes_at_a_time(tmp_path: Path) -> None:
    """The lock is a file's; it can be taken again by its holder."""
    one, other = (open_engine("whoosh:///index", tmp_path) for _ in range(2))
    filled(one)
    assert one.lock(0)
    assert one.lock(0)
    assert not other.lock(0.05)
    one.unlock()
    assert not other.lock(0)
    one.unlock()
    assert other.lock(0)
    other.unlock()


def test_another_engine_sees_what_one_wrote(tmp_path: Path) -> None:
    """Readers follow the manifest."""
    one, other = (open_engine("whoosh:///index", tmp_path) for _ in range(2))
    filled(one, entry(0, "x", "quay"))
    assert other.snapshot().count([Selection("quay")]) == [1]
    filled(one, entry(0, "x", "ferry"))
    assert other.snapshot().count([Selection("quay")]) == [0]


@pytest.mark.parametrize("name", ["manifest.json", "*.arrays"])
def test_damage_is_noticed_and_the_index_reported_absent(tmp_path: Path, name: str) -> None:
    """So that it is built anew; `check` says what is wrong."""
    filled(open_engine("whoosh:///index", tmp_path), entry(0, "x", "quay"))
    (file,) = (tmp_path / "index").rglob(name)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0xFF
    file.write_bytes(bytes(data))
    damaged = open_engine("whoosh:///index", tmp_path)
    assert damaged.revision() is None
    assert "cannot be read" in damaged.check()[0]
    with pytest.raises(IndexUnavailable, match="cannot be read"):
        damaged.snapshot()
    filled(damaged, entry(0, "x", "quay"))
    assert damaged.check() == []


def test_a_batch_that_fails_leaves_nothing_behind(engine: Engine) -> None:
    """Neither in the index nor on the next document."""
    filled(engine, entry(0, "x", "quay"))
    assert engine.lock(1)
    with pytest.raises(AttributeError):
        engine.apply([entry(1, "y", "secretword"), None], [], 9)  # type: ignore[list-item]  # what breaks it
    engine.apply([entry(2, "z", "turbot")], [], 10)
    engine.unlock()
    assert engine.snapshot().count([Selection("secretword"), Selection("turbot")]) == [0, 1]
    assert engine.check() == []


def test_an_unknown_address_is_refused(tmp_path: Path) -> None:
    """With one that would do."""
    from index.search.engine import UnknownIndex

    with pytest.raises(UnknownIndex, match="whoosh:///index"):
        open_engine("solr://x", tmp_path)
