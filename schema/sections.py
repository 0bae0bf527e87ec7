"""What does a frontend see of a section?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, cast

import strawberry

from index import document
from index.plain import section_text, word_count
from schema.blocks import Block, List, over
from schema.describing import described, field
from schema.enums import BlockKind
from schema.nodes import Node
from schema.renderings.html import section_html
from schema.renderings.markdown import section_markdown
from schema.tables import Table

if TYPE_CHECKING:
    from schema.articles import Article

LazyArticle = Annotated["Article", strawberry.lazy("schema.articles")]


def of_kinds(blocks: Any, kinds: list[BlockKind] | None) -> list[Block]:
    """The blocks that are of one of these kinds; all of them where none is named."""
    return list(blocks) if kinds is None else [block for block in blocks if block.kind in kinds]


@described
class Section(Node):
    """A heading and what stands under it, down to the next heading of its level or a higher one."""

    id: strawberry.ID = strawberry.field(description="Stable: it comes from the article and the anchor.")
    anchor: str = strawberry.field(description="The fragment of its address in the page, the same after every import of the same heading.")
    heading: str
    level: int = strawberry.field(description="1 to 6, as in HTML.")
    depth: int = strawberry.field(description="0 for a top-level section.")
    path: list[str] = strawberry.field(description="The headings from the top down to this one.")
    parent: Section | None
    sections: list[Section]

    is_type_of = over(document.Section)

    @field
    def article(root: strawberry.Parent[document.Section], info: strawberry.Info) -> LazyArticle:
        """The article that it is a part of."""
        return cast("Article", info.context["reader"].articles[root.place.outline.article.id])

    @field
    def blocks(root: strawberry.Parent[document.Section], kinds: list[BlockKind] | None = None) -> list[Block]:
        """The blocks directly under the heading, before its first subsection."""
        return of_kinds(root.blocks, kinds)

    @field
    def tables(root: strawberry.Parent[document.Section]) -> list[Table]:
        """The tables under the heading, before its first subsection; those inside lists, quotes and cells included."""
        return cast("list[Table]", [block for block in root.place.outline.tables if block.section is root])

    @field
    def lists(root: strawberry.Parent[document.Section]) -> list[List]:
        """The lists under the heading, before its first subsection; nested ones included."""
        return cast("list[List]", [block for block in root.place.outline.lists if block.section is root])

    @field
    def text(root: strawberry.Parent[document.Section]) -> str:
        """With its heading and its subsections, as are `html`, `markdown` and `wordCount`."""
        return section_text(root)

    @field
    def html(root: strawberry.Parent[document.Section]) -> str:
        """Safe HTML."""
        return section_html(root)

    @field
    def markdown(root: strawberry.Parent[document.Section]) -> str:
        """Markdown (CommonMark with GFM's extensions)."""
        return section_markdown(root)

    @field
    def word_count(root: strawberry.Parent[document.Section]) -> int:
        """Words of its text."""
        return word_count(section_text(root))
