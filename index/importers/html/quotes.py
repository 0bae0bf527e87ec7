"""What does a quotation become, and what do details?"""

from __future__ import annotations

import re

from index.document import Block, Blockquote, Embed, Mark, Paragraph
from index.importers.html.embeds import post_of
from index.importers.html.hints import part
from index.importers.html.mapper import Flow, Mapper, Style
from index.importers.html.tree import Node
from index.inline import normalise, running

ATTRIBUTION = part("attribution cite citation quote-author quote-source blockquote-footer")
DASH = re.compile(r"^\s*(?:—|―|–|--+)\s*(?=\S)")
LONGEST = 120  # characters: the longest attribution of the quotes on 130 pages has 41


def quote_of(mapper: Mapper, node: Node, _style: Style) -> Flow:
    """A quotation with whom it is from; a post of another site is followed by its embed."""
    children, source = _parted(node)
    blocks = mapper.nested(children)
    attribution = mapper.line(source.children) if source is not None else ""
    if not attribution and len(blocks) > 1:
        attribution = _dashed(blocks[-1])
        blocks = blocks[:-1] if attribution else blocks
    out: Flow = [Blockquote(DASH.sub("", attribution).strip() or None, tuple(blocks))] if blocks else []
    post = post_of(mapper, node)
    return [*out, Embed(post)] if post else out


def _parted(node: Node) -> tuple[list[Node | str], Node | None]:
    """What a quotation holds, and the element at its end that says whom it is from."""
    children = list(node.children)
    while children and isinstance(last := children[-1], str) and not last.strip():
        children.pop()
    if len(children) > 1 and isinstance(last := children[-1], Node) and _names_source(last):
        return children[:-1], last
    return children, None


def _names_source(node: Node) -> bool:
    if node.tag in ("footer", "cite", "figcaption") or ATTRIBUTION.search(node.get("class")):
        return len(node.text) <= LONGEST
    only = [child for child in node.children if isinstance(child, Node) or child.strip()]
    if node.tag not in ("p", "div") or len(only) != 1 or not isinstance(inner := only[0], Node):
        return False
    return inner.tag in ("cite", "footer") and _names_source(inner)


def _dashed(block: Block) -> str:
    """The text of a short paragraph that begins with a dash, as attributions do."""
    if isinstance(block, Paragraph) and len(block.text) <= LONGEST and DASH.match(block.text) and "\n" not in block.text:
        return block.text
    return ""


def details_of(mapper: Mapper, node: Node, style: Style) -> Flow:
    """The summary as a strong paragraph, then what it opens."""
    summary = next((child for child in node.elements if child.tag == "summary"), None)
    rest = [child for child in node.children if child is not summary]
    title = normalise(mapper.spans(summary.children, Style((Mark.STRONG,)))) if summary is not None else ()
    lead: Flow = [Paragraph(*running(title))] if title else []
    return lead + mapper.flow(rest, style)
