"""How does a document look as HTML?

Its law: the output is safe wherever it is put. Every text is escaped, only the tags and attributes below are written, and an address that
could run something is left out, whatever the document holds. It is written as a browser would write it again
(https://html.spec.whatwg.org/multipage/parsing.html#serialising-html-fragments), so that a sanitiser leaves it as it is.
"""

from __future__ import annotations

from collections.abc import Iterable

from index.document import (
    Article,
    Block,
    Blockquote,
    Cell,
    Code,
    Column,
    Embed,
    Image,
    ImageBlock,
    List,
    ListItem,
    Mark,
    Paragraph,
    Row,
    Section,
    Span,
    Table,
)
from index.importers.urls import safe_url
from index.inline import spans_of

TAGS = {
    Mark.STRONG: "strong",
    Mark.EMPHASIS: "em",
    Mark.CODE: "code",
    Mark.STRIKETHROUGH: "s",
    Mark.SUBSCRIPT: "sub",
    Mark.SUPERSCRIPT: "sup",
    Mark.UNDERLINE: "u",
    Mark.HIGHLIGHT: "mark",
}


def article_html(article: Article) -> str:
    """An article's body, its title left out."""
    return "\n".join([*map(block_html, article.blocks), *map(section_html, article.sections)])


def section_html(section: Section) -> str:
    """A section with its heading and its subsections."""
    level = min(max(section.level, 1), 6)
    heading = f'<h{level} id="{_attribute(section.anchor)}">{_lines(section.heading)}</h{level}>'
    return "\n".join([heading, *map(block_html, section.blocks), *map(section_html, section.sections)])


def block_html(block: Block) -> str:
    """One block, what is nested in it included."""
    match block:
        case Paragraph():
            return f"<p>{spans_html(spans_of(block.text, block.spans))}</p>"
        case List():
            return _list(block)
        case Table():
            return _table(block)
        case Blockquote():
            return _blockquote(block)
        case Code():
            return _code(block)
        case ImageBlock():
            caption = f"<figcaption>{_lines(block.caption)}</figcaption>" if block.caption else ""
            return f"<figure>{_image(block.image)}{caption}</figure>"
        case Embed():
            url = safe_url(block.url)
            return f'<p><a href="{_attribute(url)}">{_text(block.url)}</a></p>' if url else f"<p>{_text(block.url)}</p>"
        case _:
            return "<hr>"


def spans_html(spans: Iterable[Span]) -> str:
    """Running text."""
    return "".join(map(_span, spans))


def _text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\u00a0", "&nbsp;")


def _attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;").replace("\u00a0", "&nbsp;")


def _lines(text: str) -> str:
    return _text(text).replace("\n", "<br>")


def _span(span: Span) -> str:
    out = _image(span.image) if span.image is not None else _lines(span.text)
    for mark in reversed(span.marks):
        out = f"<{TAGS[mark]}>{out}</{TAGS[mark]}>"
    url = safe_url(span.href) if span.href is not None else None
    return f'<a href="{_attribute(url)}">{out}</a>' if url else out


def _image(image: Image) -> str:
    url = safe_url(image.url)
    if url is None:
        return _lines(image.alt)
    size = "".join(f' {name}="{value}"' for name, value in (("width", image.width), ("height", image.height)) if value is not None)
    return f'<img src="{_attribute(url)}" alt="{_attribute(image.alt)}"{size}>'


def _list(block: List) -> str:
    tag = "ol" if block.ordered else "ul"
    start = f' start="{block.start}"' if block.ordered and block.start is not None else ""
    return f"<{tag}{start}>{''.join(map(_item, block.items))}</{tag}>"


def _item(item: ListItem) -> str:
    box = "" if item.checked is None else "☑ " if item.checked else "☐ "
    return f"<li>{box}{spans_html(spans_of(item.text, item.spans))}{''.join(map(block_html, item.blocks))}</li>"


def _table(table: Table) -> str:
    caption = f"<caption>{_lines(table.caption)}</caption>" if table.caption else ""
    head = f"<thead><tr>{''.join(map(_column, table.columns))}</tr></thead>" if table.columns else ""
    return f"<table>{caption}{head}<tbody>{''.join(map(_row, table.rows))}</tbody></table>"


def _column(column: Column) -> str:
    return f'<th scope="col">{spans_html(spans_of(column.name, column.spans))}</th>'


def _row(row: Row) -> str:
    return f"<tr>{''.join(map(_cell, row.cells))}</tr>"


def _cell(cell: Cell) -> str:
    tag = "th" if cell.header else "td"
    spans = "".join(f' {name}="{value}"' for name, value in (("colspan", cell.column_span), ("rowspan", cell.row_span)) if value != 1)
    return f"<{tag}{spans}>{spans_html(spans_of(cell.text, cell.spans))}{''.join(map(block_html, cell.blocks))}</{tag}>"


def _blockquote(block: Blockquote) -> str:
    cite = f"<p><cite>{_lines(block.attribution)}</cite></p>" if block.attribution else ""
    return f"<blockquote>{''.join(map(block_html, block.blocks))}{cite}</blockquote>"


def _code(block: Code) -> str:
    language = f' class="language-{_attribute(block.language)}"' if block.language else ""
    return f"<pre><code{language}>{_text(block.text)}</code></pre>"
