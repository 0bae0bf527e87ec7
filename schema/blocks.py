"""What does a frontend see of a block?

The types are annotations over the values of `index.document`: nothing is copied. Its law: a field is an attribute of the value or a pure
function of it, so that a whole selection can be compiled, and a field that two kinds share has one type in both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from index import document
from index.inline import spans_of
from index.plain import block_text
from schema.describing import described, field, interface
from schema.enums import BlockKind, Mark
from schema.renderings.html import block_html
from schema.renderings.markdown import block_markdown

if TYPE_CHECKING:
    from schema.sections import Section

LazySection = Annotated["Section", strawberry.lazy("schema.sections")]


@described
class Image:
    """A picture by its address; sizes in CSS pixels."""

    url: str
    alt: str
    width: int | None
    height: int | None


@described
class Span:
    r"""A run of text that carries the same marks.

    Line breaks inside are `\n`. An image in running text is a span whose text is its alternative text.
    """

    text: str
    marks: list[Mark]
    href: str | None
    image: Image | None


@interface
class Block:
    """One block of an article. A field that two kinds share has one type in both, so that fragments never conflict."""

    id: strawberry.ID = strawberry.field(description="Stable: it comes from the block's content, not from its place.")
    kind: BlockKind
    position: int = strawberry.field(description="0-based place in reading order among all blocks of the article, nested ones included.")
    section: LazySection | None = strawberry.field(description="The section that it stands in.")

    @field
    def text(root: strawberry.Parent[Any]) -> str:
        """The text without markup."""
        return block_text(root)

    @field
    def html(root: strawberry.Parent[Any]) -> str:
        """Safe HTML."""
        return block_html(root)

    @field
    def markdown(root: strawberry.Parent[Any]) -> str:
        """Markdown (CommonMark with GFM's extensions)."""
        return block_markdown(root)

    @classmethod
    def resolve_type(cls, value: object, *_: object) -> str:
        """The name of a block's GraphQL type: that of its class."""
        return type(value).__name__


def over(value: type) -> Any:
    """A method that says that a GraphQL type stands for values of this class."""
    return classmethod(lambda _cls, found, _info: type(found) is value)


@described
class Paragraph(Block):
    """Running text."""

    is_type_of = over(document.Paragraph)

    @field
    def spans(root: strawberry.Parent[document.Paragraph]) -> list[Span]:
        """The text in runs of equal marks."""
        return spans_of(root.text, root.spans)  # type: ignore[return-value]  # values of the model stand for their GraphQL types


@described
class ListItem:
    """An item of a list."""

    text: str
    checked: bool | None = strawberry.field(description="Null unless the item is a task.")
    blocks: list[Block] = strawberry.field(description="What is nested in the item: further lists, paragraphs, code.")

    @field
    def spans(root: strawberry.Parent[document.ListItem]) -> list[Span]:
        """The text in runs of equal marks."""
        return spans_of(root.text, root.spans)  # type: ignore[return-value]  # as above


@described
class List(Block):
    """A list, its items maybe with lists in them."""

    ordered: bool
    start: int | None = strawberry.field(description="The number of the first item of an ordered list, where the source gives one.")
    items: list[ListItem]

    is_type_of = over(document.List)


@described
class Blockquote(Block):
    """A quotation."""

    attribution: str | None = strawberry.field(description="Whom it is from.")
    blocks: list[Block]

    is_type_of = over(document.Blockquote)


@described
class Code(Block):
    """Preformatted code; a formula has the language `math`."""

    language: str | None

    is_type_of = over(document.Code)


@described
class ImageBlock(Block):
    """An image that stands alone."""

    image: Image
    caption: str | None

    is_type_of = over(document.ImageBlock)


@described
class Embed(Block):
    """Something shown from another address: a video, a post, a map."""

    url: str

    is_type_of = over(document.Embed)


@described
class ThematicBreak(Block):
    """A change of subject, shown as a rule."""

    is_type_of = over(document.ThematicBreak)
