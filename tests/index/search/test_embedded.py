"""How is the index read and written on one machine?"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import pytest

from index.filters import Selection
from index.search.embedded import WhooshEngine
from index.search.engine import Entry, IndexUnavailable
from index.search.manifest import VERSION, read_manifest, stamp, write_manifest
from tests.index.search.conftest import entry, filled
from tests.waiting import until

MANY = [entry(number, "x", "quay") for number in range(300)]


def written(engine: WhooshEngine, *entries: Entry, removed: tuple[str, ...] = ()) -> None:
    """Write a commit."""
    assert engine.lock(1)
    engine.apply(entries, removed, (engine.revision() or 0) + 1)
    engine.unlock()


def test_a_running_reader_opens_only_new_segments(tmp_path: Path) -> None:
    """Of a new generation; what it has open stays open, whatever is deleted from it."""
    writer, reader = (WhooshEngine(tmp_path / "index", seconds=10) for _ in range(2))
    filled(writer, *MANY)
    (before,) = reader.snapshot().state.views
    written(writer, entry(1000, "y", "turbot"), removed=(MANY[0].article.id,))
    after = reader.snapshot().state.views
    assert len(after) == 2
    assert after[0].segment is before.segment
    assert (before.count, after[0].count) == (300, 299)
    assert reader.snapshot().count([Selection("quay"), Selection("turbot")]) == [299, 1]
    written(writer, entry(1001, "z", "turbot"))
    assert reader.snapshot().state.views[0] is after[0]


@pytest.mark.parametrize("entries", [(), (entry(0, "x", "海"),), MANY], ids=["none", "one", "many"])
def test_one_that_is_rehearsed_has_answered_before_it_is_asked(tmp_path: Path, entries: Sequence[Entry]) -> None:
    """Whatever the index holds; and it answers as one that is not rehearsed, which asks itself nothing."""
    filled(WhooshEngine(tmp_path / "index", seconds=10), *entries)
    rehearsed = WhooshEngine(tmp_path / "index", seconds=10, rehearsed=True).snapshot()
    plain = WhooshEngine(tmp_path / "index", seconds=10).snapshot()
    masks = [[bool(view.segment.masks) for view in snapshot.state.views] for snapshot in (rehearsed, plain)]
    assert masks == [[True for _ in plain.state.views], [False for _ in plain.state.views]]
    asked = [Selection("quay"), Selection("")]
    assert rehearsed.count(asked) == plain.count(asked) == [300 if len(entries) > 1 else 0, len(entries)]


def test_of_two_builds_at_once_one_builds(tmp_path: Path) -> None:
    """The other waits, and takes what that has made; the old index answers meanwhile."""
    one, other = (WhooshEngine(tmp_path / "index", seconds=10) for _ in range(2))
    filled(one, entry(0, "x", "old"))
    begun, go_on = threading.Event(), threading.Event()
    read: list[int] = []

    def slow() -> Iterator[Entry]:
        begun.set()
        assert go_on.wait(30)
        yield entry(1, "y", "quay")

    def noted() -> Iterator[Entry]:
        read.append(1)
        yield entry(2, "z", "turbot")

    first = threading.Thread(target=one.rebuild, args=(slow(), 2))
    first.start()
    assert begun.wait(30)
    second = threading.Thread(target=other.rebuild, args=(noted(), 2))
    second.start()
    assert one.snapshot().count([Selection("old")]) == [1]
    go_on.set()
    first.join(30)
    second.join(30)
    found = other.snapshot().count([Selection("old"), Selection("quay"), Selection("turbot")])
    assert found == ([0, 1, 0] if not read else [0, 0, 1])  # the second may have come so late that it built after the first
    assert one.check() == []
    assert [path.name for path in (tmp_path / "index").glob("build-*")] == [read_manifest(one.folder).build]


def test_a_build_follows_what_is_written_meanwhile(tmp_path: Path) -> None:
    """So that it has reached the old index's revision when it takes its place."""
    engine = WhooshEngine(tmp_path / "index", seconds=10)
    filled(engine, entry(0, "x", "old"))
    changes = {1: ([entry(1, "y", "quay")], [], 2), 2: ([], [entry(0).article.id], 3)}
    engine.rebuild([entry(0, "x", "old")], 1, changes.get)
    assert engine.revision() == 3
    assert engine.snapshot().count([Selection("old"), Selection("quay")]) == [0, 1]
    assert engine.check() == []


@pytest.mark.parametrize("how", ["flipped", "cut", "emptied", "removed"])
@pytest.mark.parametrize("name", ["manifest.json", "build-*/*.arrays", "build-*/*.deleted"])
def test_whatever_is_damaged_is_noticed_and_built_anew(tmp_path: Path, name: str, how: str) -> None:
    """Each kind of file that is read."""
    engine = WhooshEngine(tmp_path / "index", seconds=10)
    filled(engine, *MANY)
    written(engine, removed=(MANY[0].article.id,))
    file = next((tmp_path / "index").glob(name))
    data = file.read_bytes()
    middle = len(data) // 2
    file.write_bytes({"flipped": data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :], "cut": data[:middle]}.get(how, b""))
    if how == "removed":
        file.unlink()
    damaged = WhooshEngine(tmp_path / "index", seconds=10)
    assert damaged.revision() is None
    assert "cannot be read" in damaged.check()[0]
    with pytest.raises(IndexUnavailable, match=r"built anew|being built"):
        damaged.snapshot()
    filled(damaged, *MANY)
    assert damaged.check() == []
    assert damaged.snapshot().count([Selection("quay")]) == [300]


def test_a_commit_to_a_damaged_index_says_so(tmp_path: Path) -> None:
    """It has to be built anew."""
    engine = WhooshEngine(tmp_path / "index", seconds=10)
    filled(engine, entry(0, "x", "quay"))
    (engine.folder / "manifest.json").write_bytes(b"")
    assert engine.lock(1)
    with pytest.raises(IndexUnavailable, match="built anew"):
        engine.apply([entry(1, "y", "quay")], [], 2)
    engine.unlock()


@pytest.mark.filterwarnings("ignore:Exception ignored in")  # Whoosh leaves a file open that it cannot read
@pytest.mark.parametrize("how", ["zeroed", "removed"])
def test_damage_in_whooshs_own_files_is_found_by_a_check(tmp_path: Path, how: str) -> None:
    """Searches read our arrays and go on."""
    engine = WhooshEngine(tmp_path / "index", seconds=10)
    filled(engine, *MANY)
    (file,) = engine.folder.glob("build-*/*.seg")
    data = bytearray(file.read_bytes())
    data[: len(data) // 2] = bytes(len(data) // 2)
    file.write_bytes(data)
    if how == "removed":
        file.unlink()
    assert "Whoosh" in engine.check()[0]
    assert engine.snapshot().count([Selection("quay")]) == [300]


def test_a_writer_does_not_wait_for_readers(tmp_path: Path) -> None:
    """A snapshot that is held keeps its articles, though their files are gone."""
    engine = WhooshEngine(tmp_path / "index", seconds=10)
    filled(engine, *MANY)
    held = engine.snapshot()
    filled(engine, entry(0, "x", "turbot"))
    assert held.count([Selection("quay")]) == [300]
    assert until(lambda: engine.snapshot().count([Selection("quay")]) == [0])


def test_a_file_that_is_not_the_one_that_was_written_is_read_whole(tmp_path: Path) -> None:
    """One that is, is opened as it stands; a copy is trusted when its checksum is right."""
    engine = WhooshEngine(tmp_path / "index", seconds=10)
    filled(engine, *MANY)
    (file,) = engine.folder.glob("build-*/*.arrays")
    (kept,) = read_manifest(engine.folder).segments
    assert kept.written == stamp(file)
    shutil.copytree(tmp_path / "index", tmp_path / "copy")
    (copied,) = (tmp_path / "copy").glob("build-*/*.arrays")
    assert stamp(copied) != kept.written
    assert WhooshEngine(tmp_path / "copy", seconds=10).snapshot().count([Selection("quay")]) == [300]
    data = copied.read_bytes()
    copied.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    assert WhooshEngine(tmp_path / "copy", seconds=10).revision() is None
    assert stamp(tmp_path / "nothing") == ()


def test_an_index_of_a_newer_version_is_left_to_it(tmp_path: Path) -> None:
    """It is neither read nor built anew, and a sentence says so: two versions on one home would build theirs for ever."""
    folder = tmp_path / "index"
    filled(WhooshEngine(folder, seconds=10), entry(0, "x", "quay"))
    write_manifest(folder, msgspec.structs.replace(read_manifest(folder), version=VERSION + 1))
    before = (folder / "manifest.json").read_bytes()
    engine = WhooshEngine(folder, seconds=10)
    said = "made by a newer version of broadsheet.* Use that version"
    assert engine.revision() is None
    with pytest.raises(IndexUnavailable, match=said):
        engine.snapshot()
    with pytest.raises(IndexUnavailable, match=said):
        engine.rebuild([entry(1, "y", "quay")], 2)
    assert "Use that version" in engine.check()[0]
    assert (folder / "manifest.json").read_bytes() == before
