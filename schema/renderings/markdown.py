"""How does a document look as Markdown?

CommonMark with GFM's tables, task lists and strikethrough; what these cannot say (cells that span, marks that they lack) is raw HTML or
text. Its law: read back by the Markdown importer, it gives the same headings, texts and links.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.document import Article, Block, Blockquote, Cell, Code, Embed, ImageBlock, List, ListItem, Mark, Paragraph, Section, Span, Table
from index.importers.urls import safe_url
from index.inline import spans_of
from index.tables import grid

SPECIAL = re.compile(r"([\\`*_\[\]<>|~$])|(&)(?=#?\w+;)|(!)(?=\[)|(\{)(?=[{%<])")
AT_START = re.compile(r"(?m)^([ \t]*)(#{1,6}(?=\s|$)|[-+](?=\s|$)|[=:](?=[=\s]|$)|-{2,}|\+{3,}|(\d{1,9})([.)])(?=\s|$))")
WRAPS = {
    Mark.STRONG: ("**", "**"),
    Mark.EMPHASIS: ("*", "*"),
    Mark.STRIKETHROUGH: ("~~", "~~"),
    Mark.SUBSCRIPT: ("<sub>", "</sub>"),
    Mark.SUPERSCRIPT: ("<sup>", "</sup>"),
    Mark.UNDERLINE: ("<u>", "</u>"),
    Mark.HIGHLIGHT: ("<mark>", "</mark>"),
}


def article_markdown(article: Article) -> str:
    """An article's body, its title left out."""
    return "\n\n".join([*_blocks(article.blocks), *map(section_markdown, article.sections)])


def section_markdown(section: Section) -> str:
    """A section with its heading and its subsections."""
    heading = f"{'#' * min(max(section.level, 1), 6)} {_escape(section.heading).replace(chr(10), ' ')}"
    return "\n\n".join([heading, *_blocks(section.blocks), *map(section_markdown, section.sections)])


def block_markdown(block: Block) -> str:
    """One block, what is nested in it included."""
    match block:
        case Paragraph():
            return _running(spans_of(block.text, block.spans))
        case List():
            return _list(block)
        case Table():
            return _table(block)
        case Blockquote():
            parts = [*_blocks(block.blocks), *([f"— {_escape(block.attribution)}"] if block.attribution else [])]
            return _prefixed("\n\n".join(parts), "> ", ">")
        case Code():
            return _code(block)
        case ImageBlock():
            caption = f"\n\n*{_escape(block.caption)}*" if block.caption else ""
            return f"![{_escape(block.image.alt)}]({_address(block.image.url)}){caption}"
        case Embed():
            return f"<{block.url}>" if safe_url(block.url) and not re.search(r"[\s<>]", block.url) else _escape(block.url)
        case _:
            return "---"


def _blocks(blocks: Iterable[Block]) -> list[str]:
    """The blocks' texts; two lists in a row are kept apart by a comment, which shows nothing."""
    out: list[str] = []
    before: Block | None = None
    for block in blocks:
        if isinstance(block, List) and isinstance(before, List):
            out.append("<!-- -->")
        out.append(block_markdown(block))
        before = block
    return out


def _escape(text: str) -> str:
    return SPECIAL.sub(lambda m: "\\" + m[0], text)


def _running(spans: Iterable[Span]) -> str:
    """Running text; what would begin another kind of block at a line's start is escaped, a line break is a hard one."""
    text = "".join(map(_span, spans)).replace("\n", "\\\n")
    return AT_START.sub(lambda m: f"{m[1]}{m[3]}\\{m[4]}" if m[3] else f"{m[1]}\\{m[2]}", text)


def _span(span: Span) -> str:
    if span.image is not None:
        out = f"![{_escape(span.text)}]({_address(span.image.url)})"
    elif Mark.CODE in span.marks:
        out = _code_span(span.text)
    else:
        out = _escape(span.text)
    inner = out.strip(" ")
    if inner:
        before, _, after = out.partition(inner)
        for mark in reversed(span.marks):
            opening, closing = WRAPS.get(mark, ("", ""))
            inner = f"{opening}{inner}{closing}"
        out = before + inner + after
    url = safe_url(span.href) if span.href is not None else None
    return f"[{out}]({_address(url)})" if url else out


def _address(url: str) -> str:
    safe = safe_url(url) or ""
    return f"<{safe}>" if re.search(r"[\s()]", safe) and not re.search(r"[<>\n]", safe) else safe.replace(" ", "%20")


def _code_span(text: str) -> str:
    ticks = "`" * (max(map(len, re.findall(r"`+", text)), default=0) + 1)
    pad = " " if text[:1] == "`" or text[-1:] == "`" else ""
    return f"{ticks}{pad}{text.replace(chr(10), ' ')}{pad}{ticks}"


def _code(block: Code) -> str:
    fence = "`" * max(3, max(map(len, re.findall(r"`+", block.text)), default=0) + 1)
    return f"{fence}{(block.language or '').split(' ')[0]}\n{block.text}\n{fence}"


def _prefixed(text: str, prefix: str, empty: str) -> str:
    return "\n".join(prefix + line if line else empty for line in text.split("\n"))


def _list(block: List) -> str:
    number = 1 if block.start is None else block.start
    out = []
    loose = any(not isinstance(nested, List) for item in block.items for nested in item.blocks)
    for place, item in enumerate(block.items):
        mark = f"{number + place}." if block.ordered else "-"
        out.append(_item(item, mark))
    return ("\n\n" if loose else "\n").join(out)


def _item(item: ListItem, mark: str) -> str:
    box = "" if item.checked is None else "[x] " if item.checked else "[ ] "
    first = box + _running(spans_of(item.text, item.spans))
    indent = " " * (len(mark) + 1)
    parts = [first] if first else []
    parts += _blocks(item.blocks)
    tight = all(isinstance(nested, List) for nested in item.blocks)
    body = ("\n" if tight else "\n\n").join(parts)
    return f"{mark} {_prefixed(body, indent, '').removeprefix(indent)}".rstrip()


def _table(table: Table) -> str:
    places = grid(table)
    header = [column.name for column in table.columns] + [""] * (places.width - len(table.columns))
    spans = [column.spans for column in table.columns] + [()] * (places.width - len(table.columns))
    lines = [
        _line(_cell_text(spans_of(name, own)) for name, own in zip(header, spans, strict=True)),
        _line("---" for _ in range(places.width)),
    ]
    lines += [_line(map(_cell, row)) for row in places.rows]
    caption = f"*{_escape(table.caption)}*\n\n" if table.caption else ""
    return caption + "\n".join(lines)


def _cell(cell: Cell | None) -> str:
    if cell is None:
        return ""
    return " ".join([_cell_text(spans_of(cell.text, cell.spans)), *map(_flat, cell.blocks)]).strip()


def _flat(block: Block) -> str:
    """A block inside a cell, on one line."""
    if isinstance(block, List):
        return " ".join(f"• {_item_text(item)}" for item in block.items)
    return " ".join(block_markdown(block).split())


def _item_text(item: ListItem) -> str:
    return " ".join([_cell_text(spans_of(item.text, item.spans)), *map(_flat, item.blocks)])


def _cell_text(spans: Iterable[Span]) -> str:
    return "".join(map(_span, spans)).replace("\n", "<br>")


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
