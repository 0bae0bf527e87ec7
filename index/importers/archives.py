"""What is in a file, once it is unpacked?

A plain file is itself; one that is compressed is what it was before; an archive is its members. Packing is known by the first bytes,
never by the name. Its law: nothing is unpacked to disk or held as a whole, and what swells beyond all measure is refused while it does.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import shutil
import struct
import sys
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import IO, BinaryIO, cast

from index.importers.files import STDIN, File, hidden, no_article, shown, why
from index.importers.material import Rejection, Skipped, Unreadable

NESTED = 3  # packings within packings: a compressed file in a compressed archive, and one more
MOST_MEMBERS = 100_000
RATIO = 400  # bytes that one packed byte may stand for: 5 for 4,464 articles as JSON lines, up to 300 for one post repeated over and over
AT_LEAST = 64 * 2**20  # bytes that any file may unpack to, however small it is
IN_MEMORY = 8 * 2**20  # bytes of standard input that are kept in memory; the rest goes to a temporary file
BUFFER = 2**16

DAMAGED = (
    *(EOFError, OSError, RuntimeError, NotImplementedError, zlib.error, lzma.LZMAError, tarfile.TarError, zipfile.BadZipFile),
    *(ValueError, IndexError, OverflowError, struct.error),  # what zipfile and tarfile let through of their own parsing
)
OPENERS = cast("dict[str, Callable[[BinaryIO], IO[bytes]]]", {"gzip": gzip.open, "bzip2": bz2.open, "xz": lzma.open})
SWOLLEN = "It unpacks to far more than it could hold honestly, and is refused as a decompression bomb. Unpack it by hand if you trust it."
ENDS_EARLY = "Its packing is damaged or ends early. Make the file anew, or unpack what can be saved."


@dataclass(frozen=True, slots=True)
class Found:
    """An unpacked file. `stream` stands at its beginning, can be rewound, and is open until the next is asked for.

    Reading it raises `Unreadable` where its packing is damaged.
    """

    file: File
    stream: BinaryIO


@dataclass(slots=True)
class _Budget:
    """What may still come out of one file on disk."""

    bytes: int
    members: int = MOST_MEMBERS


class _Unpacked(io.RawIOBase):
    """A stream of unpacked bytes that counts them and says in a sentence what is wrong with their packing."""

    def __init__(self, inner: IO[bytes], budget: _Budget) -> None:
        self.inner = inner
        self.budget = budget
        self.since_start = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.inner.tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go elsewhere; bytes that are read once more count once."""
        if (offset, whence) == (0, io.SEEK_SET):
            self.budget.bytes += self.since_start
            self.since_start = 0
        try:
            return self.inner.seek(offset, whence)
        except DAMAGED as error:
            raise Unreadable(ENDS_EARLY) from error

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # what `BufferedReader` hands over is one
        """Read into a buffer; raises `Unreadable`."""
        try:
            data = self.inner.read(len(buffer))
        except DAMAGED as error:
            raise Unreadable(ENDS_EARLY) from error
        self.budget.bytes -= len(data)
        self.since_start += len(data)
        if self.budget.bytes < 0:
            raise Unreadable(SWOLLEN)
        buffer[: len(data)] = data
        return len(data)


def opened(file: File) -> Iterator[Found | Rejection | Skipped]:
    """What is in a file: itself, or what was packed in it."""
    try:
        with _open(file) as stream:
            size = stream.seek(0, io.SEEK_END)
            stream.seek(0)
            yield from _inside(file, stream, _Budget(max(AT_LEAST, size * RATIO)), NESTED)
    except Unreadable as unreadable:
        yield Rejection(file.location, unreadable.reason)
    except OSError as error:
        yield Rejection(file.location, why(error))


def _open(file: File) -> BinaryIO:
    """A file's bytes; what cannot be rewound (standard input, a pipe) is set aside first."""
    stream: IO[bytes] = sys.stdin.buffer if file.name == STDIN else open(file.name, "rb")  # noqa: SIM115, PTH123  (closed by whoever asked)
    if file.name != STDIN and stream.seekable():
        return cast("BinaryIO", stream)
    aside = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  (likewise)
    shutil.copyfileobj(stream, aside)
    aside.seek(0)
    return cast("BinaryIO", aside)


def _inside(file: File, stream: BinaryIO, budget: _Budget, depth: int) -> Iterator[Found | Rejection | Skipped]:
    """What is in a stream, seen through its packing."""
    packing = _packing(stream)
    if not packing:
        yield Found(file, stream)
    elif not depth:
        raise Unreadable(f"It is packed more than {NESTED} times over. Unpack it first.")
    elif packing == "zip":
        yield from _zip(file, stream, budget, depth)
    elif packing == "tar":
        yield from _tar(file, stream, budget, depth)
    else:
        with OPENERS[packing](stream) as inner, _buffered(inner, budget) as plain:
            yield from _inside(file, plain, budget, depth - 1)


def _packing(stream: BinaryIO) -> str:
    """The name of the packing that the first bytes show, or nothing."""
    top = stream.read(512)
    stream.seek(0)
    if top.startswith(b"\x1f\x8b"):
        return "gzip"
    if top.startswith(b"BZh") and top[4:10] == b"1AY&SY":
        return "bzip2"
    if top.startswith(b"\xfd7zXZ\0"):
        return "xz"
    if top.startswith((b"PK\3\4", b"PK\5\6")):
        return "zip"
    return "tar" if top[257:262] == b"ustar" else ""


def _buffered(inner: IO[bytes], budget: _Budget) -> BinaryIO:
    return cast("BinaryIO", io.BufferedReader(_Unpacked(inner, budget), BUFFER))


def _zip(file: File, stream: BinaryIO, budget: _Budget, depth: int) -> Iterator[Found | Rejection | Skipped]:
    """The members of a zip archive, in its order."""
    try:
        archive = zipfile.ZipFile(stream)
    except DAMAGED as error:
        raise Unreadable(ENDS_EARLY) from error
    with archive:
        members = archive.infolist()
        if members and (members[0].filename == "mimetype" or any(member.filename == "[Content_Types].xml" for member in members)):
            raise Unreadable("It is an office document or an e-book. Save it as HTML, Markdown or text first.")
        for member in members:
            if member.filename.endswith("/"):
                continue
            inner = _count(_member(file, member.filename), budget)
            if isinstance(inner, Skipped):
                yield inner
            elif member.flag_bits & 1:
                yield Rejection(inner.location, "It is encrypted. Unpack the archive first.")
            else:
                yield from _read(inner, partial(archive.open, member), budget, depth)


def _tar(file: File, stream: BinaryIO, budget: _Budget, depth: int) -> Iterator[Found | Rejection | Skipped]:
    """The members of a tar archive, in its order."""
    try:
        with tarfile.open(fileobj=stream, mode="r:") as archive:
            while (member := archive.next()) is not None:
                archive.members.clear()  # type: ignore[attr-defined]  # else it keeps every header; typeshed does not know the list
                if member.isdir():
                    continue
                inner = _count(_member(file, member.name), budget)
                if isinstance(inner, Skipped):
                    yield inner
                elif not member.isfile():
                    yield Skipped(inner.location, "link or device in an archive")
                else:
                    yield from _read(inner, partial(archive.extractfile, member), budget, depth)
    except tarfile.TarError as error:
        raise Unreadable(ENDS_EARLY) from error


def _read(file: File, open_it: Callable[[], IO[bytes] | None], budget: _Budget, depth: int) -> Iterator[Found | Rejection | Skipped]:
    """What is in a member; a damaged one is said, and the next may still be read."""
    try:
        raw = open_it()
        if raw is not None:
            with raw, _buffered(raw, budget) as stream:
                yield from _inside(file, stream, budget, depth - 1)
    except Unreadable as unreadable:
        if unreadable.reason == SWOLLEN:
            raise
        yield Rejection(file.location, unreadable.reason)
    except DAMAGED:
        yield Rejection(file.location, ENDS_EARLY)


def _count(file: File, budget: _Budget) -> File | Skipped:
    """A member, counted; one whose name says that it is no article is passed over."""
    budget.members -= 1
    if budget.members < 0:
        raise Unreadable(f"It holds more than {MOST_MEMBERS:,} files. Unpack it, and import the folder.")
    if any(hidden(part) for part in file.path.split("/")):
        return Skipped(file.location, "hidden file or folder")
    phrase = no_article(file.path)
    return file if phrase is None else Skipped(file.location, phrase)


def _member(file: File, name: str) -> File:
    """A member of an archive, which stands for a folder of the same name."""
    name = "/".join(part for part in shown(name).replace("\\", "/").split("/") if part not in ("", ".", ".."))
    inside = f"{file.path}/{name}" if not file.named else name
    publication = file.publication or file.path.partition(".")[0].removeprefix(STDIN)
    return replace(
        file, location=f"{file.location}/{name}", path=inside, origin=f"{file.origin}/{name}", publication=publication, named=False
    )
