"""How does the index change?

A commit deletes what is replaced, writes new segments (Whoosh's files and the arrays of one segment come from the same analysed words) and
merges small ones, then publishes a manifest. Whoever calls holds the writer's lock. What a crash leaves behind is swept by the next commit.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

import msgspec
import numpy as np

from index.search.arrays import Array, read, write
from index.search.engine import Changes, Entry
from index.search.manifest import (
    ARRAYS,
    VERSION,
    Kept,
    Manifest,
    read_alive,
    read_manifest,
    read_segment,
    stamp,
    sync_file,
    write_deleted,
    write_manifest,
)
from index.search.merging import merge
from index.search.policy import plan
from index.search.segments import Segment, View, build
from index.search.whoosh import Listed, contents_file, segment_file, write_contents, write_segment

BATCH = 2000  # articles that are analysed at once: about 300 MB at most
AT_ONCE = 2000  # articles that a commit of few may merge itself: about half a second
MANY = 500  # articles of a commit that may merge whatever there is to merge
BUILDING = ".building"


class Writer:
    """One commit to a build; `opened` are segments that are open already, by name."""

    def __init__(self, build: Path, manifest: Manifest, opened: Mapping[str, Segment]) -> None:
        self.build = build
        self.manifest = manifest
        self.generation = manifest.generation + 1
        self.opened = opened
        self._named = 0

    def view(self, kept: Kept) -> View:
        """A segment as the manifest names it; raises `Damaged`."""
        name = f"{self.build.name}/{kept.name}"
        segment = self.opened.get(name) or Segment(name, read_segment(self.build, kept))
        return View(segment, read_alive(self.build, kept))

    def save(self, arrays: dict[str, Array]) -> Kept:
        """Write a new segment; it is on disk when this returns."""
        self._named += 1
        return save(self.build, f"{self.generation}x{self._named}", arrays)

    def without(self, kept: Kept, gone: Sequence[str]) -> Kept:
        """A segment, some articles deleted from it."""
        view = self.view(kept)
        dead = view.only_alive(view.segment.ordinals(gone))
        if not len(dead):
            return kept
        alive = view.living.copy()
        alive[dead] = False
        deleted = write_deleted(self.build, kept.name, self.generation, np.flatnonzero(~alive))
        return msgspec.structs.replace(kept, alive=int(alive.sum()), deleted=deleted)

    def replace(self, entries: Sequence[Entry], gone: Sequence[str]) -> list[Kept]:
        """The segments after these articles were written and those deleted."""
        fresh = [build(batch) for batch in batches(entries, BATCH)]  # first: where this fails, nothing has been touched
        kept = [one for one in (self.without(kept, gone) for kept in self.manifest.segments) if one.alive]
        most = None if len(entries) >= MANY else AT_ONCE
        sizes = [*(one.alive for one in kept), *(len(arrays["length"]) for arrays in fresh)]
        return [self._joined([kept[at] if at < len(kept) else fresh[at - len(kept)] for at in group]) for group in plan(sizes, most)]

    def _joined(self, some: Sequence[Kept | dict[str, Array]]) -> Kept:
        """One segment of several; a single one stays what it is."""
        if len(some) == 1:
            return some[0] if isinstance(some[0], Kept) else self.save(some[0])
        return self.save(merge([self.view(one) if isinstance(one, Kept) else View(Segment("", one), None) for one in some]))


def save(folder: Path, name: str, arrays: dict[str, Array]) -> Kept:
    """Write a segment, Whoosh's file and ours; it is on disk when this returns."""
    sync_file(write_segment(folder, name, arrays))
    path = folder / f"{name}{ARRAYS}"
    write(path, arrays)
    size = len(arrays["length"])
    return Kept(name, size, size, float(arrays["length"].sum(dtype=np.float64)), written=stamp(path))


def apply(folder: Path, opened: Mapping[str, Segment], changes: Changes) -> Manifest:
    """Replace and remove articles by id, in one commit."""
    entries, removed, revision = changes
    newest = {entry.article.id: entry for entry in entries}
    manifest = read_manifest(folder)
    writer = Writer(folder / manifest.build, manifest, opened)
    segments = writer.replace(list(newest.values()), [*newest, *removed])
    return publish(folder, msgspec.structs.replace(manifest, generation=writer.generation, revision=revision, segments=tuple(segments)))


def publish(folder: Path, manifest: Manifest) -> Manifest:
    """Make a state the newest one, and sweep what it does not name."""
    build = folder / manifest.build
    listed = [Listed(one.name, one.size, one.length, _deleted(build, one)) for one in manifest.segments]
    sync_file(write_contents(build, listed, manifest.generation))
    write_manifest(folder, manifest)
    sweep(folder, manifest)
    return manifest


def _deleted(build: Path, kept: Kept) -> list[int]:
    alive = read_alive(build, kept)
    return [] if alive is None else np.flatnonzero(~alive).tolist()


def sweep(folder: Path, manifest: Manifest) -> None:
    """Remove old builds, and files that the manifest does not name. Builds and merges at work are left to who holds their locks."""
    for path in folder.glob("build-*"):
        if path.name != manifest.build and not path.name.endswith(BUILDING):
            shutil.rmtree(path, ignore_errors=True)
    named = {name for one in manifest.segments for name in (f"{one.name}{ARRAYS}", one.deleted, segment_file(one.name))}
    named.add(contents_file(manifest.generation))
    for path in (folder / manifest.build).iterdir():
        if path.is_file() and path.name not in named:
            path.unlink(missing_ok=True)


def begin(folder: Path) -> Path:
    """A new folder to build in, those removed that were left by builds that were killed. The lock of builds is held."""
    for left in folder.glob(f"build-*{BUILDING}"):
        shutil.rmtree(left, ignore_errors=True)
    numbers = [int(path.name.removeprefix("build-")) for path in folder.glob("build-*") if path.name.removeprefix("build-").isdigit()]
    building = folder / f"build-{max(numbers, default=0) + 1}{BUILDING}"
    building.mkdir()
    return building


def fill(building: Path, entries: Iterable[Entry], revision: int) -> Manifest:
    """Write a whole build: batches as arrays alone, merged into one segment at the end."""
    views: list[View] = []
    for number, batch in enumerate(batches(entries, BATCH)):
        path = building / f"batch-{number}{ARRAYS}"
        write(path, build(batch))
        views.append(View(Segment(path.name, read(path, verify=False)), None))
        path.unlink()  # what is mapped stays until it is let go of
    segments = (save(building, "1x1", merge(views)),) if views else ()
    sync_file(write_contents(building, [Listed(one.name, one.size, one.length) for one in segments], 1))
    return Manifest(VERSION, building.name.removesuffix(BUILDING), 1, revision, segments)


def follow(building: Path, manifest: Manifest, since: Callable[[int], Changes | None]) -> Manifest:
    """Bring a build up to what has changed since it began."""
    while (changes := since(manifest.revision)) is not None:
        entries, removed, revision = changes
        newest = {entry.article.id: entry for entry in entries}
        writer = Writer(building, manifest, {})
        segments = writer.replace(list(newest.values()), [*newest, *removed])
        manifest = msgspec.structs.replace(manifest, generation=writer.generation, revision=revision, segments=tuple(segments))
    return manifest


def batches(entries: Iterable[Entry], size: int) -> Iterator[list[Entry]]:
    """Runs of at most so many."""
    rest = iter(entries)
    while batch := list(islice(rest, size)):
        yield batch
