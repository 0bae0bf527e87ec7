"""What does a figure become?

Its law: a caption goes to the picture that it stands beside; where there are several, to the last.
"""

from __future__ import annotations

from index.document import Block, Blockquote, ImageBlock, Table
from index.importers.flow import Heading
from index.importers.html.hints import part
from index.importers.html.mapper import Flow, Mapper, Style
from index.importers.html.tree import Node

CAPTION = part("caption captiontext thumbcaption image-?caption img-?caption legend")


def figure_of(mapper: Mapper, node: Node, style: Style) -> Flow:
    """What a figure shows, its caption given to that."""
    captions = [inner for inner in node.walk() if inner.tag == "figcaption" and _is_text(inner) and _figure_around(inner) is node]
    if not captions:
        return mapper.flow(node.children, style)
    return captioned(mapper, node, captions, style)


def container_of(mapper: Mapper, node: Node, style: Style) -> Flow:
    """What a division holds; where it is a picture beside its caption, the two together."""
    captions = [child for child in node.elements if CAPTION.search(child.get("class")) and _is_text(child)]
    if captions and node.find("img", "table") is not None:
        return captioned(mapper, node, captions, style)
    return mapper.flow(node.children, style)


def captioned(mapper: Mapper, node: Node, captions: list[Node], style: Style) -> Flow:
    """What an element holds, its captions taken out and given to what they stand beside."""
    mapper.passed.update(captions)
    flow = mapper.flow(node.children, style)
    text = " ".join(filter(None, (mapper.line(caption.children) for caption in captions)))
    if not text:
        return flow
    for place in range(len(flow) - 1, -1, -1):
        given = _with_caption(flow[place], text)
        if given is not None:
            return [*flow[:place], given, *flow[place + 1 :]]
    return flow + mapper.flow([child for caption in captions for child in caption.children], style)


def _figure_around(caption: Node) -> Node | None:
    return next((above for above in caption.above() if above.tag == "figure"), None)


def _is_text(caption: Node) -> bool:
    """Whether a caption is only text: what else it held would be lost."""
    return caption.find("img", "table", "iframe", "video", "ul", "ol", "pre", "figure") is None


def _with_caption(thing: Heading | Block, text: str) -> Block | None:
    """The block with a caption, or None where it takes none."""
    match thing:
        case ImageBlock(caption=None):
            return ImageBlock(thing.image, text)
        case Table(caption=None):
            return Table(text, thing.columns, thing.rows)
        case Blockquote(attribution=None):
            return Blockquote(text.lstrip("—–-― "), thing.blocks)
        case _:
            return None


def caption_cells(table: Node) -> list[Node]:
    """The cells of a table of one column that are captions to the pictures in it; none for any other table."""
    cells = [inner for inner in table.walk() if inner.tag in ("td", "th")]
    captions = [cell for cell in cells if CAPTION.search(cell.get("class")) and _is_text(cell)]
    return captions if captions and len(cells) == 2 and table.find("img") is not None else []
