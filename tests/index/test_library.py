"""How do store and index stay in step?"""

from __future__ import annotations

import datetime as dt
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.document import Article, Paragraph, Source, SourceFormat
from index.filters import Order, Selection, Window
from index.identity import article_id
from index.library import Behind, Follower, Library
from index.search.opening import open_engine
from index.store.open import open_store
from index.store.store import Incoming
from tests.waiting import until


def incoming(number: int, text: str = "quay", when: dt.datetime | None = None) -> Incoming:
    """An article to be stored."""
    key = f"path:{number}"
    article = Article(
        f"Article {number}", Source(SourceFormat.JSON), id=article_id(key), slug=f"a-{number}", published_at=when, blocks=(Paragraph(text),)
    )
    return Incoming(article, key, fingerprint=f"{number}{text}")


def opened(folder: Path) -> Library:
    """A library in a folder."""
    return Library(open_store("sqlite:///broadsheet.db", folder), open_engine("whoosh:///index", folder))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library."""
    library = opened(tmp_path)
    yield library
    library.close()


def count(library: Library, query: str = "") -> int:
    """How many articles answer."""
    return library.snapshot().count([Selection(query)])[0]


def test_the_index_follows_the_log(library: Library) -> None:
    """Additions, changes and removals; the first time it is built."""
    library.add([incoming(1), incoming(2)])
    assert library.catch_up() == 2
    assert count(library, "quay") == 2
    library.add([incoming(1, "ferry")])
    library.remove([article_id("path:2")])
    library.catch_up()
    assert (count(library, "quay"), count(library, "ferry"), count(library)) == (0, 1, 1)
    assert library.check() == []


def test_an_index_that_was_left_behind_catches_up(tmp_path: Path) -> None:
    """As after a process that died between the store's commit and the index's."""
    first = opened(tmp_path)
    first.add([incoming(1)])
    first.catch_up()
    first.add([incoming(2)])
    assert "The index is at revision 1, the store at 2" in first.check()[0]
    first.close()
    second = opened(tmp_path)
    second.catch_up()
    assert count(second) == 2
    assert second.check() == []
    second.close()


def test_an_index_that_was_left_further_behind_than_the_log_goes_is_built_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was removed meanwhile is gone, what was added is there."""
    first = opened(tmp_path)
    first.add([incoming(1), incoming(2)])
    first.catch_up()
    first.close()
    monkeypatch.setattr("index.store.changes.KEPT", 2)
    monkeypatch.setattr("index.store.changes.CUT_AT", 1)
    second = opened(tmp_path)
    second.remove([article_id("path:1")])
    second.add([incoming(number) for number in (3, 4)])
    assert second.catch_up() == 5
    assert count(second) == 3
    assert second.check() == []
    second.close()


def test_an_index_of_a_later_store_is_built_anew(tmp_path: Path) -> None:
    """As after the store was restored from an older copy."""
    library = opened(tmp_path)
    library.add([incoming(1), incoming(2)])
    library.catch_up()
    library.close()
    for file in tmp_path.glob("broadsheet.db*"):
        file.unlink()
    restored = opened(tmp_path)
    restored.add([incoming(3)])
    restored.catch_up()
    found = restored.snapshot().find([(Selection(), Order.NEWEST, Window())])[0].hits
    assert [hit.id for hit in found] == [article_id("path:3")]
    restored.close()


def test_searching_during_reindex_shows_no_gap(library: Library) -> None:
    """The old index answers until the new one is whole."""
    library.add([incoming(number) for number in range(300)])
    library.catch_up()
    seen: set[int] = set()
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            seen.add(count(library, "quay"))

    looking = threading.Thread(target=look)
    looking.start()
    library.reindex()
    done.set()
    looking.join()
    assert seen == {300}


def test_whoever_does_not_hold_the_lock_waits_for_who_does(tmp_path: Path) -> None:
    """And says so if that takes too long."""
    one, other = opened(tmp_path), opened(tmp_path)
    one.add([incoming(1)])
    assert one.engine.lock(1)
    with pytest.raises(Behind, match="Is a process that indexes stuck"):
        other.catch_up(timeout=0.1)
    one.engine.unlock()
    assert other.catch_up() == 1
    one.close()
    other.close()


def test_a_follower_indexes_and_publishes_what_is_due(library: Library) -> None:
    """By itself, until it is stopped."""
    soon = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=1.5)
    library.add([incoming(1), incoming(2, when=soon)])
    follower = Follower(library)
    follower.start()
    try:
        assert until(lambda: library.engine.revision() is not None and count(library) >= 1, 10)
        assert until(lambda: count(library) == 2, 10)
    finally:
        follower.stop()
    assert follower.trouble is None


def test_a_follower_builds_an_index_anew_whose_folder_was_removed(library: Library, tmp_path: Path) -> None:
    """While it runs, as an operator may do who wants a new one."""
    library.add([incoming(1)])
    library.catch_up()
    follower = Follower(library)
    follower.start()
    try:
        shutil.rmtree(tmp_path / "index")
        assert until(lambda: library.engine.revision() is not None and count(library) == 1, 10)
    finally:
        follower.stop()
    assert library.check() == []


def test_a_follower_keeps_its_trouble_and_tries_again(library: Library, tmp_path: Path) -> None:
    """A folder that cannot be written is reported, and followed once it can be."""
    library.add([incoming(1)])
    folder = tmp_path / "index"
    folder.rename(tmp_path / "away")
    folder.write_text("in the way")
    follower = Follower(library)
    follower.start()
    try:
        assert until(lambda: follower.trouble is not None, 10)
        folder.unlink()
        (tmp_path / "away").rename(folder)
        assert until(lambda: follower.trouble is None and library.engine.revision() == 1, 10)
    finally:
        follower.stop()


def test_documents_are_kept_until_they_change(library: Library) -> None:
    """By id and revision, within a bound."""
    library.add([incoming(1)])
    id = article_id("path:1")
    (summary,) = library.store.summaries([id]).values()
    first = library.outlines([summary])[id]
    assert library.outlines([summary])[id] is first
    library.add([incoming(1, "ferry")])
    (changed,) = library.store.summaries([id]).values()
    assert library.outlines([changed])[id].blocks[0].text == "ferry"  # type: ignore[union-attr]  # a paragraph


def test_check_compares_store_and_index_article_by_article(library: Library, tmp_path: Path) -> None:
    """What is missing on either side, or of another revision, is named."""
    library.add([incoming(1), incoming(2), incoming(3)])
    library.catch_up()
    entries = {entry.article.id: entry for entry in library._entries()}
    ids = [article_id(f"path:{number}") for number in (1, 2, 3)]
    assert library.engine.lock(1)
    import msgspec

    stale = msgspec.structs.replace(entries[ids[0]], revision=99)
    stray = msgspec.structs.replace(entries[ids[1]], article=msgspec.structs.replace(entries[ids[1]].article, id=article_id("stray")))
    library.engine.apply([stale, stray], [ids[2]], 3)
    library.engine.unlock()
    faults = library.check()
    assert f"The article {ids[2]} is in the store but not in the index." in faults
    assert f"The article {article_id('stray')} is in the index but not in the store." in faults
    assert f"The article {ids[0]} is at revision 1 in the store and at 99 in the index." in faults
