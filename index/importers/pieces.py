"""Into which pieces of work does a file fall?

A page is one piece; of what holds many articles each record is one, cut off without being read, so that a file of any size goes through
bounded memory and several processes can read it at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from importlib import import_module
from itertools import chain
from typing import Any, BinaryIO

import msgspec

from index.document import SourceFormat
from index.importers.archives import Found, opened
from index.importers.files import ARTICLE, File, among, ending, files, why
from index.importers.finish import fingerprint
from index.importers.material import Foreign, Material, Rejection, Skipped, Unreadable
from index.importers.sniff import HEAD, sniff
from index.importers.splitting import Record, records

LONGEST_PAGE = 16 * 2**20  # bytes: as much as the service takes in one request
IN_ITEMS = frozenset([SourceFormat.FEED, SourceFormat.WXR])


class Piece(msgspec.Struct, frozen=True):
    """Bytes to be read as one document, or as one file of several; the fields are those of `Material`.

    `beside` is what else in the file the importer needs for it. `part` says that it is one record of many, `named` that its file was given
    by itself. `fingerprint` is empty where it is known only when the piece has been read.
    """

    content: bytes
    format: SourceFormat
    location: str = ""
    path: str = ""
    publication: str = ""
    origin: str = ""
    line: int = 1
    beside: bytes = b""
    part: bool = False
    named: bool = True
    fingerprint: str = ""

    @property
    def material(self) -> Material:
        """What the importers take."""
        return Material(self.content, self.location, self.path, self.publication, self.line)


Entry = Piece | Rejection | Skipped


def pieces(paths: Iterable[str], format: SourceFormat | None = None, only: Collection[str] | None = None) -> Iterator[Entry]:
    """The pieces of all that these paths stand for, in order; the format is found from the content where none is given.

    `only` are absolute paths: a file that is neither at one of them nor under one is left out.
    """
    for file in files(paths):
        if only is not None and isinstance(file, File) and not among(file.origin, only):
            continue
        for found in opened(file) if isinstance(file, File) else (file,):
            if isinstance(found, Found):
                yield from _of(found, format)
            else:
                yield found


def _of(found: Found, format: SourceFormat | None) -> Iterator[Entry]:
    """The pieces of one file."""
    file = found.file
    try:
        head = found.stream.read(HEAD)
        found.stream.seek(0)
        kind = _format(head, file, format)
        if kind is SourceFormat.JSON:
            yield from _records(file, records(found.stream))
        elif kind in IN_ITEMS:
            yield from _items(file, kind, found.stream)
        else:
            yield _whole(file, found.stream, kind)
    except Foreign as foreign:
        yield Rejection(file.location, foreign.reason) if file.named else Skipped(file.location, "file of another kind")
    except Unreadable as unreadable:
        passed_over = not file.named and _unlikely(file)
        yield Skipped(file.location, f".{ending(file.path)} file") if passed_over else Rejection(file.location, unreadable.reason)
    except OSError as error:
        yield Rejection(file.location, why(error))


def _format(head: bytes, file: File, given: SourceFormat | None) -> SourceFormat:
    """The format that is given, else the one that the content shows; raises `Unreadable` for what is no text, whatever is given."""
    try:
        found = sniff(head, file.path, complete=len(head) < HEAD)
    except Foreign:
        if given is None:
            raise
        return given
    return given or found


def _unlikely(file: File) -> bool:
    """Whether a file has an ending, and none that articles have."""
    return ending(file.path) not in ARTICLE and ending(file.path).isalpha()


def _records(file: File, found: Iterator[Record]) -> Iterator[Entry]:
    """The records of a JSON file; one that is alone in it is the file."""
    first = next(found, None)
    if first is None:
        raise Unreadable("It holds no record.")
    second = next(found, None)
    if second is None:
        yield _record(file, first, part=False)
        return
    for record in chain((first, second), found):
        yield _record(file, record, part=True)


def _record(file: File, record: Record, *, part: bool) -> Entry:
    """One record as a piece, unless it could not be taken whole."""
    if record.fault:
        return Rejection(file.location, record.fault, record.line)
    return _piece(file, SourceFormat.JSON, record.content, line=record.line, part=part)


def _items(file: File, format: SourceFormat, stream: BinaryIO) -> Iterator[Entry]:
    """The items of a feed or a WordPress export, each with what the file says of all."""
    importer = items_of(format)
    empty = True
    for beside, item in importer.parts(stream):
        empty = False
        if item.fault:
            yield Rejection(file.location, item.fault, item.line)
        else:
            yield _piece(file, format, item.content, line=item.line, part=True, beside=beside)
    if empty:
        yield Skipped(file.location, importer.NO_ITEMS)


def items_of(format: SourceFormat) -> Any:
    """The importer of a format that comes in items, loaded when it is needed: a module with `parts`, `read_item` and `NO_ITEMS`."""
    return import_module(f"index.importers.{format.value.lower()}")


def _whole(file: File, stream: BinaryIO, format: SourceFormat) -> Piece:
    """A file that is one piece; raises `Unreadable` where it is too long."""
    content = stream.read(LONGEST_PAGE + 1)
    if len(content) > LONGEST_PAGE:
        raise Unreadable(f"It is longer than the {LONGEST_PAGE // 2**20} MiB that one page may have. Split it.")
    return _piece(file, format, content)


def _piece(file: File, format: SourceFormat, content: bytes, *, line: int = 1, part: bool = False, beside: bytes = b"") -> Piece:
    """A piece of a file, with the fingerprint of the article that it holds, where its own bytes are all that goes into that."""
    material = Material(content, file.location, file.path, file.publication, line)
    mark = "" if format in IN_ITEMS else fingerprint(content, material, file.origin, format.value.encode())
    return Piece(content, format, file.location, file.path, file.publication, file.origin, line, beside, part, file.named, mark)
