"""How are large segments merged while the index goes on being read and written?"""

from __future__ import annotations

from pathlib import Path

import msgspec

from index.filters import Selection
from index.search.embedded import WhooshEngine
from index.search.engine import Entry
from index.search.locking import FileLock
from index.search.manifest import Manifest, read_manifest
from index.search.merger import MADE, Merger, work
from index.search.policy import SMALL, plan
from index.search.segments import build
from index.search.writing import Writer, publish, save
from tests.index.search.conftest import entry, filled
from tests.waiting import until


def some(first: int, number: int = SMALL) -> list[Entry]:
    """Some articles."""
    return [entry(first + at, f"Title {first + at}", f"quay word{first + at}") for at in range(number)]


def three_segments(home: Path) -> tuple[WhooshEngine, Manifest]:
    """An index whose three segments are of one level, as commits of many leave them to a merge beside."""
    engine = WhooshEngine(home / "index", seconds=10)
    filled(engine)
    manifest = read_manifest(engine.folder)
    folder = engine.folder / manifest.build
    segments = tuple(save(folder, f"s{number}", build(some(number * SMALL))) for number in range(3))
    return engine, publish(engine.folder, msgspec.structs.replace(manifest, generation=2, segments=segments))


def merged(engine: WhooshEngine) -> bool:
    """Whether there is one segment."""
    return len(read_manifest(engine.folder).segments) == 1


def test_segments_are_merged_beside(tmp_path: Path) -> None:
    """A reader sees the new one; nothing is left of the merge."""
    engine, manifest = three_segments(tmp_path)
    reader = WhooshEngine(tmp_path / "index", seconds=10)
    before = reader.snapshot()
    merger = Merger(engine.folder, FileLock(engine.folder / "lock"))
    merger.wake(manifest)
    assert until(lambda: merged(engine))
    merger.close()
    assert before.count([Selection("quay")]) == reader.snapshot().count([Selection("quay")]) == [3 * SMALL]
    assert reader.snapshot().count([Selection("word70")]) == [1]
    assert len(reader.snapshot().state.views) == 1
    assert reader.check() == []
    assert not list(engine.folder.rglob("merge-*"))


def test_what_is_deleted_during_a_merge_is_deleted_from_what_it_makes(tmp_path: Path) -> None:
    """The merge waits for the writer before it puts its segment in place."""
    engine, manifest = three_segments(tmp_path)
    assert engine.lock(1)
    merger = Merger(engine.folder, FileLock(engine.folder / "lock"))
    merger.wake(manifest)
    assert until(lambda: list(engine.folder.rglob(MADE)))
    writer = Writer(engine.folder / manifest.build, manifest, {})
    gone = [entry(1).article.id, entry(100).article.id]
    segments = tuple(writer.without(kept, gone) for kept in manifest.segments)  # a commit of more would merge these itself
    publish(engine.folder, msgspec.structs.replace(manifest, generation=writer.generation, revision=9, segments=segments))
    engine.unlock()
    assert until(lambda: merged(engine))
    merger.close()
    assert engine.snapshot().count([Selection("word1"), Selection("word100"), Selection("quay")]) == [0, 0, 3 * SMALL - 2]
    assert engine.check() == []
    assert engine.revision() == 9


def test_a_merge_of_what_was_built_anew_is_thrown_away(tmp_path: Path) -> None:
    """The new build stays as it is."""
    engine, manifest = three_segments(tmp_path)
    assert engine.lock(1)
    merger = Merger(engine.folder, FileLock(engine.folder / "lock"))
    merger.wake(manifest)
    assert until(lambda: list(engine.folder.rglob(MADE)))
    filled(engine, entry(1, "One", "quay"))
    engine.unlock()
    merger.close()
    assert engine.snapshot().count([Selection("quay")]) == [1]
    assert engine.check() == []


def test_one_process_merges_at_a_time(tmp_path: Path) -> None:
    """Another leaves it to that; closing ends a merge that waits."""
    engine, manifest = three_segments(tmp_path)
    alone = FileLock(engine.folder / "merge.lock")
    assert alone.take(0)
    other = Merger(engine.folder, FileLock(engine.folder / "lock"))
    other.wake(manifest)
    other.close()
    alone.release()
    assert len(read_manifest(engine.folder).segments) == 3
    assert engine.lock(1)
    waiting = Merger(engine.folder, FileLock(engine.folder / "lock"))
    waiting.wake(manifest)
    assert until(lambda: list(engine.folder.rglob(MADE)))
    waiting.close()
    engine.unlock()
    assert len(read_manifest(engine.folder).segments) == 3
    assert engine.check() == []


def test_damage_ends_a_merge_quietly(tmp_path: Path) -> None:
    """The reader notices it as well, and the index is built anew."""
    engine, manifest = three_segments(tmp_path)
    (engine.folder / "manifest.json").write_bytes(b"{}")
    merger = Merger(engine.folder, FileLock(engine.folder / "lock"))
    merger.wake(manifest)
    merger.close()
    assert engine.revision() is None


def test_the_merging_process_makes_one_segment(tmp_path: Path) -> None:
    """Into the folder that it is given, with what it is beside it."""
    engine, manifest = three_segments(tmp_path)
    folder = tmp_path / "work"
    folder.mkdir()
    work(str(engine.folder / manifest.build), str(folder), "m1", msgspec.json.encode(manifest.segments).decode())
    assert b'"size":192' in (folder / MADE).read_bytes()
    assert sorted(path.name for path in folder.iterdir()) == ["MAIN_m1.seg", "m1.arrays", MADE]


def test_few_segments_are_kept() -> None:
    """About two for each factor of four, and an article is merged about as often as there are levels."""
    sizes: list[int] = []
    moved = 0
    for _ in range(5000):
        sizes.append(10)
        groups = plan(sizes)
        moved += sum(sizes[at] for group in groups if len(group) > 1 for at in group)
        sizes = [sum(sizes[at] for at in group) for group in groups]
    assert sum(sizes) == 50_000
    assert len(sizes) <= 14
    assert moved / 50_000 < 12
    assert plan([70, 70, 70], most=100) == [[0], [1], [2]]
