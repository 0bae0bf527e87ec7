"""What does a list become?

Its law: an item's own running text is the item's, everything else in it is nested; what stands in a list and in no item joins the item
before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from index.document import ImageBlock, List, ListItem, Mark, RepairKind, Span
from index.importers.html.mapper import Flow, Mapper, Style
from index.importers.html.tree import Node
from index.inline import spans_of

NUMBER = re.compile(r"-?\d{1,9}", re.ASCII)


def list_of(mapper: Mapper, node: Node, style: Style) -> Flow:
    """An ordered or unordered list; a list without an item is what it holds, and one of pictures alone, a gallery, is the pictures."""
    if not any(child.tag == "li" for child in node.elements):
        return mapper.flow(node.children, style)
    items: list[ListItem] = []
    for group in _items(node):
        item = _item(mapper, group)
        if item.text or item.blocks or item.spans:
            items.append(item)
    if not items:
        return []
    ordered = node.tag == "ol"
    if ordered and not _counts_on(node):
        said = "A list that counts down, or not in ones, is numbered from its first item on."
        mapper.repairs.add(RepairKind.MARKUP_DROPPED, said, node.line or None)
    if not ordered and all(not (item.text or item.spans) and all(isinstance(block, ImageBlock) for block in item.blocks) for item in items):
        return [block for item in items for block in item.blocks]
    return [List(ordered, _start(node) if ordered else None, tuple(items))]


def _items(node: Node) -> list[list[Node | str]]:
    """What each item holds."""
    groups: list[list[Node | str]] = []
    for child in node.children:
        if isinstance(child, Node) and child.tag == "li":
            groups.append(list(child.children))
        elif isinstance(child, Node) or child.strip():
            if groups:
                groups[-1].append(child)
            else:
                groups.append([child])
    return groups


def _item(mapper: Mapper, children: Iterable[Node | str]) -> ListItem:
    checked = _checked(children)
    content = mapper.content(children)
    return ListItem(content.text, content.spans, checked, content.blocks)


def _checked(children: Iterable[Node | str]) -> bool | None:
    """Whether the item begins with a box, and that is ticked."""
    for child in children:
        if isinstance(child, str):
            if child.strip():
                return None
        elif child.tag == "input":
            return "checked" in child.attributes if child.get("type").lower() == "checkbox" else None
        elif child.tag in ("p", "label", "span", "div"):
            return _checked(child.children)
        else:
            return None
    return None


def _start(node: Node) -> int | None:
    """The number of the first item where it is not 1."""
    first = next((child for child in node.elements if child.tag == "li"), None)
    for text in (first.get("value") if first is not None else "", node.get("start")):
        if NUMBER.fullmatch(text):
            return int(text) if int(text) != 1 else None
    return None


def _counts_on(node: Node) -> bool:
    """Whether each item's number follows from the first one's."""
    values = [child.get("value") for child in node.elements if child.tag == "li"]
    start = _start(node)
    first = 1 if start is None else start
    return "reversed" not in node.attributes and all(
        int(value) == number for number, value in enumerate(values, first) if NUMBER.fullmatch(value)
    )


def definitions(mapper: Mapper, node: Node, _style: Style) -> Flow:
    """A list whose items are the terms, strong, each with its definitions as a list in it; definitions without a term are items."""
    items: list[ListItem] = []
    nested: list[ListItem] = []
    for entry in [*_entries(node), None]:
        if entry is not None and entry.tag == "dd":
            item = _item(mapper, entry.children)
            if item.text or item.blocks:
                nested.append(item)
            continue
        if items and nested:
            items[-1] = ListItem(items[-1].text, items[-1].spans, blocks=(*items[-1].blocks, List(items=tuple(nested))))
        else:
            items += nested
        nested = []
        if entry is not None and (term := _term(mapper, entry)) is not None:
            items.append(term)
    return [List(items=tuple(items))] if items else []


def _entries(node: Node) -> Iterator[Node]:
    """The terms and definitions of a list, those that are grouped in a `div` too."""
    for child in node.elements:
        if child.tag in ("dt", "dd"):
            yield child
        else:
            yield from _entries(child)


def _term(mapper: Mapper, node: Node) -> ListItem | None:
    content = mapper.content(node.children)
    strong = tuple(
        Span(span.text, span.marks if Mark.STRONG in span.marks else (Mark.STRONG, *span.marks), span.href, span.image)
        for span in spans_of(content.text, content.spans)
    )
    return ListItem(content.text, strong, blocks=content.blocks) if strong or content.blocks else None
