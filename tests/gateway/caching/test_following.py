"""Is what is kept still true?"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gateway.caching.following import Following, Watch
from gateway.caching.kept import Cache, Kept
from index.library import Library
from index.search.opening import open_engine
from index.store.open import open_store
from schema.holding import Holdings
from tests.gateway.caching.conftest import Twins, make
from tests.waiting import until

LIST = "{ articles { nodes { slug } } }"


def test_a_write_of_another_process_is_seen_at_once(twins: Twins, tmp_path: Path) -> None:
    """Here by another library over the same files."""
    twins.kept.post(LIST)
    other = Library(open_store("sqlite:///broadsheet.db", tmp_path), open_engine("whoosh:///index", tmp_path))
    for name in ("a", "b", "c"):
        other.add([make(name)])
        other.catch_up()
        assert name in {node["slug"] for node in twins.kept.post(LIST).json()["data"]["articles"]["nodes"]}
        assert twins.kept.how(LIST) == "hit"
    other.close()


def test_an_index_that_is_away_leaves_what_is_kept(twins: Twins, tmp_path: Path) -> None:
    """What it said is still the best there is; one that is built anew is asked anew where it says something else."""
    twins.library.add([make("a")])
    twins.library.catch_up()
    before = twins.kept.post(LIST).json()
    shutil.move(tmp_path / "index" / "manifest.json", tmp_path / "away")
    assert twins.computed.post(LIST).json()["errors"][0]["extensions"] == {"code": "INDEX_UNAVAILABLE"}
    assert (twins.kept.post(LIST).json(), twins.kept.how(LIST)) == (before, "hit")
    twins.library.add([make("b")])
    assert twins.kept.post(LIST).json() == before
    twins.library.reindex()
    assert twins.kept.post(LIST).json() == twins.computed.post(LIST).json() != before


def test_a_store_that_is_restored_from_before_drops_everything(twins: Twins) -> None:
    """Its revisions say something else now."""
    twins.library.add([make("a"), make("b")])
    twins.library.catch_up()
    twins.kept.post(LIST)
    with twins.library.store.database.writing() as access:  # type: ignore[attr-defined]  # the store is SQLite's
        access.say("DELETE FROM changes WHERE revision > 1")
    assert twins.kept.how(LIST) == "fwd=miss"


def test_a_cache_that_is_further_behind_than_the_log_goes_drops_everything(twins: Twins, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is true still, too: nobody can tell."""
    twins.library.add([make("a")])
    twins.library.catch_up()
    site = "{ site { title } }"
    for query in (LIST, site):
        twins.kept.post(query)
    monkeypatch.setattr("index.store.changes.KEPT", 2)
    monkeypatch.setattr("index.store.changes.CUT_AT", 1)
    twins.library.add([make("b"), make("c")])
    twins.library.catch_up()
    assert twins.kept.how(site) == "hit"
    twins.library.add([make("d"), make("e"), make("f")])
    twins.library.catch_up()
    assert twins.kept.how(site) == "fwd=miss"
    assert twins.kept.post(LIST).json() == twins.computed.post(LIST).json()


def test_a_thread_looks_where_nobody_asks(twins: Twins) -> None:
    """Until it is stopped, and through trouble with the store."""
    cache = Cache(100_000)
    following = Following(twins.library, cache)
    holdings = Holdings()
    holdings.stored = {"slug:a"}
    cache.keep(Kept("k", b"", holdings), cache.generation)
    watch = Watch(following)
    watch.start()
    twins.library.add([make("a")])
    assert until(lambda: cache.get("k") is None, 10)
    watch.stop()
    assert not watch.is_alive()


def test_a_store_that_cannot_be_read_leaves_what_is_kept(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """There is nothing better; the thread says so in the log."""
    twins = Twins(tmp_path)
    following = Following(twins.library, Cache(1))
    twins.kept.post("{ site { title } }")
    twins.library.store.close()
    following.poll()
    assert "the change log cannot be read: The store is closed." in caplog.text
    assert twins.kept.how("{ site { title } }") == "hit"
    twins.close()


def test_where_there_is_no_pulse_everybody_reads_the_log(twins: Twins, tmp_path: Path) -> None:
    """As after a writer that was killed between its commit and its beat."""
    other = open_store("sqlite:///broadsheet.db", tmp_path)
    twins.library.add([make("a")])
    twins.library.catch_up()
    query = '{ article(slug: "a") { title } }'
    twins.kept.post(query)
    other.database._pulse.beat = lambda: None  # type: ignore[attr-defined]  # SQLite's, as if it were killed before
    other.write([make("a", "Changed")])
    assert twins.kept.post(query).json()["data"]["article"]["title"] == "Changed"
    assert twins.kept.how(query) == "hit"
    other.close()
