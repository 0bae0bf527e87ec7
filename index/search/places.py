"""Which texts of an article can a passage be cut from, and which words stand in them?

A place is a block's text, a list item, a table row, a table's caption or header, a heading, the title, a name. Its number is its rank in
reading order. The words of a document are kept beside it, in five bytes a word and a dozen a place; its texts are made when they are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from index.document import Article, Block, Blockquote, Code, ImageBlock, List, Paragraph, Section, Table
from index.outline import Outline
from index.plain import block_text, cell_text
from index.search.arrays import Array
from index.search.fields import SearchField
from index.search.lexicon import Lexicon, lexicon

FIELDS = tuple(SearchField)
NUMBERS = {field: number for number, field in enumerate(FIELDS)}
WHOLE, CAPTION, HEADER = -1, -2, -3  # parts of a block that are no item and no row


class Place(NamedTuple):
    """A text of an article and where it stands."""

    field: SearchField
    text: str
    section: Section | None = None
    block: Block | None = None
    table: Table | None = None
    row: int | None = None


Name = tuple[SearchField, str]
"""A name under which an article is filed, and as what: author, category or tag."""


class Body:
    """The places of a document below its title and names, and their words: section or block `owner`, its item or row `part`."""

    def __init__(self, outline: Outline, lexicon: Lexicon) -> None:
        found = [*_headings(outline), *_blocks(outline)]
        self.lexicon = lexicon
        self.words = lexicon.read(text for _, _, _, text in found)
        self.field = bytes([NUMBERS[field] for field, _, _, _ in found])
        self.owner: Array = np.array([owner for _, owner, _, _ in found], np.int32)
        self.part: Array = np.array([part for _, _, part, _ in found], np.int32)

    def place(self, outline: Outline, number: int) -> Place:
        """A place of the document that it was made of."""
        field, owner, part = FIELDS[self.field[number]], int(self.owner[number]), int(self.part[number])
        if field is SearchField.HEADING:
            section = outline.sections[owner]
            return Place(field, section.heading, section)
        block = outline.blocks[owner]
        table = block if isinstance(block, Table) else None
        return Place(field, _text(block, part), block.section, block, table, part if table and part >= 0 else None)


def _headings(outline: Outline) -> Iterator[tuple[SearchField, int, int, str]]:
    for number, section in enumerate(outline.sections):
        yield SearchField.HEADING, number, WHOLE, section.heading


def _blocks(outline: Outline) -> Iterator[tuple[SearchField, int, int, str]]:
    for number, block in enumerate(outline.blocks):
        for field, part in _parts(block):
            yield field, number, part, _text(block, part)


def _parts(block: Block) -> Iterator[tuple[SearchField, int]]:
    match block:
        case Paragraph() | ImageBlock():
            yield SearchField.BODY, WHOLE
        case List():
            for part in range(len(block.items)):
                yield SearchField.LIST, part
        case Table():
            if block.caption:
                yield SearchField.TABLE, CAPTION
            if block.columns:
                yield SearchField.TABLE, HEADER
            for part in range(len(block.rows)):
                yield SearchField.TABLE, part
        case Code():
            yield SearchField.CODE, WHOLE
        case Blockquote(attribution=str(said)) if said:
            yield SearchField.BODY, WHOLE


def _text(block: Block, part: int) -> str:
    match block:
        case List():
            return block.items[part].text
        case Table() if part == CAPTION:
            return block.caption or ""
        case Table() if part == HEADER:
            return " · ".join(column.name for column in block.columns)
        case Table():
            return " · ".join([cell_text(cell) for cell in block.rows[part].cells])
        case Blockquote():
            return block.attribution or ""
        case _:
            return block_text(block)


def head(article: Article, names: Iterable[Name]) -> list[Place]:
    """The places above the document: title, summary, names."""
    above = [Place(SearchField.SUMMARY, text) for text in (article.subtitle, article.summary) if text]
    return [Place(SearchField.TITLE, article.title), *above, *[Place(field, name) for field, name in names]]


def names_of(article: Article) -> list[Name]:
    """The names under which an article says that it is filed."""
    return [
        *[(SearchField.AUTHOR, author.name) for author in article.authors],
        *[(SearchField.CATEGORY, category.name) for category in article.categories],
        *[(SearchField.TAG, tag.name) for tag in article.tags],
    ]


def body(outline: Outline) -> Body:
    """The places of a document; they are kept beside it, and read again only when another numbering of words is in use."""
    current = lexicon()
    kept: Body | None = outline.kept
    if kept is None or kept.lexicon is not current:
        outline.kept = kept = Body(outline, current)
    return kept
