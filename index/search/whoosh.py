"""How does Whoosh write and keep the index?

The one file that imports Whoosh's index. A segment of ours is a segment of Whoosh's, by the same name: terms that were analysed once go
into its files in blocks, as its own codec writes them, without its pool of postings, which would sort them again one by one. Whoosh's table
of contents is written from our manifest and never read back: readers follow the manifest, and an index that Whoosh cannot read is built
anew. Its files hold pickles, so an index that comes from elsewhere is code: it is rebuilt from the store, never copied.
"""

from __future__ import annotations

import shutil
import struct
from collections.abc import Iterable, Sequence
from pathlib import Path
from pickle import dumps
from typing import Any, NamedTuple

import numpy as np
from whoosh import fields, formats
from whoosh import index as contents
from whoosh.codec import whoosh3
from whoosh.filedb import filestore, filetables
from whoosh.reading import SegmentReader
from whoosh.util.numeric import length_to_byte

from index.search.arrays import Array
from index.search.blocks import Postings, encoded
from index.search.fields import NARROW
from index.search.postings import MARK
from index.search.texts import Ordered

Codec: Any = whoosh3.W3Codec  # Whoosh's classes, which are typed in part, as untyped ones
Segment: Any = whoosh3.W3Segment
Folder: Any = filestore.FileStorage
Table: Any = filetables.OrderedHashWriter
Contents: Any = contents.TOC
INDEX = "MAIN"
MAIN = "main"
AT_ONCE = 200_000  # postings whose places are turned into bytes at once
PICKLED = 4  # version of the pickles in it: any can be read; with this one, bytes take a third of the time and of the room
TERM = struct.Struct("!BfIBBfIIqi")  # what is known of a term


class Compact(formats.Positions):
    """Positions as the differences between them, each in one, two or four bytes as the largest needs; that width comes first."""

    def encode(self, positions: Sequence[int]) -> bytes:
        """The bytes of ascending positions."""
        return encoded(np.array(positions, np.int64), np.array([0, len(positions)]))[0]

    def decode_positions(self, value: bytes) -> list[int]:
        """The positions again."""
        out: list[int] = np.cumsum(np.frombuffer(value, f"<u{value[0]}", offset=1)).tolist()
        return out

    def decode_frequency(self, value: bytes) -> int:
        """How many there are."""
        return (len(value) - 1) // value[0]


class Analysed(fields.FieldType):
    """A field whose terms come analysed; nothing of it is stored."""

    def __init__(self, format: Any) -> None:
        self.format = format
        self.scorable = True
        self.stored = False
        self.analyzer = None


def schema() -> Any:
    """Whoosh's fields: the main one with positions, the narrow ones without."""
    narrow = {name: Analysed(formats.Existence()) for name in NARROW}
    return fields.Schema(id=fields.ID(stored=True, unique=True), **{MAIN: Analysed(Compact())}, **narrow)


class Listed(NamedTuple):
    """A segment in the table of contents: its name, its number of articles, their lengths added up, which of them are deleted."""

    name: str
    size: int
    length: float
    deleted: Iterable[int] = ()


def write_segment(folder: Path, name: str, arrays: dict[str, Array]) -> Path:
    """Write a segment's terms and articles as Whoosh keeps them, into one file; it is not yet in the table of contents."""
    storage, codec, kinds = Folder(str(folder)), Codec(compression=0), schema()
    segment = Segment(codec, INDEX, len(arrays["length"]), name)
    lengths = np.rint(arrays["length"]).astype(np.int64)
    _write_articles(codec.per_document_writer(storage, segment), kinds, arrays["id"].tolist(), lengths.tolist())
    terms = _Terms(storage, segment)
    for field in sorted([*NARROW, MAIN, "id"]):
        number = terms.field(field)
        if field == "id":
            _write_ids(terms, number, arrays)
        else:
            _write_terms(terms, number, arrays, field, np.array([length_to_byte(length) for length in lengths.tolist()], np.int64))
    terms.close()
    segment.create_compound_file(storage)
    shutil.rmtree(folder / f"{INDEX}.tmp", ignore_errors=True)
    return folder / segment_file(name)


def segment_file(name: str) -> str:
    """The name of Whoosh's file of a segment."""
    return f"{INDEX}_{name}.seg"


def contents_file(generation: int) -> str:
    """The name of Whoosh's table of contents."""
    return f"_{INDEX}_{generation}.toc"


def write_contents(folder: Path, segments: Iterable[Listed], generation: int) -> Path:
    """Write Whoosh's table of contents. Files that it does not name stay: the manifest may still name them."""
    storage, own = Folder(str(folder)), []
    for name, size, length, deleted in segments:
        segment = Segment(Codec(compression=0), INDEX, size, name, set(deleted) or None)
        segment.compound = True
        segment._fieldlengths = {"id": size, MAIN: round(length)}  # noqa: SLF001  (its writer of articles sets it, and no one else)
        own.append(segment)
    path = folder / contents_file(generation)
    path.unlink(missing_ok=True)  # of a commit that was killed before its manifest
    Contents(schema(), own, generation).write(storage, INDEX)
    return path


def differences(folder: Path, name: str, arrays: dict[str, Array]) -> str:
    """What Whoosh's files of a segment hold otherwise than its arrays: the end of a sentence, empty where nothing."""
    storage = Folder(str(folder))
    segment = Segment(Codec(compression=0), INDEX, len(arrays["length"]), name)
    segment.compound = True
    try:
        reader = SegmentReader(storage, schema(), segment)
        try:
            ids = [stored["id"].encode() for stored in reader.all_stored_fields()]
            terms = [(field, text) for field, text in reader.all_terms() if field != "id"]
            held = [reader.doc_frequency(field, text) for field, text in terms]
        finally:
            reader.close()
    except Exception as trouble:  # noqa: BLE001  (whatever a damaged file makes Whoosh raise)
        return f"cannot be read by Whoosh ({trouble})"
    own = Ordered.of(arrays, "terms")[:]
    ours = sorted(zip(map(_named, own), np.diff(arrays["starts"]).tolist(), strict=True))
    if ids != arrays["id"].tolist():
        return "holds other articles than Whoosh's files"
    return "holds other terms than Whoosh's files" if ours != list(zip(terms, held, strict=True)) else ""


def _named(term: bytes) -> tuple[str, bytes]:
    """The field and the text of a term."""
    mark = MARK.encode()
    if not term.startswith(mark):
        return MAIN, term
    field, _, text = term[1:].partition(mark)
    return field.decode(), text


def _write_articles(writer: Any, kinds: Any, ids: Sequence[bytes], lengths: Sequence[int]) -> None:
    """Write what is kept of each article: its id, and the length of its main field."""
    for number, (id, length) in enumerate(zip(ids, lengths, strict=True)):
        writer.start_doc(number)
        writer.add_field("id", kinds["id"], id.decode(), 1)
        writer.add_field(MAIN, kinds[MAIN], None, length)
        writer.finish_doc()
    writer.close()


class _Terms:
    """The two files of a segment's terms: a table of what is known of each, and their postings in blocks."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self.table = Table(segment.create_file(storage, Codec.TERMS_EXT))
        self.fields: dict[str, int] = {}
        self.table.extras["fieldmap"] = self.fields
        self.file = segment.create_file(storage, Codec.POSTS_EXT)
        self.at = 0

    def field(self, name: str) -> bytes:
        """The mark before the terms of a field, which come after those of the fields before it."""
        number = self.fields[name] = len(self.fields)
        return struct.pack("!H", number)

    def add(self, key: bytes, known: tuple[float, int, int, int, float, int, int], blocks: Sequence[bytes]) -> None:
        """Write a term: its weight, number of articles, least and greatest length, greatest weight, first and last article."""
        data = b"".join((whoosh3.WHOOSH3_HEADER_MAGIC, *blocks))
        self.file.write(data)
        self.table.add(key, TERM.pack(0, *known, self.at, len(data)))
        self.at += len(data)

    def close(self) -> None:
        """Finish both files."""
        self.table.close()
        self.file.close()


def _block(docs: Any, weights: Any, values: Any, known: tuple[int, int, float, int, int, int], *, last: bool) -> bytes:
    """A block of postings; `known` is their number, the last article, the greatest weight, 0 (uncompressed), least and greatest length."""
    head, data = dumps(known, PICKLED), dumps((docs, weights, values), PICKLED)
    size = len(head) + len(data)
    return b"".join((struct.pack("!i", -size if last else size), head, data))


def _write_ids(terms: _Terms, field: bytes, arrays: dict[str, Array]) -> None:
    """Write the ids, each a term that stands in one article."""
    order = arrays["by_id"]
    for id, doc in zip(arrays["id"][order].tolist(), order.tolist(), strict=True):
        terms.add(field + id, (1.0, 1, 1, 1, 1.0, doc, doc), [_block((doc,), None, None, (1, doc, 1.0, 0, 1, 1), last=True)])


def _write_terms(writer: _Terms, field: bytes, arrays: dict[str, Array], name: str, lengths: Array) -> None:
    """Write one field's terms, some at a time."""
    terms, mark = Ordered.of(arrays, "terms"), MARK.encode()
    prefix = b"" if name == MAIN else mark + name.encode() + mark
    first, last = terms.beginning(prefix) if prefix else (terms.beginning(mark)[1], len(terms))
    starts = arrays["starts"]
    while first < last:
        stop = min(last, max(first + 1, int(np.searchsorted(starts, starts[first] + AT_ONCE)) - 1))
        texts = [field + term[len(prefix) :] for term in terms[first:stop]]
        _write_some(writer, texts, Postings(arrays, first, stop, lengths, placed=not prefix))
        first = stop


def _write_some(writer: _Terms, texts: Sequence[bytes], some: Postings) -> None:
    begins, ends, blocks = some.begins.tolist(), some.ends.tolist(), some.blocks.tolist()
    last_docs = some.docs[some.ends - 1].tolist()
    known = list(zip(*some.known(some.begins), strict=True))
    made: list[bytes] = []
    lasts = set(blocks[1:])
    for at, (begin, end) in enumerate(zip(begins, ends, strict=True)):
        least, greatest, heaviest = known[at]
        weights: Any = some.weights[begin:end]
        if weights.count(weights[0]) == len(weights):
            weights = None if weights[0] == 1.0 else weights[0]
        values = None if some.values is None else some.values[begin:end]
        head = (end - begin, last_docs[at], heaviest, 0, least, greatest)
        made.append(_block(some.steps[begin:end], weights, values, head, last=at + 1 in lasts))
    starts = some.starts[:-1]
    totals, counts = np.add.reduceat(some.heavy, starts).tolist(), np.diff(some.starts).tolist()
    firsts, final = some.docs[starts].tolist(), some.docs[some.starts[1:] - 1].tolist()
    for at, (text, (least, greatest, heaviest)) in enumerate(zip(texts, zip(*some.known(starts), strict=True), strict=True)):
        writer.add(text, (totals[at], counts[at], least, greatest, heaviest, firsts[at], final[at]), made[blocks[at] : blocks[at + 1]])
