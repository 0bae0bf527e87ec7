"""Which texts of an article are searched, in which order, and where does each stand?

The index counts words along these texts, and a passage is cut from one of them. Both walk over an article in the same way, so that the n-th
text in the index is the n-th in the document: a heading, a block, a list item, a table's caption, header or row. What stands above the
document (title, summary, names) comes first; names may change without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from index.document import Article, Block, Blockquote, Code, ImageBlock, List, Paragraph, Section, Table
from index.plain import block_text, cell_text
from index.search.fields import SearchField

FIELDS = tuple(SearchField)
NUMBERS = {field: number for number, field in enumerate(FIELDS)}
WHOLE, CAPTION, HEADER = -1, -2, -3  # parts of a block that are no item and no row
BELOW = (SearchField.HEADING, SearchField.BODY, SearchField.LIST, SearchField.TABLE, SearchField.CODE)  # what a document's texts are
BETWEEN = " · "  # cells of a row, an image's description and its caption

Name = tuple[SearchField, str]
"""A name under which an article is filed, and as what: author, category or tag."""


class Place(NamedTuple):
    """A text of an article and where it stands."""

    field: SearchField
    text: str
    section: Section | None = None
    block: Block | None = None
    table: Table | None = None
    row: int | None = None


class Below(NamedTuple):
    """Where a text of the document itself stands: a section's heading, or a block and which item or row of it."""

    field: SearchField
    owner: Section | Block
    part: int = WHOLE

    @property
    def text(self) -> str:
        """The text."""
        owner, part = self.owner, self.part
        match owner:
            case Paragraph():
                return owner.text
            case Section():
                return owner.heading
            case List():
                return owner.items[part].text
            case Table() if part == CAPTION:
                return owner.caption or ""
            case Table() if part == HEADER:
                return BETWEEN.join([column.name for column in owner.columns])
            case Table():
                return BETWEEN.join([cell_text(cell) for cell in owner.rows[part].cells])
            case Blockquote():
                return owner.attribution or ""
            case ImageBlock():
                return BETWEEN.join(dict.fromkeys([text for text in (owner.image.alt, owner.caption) if text]))
            case _:
                return block_text(owner)  # code

    @property
    def place(self) -> Place:
        """The place, of a document that is outlined."""
        owner = self.owner
        if isinstance(owner, Section):
            return Place(self.field, owner.heading, owner)
        table = owner if isinstance(owner, Table) else None
        return Place(self.field, self.text, owner.place.section, owner, table, self.part if table and self.part >= 0 else None)


def head(article: Article, names: Iterable[Name]) -> list[Place]:
    """The texts above the document: title, summary, names."""
    above = [Place(SearchField.SUMMARY, text) for text in (article.subtitle, article.summary) if text]
    return [Place(SearchField.TITLE, article.title), *above, *[Place(field, name) for field, name in names]]


def names_of(article: Article) -> list[Name]:
    """The names under which an article says that it is filed."""
    return [
        *[(SearchField.AUTHOR, author.name) for author in article.authors],
        *[(SearchField.CATEGORY, category.name) for category in article.categories],
        *[(SearchField.TAG, tag.name) for tag in article.tags],
    ]


def searched(article: Article) -> list[Place | Below]:
    """Every text of an article that is searched, in the order in which the index counts its words."""
    return [*head(article, names_of(article)), *below(article)]


def below(article: Article) -> list[Below]:
    """The texts of the document, in reading order."""
    out: list[Below] = []
    _add_blocks(out, article.blocks)
    for section in article.sections:
        _add_section(out, section)
    return out


def _add_section(out: list[Below], section: Section) -> None:
    out.append(Below(SearchField.HEADING, section))
    _add_blocks(out, section.blocks)
    for inner in section.sections:
        _add_section(out, inner)


def _add_blocks(out: list[Below], blocks: Iterable[Block]) -> None:
    for block in blocks:
        match block:
            case Paragraph() | ImageBlock():
                out.append(Below(SearchField.BODY, block))
            case List():
                for number, item in enumerate(block.items):
                    out.append(Below(SearchField.LIST, block, number))
                    if item.blocks:
                        _add_blocks(out, item.blocks)
            case Table():
                out += [Below(SearchField.TABLE, block, part) for part in _parts(block)]
            case Blockquote():
                _add_blocks(out, block.blocks)
                if block.attribution:
                    out.append(Below(SearchField.BODY, block))
            case Code():
                out.append(Below(SearchField.CODE, block))


def _parts(table: Table) -> Iterator[int]:
    """A table's caption, header and rows; what cells hold is of their rows."""
    if table.caption:
        yield CAPTION
    if table.columns:
        yield HEADER
    yield from range(len(table.rows))
