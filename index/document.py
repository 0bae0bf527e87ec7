"""What is an article?

The document model: an article holds blocks and nested sections, sections hold blocks, blocks hold spans. Importers make it, the store
keeps it, the search engine reads it, GraphQL shows it. Its law: values are frozen; whatever can be worked out from a value (ids,
positions, anchors' owners, column kinds) is not stored in it. Names are those of mdast, HTML and the GraphQL schema, and in JSON they are
written in camel case, keys without a value mostly left out.
"""

from __future__ import annotations

import datetime as dt
import enum
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec

if TYPE_CHECKING:
    from index.outline import Place, SectionPlace


class Mark(enum.Enum):
    """What a run of text is marked as."""

    STRONG = "STRONG"
    EMPHASIS = "EMPHASIS"
    CODE = "CODE"
    STRIKETHROUGH = "STRIKETHROUGH"
    SUBSCRIPT = "SUBSCRIPT"
    SUPERSCRIPT = "SUPERSCRIPT"
    UNDERLINE = "UNDERLINE"
    HIGHLIGHT = "HIGHLIGHT"


class BlockKind(enum.Enum):
    """The kinds of block, by their names in mdast and HTML."""

    PARAGRAPH = "PARAGRAPH"
    LIST = "LIST"
    TABLE = "TABLE"
    BLOCKQUOTE = "BLOCKQUOTE"
    CODE = "CODE"
    IMAGE = "IMAGE"
    EMBED = "EMBED"
    THEMATIC_BREAK = "THEMATIC_BREAK"


class ArticleStatus(enum.Enum):
    """Whether an article may be shown once its time has come."""

    PUBLISHED = "PUBLISHED"
    DRAFT = "DRAFT"


class SourceFormat(enum.Enum):
    """The formats that the importers read."""

    HTML = "HTML"
    MARKDOWN = "MARKDOWN"
    TEXT = "TEXT"
    WXR = "WXR"
    FEED = "FEED"
    JSON = "JSON"


class RepairKind(enum.Enum):
    """What an importer did to a source beyond reading it."""

    BOILERPLATE_REMOVED = "BOILERPLATE_REMOVED"
    DUPLICATE_REMOVED = "DUPLICATE_REMOVED"
    TABLE_SPLIT = "TABLE_SPLIT"
    TABLE_TRUNCATED = "TABLE_TRUNCATED"
    HEADING_INFERRED = "HEADING_INFERRED"
    LIST_INFERRED = "LIST_INFERRED"
    DATE_INFERRED = "DATE_INFERRED"
    AUTHOR_INFERRED = "AUTHOR_INFERRED"
    MARKUP_DROPPED = "MARKUP_DROPPED"
    UNSAFE_REMOVED = "UNSAFE_REMOVED"
    OTHER = "OTHER"


class Value(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True):
    """A frozen value of the model."""


def always(value: Any) -> Any:
    """A field's default that is written all the same: what scripts reach for without asking whether it is there."""
    return msgspec.field(default_factory=lambda: value)


class Placed(Value, frozen=True, dict=True):
    """A value that knows where it stands once `index.outline.outline` has walked over its document.

    The place lives in the instance's dictionary: it takes no part in equality, hashing or encoding. `id`, `position` and `section`
    are read from it.
    """


class PlacedBlock(Placed, frozen=True):
    """What all blocks share."""

    @property
    def place(self) -> Place:
        """Where the block stands, set by the outline."""
        place: Place = self.__dict__["place"]
        return place

    @property
    def id(self) -> str:
        """The block's global id."""
        return self.place.id

    @property
    def position(self) -> int:
        """The 0-based place in reading order among all blocks of the article."""
        return self.place.position

    @property
    def section(self) -> Section | None:
        """The section that it stands in."""
        return self.place.section


class Image(Value, frozen=True):
    """A picture by its address; `width` and `height` in CSS pixels."""

    url: str
    alt: str = ""
    width: int | None = None
    height: int | None = None


class Span(Value, frozen=True):
    """A run of text that carries the same marks; a line break is `\\n`; an image's text is its alternative text."""

    text: str
    marks: tuple[Mark, ...] = ()
    href: str | None = None
    image: Image | None = None


class Paragraph(PlacedBlock, frozen=True, tag_field="kind", tag="PARAGRAPH"):
    """Running text. `spans` is empty where the text is plain; else their texts, joined, are `text`."""

    kind: ClassVar[BlockKind] = BlockKind.PARAGRAPH
    text: str = always("")
    spans: tuple[Span, ...] = ()


class ListItem(Value, frozen=True):
    """An item: its own running text, and what is nested in it. `checked` is set where the item is a task."""

    text: str = always("")
    spans: tuple[Span, ...] = ()
    checked: bool | None = None
    blocks: tuple[Block, ...] = ()


class List(PlacedBlock, frozen=True, tag_field="kind", tag="LIST"):
    """A list; `start` is the number of the first item of an ordered one where that is not 1."""

    kind: ClassVar[BlockKind] = BlockKind.LIST
    ordered: bool = always(value=False)
    start: int | None = None
    items: tuple[ListItem, ...] = always(())


class Column(Value, frozen=True):
    """A cell of the header row: its text as the source has it, so maybe empty, maybe twice in one table."""

    name: str = always("")
    spans: tuple[Span, ...] = ()


class Cell(Value, frozen=True):
    """A table cell: running text, and in `blocks` what it holds beyond that. Spans count in cells, as in HTML."""

    text: str = always("")
    spans: tuple[Span, ...] = ()
    blocks: tuple[Block, ...] = ()
    header: bool = False
    column_span: int = 1
    row_span: int = 1


class Row(Value, frozen=True):
    """A table row: the cells that start in it, as in HTML (a cell that spans rows stands in its first one only)."""

    cells: tuple[Cell, ...] = always(())


class Table(PlacedBlock, frozen=True, tag_field="kind", tag="TABLE"):
    """A table. `columns` is the header row, one entry a grid column, not repeated in `rows`; empty where there is none."""

    kind: ClassVar[BlockKind] = BlockKind.TABLE
    caption: str | None = None
    columns: tuple[Column, ...] = always(())
    rows: tuple[Row, ...] = always(())


class Blockquote(PlacedBlock, frozen=True, tag_field="kind", tag="BLOCKQUOTE"):
    """A quotation and whom it is from."""

    kind: ClassVar[BlockKind] = BlockKind.BLOCKQUOTE
    attribution: str | None = None
    blocks: tuple[Block, ...] = always(())


class Code(PlacedBlock, frozen=True, tag_field="kind", tag="CODE"):
    """Preformatted code, without a final line break; a formula has the language `math`."""

    kind: ClassVar[BlockKind] = BlockKind.CODE
    text: str = always("")
    language: str | None = None


class ImageBlock(PlacedBlock, frozen=True, tag_field="kind", tag="IMAGE"):
    """An image that stands alone, with its caption."""

    kind: ClassVar[BlockKind] = BlockKind.IMAGE
    image: Image
    caption: str | None = None


class Embed(PlacedBlock, frozen=True, tag_field="kind", tag="EMBED"):
    """Something shown from another address: a video, a post, a map."""

    kind: ClassVar[BlockKind] = BlockKind.EMBED
    url: str


class ThematicBreak(PlacedBlock, frozen=True, tag_field="kind", tag="THEMATIC_BREAK"):
    """A change of subject, shown as a rule."""

    kind: ClassVar[BlockKind] = BlockKind.THEMATIC_BREAK


Block = Paragraph | List | Table | Blockquote | Code | ImageBlock | Embed | ThematicBreak


class Section(Placed, frozen=True):
    """A heading (level 1 to 6) and what stands under it, down to the next heading of its level or a higher one."""

    heading: str
    level: int = always(2)
    anchor: str = always("")
    blocks: tuple[Block, ...] = always(())
    sections: tuple[Section, ...] = always(())

    @property
    def place(self) -> SectionPlace:
        """Where the section stands, set by the outline."""
        place: SectionPlace = self.__dict__["place"]
        return place

    @property
    def id(self) -> str:
        """The section's global id."""
        return self.place.id

    @property
    def depth(self) -> int:
        """How many sections it stands in: 0 at the top."""
        return self.place.depth

    @property
    def path(self) -> tuple[str, ...]:
        """The headings from the top down to this one."""
        return self.place.path

    @property
    def parent(self) -> Section | None:
        """The section that it stands in."""
        return self.place.parent


class Author(Value, frozen=True):
    """Somebody who wrote; one author a slug."""

    name: str
    slug: str = ""
    bio: str | None = None
    url: str | None = None
    image: Image | None = None


class Category(Value, frozen=True):
    """A topic in a tree; one category a slug."""

    name: str
    slug: str = ""
    parent: Category | None = None
    description: str | None = None


class Tag(Value, frozen=True):
    """A topic without a tree; one tag a slug."""

    name: str
    slug: str = ""


class Repair(Value, frozen=True):
    """One thing that an importer guessed, mended or left out; `line` is 1-based, `confidence` from 0 to 1."""

    kind: RepairKind
    message: str
    line: int | None = None
    confidence: float = always(1.0)
    block_id: str | None = None


class Source(Value, frozen=True):
    """Where an article came from, and what reading it took. `content_hash` is the SHA-256 of the source, in hexadecimal."""

    format: SourceFormat
    publication: str = ""
    location: str = ""
    imported_at: dt.datetime | None = None
    content_hash: str = ""
    repairs: tuple[Repair, ...] = ()


class Article(Value, frozen=True):
    """An article. Times carry an offset; `id` is a Relay global id; `language` is a BCP 47 tag, `und` where unknown."""

    title: str
    source: Source
    id: str = always("")
    slug: str = always("")
    url: str | None = None
    subtitle: str | None = None
    summary: str | None = None
    language: str = always("und")
    published_at: dt.datetime | None = None
    updated_at: dt.datetime | None = None
    status: ArticleStatus = always(ArticleStatus.PUBLISHED)
    authors: tuple[Author, ...] = always(())
    categories: tuple[Category, ...] = always(())
    tags: tuple[Tag, ...] = always(())
    image: Image | None = None
    blocks: tuple[Block, ...] = always(())
    sections: tuple[Section, ...] = always(())
