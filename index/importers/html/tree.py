"""What elements does a page have?

Elements with their line, text between them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from index.importers.html.names import BLOCKS

NONE: Mapping[str, str] = MappingProxyType({})


class Node:
    """An element: its `tag` in lower case, its `attributes`, its children, the 1-based `line` where it starts.

    `has_block` says whether a block-level element stands anywhere in it; `origin` is the element of the page that a copy was made of.
    """

    __slots__ = ("attributes", "children", "has_block", "length", "line", "linked", "origin", "parent", "tag")

    def __init__(self, tag: str, attributes: Mapping[str, str] = NONE, line: int = 0, parent: Node | None = None) -> None:
        self.tag = tag
        self.attributes = attributes
        self.line = line
        self.children: list[Node | str] = []
        self.parent = parent
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
        node.origin = self if self.origin is None else self.origin
        return node

    def append(self, child: Node | str) -> None:
        """Add a child at the end; texts side by side become one."""
        if isinstance(child, str):
            children = self.children
            if children and isinstance(last := children[-1], str):
                children[-1] = last + child
            elif child:
                children.append(child)
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
            if node.children:
                stack += [child for child in reversed(node.children) if isinstance(child, Node)]

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
