"""How does markup become a tree?

lxml's parser reads it: no network, no entities of the page's own, no huge trees. Its law: a tree is finite and shallow whatever the
markup; elements nested too deep are left out and their content moves up, and a page with more of anything than any article has is refused.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, cast

from lxml import etree

from index.importers.html.names import BLOCKS, ENDS_PARAGRAPH, HEADINGS, IN_HEAD, ITEMS, VOID
from index.importers.html.tree import Node, Tree
from index.importers.material import Unreadable

if TYPE_CHECKING:
    from lxml.etree import ParserTarget

DEEPEST = 100  # elements within each other: the deepest of 130 pages of news, wikis and blogs has 38, and walks over it recurse
LARGEST = 64_000_000  # characters of a page
MOST = 500_000  # elements: fifty times the most of the same pages
CUT = 65_536  # characters given to the parser at once; it refuses texts of more than ten million in one piece
ENDS_LATE = frozenset(["html", "body"])
"""Elements whose end says nothing: what comes after it is content all the same."""
CAREFUL = HEADINGS | ENDS_PARAGRAPH | ITEMS.keys() | ENDS_LATE
"""Elements that may end others, or be none."""
STARTS = re.compile("<[A-Za-z]")
HALF = re.compile("[\ud800-\udfff]")


def parse(markup: str) -> Tree:
    """Read markup, a whole page or a part; raises `Unreadable` where it is larger than any article."""
    if len(markup) > LARGEST:
        raise Unreadable(f"The page has {len(markup):,} characters, more than the {LARGEST:,} that are read; split it.")
    builder = _Builder()
    parser = etree.HTMLParser(target=cast("ParserTarget", builder), no_network=True, huge_tree=False, remove_pis=True)
    for line, piece in _pieces(_encodable(markup).replace("\0", "\ufffd").replace("\r\n", "\n").replace("\r", "\n")):
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


def _pieces(markup: str) -> Iterator[tuple[int, str]]:
    """The markup in pieces: a line on which elements may start, with its number, and what stands before the next such line."""
    start = end = 0
    number = 1
    for tag in STARTS.finditer(markup):
        if tag.start() < end:
            continue
        begin = markup.rfind("\n", start, tag.start()) + 1
        if begin > start:
            yield from _cut(number, markup, start, begin)
            number += markup.count("\n", start, begin)
            start = begin
        end = markup.find("\n", begin)
        if end < 0:
            break
    yield from _cut(number, markup, start, len(markup))


def _cut(number: int, markup: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """A piece, in several where it is long."""
    while start < end:
        yield number, markup[start : min(end, start + CUT)]
        start += CUT


class _Builder:
    """Takes what lxml's parser sees and builds the tree."""

    def __init__(self) -> None:
        self.root = Node("#document")
        self.open: list[Node] = [self.root]
        self.texts: list[str] = []
        self.tagged: defaultdict[str, list[Node]] = defaultdict(list)
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
        above = self.open[-1]
        if tag in CAREFUL or above.tag == "head":
            if not self._is_taken(tag, above.tag):
                return
            above = self.open[-1]
        is_void = tag in VOID
        if not is_void and (self.too_deep or len(self.open) > DEEPEST):
            self.too_deep += 1
            self.flattened += 1
            return
        node = Node(tag, attributes, self.line, above)
        above.children.append(node)
        if not above.has_block and tag in BLOCKS:
            for outer in reversed(self.open):
                if outer.has_block:
                    break
                outer.has_block = True
        if not is_void:
            self.open.append(node)
        self.tagged[tag].append(node)
        if attributes and (" on" in (names := f" {' '.join(attributes)}") or "itemprop" in names):
            self._list(node, attributes)
        self.count += 1
        if self.count > MOST:
            raise Unreadable(f"The page has more than {MOST:,} elements; split it.", self.line)

    def end(self, tag: str) -> None:
        if self.texts:
            self._settle()
        if tag in VOID or tag in ENDS_LATE:
            return
        if self.too_deep:
            self.too_deep -= 1
        elif self.open[-1].tag == tag:
            self.open.pop()
        else:
            self._end_around(tag)

    def _end_around(self, tag: str) -> None:
        """End the nearest open element with this tag, if there is one, and all that is still open in it."""
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place].tag == tag:
                del self.open[place:]
                return

    def close(self) -> Node:
        if self.texts:
            self._settle()
        return self.root

    def _list(self, node: Node, attributes: dict[str, str]) -> None:
        """Note an element whose attributes are looked for on whole pages."""
        for name in attributes:
            if name[:2] == "on":
                self.handled.append(node)
            elif name == "itemprop":
                self.properties.append(node)

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
            self.tagged["body"].append(body)
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
        texts = self.texts
        text = texts[0] if len(texts) == 1 else "".join(texts)
        texts.clear()
        above = self.open[-1]
        if above.tag == "head" and text.strip():
            self._begin_body("")
            above = self.open[-1]
        children = above.children
        if children and isinstance(last := children[-1], str):
            children[-1] = last + text
        elif text:
            children.append(text)
