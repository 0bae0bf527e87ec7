"""What do peers get of an article?

The articles as Broadsheet's own importers read them, flattened to what the peers can model: one list of blocks in reading order, headings
among them, running text as HTML. Lists and tables are kept whole as JSON (their items and rows are no rows of a database), which is the
cheaper way for the peers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from index.document import Article, Block, Code, Embed, ImageBlock, List, Section, Table
from index.importers.read import read_all
from index.incoming import Incoming
from index.outline import outline
from index.plain import article_text
from schema.renderings.html import block_html

Flat = dict[str, Any]
KINDS: dict[str, tuple[str, ...]] = {  # the fields of each kind of block; `data` is JSON
    "heading": ("text", "level", "anchor"),
    "text": ("html",),
    "list": ("ordered", "data"),
    "table": ("caption", "data"),
    "code": ("text", "language"),
    "image": ("url", "alt", "caption"),
    "embed": ("url",),
}


def read(path: str) -> Iterator[Flat]:
    """The articles of a file or folder."""
    for one in read_all([path]):
        if isinstance(one, Incoming) and one.article.published_at is not None:
            yield flat(one.article)


def flat(article: Article) -> Flat:
    """An article as plain values; `blocks` are pairs of a kind and its fields."""
    placed = outline(article).article
    return {
        "slug": article.slug,
        "title": article.title,
        "summary": article.summary or "",
        "published_at": article.published_at,
        "text": article_text(placed),
        "authors": {author.slug: author.name for author in article.authors},
        "categories": {category.slug: category.name for category in article.categories},
        "blocks": [*map(block, placed.blocks), *(found for section in placed.sections for found in _section(section))],
    }


def _section(section: Section) -> Iterator[tuple[str, Flat]]:
    yield "heading", {"text": section.heading, "level": section.level, "anchor": section.anchor}
    yield from map(block, section.blocks)
    for inner in section.sections:
        yield from _section(inner)


def block(one: Block) -> tuple[str, Flat]:
    """A block's kind and fields; what has no kind of its own here is text."""
    match one:
        case List():
            return "list", {"ordered": one.ordered, "data": [item.text for item in one.items]}
        case Table():
            rows = [[cell.text for cell in row.cells] for row in one.rows]
            return "table", {"caption": one.caption, "data": {"columns": [column.name for column in one.columns], "rows": rows}}
        case Code():
            return "code", {"text": one.text, "language": one.language}
        case ImageBlock():
            return "image", {"url": one.image.url, "alt": one.image.alt, "caption": one.caption}
        case Embed():
            return "embed", {"url": one.url}
        case _:
            return "text", {"html": block_html(one)}
