"""How is the index read and written on one machine?

A folder that one process writes at a time, under a file lock, and any number read, following its manifest. The folder is disposable:
whatever is missing or damaged in it makes the index unavailable, so that it is built anew from the store.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

from index.search.arrays import Damaged
from index.search.engine import Changes, Entry, IndexUnavailable
from index.search.locking import FOREVER, FileLock
from index.search.manifest import MANIFEST, Manifest, Newer, read_alive, read_manifest, read_segment
from index.search.merger import Merger
from index.search.rehearsal import rehearse
from index.search.segments import Segment, View
from index.search.snapshot import State, StateSnapshot
from index.search.synonyms import NONE, Synonyms
from index.search.whoosh import differences
from index.search.writing import BUILDING, apply, begin, fill, follow, publish

TRIES = 3  # a file may go between the manifest's reading and its own: then there is a newer manifest
COMING = "It is being built; try again in a moment."
ELSE = "Use that version, or remove the index's folder to have this one build its own."


class WhooshEngine:
    """An index in a folder; `seconds` is how long one search may take, `synonyms` are put into queries.

    With `rehearsed` it asks itself questions when it is first opened: for a process that will answer many.
    """

    def __init__(self, folder: Path, *, seconds: float = 2.0, synonyms: Synonyms = NONE, rehearsed: bool = False) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.seconds = seconds
        self.synonyms = synonyms
        self.rehearsed = rehearsed
        self._seen: tuple[int, ...] | None = None
        self._state: State | None = None
        self._why = f"There is no index yet. {COMING}"
        self._views: dict[tuple[str, str], View] = {}
        self._reading = threading.Lock()
        self._writer = FileLock(folder / "lock")
        self._builder = FileLock(folder / "rebuild.lock")
        self._merger = Merger(folder, self._writer)

    # ------------------------------------------------------------- reading
    def snapshot(self) -> StateSnapshot:
        """The newest committed state; raises `IndexUnavailable`."""
        state = self._current()
        if state is None:
            raise IndexUnavailable(self._why)
        return StateSnapshot(state, self.seconds, self.synonyms)

    def revision(self) -> int | None:
        """The revision of the newest committed state; None where there is none, or none that can be read."""
        state = self._current()
        return None if state is None else state.revision

    def _current(self) -> State | None:
        """The state that the manifest names; when that has been replaced, its new segments are opened."""
        try:
            stat = (self.folder / MANIFEST).stat()
        except OSError:
            self._seen = None
            self._lost(f"There is no index yet. {COMING}")
            return None
        seen = (stat.st_mtime_ns, stat.st_ino, stat.st_size)
        if seen == self._seen:
            return self._state
        with self._reading:
            if seen == self._seen:
                return self._state
            for _ in range(TRIES):
                try:
                    self._state = self._open(read_manifest(self.folder))
                    break
                except Damaged as damage:
                    self._lost(f"The index cannot be read: {damage}. {ELSE if isinstance(damage, Newer) else COMING}")
            self._seen = seen
        return self._state

    def _lost(self, why: str) -> None:
        self._state, self._why = None, why

    def _open(self, manifest: Manifest) -> State:
        views: dict[tuple[str, str], View] = {}
        segments = {name: view.segment for (name, _), view in self._views.items()}
        build = self.folder / manifest.build
        for kept in manifest.segments:
            name = f"{manifest.build}/{kept.name}"
            view = self._views.get((name, kept.deleted))
            if view is None:
                view = View(segments.get(name) or Segment(name, read_segment(build, kept)), read_alive(build, kept))
            views[name, kept.deleted] = view
        self._views = views
        state = State(list(views.values()), manifest.revision)
        if self.rehearsed and self._state is None:
            rehearse(state)
        return state

    # ------------------------------------------------------------- writing
    def lock(self, wait: float) -> bool:
        """Become the one writer, waiting up to `wait` seconds."""
        return self._writer.take(wait)

    def unlock(self) -> None:
        """Let another process write."""
        self._writer.release()

    def apply(self, entries: Iterable[Entry], removed: Iterable[str], revision: int) -> None:
        """Replace and remove articles by id, in one commit. The writer's lock must be held; raises `IndexUnavailable`."""
        opened = {name: view.segment for (name, _), view in self._views.items()}
        try:
            manifest = apply(self.folder, opened, (list(entries), list(removed), revision))
        except Damaged as damage:
            raise IndexUnavailable(f"The index cannot be read: {damage}. It has to be built anew.") from None
        self._merger.wake(manifest)

    def rebuild(self, entries: Iterable[Entry], revision: int, since: Callable[[int], Changes | None] | None = None) -> None:
        """Build the index anew beside the old one, which goes on answering and being written, and switch at the end.

        One that a newer version made stays as it is, or two versions on one home would build it for ever: raises `IndexUnavailable`.

        `since` gives what has changed after a revision, None where nothing has: with it the new index has reached the old one's revision
        when it takes its place.
        """
        before = self._build_name()
        if not self._builder.take(0):
            with self._writer.let_go():  # who builds needs it at the end
                self._builder.take(FOREVER)
        try:
            if self._build_name() != before:
                return  # another one has just built it
            building = begin(self.folder)
            manifest = fill(building, entries, revision)
            if since is not None:
                manifest = follow(building, manifest, since)
            self._writer.take(FOREVER)
            try:
                if since is not None:
                    manifest = follow(building, manifest, since)
                building.rename(building.with_name(building.name.removesuffix(BUILDING)))
                publish(self.folder, manifest)
            finally:
                self._writer.release()
        finally:
            self._builder.release()

    def _build_name(self) -> str:
        """The build that is read; empty where none can be."""
        try:
            return read_manifest(self.folder).build
        except Newer as newer:
            raise IndexUnavailable(f"The index cannot be read: {newer}. {ELSE}") from None
        except Damaged:
            return ""

    # ----------------------------------------------------------- operating
    def check(self) -> list[str]:
        """A sentence for each fault; reads all arrays, and compares them with what Whoosh keeps."""
        try:
            manifest = read_manifest(self.folder)
            build = self.folder / manifest.build
            faults, ids = [], [np.zeros(0, np.bytes_)]
            for kept in manifest.segments:
                view = View(Segment(kept.name, read_segment(build, kept, verify=True)), read_alive(build, kept))
                ids.append(view.segment.arrays["id"][view.living])
                if said := differences(build, kept.name, view.segment.arrays):
                    faults.append(f"The index's segment {kept.name} {said}. Run `broadsheet reindex`.")
        except Newer as newer:
            return [f"The index cannot be read: {newer}. {ELSE}"]
        except Damaged as damage:
            return [f"The index cannot be read: {damage}. The service builds it anew, as does `broadsheet reindex`."]
        every = np.concatenate(ids)
        if len(np.unique(every)) < len(every):
            faults.append("The index holds an article more than once. Run `broadsheet reindex`.")
        return faults

    def ids(self) -> list[tuple[str, int]]:
        """The id and revision of every article in the index."""
        state = self._current()
        if state is None:
            return []
        found: list[tuple[str, int]] = []
        for view in state.views:
            arrays = view.segment.arrays
            found += zip([id.decode() for id in arrays["id"][view.living].tolist()], arrays["revision"][view.living].tolist(), strict=True)
        return found

    def close(self) -> None:
        """Let go of what is open, and end a merge at work."""
        self._merger.close()
        self._state, self._seen, self._views = None, None, {}
