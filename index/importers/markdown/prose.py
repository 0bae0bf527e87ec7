"""What do paragraphs, headings, code and rules become?"""

from __future__ import annotations

import re

from markdown_it.token import Token

from index.document import Block, Code, ImageBlock, Paragraph, RepairKind, Span, ThematicBreak
from index.importers.flow import Heading
from index.importers.markdown import markup
from index.importers.markdown.inserts import PICTURE
from index.importers.markdown.sheet import Sheet
from index.importers.markdown.spans import Picture, Piece, easy_pieces, pieces
from index.importers.markdown.walk import Flow, Handler, Walk
from index.inline import normalise, running

LANGUAGE = re.compile(r"[\w+#.-]*\w[\w+#.-]*")
GIVEN_ANCHOR = re.compile(
    r"(?:\{:?(?:[^{}\n]*?#(?P<id>[\w:.-]+)|[ \t]*\.)[^{}\n]*\}|\{/\*[ \t]*#?(?P<mdx>[\w-]+)[ \t]*\*/\})[ \t]*#*[ \t]*$"
)
NAMED_ANCHOR = re.compile(r"<a\s+(?:name|id)\s*=\s*[\"']?(?P<id>[\w:.-]+)[\"']?\s*(?:/>|>\s*</a>)", re.IGNORECASE)
NOTE = "#fn-"


def text_flow(content: str, sheet: Sheet, line: int | None) -> Flow:
    """What the running text of a paragraph becomes: one paragraph as a rule, images that stand alone, blocks that stood in it."""
    found = easy_pieces(content, sheet, line)
    if found is not None:
        return list(settled(found, sheet, line))
    tokens = sheet.parse(content)
    if "<" in content and markup.elements(tokens):
        return markup.paragraph(tokens, sheet, line)
    if content[0] == "<" and markup.is_broken_tag(content):
        return markup.broken(content, sheet, line)
    return list(settled(pieces(tokens, sheet, line), sheet, line))


def settled(found: list[Piece], sheet: Sheet, line: int | None) -> list[Block]:
    """The paragraphs of running text; images without text beside them, and what is a block, stand alone."""
    out: list[Block] = []
    run: list[Span | Picture] = []
    for piece in found:
        if isinstance(piece, Span | Picture):
            run.append(piece)
        else:
            out += [*_paragraph(run, sheet, line), piece]
            run = []
    return out + _paragraph(run, sheet, line) if out else _paragraph(run, sheet, line)


def _paragraph(run: list[Span | Picture], sheet: Sheet, line: int | None) -> list[Block]:
    if len(run) == 1 and isinstance(only := run[0], Span) and not only.marks and only.href is None and only.image is None:
        text = only.text.strip()
        if text.isprintable() and "  " not in text:  # nothing to fold: two paragraphs in five
            return [Paragraph(text)] if text else []
    pictures = [piece for piece in run if isinstance(piece, Picture)]
    if pictures and all(isinstance(piece, Picture) or not piece.text.strip() for piece in run):
        return [_image(picture, sheet, line) for picture in pictures]
    text, spans = running(piece.span if isinstance(piece, Picture) else piece for piece in run)
    return [Paragraph(text, spans)] if text or spans else []


def _image(picture: Picture, sheet: Sheet, line: int | None) -> ImageBlock:
    """An image that stands alone; a link around it has no place, and is named unless it leads to an image too."""
    image, href = picture.span.image, picture.span.href
    assert image is not None
    if href and not PICTURE.search(href):
        sheet.repairs.add(RepairKind.MARKUP_DROPPED, f"The link of an image to “{href[:200]}” has no place in a document.", line)
    return ImageBlock(image, picture.caption)


def line_of(content: str, sheet: Sheet, line: int | None) -> tuple[list[Span], list[Block]]:
    """Running text that stays together, a heading's or a cell's, and the blocks that stood in it."""
    found = easy_pieces(content, sheet, line)
    if found is None:
        tokens = sheet.parse(content)
        if "<" in content and markup.elements(tokens):
            return markup.line(tokens, sheet, line), []
        found = pieces(tokens, sheet, line)
    spans = [piece.span if isinstance(piece, Picture) else piece for piece in found if isinstance(piece, Span | Picture)]
    return spans, [piece for piece in found if not isinstance(piece, Span | Picture)]


def _text(walk: Walk, token: Token) -> Flow:
    return text_flow(walk.inline().content, walk.sheet, walk.sheet.line(token))


def _heading(walk: Walk, token: Token) -> Flow:
    """A heading as plain text, with the anchor that its source gives."""
    sheet, line = walk.sheet, walk.sheet.line(token)
    content, anchor = anchored(walk.inline().content, sheet)
    spans, blocks = line_of(content, sheet, line)
    if any(span.image is None and span.text.strip() for span in spans):  # an image beside the words stands below them
        blocks += [ImageBlock(span.image) for span in spans if span.image is not None]
        spans = [span for span in spans if span.image is None]
    text = "".join(span.text for span in normalise(span for span in spans if not (span.href or "").startswith(NOTE)))
    text = " ".join(text.split())
    return [Heading(text, int(token.tag[1:]), anchor), *blocks] if text else list(blocks)


def anchored(content: str, sheet: Sheet) -> tuple[str, str]:
    """A heading's Markdown without the anchor that it gives, and the anchor."""
    anchor = ""
    written = sheet.calls.attributes(content)
    if "{" in written and (given := GIVEN_ANCHOR.search(written)):
        anchor, content = given["id"] or given["mdx"] or "", written[: given.start()].rstrip()
    if "<" in content and (named := NAMED_ANCHOR.search(content)):
        anchor, content = anchor or named["id"], content[: named.start()] + content[named.end() :]
    return content, anchor


def _code(walk: Walk, token: Token) -> Flow:
    """Code as it stands; its language is the first word beside the fence."""
    text = walk.sheet.calls.restore(token.content, indented=token.type == "code_block").removesuffix("\n")
    language = LANGUAGE.search(walk.sheet.calls.restore(token.info)) if token.info else None
    return [Code(text, language[0].lstrip(".") if language else None)] if text.strip() else []


def _formula(walk: Walk, token: Token) -> Flow:
    text = walk.sheet.calls.restore(token.content).strip()
    return [Code(text, "math")] if text else []


def _rule(_walk: Walk, _token: Token) -> Flow:
    return [ThematicBreak()]


HANDLERS: dict[str, Handler] = {
    "paragraph_open": _text,
    "heading_open": _heading,
    "fence": _code,
    "code_block": _code,
    "math_block": _formula,
    "math_block_label": _formula,
    "hr": _rule,
}
