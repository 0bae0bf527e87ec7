"""What is the text of a block, a section, an article?

Plain text without markup: paragraphs apart by an empty line, list items a line each behind their mark, table rows a line each with a
tab between cells. The analyzer, word counts, excerpts and GraphQL's `text` all use it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from index.document import Article, Block, Blockquote, Cell, Code, Embed, ImageBlock, List, Paragraph, Section, Table

WORD = re.compile(r"\w+(?:['’.\-]\w+)*")
LONGEST_WORD = 40  # characters: what is longer is a sentence without spaces, or an address, and may be cut
JOINER = "\u200d"
TONES = frozenset(map(chr, range(0x1F3FB, 0x1F400)))  # of the skin, behind the emoji that they colour
WORDS_A_MINUTE = 238  # Brysbaert 2019, silent reading of English non-fiction


def block_text(block: Block) -> str:
    """The text of a block, nested blocks included."""
    match block:
        case Paragraph() | Code():
            return block.text
        case List():
            return "\n".join(_list_lines(block))
        case Table():
            return "\n".join(_table_lines(block))
        case Blockquote():
            return blocks_text(block.blocks) + (f"\n— {block.attribution}" if block.attribution else "")
        case ImageBlock():
            return block.caption or block.image.alt
        case Embed():
            return block.url
        case _:
            return ""


def blocks_text(blocks: Iterable[Block]) -> str:
    """The texts of blocks, apart by empty lines."""
    return "\n\n".join(text for block in blocks if (text := block_text(block)))


def section_text(section: Section) -> str:
    """The text of a section: its heading, its blocks, its subsections."""
    parts = [section.heading, blocks_text(section.blocks), *map(section_text, section.sections)]
    return "\n\n".join(part for part in parts if part)


def article_text(article: Article) -> str:
    """The text of an article, headings included, the title not."""
    parts = [blocks_text(article.blocks), *map(section_text, article.sections)]
    return "\n\n".join(part for part in parts if part)


def cell_text(cell: Cell) -> str:
    """The text of a cell and of what it holds, on one line."""
    nested = blocks_text(cell.blocks)
    return " ".join(f"{cell.text} {nested}".split()) if nested else cell.text.replace("\n", " ")


def word_count(text: str) -> int:
    """How many words a text has."""
    return sum(1 for _ in WORD.finditer(text))


def reading_time(words: int) -> int:
    """Minutes that reading takes, rounded up, at least 1."""
    return max(1, -(-words // WORDS_A_MINUTE))


def excerpt(text: str, length: int) -> str:
    """The beginning of a text on one line, cut between words to at most `length` characters, an ellipsis included.

    What is written without spaces is cut where it has to be.
    """
    line = " ".join(text[: length * 8 + 200].split())
    if len(line) <= length:
        return line
    if length < 1:
        return ""
    cut = line[:length].rpartition(" ")[0]
    word = len(line[len(cut) :].lstrip().split(" ", 1)[0])
    if not cut or word > LONGEST_WORD:
        cut = line[: _between(line, length - 1)]
    return cut.rstrip(" ,;:.–—-") + "…"


def _between(line: str, end: int) -> int:
    """The last place up to `end` where one written sign ends: not before an accent, nor inside of a joined emoji."""
    while end and (unicodedata.category(line[end]) in ("Mn", "Mc", "Me") or JOINER in line[end - 1 : end + 1] or line[end] in TONES):
        end -= 1
    return end


def _list_lines(block: List) -> Iterator[str]:
    number = 1 if block.start is None else block.start
    for item in block.items:
        mark = f"{number}." if block.ordered else "•"
        number += 1
        yield f"{mark} {item.text}".rstrip()
        for nested in item.blocks:
            yield from ("  " + line for line in block_text(nested).split("\n") if line)


def _table_lines(table: Table) -> Iterator[str]:
    if table.caption:
        yield table.caption
    if table.columns:
        yield "\t".join(column.name.replace("\n", " ") for column in table.columns)
    for row in table.rows:
        yield "\t".join(map(cell_text, row.cells))
