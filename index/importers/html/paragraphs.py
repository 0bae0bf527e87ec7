"""Where are the paragraphs of a page that marks up none?

Two line breaks in a row, and running text that stands bare beside blocks, make paragraphs, so that the text of old pages and of new ones
is scored alike.
"""

from __future__ import annotations

from index.importers.html.hints import hint, verdict
from index.importers.html.measure import link_density, measure
from index.importers.html.names import BLOCKS, HEADINGS, PHRASING
from index.importers.html.tree import Node

EMPTY_GOES = frozenset(["div", "section", "header"]) | HEADINGS
SCORED = frozenset(["section", "h2", "h3", "h4", "h5", "h6", "p", "td", "pre"])
SOLID = frozenset(["blockquote", "dl", "div", "img", "ol", "p", "pre", "table", "ul"])
"""What a division that is no paragraph itself holds."""
FEW_LINKS = 0.25  # share of text in links: a division of one paragraph with more is a list of links (Readability's number)


def break_apart(node: Node) -> None:
    """Turn what follows two or more line breaks into a paragraph, in an element and all in it."""
    breaks = 0
    for child in node.children:
        if isinstance(child, Node):
            breaks += child.tag == "br"
            break_apart(child)
    if breaks > 1:
        _break(node)


def _break(node: Node) -> None:
    children, node.children = node.children, []
    paragraph: Node | None = None
    place, found = 0, False
    while place < len(children):
        child = children[place]
        end = _after_breaks(children, place)
        if end:
            paragraph = Node("p", line=child.line if isinstance(child, Node) else 0)
            place, found = end, True
            continue
        if paragraph is not None and (isinstance(child, str) or not (child.tag in BLOCKS or child.has_block)):
            if paragraph.parent is None:
                node.append(paragraph)
            paragraph.append(child)
        else:
            paragraph = None
            node.append(child)
        place += 1
    if found and node.tag == "p":
        node.tag = "div"


def _after_breaks(children: list[Node | str], start: int) -> int:
    """The place after a run of at least two line breaks that starts here; 0 where none does."""
    count, place, end = 0, start, 0
    while place < len(children):
        child = children[place]
        if isinstance(child, Node) and child.tag == "br":
            count, end = count + 1, place + 1
        elif isinstance(child, Node) or child.strip() or not count:
            break
        place += 1
    return end if count > 1 else 0


def paragraphs(node: Node, scored: list[Node]) -> None:
    """Leave out empty divisions, put bare text into paragraphs, and list the elements by which the page is scored. Needs `measure`."""
    kept: list[Node | str] = []
    for child in node.children:
        if isinstance(child, Node):
            if child.tag in EMPTY_GOES and not child.length and all(inner.tag in ("br", "hr") for inner in child.elements):
                continue
            if child.tag == "div":
                _wrap(child)
                only = _only_paragraph(child)
                if only is not None and link_density(child) < FEW_LINKS and not _is_named(child):
                    only.parent, only.origin = node, only.origin or child.origin
                    child = only  # noqa: PLW2901  (the division stands for its paragraph)
                elif not any(inner.tag in SOLID for inner in child.walk() if inner is not child):
                    child.tag = "p"
            if child.tag in SCORED:
                scored.append(child)
            paragraphs(child, scored)
        kept.append(child)
    node.children = kept


def _is_named(node: Node) -> bool:
    """Whether the names of a division are needed further on, for they say that it is a share bar."""
    return bool(node.attributes) and verdict(hint(node)).is_share_bar


def _only_paragraph(node: Node) -> Node | None:
    """The paragraph that is all that an element holds, if so."""
    elements = node.elements
    if len(elements) != 1 or elements[0].tag != "p" or any(isinstance(child, str) and child.strip() for child in node.children):
        return None
    return elements[0]


def _wrap(node: Node) -> None:
    """Put each run of running text that stands directly in an element into a paragraph."""
    children, node.children = node.children, []
    run: Node | None = None
    for child in children:
        if not (isinstance(child, str) or is_phrasing(child)):
            run = None
        elif run is None and _is_blank(child):
            pass
        else:
            if run is None:
                run = Node("p", line=child.line if isinstance(child, Node) else node.line)
                node.append(run)
            run.append(child)
            continue
        node.append(child)
    for made in node.elements:
        if made.tag == "p" and made.origin is None:
            while made.children and _is_blank(made.children[-1]):
                made.children.pop()
            measure(made)


def _is_blank(child: Node | str) -> bool:
    return not child.strip() if isinstance(child, str) else child.tag == "br"


def is_phrasing(node: Node) -> bool:
    """Whether an element is running text and nothing else."""
    return node.tag in PHRASING or (node.tag in ("a", "del", "ins") and all(isinstance(c, str) or is_phrasing(c) for c in node.children))
