"""Which handler reads which element?"""

from __future__ import annotations

from index.document import ThematicBreak
from index.importers.html.codes import code_of
from index.importers.html.embeds import embed_of
from index.importers.html.figures import container_of, figure_of
from index.importers.html.headings import heading_of
from index.importers.html.lists import definitions, list_of
from index.importers.html.mapper import BlockHandler, Flow, Handlers, Mapper, Style
from index.importers.html.names import HEADINGS
from index.importers.html.notes import notes_of
from index.importers.html.quotes import details_of, quote_of
from index.importers.html.spans import INLINES, styled
from index.importers.html.tables import table_of
from index.importers.html.tree import Node
from index.importers.repairs import Repairs


def _rule(_mapper: Mapper, node: Node, _style: Style) -> Flow:
    """A rule, unless it is the one that parts notes from the text."""
    return [] if node.parent is not None and "footnotes" in node.parent.get("class") else [ThematicBreak()]


def _division(mapper: Mapper, node: Node, style: Style) -> Flow:
    return heading_of(mapper, node, style) if node.get("role") == "heading" else container_of(mapper, node, style)


BLOCKS: dict[str, BlockHandler] = {
    "blockquote": quote_of,
    "details": details_of,
    "div": _division,
    "dl": definitions,
    "figure": figure_of,
    "hr": _rule,
    "table": table_of,
}
BLOCKS |= dict.fromkeys(HEADINGS, heading_of)
BLOCKS |= dict.fromkeys(("ul", "ol", "menu", "dir"), list_of)
BLOCKS |= dict.fromkeys(("pre", "xmp", "listing", "plaintext"), code_of)
BLOCKS |= dict.fromkeys(("iframe", "video", "audio", "embed", "object"), embed_of)

HANDLERS = Handlers(BLOCKS, INLINES, styled)


def mapper_for(root: Node, repairs: Repairs, base: str | None = None) -> Mapper:
    """A mapper for what stands in `root`."""
    return Mapper(HANDLERS, repairs, base, notes_of(root))
