"""What is the index at one revision?

A manifest names the folder of the build, its segments, what is deleted from each, and the revision of the store that they have reached. It
is replaced atomically once all that it names is on disk: so an index killed at any moment is in the old state or in the new one. Readers
follow the manifest and nothing else.

    FOLDER/lock, rebuild.lock, merge.lock    who writes, who builds anew, who merges beside
    FOLDER/manifest.json                     the manifest, and a line with its checksum
    FOLDER/build-N/                          `NAME.arrays` and Whoosh's `MAIN_NAME.seg` of each segment, `NAME.GENERATION.deleted`,
                                             Whoosh's table of contents
    FOLDER/build-N.building/                 a build at work; left there by one that was killed
    FOLDER/build-N/merge-NAME/               a merge at work; likewise
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np

from index.search.arrays import Array, Damaged, read, write

VERSION = 13  # of the arrays and of the analysis: an index of another version is built anew
MANIFEST = "manifest.json"
ARRAYS = ".arrays"


class Newer(Damaged):
    """The index is of a later version than this program's: it is whole, and not to be touched."""


class Kept(msgspec.Struct, frozen=True):
    """A segment: its articles, those that are alive, all lengths added up; `deleted` names a file, empty where nothing is deleted.

    `written` tells its file of arrays as it was written (`stamp`): one that is still that file need not be read whole to be trusted.
    """

    name: str
    size: int
    alive: int
    length: float
    deleted: str = ""
    written: tuple[int, ...] = ()


class Manifest(msgspec.Struct, frozen=True):
    """The index at one revision; `generation` counts the manifests of a build."""

    version: int
    build: str
    generation: int
    revision: int
    segments: tuple[Kept, ...] = ()


def read_manifest(folder: Path) -> Manifest:
    """The newest manifest; raises `Damaged`, `Newer` where a later version of the program wrote it."""
    try:
        text, _, checksum = (folder / MANIFEST).read_bytes().partition(b"\n")
        if checksum != b"%08x" % zlib.crc32(text):
            raise Damaged("its manifest's checksum is wrong")
        manifest = msgspec.json.decode(text, type=Manifest)
    except FileNotFoundError:
        raise Damaged("there is none") from None
    except (OSError, msgspec.MsgspecError) as error:
        raise Damaged(f"its manifest is not whole ({error})") from None
    if manifest.version > VERSION:
        raise Newer(f"it is of version {manifest.version}, made by a newer version of broadsheet; this one knows {VERSION}")
    if manifest.version != VERSION:
        raise Damaged(f"it is of version {manifest.version}, this program's is {VERSION}")
    return manifest


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Make a state the newest one, all at once; what it names is on disk."""
    sync_folder(folder / manifest.build)
    new = folder / f"{MANIFEST}.new"
    with new.open("wb") as file:
        text = msgspec.json.encode(manifest)
        file.write(text + b"\n%08x" % zlib.crc32(text))
        file.flush()
        os.fsync(file.fileno())
    new.replace(folder / MANIFEST)
    sync_folder(folder)


def stamp(path: Path) -> tuple[int, ...]:
    """What tells a file from others and from what it was: inode, size, nanoseconds of its last change; empty where there is none."""
    try:
        stat = path.stat()
    except OSError:  # none is there; whoever reads it says so
        return ()
    return stat.st_ino, stat.st_size, stat.st_mtime_ns


def read_segment(build: Path, kept: Kept, *, verify: bool = False) -> dict[str, Array]:
    """A segment's arrays, read whole where that is asked for or the file is not the one that was written; raises `Damaged`."""
    path = build / f"{kept.name}{ARRAYS}"
    return read(path, verify=verify or stamp(path) != kept.written)


def read_alive(build: Path, kept: Kept) -> Array | None:
    """The mask of a segment's articles that are alive; None where all are. Raises `Damaged`."""
    if not kept.deleted:
        return None
    alive = np.ones(kept.size, np.bool_)
    alive[read(build / kept.deleted)["deleted"]] = False
    return alive


def write_deleted(build: Path, name: str, generation: int, deleted: Sequence[int] | Array) -> str:
    """Keep which of a segment's articles are deleted; gives the file's name."""
    file = f"{name}.{generation}.deleted"
    write(build / file, {"deleted": np.array(deleted, np.int32)})
    return file


def sync_file(path: Path) -> None:
    """Wait until a file is on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


sync_folder = sync_file
