"""What does a record in document JSON hold, and may it stand as it is?

The checks that a document from outside has to pass, be it our own export or written by another program. Its law: a sound document comes
out as the same value, so that export, import and export give the same bytes; whatever is mended or left out is said.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from index.document import (
    Article,
    Author,
    Block,
    BlockKind,
    Blockquote,
    Category,
    Cell,
    Column,
    Embed,
    Image,
    ImageBlock,
    List,
    ListItem,
    Mark,
    Paragraph,
    Repair,
    RepairKind,
    Row,
    Section,
    Source,
    Span,
    Table,
)
from index.importers.material import Unreadable
from index.importers.repairs import Repairs
from index.importers.urls import ENCODED, safe_url

DEEPEST = 64  # blocks within blocks, sections within sections, categories under categories: far beyond any page, well within the stack
LONGEST_SPAN = 1000  # columns that a cell spans, as in HTML
TALLEST_SPAN = 65534  # rows, likewise
BIGGEST = 2**31 - 1  # of any other number
YEARS = range(1000, 9999)  # outside of them a time cannot be turned to UTC, or stands for "no date"
SHARED = ("blocks", "sections")

T = TypeVar("T")
V = TypeVar("V")
S = TypeVar("S", bound=msgspec.Struct)
R = TypeVar("R", Paragraph, ListItem, Cell)


class _Body(msgspec.Struct, frozen=True):
    """What of a document is nested."""

    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()


def body_of(record: Mapping[str, Any], repairs: Repairs) -> tuple[tuple[Block, ...], tuple[Section, ...]]:
    """The blocks and sections of a record that other programs may have written; raises `Unreadable` where they are of another shape."""
    shape = {key: _shaped(record[key], repairs, DEEPEST * 4) for key in SHARED if record.get(key)}
    try:
        body = msgspec.convert(shape, _Body, strict=False)
    except (msgspec.ValidationError, UnicodeEncodeError) as error:  # a name or a word of ours may hold half a character
        raise Unreadable(f"Its blocks or sections are not as document JSON has them: {_said(error)}.") from error
    return body.blocks, body.sections


def _shaped(value: object, repairs: Repairs, depth: int) -> object:
    """Parsed JSON with nulls left out, and the kinds of block and mark that are not ours made into what is."""
    if not depth:
        raise Unreadable(f"It is nested more than {DEEPEST} deep. Flatten it.")
    if isinstance(value, list):
        return [_shaped(inner, repairs, depth - 1) for inner in value if inner is not None]
    if not isinstance(value, dict):
        return value
    shaped = {key: _shaped(inner, repairs, depth - 1) for key, inner in value.items() if inner is not None}
    if isinstance(kind := shaped.get("kind"), str):
        shaped["kind"] = kind.upper()
        if shaped["kind"] not in BlockKind.__members__:
            repairs.add(RepairKind.MARKUP_DROPPED, f"A block of the kind “{kind[:40]}”, which is not one of ours, became its text.")
            return {"kind": "PARAGRAPH", "text": shaped["text"] if isinstance(shaped.get("text"), str) else ""}
    if isinstance(marks := shaped.get("marks"), list):
        known = [mark.upper() for mark in marks if isinstance(mark, str) and mark.upper() in Mark.__members__]
        shaped["marks"] = known
        if len(known) < len(marks):
            repairs.add(RepairKind.MARKUP_DROPPED, "A mark that is not one of ours was left out.")
    return shaped


def _said(error: Exception) -> str:
    """What msgspec has to say, on one line and with the path as JavaScript writes it."""
    return " ".join(str(error).replace("`$.", "`").replace("`", "").split())


def checked(article: Article, repairs: Repairs) -> Article:
    """The article as it may be stored: the same value where all is well; raises `Unreadable` where it is nested too deep."""
    check = _Check(repairs)
    return _new(
        article,
        url=check.url(article.url, "the article's address"),
        published_at=check.moment(article.published_at),
        updated_at=check.moment(article.updated_at),
        authors=_each(article.authors, check.author),
        categories=_each(article.categories, check.category),
        image=check.image(article.image),
        blocks=_each(article.blocks, check.block),
        sections=_each(article.sections, check.section),
        source=check.source(article.source),
    )


def _new(value: S, **fields: Any) -> S:
    """The value with these fields, itself where they are what it has."""
    changed = {name: new for name, new in fields.items() if new is not getattr(value, name) and new != getattr(value, name)}
    return replace(value, **changed) if changed else value


def _each(values: tuple[T, ...], check: Callable[[T], T | None]) -> tuple[T, ...]:
    """The values that a check lets through, the same tuple where it changes none."""
    out = [check(value) for value in values]
    if all(map(_same, out, values)):
        return values
    return tuple(value for value in out if value is not None)


def _same(one: object, other: object) -> bool:
    return one is other


class _Check:
    """One document's checks; it counts how deep it is in."""

    def __init__(self, repairs: Repairs) -> None:
        self.repairs = repairs
        self.depth = 0

    def block(self, block: Block) -> Block | None:
        """A block, or None where it may not be shown."""
        if isinstance(block, Paragraph):
            return self._running(block)
        return self._within(self._other, block)

    def _other(self, block: Block) -> Block | None:
        match block:
            case List():
                return _new(block, start=self._number(block.start, -BIGGEST), items=_each(block.items, self._item))
            case Table():
                return _new(block, columns=_each(block.columns, self._column), rows=_each(block.rows, self._row))
            case Blockquote():
                return _new(block, blocks=_each(block.blocks, self.block))
            case ImageBlock():
                image = self.image(block.image)
                return None if image is None else _new(block, image=image)
            case Embed():
                url = self.url(block.url, "an embed")
                return None if url is None else _new(block, url=url)
            case _:
                return block

    def section(self, section: Section) -> Section:
        """A section and all in it."""
        return self._within(self._section, section)

    def _section(self, section: Section) -> Section:
        level = min(max(section.level, 1), 6)
        if level != section.level:
            self.repairs.add(RepairKind.OTHER, f"A heading of level {str(section.level)[:12]} was made one of level {level}.")
        sections = _each(section.sections, self.section)
        return _new(section, level=level, blocks=_each(section.blocks, self.block), sections=sections)

    def _within(self, check: Callable[[T], V], value: T) -> V:
        """Check one level further down."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unreadable(f"It is nested more than {DEEPEST} deep. Flatten it.")
        checked = check(value)
        self.depth -= 1
        return checked

    def _running(self, value: R) -> R:
        """A value with text and spans: the text is what the spans say."""
        if not value.spans:
            return value
        spans = _each(value.spans, self._span)
        text = "".join(span.text for span in spans)
        return _new(value, spans=spans, text=text)

    def _span(self, span: Span) -> Span:
        if span.href is None and span.image is None:
            return span
        return _new(span, href=self.url(span.href, "a link"), image=self.image(span.image))

    def _item(self, item: ListItem) -> ListItem:
        return _new(self._running(item), blocks=_each(item.blocks, self.block))

    def _column(self, column: Column) -> Column:
        spans = _each(column.spans, self._span)
        return _new(column, spans=spans, name="".join(span.text for span in spans) if spans else column.name)

    def _row(self, row: Row) -> Row:
        return _new(row, cells=_each(row.cells, self._cell))

    def _cell(self, cell: Cell) -> Cell:
        wide, tall = min(max(cell.column_span, 1), LONGEST_SPAN), min(max(cell.row_span, 1), TALLEST_SPAN)
        return _new(self._running(cell), blocks=_each(cell.blocks, self.block), column_span=wide, row_span=tall)

    def image(self, image: Image | None) -> Image | None:
        """A picture, or None where its address may not be shown."""
        if image is None:
            return None
        url = self.url(image.url, "a picture")
        return None if url is None else _new(image, url=url, width=self._number(image.width, 1), height=self._number(image.height, 1))

    def author(self, author: Author) -> Author:
        """An author with addresses that may be shown."""
        return _new(author, url=self.url(author.url, "an author's address"), image=self.image(author.image))

    def category(self, category: Category) -> Category:
        """A category, its parents followed up."""
        depth, above = 0, category.parent
        while above is not None:
            depth, above = depth + 1, above.parent
            if depth > DEEPEST:
                raise Unreadable(f"Its categories are nested more than {DEEPEST} deep. Flatten them.")
        return category

    def source(self, source: Source) -> Source:
        """Where it came from, with numbers that can be stored."""
        return _new(source, imported_at=self.moment(source.imported_at), repairs=_each(source.repairs, self._repair))

    def _repair(self, repair: Repair) -> Repair:
        return _new(repair, line=self._number(repair.line, 1), confidence=min(max(repair.confidence, 0.0), 1.0))

    def _number(self, number: int | None, least: int) -> int | None:
        """A number that is within bounds, or None."""
        return number if number is not None and least <= number <= BIGGEST else None

    def url(self, url: str | None, what: str) -> str | None:
        """An address that may be shown, or None; leaving one out is said."""
        if not url:
            return None
        safe = safe_url(url)
        if safe is None:
            self.repairs.add(RepairKind.UNSAFE_REMOVED, f"“{url[:80]}” was left out as {what}: it is no address that a page may use.")
        return url if safe == url.translate(ENCODED) else safe

    def moment(self, moment: dt.datetime | None) -> dt.datetime | None:
        """A time with an offset, in a year that can be stored."""
        if moment is None or moment.year in YEARS:
            return moment if moment is None or moment.tzinfo is not None else moment.replace(tzinfo=dt.UTC)
        self.repairs.add(RepairKind.OTHER, f"The year {moment.year} was left out: it stands for “no date”.")
        return None
