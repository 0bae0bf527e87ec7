"""What of a page did not become part of the article?

Its law: every text of the page that a reader would see is in the article, or in an element that a repair names. Compares the page with the
content that was cut out of a copy of it, so whatever pass left something out, it is said here, once for each piece.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from index.document import RepairKind
from index.importers.html.hints import hint, verdict
from index.importers.html.names import CONTROLS, NEVER_SHOWN
from index.importers.html.shown import SAME, is_hidden, similarity
from index.importers.html.tree import Node
from index.importers.repairs import Repairs
from index.importers.urls import is_absolute, safe_url
from index.plain import excerpt

MOST = 100  # pieces that are named one by one: enough for all but one of 130 pages; half of them have 8 or fewer
SHOWN = 80  # characters of a piece that are quoted
LOOKED_AT = 400  # characters of a piece that are read for that

KINDS = (
    ("Navigation", re.compile(r"(?:^|[\s_-])(?:nav|navigation|navbar|menu|breadcrumbs?|pagination|pager|toc)(?:$|[\s_-])", re.IGNORECASE)),
    ("Comments", re.compile(r"comment|disqus|replies|respond", re.IGNORECASE)),
    ("Share buttons", re.compile(r"share|sharing|social", re.IGNORECASE)),
    ("A newsletter box", re.compile(r"newsletter|subscri|sign-?up|mailing", re.IGNORECASE)),
    ("An advertisement", re.compile(r"(?:^|[\s_-])ads?(?:$|[\s_-])|advert|sponsor|promo|banner|outbrain|taboola", re.IGNORECASE)),
    ("Related links", re.compile(r"related|recommend|more-|read-?next|popular|trending|latest", re.IGNORECASE)),
    ("A notice", re.compile(r"cookie|consent|gdpr|alert|popup|modal", re.IGNORECASE)),
    ("A footer", re.compile(r"footer|copyright|colophon", re.IGNORECASE)),
    ("A sidebar", re.compile(r"sidebar|widget|aside|rail", re.IGNORECASE)),
    ("A header", re.compile(r"header|masthead|logo", re.IGNORECASE)),
)
BY_TAG = {"nav": "Navigation", "footer": "A footer", "aside": "A sidebar", "header": "A header", "form": "A form", "iframe": "A frame"}
BY_TAG |= dict.fromkeys(CONTROLS, "Part of a form")
SURE, LIKELY, GUESSED = 0.95, 0.9, 0.75  # by its tag; by its names; by what it holds or where it stands


def report(body: Node, content: Node, used: set[Node], title: str, repairs: Repairs) -> None:
    """Say what of `body` is not in `content`; `used` are elements that were read for something else, such as the byline."""
    kept = {node.origin for node in content.walk() if node.origin is not None}
    around = _around(kept)
    count = 0
    texts = cache(lambda: {piece.strip() for piece in content.pieces()})
    for piece, text in _left_out(body, texts, kept, around, used):
        if piece.tag in ("h1", "h2") and similarity(title, text) > SAME:
            continue
        count += 1
        if count <= MOST:
            what, confidence = _kind(piece)
            repairs.add(RepairKind.BOILERPLATE_REMOVED, f"{what} left out: “{excerpt(text, SHOWN)}”.", piece.line or None, confidence)
    if count > MOST:
        repairs.add(RepairKind.BOILERPLATE_REMOVED, f"{count - MOST} further pieces were left out.", None, GUESSED)


def _around(kept: set[Node]) -> set[Node]:
    """The elements that these stand in."""
    around: set[Node] = set()
    for node in kept:
        for above in node.above():
            if above in around:
                break
            around.add(above)
    return around


def _left_out(node: Node, texts: Callable[[], set[str]], kept: set[Node], around: set[Node], used: set[Node]) -> Iterator[tuple[Node, str]]:
    """The largest elements without anything kept in them that have text, with that text.

    Bare text goes by the element it stands in, or, as it may have been put into a paragraph that the page does not have, by itself.
    """
    for child in node.children:
        if isinstance(child, str):
            if node not in kept and child.strip() and child.strip() not in texts():
                yield node, child
        elif child.tag in NEVER_SHOWN or child in used or _says_nothing(child):
            continue
        elif child in kept or child in around:
            yield from _left_out(child, texts, kept, around, used)
        elif text := _beginning(child):
            yield child, text


def _says_nothing(node: Node) -> bool:
    """Whether nobody misses an element: a frame that shows nothing, or the hidden form of a formula that is there as a picture."""
    if node.tag == "iframe":
        return is_hidden(node) or not is_absolute(safe_url(node.get("src"), "https://example.org/") or "")
    return is_hidden(node) and node.find("math") is not None


def _beginning(node: Node) -> str:
    """How the text begins that a reader sees in an element; for a frame its address."""
    if node.tag == "iframe":
        return node.get("src")[:LOOKED_AT]
    pieces: list[str] = []
    length = 0
    stack: list[Node | str] = [node]
    while stack and length < LOOKED_AT:
        thing = stack.pop()
        if isinstance(thing, str):
            pieces.append(thing)
            length += len(thing.strip())
        elif thing.tag not in NEVER_SHOWN and thing.tag != "noscript":
            stack.extend(reversed(thing.children))
    return " ".join(" ".join(pieces).split())


def _kind(node: Node) -> tuple[str, float]:
    """What a piece is called, and how sure it is that it is no part of the article."""
    if is_hidden(node):
        return "A hidden part", SURE
    if node.tag in BY_TAG:
        return BY_TAG[node.tag], SURE
    names = hint(node)
    if names.strip():
        if verdict(names).is_share_bar:
            return "Share buttons", LIKELY
        for what, words in KINDS:
            if words.search(names):
                return what, LIKELY
    return "A part beside the article", GUESSED
