"""How does a run of a page's elements become headings, blocks and spans?

One walk: running text gathers until a block-level element begins. What an element becomes is said by its handler (one file a kind:
`lists`, `tables`, `media` and so on). An element without a handler is seen through: what it holds stands where it stood.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from index.document import Block, Code, ImageBlock, Mark, Paragraph, RepairKind, Span
from index.importers.flow import Heading
from index.importers.html.formulas import formula_of
from index.importers.html.names import BLOCKS, MEANINGFUL
from index.importers.html.sizes import size
from index.importers.html.tree import Node
from index.importers.repairs import Repairs
from index.importers.urls import names_unsafe, safe_url
from index.inline import running

DEEPEST = 24  # blocks within blocks: the deepest of 130 pages are 3, and whoever reads a document recurses


def folded(text: str) -> str:
    """The text with each run of white space as one blank, at its ends too."""
    words = " ".join(text.split())
    if not words:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{words}{' ' if text[-1].isspace() else ''}"


class Style(NamedTuple):
    """What text inherits from the elements around it."""

    marks: tuple[Mark, ...] = ()
    href: str | None = None

    def marked(self, mark: Mark) -> Style:
        """The style with one more mark."""
        return self if mark in self.marks else Style((*self.marks, mark), self.href)

    def span(self, text: str) -> Span:
        """Text in this style, its white space folded."""
        return Span(folded(text), self.marks, self.href)


PLAIN = Style()
SMALL = 40  # CSS pixels: what stands in a line of text like a letter; icons have 16 to 32
BREAK = Span("\n")
MATH = "math"


class Formula(Span, frozen=True):
    """A span that is a formula; `display` where it is set apart from the text around it."""

    display: bool = False


Flow = list[Heading | Block]
BlockHandler = Callable[["Mapper", Node, Style], Flow]
InlineHandler = Callable[["Mapper", Node, Style, list[Span]], None]
StyleOf = Callable[["Mapper", Node, Style], Style]


@dataclass(frozen=True, slots=True)
class Handlers:
    """What becomes of which element, by tag; `styled` is the style of what stands in an element that is seen through."""

    blocks: Mapping[str, BlockHandler]
    inlines: Mapping[str, InlineHandler]
    styled: StyleOf


class Content(NamedTuple):
    """What a list item or a cell holds: running text, then blocks."""

    text: str
    spans: tuple[Span, ...]
    blocks: tuple[Block, ...]


@dataclass(slots=True)
class Mapper:
    """Walks over elements, and holds what the whole walk shares.

    `base` is the address that relative ones are relative to; `notes` names the footnotes by the ids that links to them use; `passed`
    are elements that the walk passes over, because they are read elsewhere; `said` are the tags of which a repair speaks already.
    """

    handlers: Handlers
    repairs: Repairs
    base: str | None = None
    notes: Mapping[str, str] = field(default_factory=dict)
    passed: set[Node] = field(default_factory=set)
    said: set[str] = field(default_factory=set)
    depth: int = 0

    def flow(self, children: Iterable[Node | str], style: Style = PLAIN, loose: bool = True) -> Flow:
        """The headings and blocks that these become; where `loose`, they stand in no paragraph, item or cell: a picture parts them."""
        out: Flow = []
        run: list[Span] = []
        for child in children:
            if isinstance(child, str):
                run.append(style.span(child))
            elif child in self.passed:
                continue
            elif child.tag in BLOCKS or child.has_block:
                out += settled(run)
                run = []
                out += self._block(child, style)
            elif loose and stands_alone(child):
                out += settled(run)
                run = self.spans([child], style)
                out += settled(run)
                run = []
            else:
                self.inline(child, style, run)
        return out + settled(run)

    def _block(self, node: Node, style: Style) -> Flow:
        handler = self.handlers.blocks.get(node.tag)
        if handler is not None:
            return handler(self, node, style)
        self.see_through(node)
        loose = (node.origin or node).tag != "p"
        return self.flow(node.children, self.handlers.styled(self, node, style), loose)

    def inline(self, node: Node, style: Style, out: list[Span]) -> None:
        """Add the spans that an element of running text becomes."""
        handler = self.handlers.inlines.get(node.tag)
        if handler is not None:
            handler(self, node, style, out)
        else:
            self.see_through(node)
            self.running(node.children, self.handlers.styled(self, node, style), out)

    def running(self, children: Iterable[Node | str], style: Style, out: list[Span]) -> None:
        """Add the spans of running text; a block-level element in it is set off by line breaks."""
        for child in children:
            if isinstance(child, str):
                out.append(style.span(child))
            elif child in self.passed:
                continue
            elif child.tag in BLOCKS:
                out.append(BREAK)
                self.inline(child, style, out)
                out.append(BREAK)
            else:
                self.inline(child, style, out)

    def spans(self, children: Iterable[Node | str], style: Style = PLAIN) -> list[Span]:
        """The spans of running text."""
        out: list[Span] = []
        self.running(children, style, out)
        return out

    def line(self, children: Iterable[Node | str]) -> str:
        """Running text on one line, without marks."""
        return running(self.spans(children))[0].replace("\n", " ")

    def nested(self, children: Iterable[Node | str], style: Style = PLAIN, loose: bool = True) -> list[Block]:
        """Blocks that stand within another: a heading among them is a strong paragraph; nested too deep they are one paragraph."""
        if self.depth >= DEEPEST:
            self.repairs.add(RepairKind.MARKUP_DROPPED, f"Blocks nested more than {DEEPEST} deep became running text.")
            return [_strong(thing) if isinstance(thing, Heading) else thing for thing in settled(self.spans(children, style))]
        self.depth += 1
        try:
            flow = self.flow(children, style, loose)
        finally:
            self.depth -= 1
        return [_strong(thing) if isinstance(thing, Heading) else thing for thing in flow]

    def content(self, children: Iterable[Node | str]) -> Content:
        """What a list item or a cell holds: the paragraph that it begins with is its own text."""
        blocks = self.nested(children, loose=False)
        if blocks and isinstance(first := blocks[0], Paragraph):
            return Content(first.text, first.spans, tuple(blocks[1:]))
        return Content("", (), tuple(blocks))

    def url(self, address: str, line: int, what: str) -> str | None:
        """The address as it may stand in a document; None, and a repair, where it may not."""
        safe = safe_url(address, self.base)
        if safe is None and names_unsafe(address):
            self.repairs.add(RepairKind.UNSAFE_REMOVED, f"The address of {what} was removed: “{address.strip()[:60]}”.", line or None)
        return f"https:{safe}" if safe is not None and safe.startswith("//") else safe

    def see_through(self, node: Node) -> None:
        """Say, once for each kind, that an element with a meaning of its own became what it holds."""
        if node.tag in MEANINGFUL and node.tag not in self.said:
            self.said.add(node.tag)
            message = f"Nothing in an article is like <{node.tag}>; its text was kept."
            self.repairs.add(RepairKind.MARKUP_DROPPED, message, node.line or None)


def stands_alone(node: Node) -> bool:
    """Whether an element is a picture, maybe in a link, that is no part of a line of text: not small, and not a formula."""
    while node.tag in ("a", "span", "picture", "font", "center", "noscript"):
        seen = [child for child in node.children if isinstance(child, Node) or child.strip()]
        pictures = [child for child in seen if isinstance(child, Node) and child.tag != "source"]
        if len(pictures) != 1 or len(seen) > len(pictures) + sum(isinstance(c, Node) and c.tag == "source" for c in seen):
            return False
        node = pictures[0]
    if node.tag != "img" or formula_of(node) is not None:
        return False
    sides = [number for number in (size(node.get("width")), size(node.get("height"))) if number is not None]
    return not sides or max(sides) > SMALL


def settled(run: list[Span]) -> Flow:
    """The blocks of a run of spans: two line breaks part paragraphs, images and formulas without text beside them stand alone."""
    out: Flow = []
    part: list[Span] = []
    broken = False
    for span in run:
        if isinstance(span, Formula) and span.display:
            out += [*_paragraph(part), Code(span.text, MATH)]
            part = []
        elif span is BREAK and broken:
            out += _paragraph(part)
            part = []
        else:
            part.append(span)
        broken = span is BREAK or (broken and span.image is None and not span.text.strip())
    return out + _paragraph(part)


def _paragraph(run: list[Span]) -> Flow:
    """What a run without an empty line becomes: nothing, images, a formula or a paragraph."""
    seen = [span for span in run if span.image is not None or span.text.strip()]
    if all(span.image is not None for span in seen):
        return [ImageBlock(span.image) for span in seen if span.image is not None]
    if len(seen) == 1 and isinstance(seen[0], Formula):
        return [Code(seen[0].text, MATH)]
    text, spans = running(run)
    return [Paragraph(text, spans)] if text else []


def _strong(heading: Heading) -> Block:
    return Paragraph(heading.text, (Span(heading.text, (Mark.STRONG,)),))
