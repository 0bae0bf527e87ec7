"""How are large segments merged while the index goes on being read and written?

In a process of its own, into a folder of its own, without the writer's lock. That is taken only to put the new segment in the place of the
old ones; what was deleted from these in the meantime is deleted from it too. One merge at a time, under the lock of merges.

    python -m index.search.merger BUILD WORK NAME GROUP    merges the segments GROUP (JSON) of BUILD into NAME, in the folder WORK
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np

import index
from index.search.arrays import Array, Damaged
from index.search.locking import FileLock
from index.search.manifest import ARRAYS, Kept, Manifest, read_alive, read_manifest, write_deleted
from index.search.merging import merge
from index.search.policy import plan
from index.search.whoosh import segment_file
from index.search.writing import Writer, publish, save

POLL = 0.1  # seconds between looks at a merge
MADE = "made.json"  # what a merge made


class Merger:
    """Merges what a commit left to be merged; `lock` is the writer's."""

    def __init__(self, folder: Path, lock: FileLock) -> None:
        self.folder = folder
        self.lock = lock
        self.alone = FileLock(folder / "merge.lock")
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def wake(self, manifest: Manifest) -> None:
        """Merge beside, where there is anything to merge and no merge at work."""
        if (self._thread is None or not self._thread.is_alive()) and _next(manifest):
            self._thread = threading.Thread(target=self._run, name="merger", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        if not self.alone.take(0):
            return  # another process merges
        try:
            while not self._ended.is_set() and self._merge():
                pass
        except (OSError, Damaged):
            return  # the folder has been swept or built anew: the next commit looks again
        finally:
            self.alone.release()

    def _merge(self) -> bool:
        """Merge one group; whether there may be more."""
        manifest = read_manifest(self.folder)
        group = _next(manifest)
        if not group:
            return False
        build = self.folder / manifest.build
        for left in build.glob("merge-*"):
            shutil.rmtree(left, ignore_errors=True)
        name = f"{manifest.generation}m"
        work = build / f"merge-{name}"
        work.mkdir()
        before = [read_alive(build, kept) for kept in group]
        if not self._work(build, work, name, group):
            return False
        return self._while_locked(lambda: self._put(name, work, group, before))

    def _work(self, build: Path, work: Path, name: str, group: list[Kept]) -> bool:
        root = str(Path(index.__file__).parents[1])
        command = [sys.executable, "-m", "index.search.merger", str(build), str(work), name, msgspec.json.encode(group).decode()]
        process = subprocess.Popen(command, cwd=root, stdin=subprocess.DEVNULL)  # noqa: S603  (our own module, on paths of our own)
        while process.poll() is None:
            if self._ended.wait(POLL):
                process.terminate()
        return process.wait() == 0

    def _while_locked(self, do: Callable[[], bool]) -> bool:
        while not self.lock.take(1):
            if self._ended.is_set():
                return False
        try:
            return do()
        finally:
            self.lock.release()

    def _put(self, name: str, work: Path, group: list[Kept], before: list[Array | None]) -> bool:
        """Put a new segment in the place of the old ones, unless one of these is gone."""
        manifest = read_manifest(self.folder)
        build = self.folder / manifest.build
        now = {kept.name: kept for kept in manifest.segments}
        if work.parent != build or not all(kept.name in now for kept in group):
            return True  # built anew, or written anew, in the meantime
        made = msgspec.json.decode((work / MADE).read_bytes(), type=Kept)
        dead = np.concatenate([_died(kept, alive, build, now[kept.name]) for kept, alive in zip(group, before, strict=True)])
        for file in (f"{name}{ARRAYS}", segment_file(name)):
            (work / file).rename(build / file)
        shutil.rmtree(work)
        generation = manifest.generation + 1
        if dead.any():
            deleted = write_deleted(build, name, generation, np.flatnonzero(dead))
            made = msgspec.structs.replace(made, alive=made.size - int(dead.sum()), deleted=deleted)
        old = {kept.name for kept in group}
        rest = [kept for kept in manifest.segments if kept.name not in old]
        publish(self.folder, msgspec.structs.replace(manifest, generation=generation, segments=(made, *rest)))
        return True

    def close(self) -> None:
        """End a merge at work."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()


def _next(manifest: Manifest) -> list[Kept]:
    """The segments that are to be merged next, empty where none are."""
    groups = plan([kept.alive for kept in manifest.segments])
    return next(([manifest.segments[at] for at in group] for group in groups if len(group) > 1), [])


def _died(kept: Kept, before: Array | None, build: Path, now: Kept) -> Array:
    """Of the articles of a segment that were alive when a merge began, which ones have been deleted since."""
    alive = read_alive(build, now)
    dead = np.zeros(kept.size, np.bool_) if alive is None else ~alive
    return dead if before is None else dead[before]


def work(build: str, folder: str, name: str, group: str) -> None:
    """Merge some segments of a build into a new one, in another folder; what it is comes into a file beside it."""
    kept = msgspec.json.decode(group, type=list[Kept])
    reader = Writer(Path(build), Manifest(0, "", 0, 0), {})
    made = save(Path(folder), name, merge([reader.view(one) for one in kept]))
    (Path(folder) / MADE).write_bytes(msgspec.json.encode(made))


if __name__ == "__main__":
    work(*sys.argv[1:])
