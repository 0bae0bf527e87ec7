"""What must a search engine do? The contract that every engine keeps, tried on all of them."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest

from index.document import Code, Paragraph
from index.filters import ArticleFilter, Order, Selection, Window
from index.search.engine import Engine, IndexUnavailable, SearchTimeout
from index.search.opening import open_engine
from tests.index.search.conftest import entry, filled


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
        ("the", ["0", "1"]),
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


def test_a_topic_lists_its_newest_articles(engine: Engine) -> None:
    """Without drafts, but for readers with preview; page by page in both directions."""
    filled(engine, *(entry(at, topics=("quay",), visible=at != 2, published_at=f"2024-01-0{9 - at}") for at in range(5)))
    ids = [entry(at).article.id for at in range(5)]
    for preview, expected in ((False, [ids[0], ids[1], ids[3], ids[4]]), (True, ids)):
        selection = Selection(filter=ArticleFilter(categories=("quay",)), preview=preview)
        (page,) = engine.snapshot().find([(selection, Order.NEWEST, Window(first=2))])
        (others,) = engine.snapshot().find([(selection, Order.NEWEST, Window(first=9, after=page.hits[-1].key))])
        (back,) = engine.snapshot().find([(selection, Order.NEWEST, Window(first=None, last=2, before=others.hits[0].key))])
        assert [hit.id for hit in (*page.hits, *others.hits)] == expected
        assert back.hits == page.hits
        assert engine.snapshot().count([selection]) == [len(expected)]


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


def test_a_costly_search_ends_when_its_time_is_up(tmp_path: Path) -> None:
    """Not only before it begins: each of many misspelt words is looked for among all words. With more time it is answered."""
    words = ["".join(letters) for letters in itertools.product("bcdfg", "aeiou", "bcdfg", "aeiou", "bcdfg", "aeiou")]
    filled(open_engine("whoosh:///index", tmp_path), entry(0, "x", " ".join(words)))
    query = " ".join(f"{word}~2" for word in words[:: len(words) // 60])
    asked = [(Selection(query), Order.RELEVANCE, Window())]
    (page,) = open_engine("whoosh:///index", tmp_path, seconds=60).snapshot().find(asked)
    assert len(page.hits) == 1
    with pytest.raises(SearchTimeout, match="longer than it may"):
        open_engine("whoosh:///index", tmp_path, seconds=0.002).snapshot().find(asked)


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
