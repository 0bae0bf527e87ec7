"""What elements does a page have?

The page's own tree: elements with their line, text between them. Its law: a tree is finite and shallow whatever the markup. lxml's
parser reads it (no network, no entities of the page's own, no huge trees); elements nested too deep are left out and their content
moves up, and a page with more of anything than any article has is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from lxml import etree

from index.importers.html.names import BLOCKS, ENDS_PARAGRAPH, HEADINGS, IN_HEAD, ITEMS, VOID
from index.importers.material import Unreadable

if TYPE_CHECKING:
    from lxml.etree import ParserTarget

DEEPEST = 100  # elements within each other: the deepest of 130 pages of news, wikis and blogs has 38, and walks over it recurse
LARGEST = 64_000_000  # characters of a page
MOST = 500_000  # elements: fifty times the most of the same pages
PIECE = 65_536  # characters given to the parser at once; it refuses texts of more than ten million in one piece
CAREFUL = HEADINGS | ENDS_PARAGRAPH | ITEMS.keys() | {"html", "body"}
"""Elements that may end others, or be none."""
HALF = re.compile("[\ud800-\udfff]")


class Node:
    """An element: its `tag` in lower case, its `attributes`, its children, the 1-based `line` where it starts.

    `has_block` says whether a block-level element stands anywhere in it; `origin` is the element of the page that a copy was made of.
    """

    __slots__ = ("attributes", "children", "has_block", "length", "line", "linked", "origin", "parent", "tag")

    def __init__(self, tag: str, attributes: dict[str, str] | None = None, line: int = 0) -> None:
        self.tag = tag
        self.attributes = {} if attributes is None else attributes
        self.line = line
        self.children: list[Node | str] = []
        self.parent: Node | None = None
        self.has_block = False
        self.origin: Node | None = None
        self.length = 0  # once measured: the characters of text in it, and those of them in links
        self.linked = 0.0

    def get(self, name: str) -> str:
        """The attribute's value without white space around it, empty where there is none."""
        return self.attributes.get(name, "").strip()

    def copy(self, tag: str = "") -> Node:
        """An element without children that stands for this one."""
        node = Node(tag or self.tag, self.attributes, self.line)
        node.origin = self.origin or self
        return node

    def append(self, child: Node | str) -> None:
        """Add a child at the end; texts side by side become one."""
        if isinstance(child, str):
            if self.children and isinstance(last := self.children[-1], str):
                self.children[-1] = last + child
            elif child:
                self.children.append(child)
            return
        child.parent = self
        self.children.append(child)
        if child.has_block or child.tag in BLOCKS:
            above: Node | None = self
            while above is not None and not above.has_block:
                above.has_block = True
                above = above.parent

    def adopt(self, child: Node) -> None:
        """Add an element, with all that it will hold, to one that stands in nothing yet."""
        child.parent = self
        self.children.append(child)
        self.has_block = self.has_block or child.has_block or child.tag in BLOCKS

    @property
    def elements(self) -> list[Node]:
        """The child elements."""
        return [child for child in self.children if isinstance(child, Node)]

    def walk(self) -> Iterator[Node]:
        """The element and all in it, in document order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(child for child in reversed(node.children) if isinstance(child, Node))

    def find(self, *tags: str) -> Node | None:
        """The first element in it with one of these tags."""
        return next((node for node in self.walk() if node.tag in tags and node is not self), None)

    def pieces(self) -> Iterator[str]:
        """The texts in it, in document order."""
        stack: list[Node | str] = [self]
        while stack:
            thing = stack.pop()
            if isinstance(thing, str):
                yield thing
            else:
                stack.extend(reversed(thing.children))

    @property
    def text(self) -> str:
        """All text in it, runs of white space folded into one blank."""
        return " ".join("".join(self.pieces()).split())

    def above(self) -> Iterator[Node]:
        """The elements that it stands in, the nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent


@dataclass(frozen=True, slots=True)
class Tree:
    """A page's tree: `root` holds whatever stands at the top.

    `tagged` has the elements by tag, `properties` those that have an `itemprop`, `handled` those with event handlers, in document order;
    `flattened` elements were left out for being nested too deep.
    """

    root: Node
    tagged: Mapping[str, list[Node]]
    properties: list[Node]
    handled: list[Node]
    flattened: int = 0

    def first(self, tag: str) -> Node | None:
        """The first element with this tag."""
        return next(iter(self.tagged.get(tag, ())), None)

    def all(self, *tags: str) -> list[Node]:
        """The elements with one of these tags, those with the first tag first."""
        return [node for tag in tags for node in self.tagged.get(tag, ())]


def parse(markup: str) -> Tree:
    """Read markup, a whole page or a part; raises `Unreadable` where it is larger than any article."""
    if len(markup) > LARGEST:
        raise Unreadable(f"The page has {len(markup):,} characters, more than the {LARGEST:,} that are read; split it.")
    builder = _Builder()
    parser = etree.HTMLParser(target=cast("ParserTarget", builder), no_network=True, huge_tree=False, remove_pis=True)
    for line, piece in _lines(_encodable(markup).replace("\0", "\ufffd").replace("\r\n", "\n").replace("\r", "\n")):
        builder.line = line
        parser.feed(piece)
    with suppress(etree.XMLSyntaxError):  # raised where there is nothing at all; text alone is only given out here
        parser.close()
    builder.close()
    return Tree(builder.root, builder.tagged, builder.properties, builder.handled, builder.flattened)


def _encodable(markup: str) -> str:
    """The text without halves of characters, which no encoding can hold."""
    try:
        markup.encode()
    except UnicodeEncodeError:
        return HALF.sub("\ufffd", markup)
    return markup


def _lines(markup: str) -> Iterator[tuple[int, str]]:
    """The markup in pieces: a line on which elements start, with its number, and the text before it."""
    number, start = 1, 0
    while start < len(markup):
        tag = markup.find("<", start)
        end = markup.find("\n", tag) + 1 if tag >= 0 else 0
        end = min(end or len(markup), start + PIECE)
        first = number + markup.count("\n", start, min(tag, end)) if tag >= 0 else number
        yield first, markup[start:end]
        number = first + (tag >= 0 and tag < end <= len(markup) and markup[end - 1] == "\n")
        start = end


class _Builder:
    """Takes what lxml's parser sees and builds the tree."""

    def __init__(self) -> None:
        self.root = Node("#document")
        self.open: list[Node] = [self.root]
        self.texts: list[str] = []
        self.tagged: dict[str, list[Node]] = {}
        self.properties: list[Node] = []
        self.handled: list[Node] = []
        self.too_deep = 0
        self.flattened = 0
        self.line = 1
        self.count = 0
        self.data = self.texts.append  # the parser calls it for each run of text

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self.texts:
            self._settle()
        above = self.open[-1].tag
        if (tag in CAREFUL or above == "head") and not self._is_taken(tag, above):
            return
        is_void = tag in VOID
        if not is_void and (self.too_deep or len(self.open) > DEEPEST):
            self.too_deep += 1
            self.flattened += 1
            return
        node = Node(tag, dict(attributes) if attributes else None, self.line)
        self.open[-1].append(node)
        self._list(node)
        if not is_void:
            self.open.append(node)

    def end(self, tag: str) -> None:
        if self.texts:
            self._settle()
        if tag in VOID or tag in ("html", "body"):  # what comes after their end is content all the same
            return
        if self.too_deep:
            self.too_deep -= 1
            return
        if self.open[-1].tag == tag:
            self.open.pop()
            return
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place].tag == tag:
                del self.open[place:]
                return

    def comment(self, text: str) -> None:
        """Comments are no part of an article."""

    def close(self) -> Node:
        if self.texts:
            self._settle()
        return self.root

    def _list(self, node: Node) -> None:
        """Note an element where it is looked for on whole pages, and count it."""
        tagged = self.tagged.get(node.tag)
        if tagged is None:
            self.tagged[node.tag] = [node]
        else:
            tagged.append(node)
        for name in node.attributes:
            if name[:2] == "on":
                self.handled.append(node)
            elif name == "itemprop":
                self.properties.append(node)
        self.count += 1
        if self.count > MOST:
            raise Unreadable(f"The page has more than {MOST:,} elements; split it.", self.line)

    def _is_taken(self, tag: str, above: str) -> bool:
        """End what is still open and ends where this element begins, as browsers see it; whether the element is one at all."""
        if tag in ("html", "body") and tag in self.tagged:
            return False
        if above == "head" and tag not in IN_HEAD:
            self._begin_body(tag)
            above = self.open[-1].tag
        if (tag in HEADINGS and above in HEADINGS) or (above == "p" and tag in ENDS_PARAGRAPH):
            self.open.pop()
        elif tag in ITEMS and not self.too_deep:
            self._end_item(*ITEMS[tag])
        return True

    def _begin_body(self, tag: str) -> None:
        """End the head; begin a body unless that is what comes, or the page has one."""
        self.open.pop()
        if tag not in ("body", "frameset") and "body" not in self.tagged:
            body = Node("body", line=self.line)
            self.open[-1].append(body)
            self.tagged["body"] = [body]
            self.open.append(body)

    def _end_item(self, ended: frozenset[str], holders: frozenset[str]) -> None:
        """Close the item that is open in the nearest list, if one is."""
        for place in range(len(self.open) - 1, 0, -1):
            tag = self.open[place].tag
            if tag in ended:
                del self.open[place:]
                return
            if tag in holders:
                return

    def _settle(self) -> None:
        """Give the text read so far to the element that is open."""
        text = "".join(self.texts)
        self.texts.clear()
        if self.open[-1].tag == "head" and text.strip():
            self._begin_body("")
        self.open[-1].append(text)
