"""Which importer reads this, and what came of it?

Its law: nothing that can be in a file gets an exception out of here. What an importer refuses, and what it trips over, becomes a
`Rejection` with a sentence. Importers are loaded when a file of their format comes.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import partial

from index.document import SourceFormat
from index.importers.finish import finish
from index.importers.items import Item
from index.importers.material import Foreign, Material, Reading, Rejection, Skipped, Unreadable
from index.importers.pieces import IN_ITEMS, Piece, items_of
from index.importers.sniff import HEAD, sniff
from index.importers.splitting import Record
from index.incoming import Incoming

Outcome = Reading | Rejection | Skipped


def read(material: Material, format: SourceFormat | None = None) -> Iterator[Outcome]:
    """The articles of a material, in its order; its format is found from its content where none is given."""
    try:
        if format is None:
            format = sniff(material.content[:HEAD], material.path, complete=len(material.content) <= HEAD)
        yield from IMPORTERS[format](material)
    except Exception as error:  # noqa: BLE001  (whatever a file made an importer do, the others are to land)
        yield refused(error, material)


def finished(piece: Piece) -> Iterator[Incoming | Rejection | Skipped]:
    """The articles of a piece, ready to be stored."""
    material = piece.material
    try:
        for outcome in _of_piece(piece, material):
            if isinstance(outcome, Reading):
                yield finish(outcome, material, origin=piece.origin, part=piece.part, mark=piece.fingerprint)
            else:
                yield outcome
    except Foreign as foreign:
        if piece.named or piece.part:
            yield Rejection(piece.location, foreign.reason, piece.line if piece.part else None)
        else:
            yield Skipped(piece.location, "file of another kind")
    except Exception as error:  # noqa: BLE001  (as above)
        yield refused(error, material, piece.line if piece.part else None)


def _of_piece(piece: Piece, material: Material) -> Iterator[Outcome]:
    """What the importer makes of a piece."""
    if piece.format is SourceFormat.JSON:
        from index.importers.records import record

        return iter((record(Record(piece.content, piece.line)),))
    if piece.format in IN_ITEMS:
        return iter((items_of(piece.format).read_item(Item(piece.content, piece.line), piece.beside, material),))
    return IMPORTERS[piece.format](material)


def refused(error: Exception, material: Material, line: int | None = None) -> Rejection:
    """An exception as a rejection of what was being read, which begins on that line of its file."""
    if isinstance(error, Unreadable):
        return Rejection(material.location, error.reason, error.line or line)
    if isinstance(error, RecursionError):
        return Rejection(material.location, "It is nested too deep to be read. Flatten it.", line)
    if isinstance(error, MemoryError):
        return Rejection(material.location, "Reading it takes more memory than there is. Split it.", line)
    said = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    return Rejection(material.location, f"An importer failed on it, which is a defect of this program ({said}). Please report it.", line)


def _html(material: Material) -> Iterator[Outcome]:
    from index.importers import html

    yield html.read(material)


def _markdown(material: Material) -> Iterator[Outcome]:
    from index.importers import markdown

    yield markdown.read(material)


def _text(material: Material) -> Iterator[Outcome]:
    from index.importers import text

    yield text.read(material)


def in_items(format: SourceFormat, material: Material) -> Iterator[Outcome]:
    """What the items of a feed or a WordPress export come to, in its order; raises `Unreadable` where they cannot be told apart."""
    importer = items_of(format)
    empty = True
    for beside, item in importer.parts(io.BytesIO(material.content)):
        empty = False
        try:
            yield importer.read_item(item._replace(line=item.line + material.first_line - 1), beside, material)
        except Unreadable as unreadable:
            yield Rejection(material.location, unreadable.reason, unreadable.line)
    if empty:
        yield Skipped(material.location, importer.NO_ITEMS)


def _json(material: Material) -> Iterator[Outcome]:
    from index.importers import records

    return records.read(material)


IMPORTERS: dict[SourceFormat, Callable[[Material], Iterator[Outcome]]] = {
    SourceFormat.HTML: _html,
    SourceFormat.MARKDOWN: _markdown,
    SourceFormat.TEXT: _text,
    SourceFormat.WXR: partial(in_items, SourceFormat.WXR),
    SourceFormat.FEED: partial(in_items, SourceFormat.FEED),
    SourceFormat.JSON: _json,
}
