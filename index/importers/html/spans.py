"""What do the elements of running text become?"""

from __future__ import annotations

import re

from index.document import Mark, Span
from index.importers.html.formulas import formula_of
from index.importers.html.images import image_of, is_tracker
from index.importers.html.mapper import BREAK, Formula, InlineHandler, Mapper, Style
from index.importers.html.notes import note_of, returns_from_note
from index.importers.html.tree import Node

MARKS = {
    "strong": Mark.STRONG,
    "b": Mark.STRONG,
    "em": Mark.EMPHASIS,
    "i": Mark.EMPHASIS,
    "dfn": Mark.EMPHASIS,
    "var": Mark.EMPHASIS,
    "cite": Mark.EMPHASIS,
    "code": Mark.CODE,
    "kbd": Mark.CODE,
    "samp": Mark.CODE,
    "tt": Mark.CODE,
    "s": Mark.STRIKETHROUGH,
    "strike": Mark.STRIKETHROUGH,
    "del": Mark.STRIKETHROUGH,
    "sub": Mark.SUBSCRIPT,
    "sup": Mark.SUPERSCRIPT,
    "u": Mark.UNDERLINE,
    "ins": Mark.UNDERLINE,
    "mark": Mark.HIGHLIGHT,
}
NOT_BOLD = re.compile(r"font-weight\s*:\s*(normal|[1-5]00|lighter)", re.IGNORECASE)
BOLD = re.compile(r"font-weight\s*:\s*(bold|bolder|[6-9]00)", re.IGNORECASE)
ITALIC = re.compile(r"font-style\s*:\s*(italic|oblique)", re.IGNORECASE)


def styled(mapper: Mapper, node: Node, style: Style) -> Style:
    """The style of what stands in an element: its own mark or link added."""
    tag = node.tag
    if tag == "a":
        return _linked(mapper, node, style)
    css = node.attributes.get("style")
    mark = MARKS.get(tag)
    if mark is not None:
        return style if mark is Mark.STRONG and css and NOT_BOLD.search(css) else style.marked(mark)
    if css and tag in ("span", "font"):
        if BOLD.search(css):
            style = style.marked(Mark.STRONG)
        if ITALIC.search(css):
            style = style.marked(Mark.EMPHASIS)
    return style


def _linked(mapper: Mapper, node: Node, style: Style) -> Style:
    address = node.get("href")
    href = mapper.url(address, node.line, "a link") if address else None
    return style if href is None else Style(style.marks, href)


def _link(mapper: Mapper, node: Node, style: Style, out: list[Span]) -> None:
    if returns_from_note(node):
        return
    note = note_of(node, mapper.notes)
    if note is not None:
        out.append(Span(node.text, style.marked(Mark.SUPERSCRIPT).marks, note))
        return
    mapper.running(node.children, styled(mapper, node, style), out)


def _break(_mapper: Mapper, _node: Node, _style: Style, out: list[Span]) -> None:
    out.append(BREAK)


def _image(mapper: Mapper, node: Node, style: Style, out: list[Span]) -> None:
    if is_tracker(node):
        return
    formula = formula_of(node)
    if formula is not None:
        out.append(Formula(formula, style.marked(Mark.CODE).marks, style.href))
        return
    image = image_of(mapper, node)
    if image is not None:
        out.append(Span(image.alt, style.marks, style.href, image))


def _formula(_mapper: Mapper, node: Node, style: Style, out: list[Span]) -> None:
    formula = formula_of(node)
    if formula:
        out.append(Formula(formula, style.marked(Mark.CODE).marks, style.href, display=node.get("display") == "block"))


def _span(mapper: Mapper, node: Node, style: Style, out: list[Span]) -> None:
    formula = formula_of(node) if "class" in node.attributes else None
    if formula:
        is_display = "display" in node.get("class") or node.text.startswith(("\\[", "$$"))
        out.append(Formula(formula, style.marked(Mark.CODE).marks, style.href, display=is_display))
    else:
        mapper.running(node.children, styled(mapper, node, style), out)


def _quotation(mapper: Mapper, node: Node, style: Style, out: list[Span]) -> None:
    out.append(style.span("“"))
    mapper.running(node.children, style, out)
    out.append(style.span("”"))


def _annotation(mapper: Mapper, node: Node, style: Style, out: list[Span]) -> None:
    """The reading of a ruby base: in brackets, which `rp` brings where it is there."""
    bracketed = node.parent is not None and any(sibling.tag == "rp" for sibling in node.parent.elements)
    out.append(style.span("" if bracketed else "("))
    mapper.running(node.children, style, out)
    out.append(style.span("" if bracketed else ")"))


def _nothing(_mapper: Mapper, _node: Node, _style: Style, _out: list[Span]) -> None:
    """What readers do not read: drawings, and what is typed into or pressed."""


NOTHING = (
    "svg",
    "button",
    "input",
    "select",
    "textarea",
    "datalist",
    "option",
    "optgroup",
    "wbr",
    "noscript",
    "area",
    "source",
    "param",
    "track",
)

INLINES: dict[str, InlineHandler] = dict.fromkeys(NOTHING, _nothing)
INLINES |= {"a": _link, "br": _break, "img": _image, "image": _image, "math": _formula, "q": _quotation, "rt": _annotation, "span": _span}
