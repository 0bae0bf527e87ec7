"""How does Whoosh write and keep the index?

The one file that imports Whoosh's index. Its writer gets terms that were analysed once (`segments.Analysed`), and the same terms become the
arrays that searches read. A manifest of our own, replaced atomically once all that it names is on disk, says which arrays are alive and
which revision they have reached: readers follow the manifest and nothing else. Its laws: one process writes, under a file lock; what a
crash leaves behind is swept by the next writer; the folder is disposable, and whatever is missing or damaged in it makes the index be
built anew from the store.

    folder/lock                 who writes
    folder/manifest.json        {"version", "build", "revision", "segments": [{"name", "size", "deleted"}]} and its checksum
    folder/build-3/             Whoosh's files, `NAME.arrays`, and `NAME.REVISION.deleted` (ordinals that are no longer alive)
"""

from __future__ import annotations

import fcntl
import os
import shutil
import threading
import time
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from operator import sub
from pathlib import Path
from typing import IO, Any

import msgspec
import numpy as np
from whoosh import fields, formats
from whoosh import index as whoosh_index
from whoosh.codec.whoosh3 import W3Codec

from index.search.arrays import Array, Damaged, read, write
from index.search.engine import Entry, IndexUnavailable
from index.search.fields import NARROW
from index.search.segments import MARK, Analysed, Builder, Segment, merge
from index.search.snapshot import State, StateSnapshot

VERSION = 1  # of the arrays and of the analysis: an index of another version is built anew
MANIFEST = "manifest.json"
MERGED = 4  # segments of one size (to a power of four) that are merged into one
BATCH = 1000  # articles that a build commits at once
LOCK_POLL = 0.02


class Kept(msgspec.Struct, frozen=True):
    """A segment as the manifest names it; `deleted` is a file's name, empty where nothing is deleted."""

    name: str
    size: int
    deleted: str = ""


class Manifest(msgspec.Struct, frozen=True):
    """What the index is at one revision."""

    version: int
    build: str
    revision: int
    segments: tuple[Kept, ...] = ()


class Compact(formats.Positions):
    """Positions as the differences between them: a byte each where all are small, else four."""

    def encode(self, positions: Sequence[int]) -> bytes:
        """The bytes of ascending positions."""
        steps = [positions[0], *map(sub, positions[1:], positions)]
        return b"\x01" + bytes(steps) if max(steps) < 256 else b"\x04" + array("I", steps).tobytes()

    def decode_positions(self, value: bytes) -> list[int]:
        """The positions again."""
        out: list[int] = np.cumsum(np.frombuffer(value, np.uint8 if value[0] == 1 else "<u4", offset=1)).tolist()
        return out

    def decode_frequency(self, value: bytes) -> int:
        """How many there are."""
        return (len(value) - 1) // value[0]


class Prepared(fields.FieldType):
    """A field whose terms come analysed, as (term, frequency, weight, value)."""

    def __init__(self, format: Any) -> None:
        self.format = format
        self.scorable = True
        self.stored = False
        self.analyzer = None

    def index(self, value: Iterable[tuple[bytes, int, float, bytes]], **_: Any) -> Any:
        """The terms as they came."""
        return iter(value)


def schema() -> Any:
    """Whoosh's fields: the main one with positions, the narrow ones without."""
    narrow = {name: Prepared(formats.Existence()) for name in NARROW}
    return fields.Schema(id=fields.ID(stored=True, unique=True), main=Prepared(Compact()), **narrow)


class WhooshEngine:
    """An index in a folder; `seconds` is how long one search may take."""

    def __init__(self, folder: Path, *, seconds: float = 2.0) -> None:
        self.folder = folder
        self.seconds = seconds
        folder.mkdir(parents=True, exist_ok=True)
        self._seen: tuple[int, ...] | None = None
        self._state: State | None = None
        self._why = "There is no index yet."
        self._held: IO[bytes] | None = None
        self._depth = 0
        self._locking = threading.RLock()
        self._reading = threading.Lock()

    # ------------------------------------------------------------- reading
    def snapshot(self) -> StateSnapshot:
        """The newest committed state; raises `IndexUnavailable`."""
        state = self._current()
        if state is None:
            raise IndexUnavailable(f"{self._why} It is being built; try again in a moment.")
        return StateSnapshot(state, self.seconds)

    def revision(self) -> int | None:
        """The revision of the newest committed state; None where there is none, or none that can be read."""
        state = self._current()
        return None if state is None else state.revision

    def _current(self) -> State | None:
        """The state that the manifest names; opened anew, but for segments that are open, when the manifest has been replaced."""
        try:
            stat = (self.folder / MANIFEST).stat()
        except OSError:
            return self._lost("There is no index yet.")
        seen = (stat.st_mtime_ns, stat.st_ino, stat.st_size)
        if seen == self._seen:
            return self._state
        with self._reading:
            if seen == self._seen:
                return self._state
            for attempt in range(3):  # a file may go between the manifest's reading and its own: then there is a newer manifest
                try:
                    self._state = self._open(self._manifest())
                    self._seen = seen
                except Damaged as damage:
                    if attempt == 2:
                        self._seen = seen
                        return self._lost(f"The index cannot be read: {damage}.")
                else:
                    return self._state
        return self._state

    def _lost(self, why: str) -> State | None:
        self._state, self._why = None, why
        return self._state

    def _manifest(self) -> Manifest:
        try:
            text, _, checksum = (self.folder / MANIFEST).read_bytes().partition(b"\n")
            if checksum != b"%08x" % zlib.crc32(text):
                raise Damaged("its manifest's checksum is wrong")
            manifest = msgspec.json.decode(text, type=Manifest)
        except (OSError, msgspec.MsgspecError) as error:
            raise Damaged(f"its manifest is not whole ({error})") from None
        if manifest.version != VERSION:
            raise Damaged(f"it is of version {manifest.version}, this program's is {VERSION}")
        return manifest

    def _open(self, manifest: Manifest) -> State:
        build = self.folder / manifest.build
        before = {} if self._state is None else {segment.name: segment for segment in self._state.segments}
        segments, masks = [], [np.zeros(0, bool)]
        for kept in manifest.segments:
            name = f"{manifest.build}/{kept.name}"
            segment = before.get(name) or Segment(name, read(build / f"{kept.name}.arrays"))
            if segment.size != kept.size:
                raise Damaged(f"{name} has another size than it should")
            segments.append(segment)
            masks.append(_alive(build, kept))
        return State(segments, np.concatenate(masks), manifest.revision)

    # ------------------------------------------------------------- writing
    def lock(self, wait: float) -> bool:
        """Become the one writer, waiting up to `wait` seconds."""
        end = time.monotonic() + wait
        while not self._locking.acquire(blocking=False):
            if time.monotonic() >= end:
                return False
            time.sleep(LOCK_POLL)
        if self._depth == 0 and not self._take(end):
            self._locking.release()
            return False
        self._depth += 1
        return True

    def _take(self, end: float) -> bool:
        file = (self.folder / "lock").open("ab")
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                if time.monotonic() >= end:
                    file.close()
                    return False
                time.sleep(LOCK_POLL)
            else:
                self._held = file
                return True

    def unlock(self) -> None:
        """Let another process write."""
        self._depth -= 1
        if self._depth == 0 and self._held is not None:
            self._held.close()
            self._held = None
        self._locking.release()

    def apply(self, entries: Iterable[Entry], removed: Iterable[str], revision: int) -> None:
        """Replace and remove articles by id, in one commit that moves the index to `revision`. The writer's lock must be held."""
        newest = {entry.article.id: entry for entry in entries}
        manifest = self._manifest()
        build = self.folder / manifest.build
        gone = {*removed, *newest}
        arrays = self._commit(build, list(newest.values()), gone)
        kept = self._without(build, manifest, gone, revision)
        if arrays is not None:
            kept.append(_save(build, arrays, revision))
        kept = _merged(build, kept, revision)
        self._publish(Manifest(VERSION, manifest.build, revision, tuple(kept)))
        self._sweep()

    def _commit(self, build: Path, entries: Sequence[Entry], gone: Iterable[str]) -> dict[str, Array] | None:
        """Write to Whoosh; gives the new articles' arrays. A batch that fails is taken back whole."""
        builder = Builder()
        writer = whoosh_index.open_dir(str(build)).writer(timeout=60, limitmb=256, codec=W3Codec(compression=0))  # type: ignore[no-untyped-call]  # Whoosh's types are partial
        try:
            for id in gone:
                writer.delete_by_term("id", id)
            for entry in entries:
                analysed = Analysed(entry)
                writer.add_document(id=entry.article.id, main=_main(analysed), **_narrow(analysed))
                builder.add(entry, analysed)
        except BaseException:
            writer.cancel()
            raise
        writer.commit()
        return builder.arrays() if len(builder) else None

    def _without(self, build: Path, manifest: Manifest, gone: set[str], revision: int) -> list[Kept]:
        """The segments, these articles deleted from them; one that holds no article any more is left out."""
        state = self._open(manifest)
        out, first = [], 0
        for kept, segment in zip(manifest.segments, state.segments, strict=True):
            alive = state.columns.alive[first : first + segment.size]
            ids = state.columns.ids[first : first + segment.size]
            first += segment.size
            dead = alive & np.isin(ids, np.array([id.encode() for id in gone], np.bytes_)) if gone else np.zeros(segment.size, bool)
            if dead.any():
                alive = alive & ~dead
                kept = msgspec.structs.replace(kept, deleted=f"{kept.name}.{revision}.deleted")  # noqa: PLW2901
                write(build / kept.deleted, {"deleted": np.flatnonzero(~alive).astype(np.int32)})
            if alive.any():
                out.append(kept)
        return out

    def _publish(self, manifest: Manifest) -> None:
        """Make a state the newest one, all at once."""
        _sync_folder(self.folder / manifest.build)
        new = self.folder / f"{MANIFEST}.new"
        with new.open("wb") as file:
            text = msgspec.json.encode(manifest)
            file.write(text + b"\n%08x" % zlib.crc32(text))
            file.flush()
            os.fsync(file.fileno())
        new.replace(self.folder / MANIFEST)
        _sync_folder(self.folder)

    def _sweep(self) -> None:
        """Remove what no manifest names: old builds and arrays, and what a crash left behind."""
        manifest = self._manifest()
        named = {name for kept in manifest.segments for name in (f"{kept.name}.arrays", kept.deleted)}
        for path in self.folder.glob("build-*"):
            if path.name != manifest.build and not path.name.endswith(".building"):
                shutil.rmtree(path, ignore_errors=True)
        for path in (self.folder / manifest.build).iterdir():
            if path.suffix in (".arrays", ".deleted") and path.name not in named:
                path.unlink(missing_ok=True)

    def rebuild(self, entries: Iterable[Entry], revision: int) -> None:
        """Build the index anew beside the old one, which goes on answering and being written, and switch at the end."""
        with (self.folder / "rebuild.lock").open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            for left in self.folder.glob("build-*.building"):
                shutil.rmtree(left, ignore_errors=True)
            name = f"build-{time.time_ns()}"
            building = self.folder / f"{name}.building"
            building.mkdir()
            whoosh_index.create_in(str(building), schema())
            kept = self._fill(building, entries)
            building.rename(self.folder / name)
            self._switch(Manifest(VERSION, name, revision, tuple(kept)))

    def _fill(self, build: Path, entries: Iterable[Entry]) -> list[Kept]:
        kept: list[Kept] = []
        number = 0
        for number, some in enumerate(_batches(entries)):
            arrays = self._commit(build, some, ())
            if arrays is not None:
                kept.append(_save(build, arrays, number))
            kept = _merged(build, kept, number)
        return kept

    def _switch(self, manifest: Manifest) -> None:
        while not self.lock(1):
            pass  # whoever writes is about to be done
        try:
            self._publish(manifest)
            self._sweep()
        finally:
            self.unlock()

    # ----------------------------------------------------------- operating
    def check(self) -> list[str]:
        """A sentence for each fault; reads all arrays, and compares them with what Whoosh keeps."""
        try:
            manifest = self._manifest()
            state = self._open(manifest)
            for kept in manifest.segments:
                read(self.folder / manifest.build / f"{kept.name}.arrays")
        except Damaged as damage:
            return [f"The index cannot be read: {damage}. The service builds it anew, as does `broadsheet reindex`."]
        ours = sorted(state.columns.ids[state.columns.alive].tolist())
        kept_by_whoosh: Any = whoosh_index.open_dir(str(self.folder / manifest.build))
        reader = kept_by_whoosh.reader()
        try:
            theirs = sorted(stored["id"].encode() for stored in reader.all_stored_fields())
        finally:
            reader.close()
        if ours != theirs:
            return [f"The index's arrays hold {len(ours)} articles, Whoosh {len(theirs)}, and not the same. Run `broadsheet reindex`."]
        return []

    def ids(self) -> list[tuple[str, int]]:
        """The id and revision of every article in the index."""
        state = self._current()
        if state is None:
            return []
        alive = state.columns.alive
        revisions = state.columns.number("revision")[alive].tolist()
        return [(id.decode(), revision) for id, revision in zip(state.columns.ids[alive].tolist(), revisions, strict=True)]

    def close(self) -> None:
        """Let go of what is open."""
        self._state, self._seen = None, None


def _alive(build: Path, kept: Kept) -> Array:
    alive = np.ones(kept.size, bool)
    if kept.deleted:
        alive[read(build / kept.deleted)["deleted"]] = False
    return alive


def _save(build: Path, arrays: dict[str, Array], revision: int) -> Kept:
    name = f"{time.time_ns()}-{revision}"
    write(build / f"{name}.arrays", arrays)
    return Kept(name, len(arrays["length"]))


def _merged(build: Path, kept: list[Kept], revision: int) -> list[Kept]:
    """The segments, those of one size merged where they are many; a half-dead one counts by what is alive in it."""
    sizes: dict[int, list[tuple[Kept, Array]]] = {}
    for one in kept:
        alive = _alive(build, one)
        sizes.setdefault((int(alive.sum()).bit_length() + 1) // 2, []).append((one, alive))
    for some in sizes.values():
        if len(some) >= MERGED:
            joined = merge([(Segment(one.name, read(build / f"{one.name}.arrays")), alive) for one, alive in some])
            rest = [one for one in kept if one not in [merged for merged, _ in some]]
            return _merged(build, [*rest, _save(build, joined, revision)], revision)
    return kept


def _batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    some: list[Entry] = []
    for entry in entries:
        some.append(entry)
        if len(some) == BATCH:
            yield some
            some = []
    if some:
        yield some


def _main(analysed: Analysed) -> list[tuple[bytes, int, float, bytes]]:
    encode = Compact().encode
    positions = analysed.positions
    return [(term.encode(), len(positions[term]), weight, encode(positions[term])) for term, weight in analysed.weights.items()]


def _narrow(analysed: Analysed) -> dict[str, list[tuple[bytes, int, float, bytes]]]:
    out: dict[str, list[tuple[bytes, int, float, bytes]]] = {}
    for term in sorted(analysed.narrow):
        name, _, stem = term.partition(MARK)
        out.setdefault(name, []).append((stem.encode(), 1, 1.0, b""))
    return out


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
