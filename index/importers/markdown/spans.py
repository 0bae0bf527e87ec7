"""How do the tokens of running text become spans?

Marks are those around the text, outermost first. Bare addresses become links as GFM has it. What cannot stand within a line, an embed
for one, is handed back as the block that it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from markdown_it.token import Token

from index.document import Block, Image, ImageBlock, Mark, Span
from index.importers.markdown.easy import easy
from index.importers.markdown.sheet import Sheet
from index.importers.markdown.shortcodes import OPEN

CODE, STRONG, EMPHASIS = (Mark.CODE,), (Mark.STRONG,), (Mark.EMPHASIS,)
MARKS = {"strong": Mark.STRONG, "em": Mark.EMPHASIS, "s": Mark.STRIKETHROUGH}
BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
COMMENT = re.compile(r"<!--.*?-->|<\?.*?\?>", re.DOTALL)

# GFM 6.9; a domain's labels are ASCII or letters, at least two of them
BARE = re.compile(
    r"(?<![\w/@.:+-])(?:(?P<url>(?:https?://|www\.)(?:[\w-]+\.)+[\w-]+(?::\d+)?(?:[/?#][^\s<]*)?)|(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+))",
    re.IGNORECASE,
)
TRAILING = "?!.,:*_~'\"”’;"


class Picture(NamedTuple):
    """An image in running text, and the caption that it has where it stands alone."""

    span: Span
    caption: str | None = None


Piece = Span | Picture | Block


def easy_pieces(content: str, sheet: Sheet, line: int | None = None) -> list[Piece] | None:
    """What the Markdown of running text becomes, where that can be told without a parser, else None; `line` is where it stands."""
    easily = easy(content)
    if easily is None:
        return None
    out: list[Piece] = []
    for kind, text, href in easily:
        if kind == "text":
            _text(text.replace("\n", " "), (), None, out, sheet)
        elif kind == "code":
            out.append(Span(sheet.calls.restore(text), CODE))
        elif kind == "codelink":
            out.append(Span(sheet.calls.restore(text), CODE, sheet.url(href, "a link", line)))
        elif kind == "link":
            _text(text, (), sheet.url(href, "a link", line), out, sheet)
        else:
            _text(text, STRONG if kind == "strong" else EMPHASIS, None, out, sheet)
    return out


def pieces(tokens: Iterable[Token], sheet: Sheet, line: int | None = None) -> list[Piece]:
    """What the tokens of running text become."""
    out: list[Piece] = []
    marks: tuple[Mark, ...] = ()
    href: str | None = None
    text: list[str] = []
    for token in tokens:
        kind = token.type
        if kind in ("text", "text_special"):
            text.append(token.content)
            continue
        if kind == "softbreak":
            text.append(" ")
            continue
        if kind == "hardbreak":
            text.append("\n")
            continue
        if text:
            _text("".join(text), marks, href, out, sheet)
            text.clear()
        if kind == "link_open":
            href = sheet.url(str(token.attrs.get("href", "")), "a link", line)
        elif kind == "link_close":
            href = None
        elif token.tag in MARKS:
            mark = MARKS[token.tag]
            marks = (*marks, mark) if token.nesting > 0 else _without(marks, mark)
        else:
            _single(token, marks, href, out, sheet, line)
    if text:
        _text("".join(text), marks, href, out, sheet)
    return out


def _without(marks: tuple[Mark, ...], mark: Mark) -> tuple[Mark, ...]:
    """The marks without the innermost one of this kind."""
    at = len(marks) - 1 - marks[::-1].index(mark)
    return marks[:at] + marks[at + 1 :]


def _single(token: Token, marks: tuple[Mark, ...], href: str | None, out: list[Piece], sheet: Sheet, line: int | None) -> None:
    """Add what one token becomes that stands for itself."""
    match token.type:
        case "code_inline":
            out.append(Span(sheet.calls.restore(token.content), (*marks, Mark.CODE), href))
        case "image":
            out.append(_picture(token, marks, href, sheet, line))
        case "footnote_ref":
            number = token.meta["id"] + 1
            out.append(Span(str(number), (*marks, Mark.SUPERSCRIPT), f"#fn-{number}"))
        case "html_inline" if BREAK_TAG.fullmatch(token.content):
            out.append(Span("\n", marks, href))
        case _ if not COMMENT.fullmatch(token.content):
            _text(token.content, marks, href, out, sheet)


def _picture(token: Token, marks: tuple[Mark, ...], href: str | None, sheet: Sheet, line: int | None) -> Piece:
    """An image; one without an address that may be shown is its alternative text."""
    alt = sheet.calls.words("".join(_words(token.children or [])))
    url = sheet.url(str(token.attrs.get("src", "")), "an image", line)
    if url is None:
        return Span(alt, marks, href)
    title = sheet.calls.words(str(token.attrs.get("title", ""))).strip()
    return Picture(Span(alt, marks, href, Image(url, " ".join(alt.split()))), title or None)


def _words(tokens: Iterable[Token]) -> Iterator[str]:
    """The text in tokens, as an image's alternative text."""
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.children:
            yield from _words(token.children)
        elif token.type != "html_inline":
            yield token.content


def _text(text: str, marks: tuple[Mark, ...], href: str | None, out: list[Piece], sheet: Sheet) -> None:
    """Add plain text, what template calls in it became, and links for bare addresses."""
    for piece in sheet.calls.pieces(text) if OPEN in text else (text,):
        if isinstance(piece, str):
            if href is None and ("://" in piece or "www." in piece or "@" in piece):
                out.extend(linked(piece, marks))
            else:
                out.append(Span(piece, marks, href))
        elif isinstance(piece, Span):
            out.append(Span(piece.text, (*marks, *piece.marks), piece.href or href, piece.image))
        elif isinstance(piece, ImageBlock):
            out.append(Picture(Span(piece.image.alt, marks, href, piece.image), piece.caption))
        else:
            out.append(piece)


def linked(text: str, marks: tuple[Mark, ...] = ()) -> Iterator[Span]:
    """Text with its bare addresses as links."""
    start = 0
    for match in BARE.finditer(text):
        address = match[0]
        while address and (address[-1] in TRAILING or (address[-1] == ")" and address.count(")") > address.count("("))):
            address = address[:-1]
        if match["mail"]:
            href = None if address[-1:] in "-_" else f"mailto:{address}"
        else:
            href = f"http://{address}" if address[:4].lower() == "www." else address
        if href is None or "." not in address:
            continue
        if match.start() > start:
            yield Span(text[start : match.start()], marks)
        yield Span(address, marks, href)
        start = match.start() + len(address)
    if start < len(text):
        yield Span(text[start:], marks)
