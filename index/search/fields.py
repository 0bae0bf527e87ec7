"""What of an article is searched, and with which weight?

One main field holds all the words of an article; each occurrence weighs by the part that it stands in, and weights add up before scoring
(BM25F: Robertson, Zaragoza and Taylor 2004). Narrow fields answer `title:`, `author:`, `category:`, `tag:` and `table:`.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from typing import NamedTuple

from index.document import Article, Block, Blockquote, Code, Embed, ImageBlock, List, Section, Table
from index.plain import block_text, cell_text


class SearchField(enum.Enum):
    """The parts of an article that answer a query."""

    TITLE = "TITLE"
    SUMMARY = "SUMMARY"
    HEADING = "HEADING"
    BODY = "BODY"
    LIST = "LIST"
    TABLE = "TABLE"
    CODE = "CODE"
    AUTHOR = "AUTHOR"
    CATEGORY = "CATEGORY"
    TAG = "TAG"


WEIGHTS = {
    SearchField.TITLE: 3.0,
    SearchField.SUMMARY: 1.5,
    SearchField.HEADING: 2.0,
    SearchField.BODY: 1.0,
    SearchField.LIST: 1.0,
    SearchField.TABLE: 1.0,
    SearchField.CODE: 0.5,
    SearchField.AUTHOR: 2.0,
    SearchField.CATEGORY: 2.0,
    SearchField.TAG: 2.0,
}
QUARTERS = 4  # weights are kept in these: they add up exactly, and in two bytes
NARROW = {
    "title": SearchField.TITLE,
    "author": SearchField.AUTHOR,
    "category": SearchField.CATEGORY,
    "tag": SearchField.TAG,
    "table": SearchField.TABLE,
}


class Part(NamedTuple):
    """A text of an article and where it stands."""

    field: SearchField
    text: str


def parts(article: Article) -> Iterator[Part]:
    """Every text of an article that is searched, in reading order."""
    yield Part(SearchField.TITLE, article.title)
    for text in (article.subtitle, article.summary):
        if text:
            yield Part(SearchField.SUMMARY, text)
    for author in article.authors:
        yield Part(SearchField.AUTHOR, author.name)
    for category in article.categories:
        yield Part(SearchField.CATEGORY, category.name)
    for tag in article.tags:
        yield Part(SearchField.TAG, tag.name)
    yield from _blocks(article.blocks)
    for section in article.sections:
        yield from _section(section)


def _section(section: Section) -> Iterator[Part]:
    yield Part(SearchField.HEADING, section.heading)
    yield from _blocks(section.blocks)
    for inner in section.sections:
        yield from _section(inner)


def _blocks(blocks: tuple[Block, ...]) -> Iterator[Part]:
    for block in blocks:
        if isinstance(block, List):
            for item in block.items:
                yield Part(SearchField.LIST, item.text)
                yield from _blocks(item.blocks)
        elif isinstance(block, Table):
            if block.caption:
                yield Part(SearchField.TABLE, block.caption)
            yield Part(SearchField.TABLE, "\n".join(column.name for column in block.columns))
            for row in block.rows:
                yield Part(SearchField.TABLE, "\n".join(cell_text(cell) for cell in row.cells))
        elif isinstance(block, Blockquote):
            yield from _blocks(block.blocks)
            if block.attribution:
                yield Part(SearchField.BODY, block.attribution)
        elif isinstance(block, Code):
            yield Part(SearchField.CODE, block.text)
        elif isinstance(block, ImageBlock):
            yield Part(SearchField.BODY, f"{block.image.alt}\n{block.caption or ''}")
        elif not isinstance(block, Embed):
            yield Part(SearchField.BODY, block_text(block))
