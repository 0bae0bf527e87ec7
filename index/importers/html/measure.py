"""How much text does an element hold, and how much of it in links?

Its law: lengths are of text whose white space is folded, also across elements, as a reader sees it.
"""

from __future__ import annotations

from index.importers.html.tree import Node

WITHIN_PAGE = 0.3  # what a character of a link within the page counts as: notes and contents are no navigation (Readability's number)


class Text:
    """The characters of a run of text, those of them in links, and whether white space begins and ends it."""

    __slots__ = ("begins", "ends", "length", "linked")

    def __init__(self) -> None:
        self.length = 0
        self.linked = 0.0
        self.begins = False
        self.ends = False

    def add_text(self, text: str) -> None:
        """Add text."""
        folded = " ".join(text.split())
        if folded:
            self._join(len(folded), text[0].isspace(), text[-1].isspace())
        else:
            self.ends = True
            self.begins = self.begins or not self.length

    def add(self, inner: Text, node: Node) -> None:
        """Add the text of an element."""
        if inner.length:
            self._join(inner.length, inner.begins, inner.ends)
        elif inner.ends:
            self.ends = True
            self.begins = self.begins or not self.length
        self.linked += linked(node, inner)

    def _join(self, length: int, begins: bool, ends: bool) -> None:
        if self.length:
            self.length += length + (self.ends or begins)
        else:
            self.begins = self.ends or begins
            self.length = length
        self.ends = ends


def linked(node: Node, inner: Text) -> float:
    """The characters in links of an element that holds this text."""
    if node.tag != "a":
        return inner.linked
    href = node.get("href")
    return inner.length * (WITHIN_PAGE if href.startswith("#") and len(href) > 1 else 1.0)


def measure(node: Node) -> Text:
    """Set `length` and `linked` of an element and all in it."""
    text = Text()
    for child in node.children:
        if isinstance(child, str):
            text.add_text(child)
        else:
            text.add(measure(child), child)
    node.length = text.length
    node.linked = linked(node, text)
    return text


def link_density(node: Node) -> float:
    """The share of an element's text that stands in links."""
    return node.linked / node.length if node.length else 0.0
