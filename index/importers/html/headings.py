"""What does a heading become?"""

from __future__ import annotations

import re

from index.importers.flow import Heading
from index.importers.html.hints import part
from index.importers.html.mapper import Flow, Mapper, Style, stands_alone
from index.importers.html.tree import Node

PERMALINK = part("anchor headerlink header-?anchor permalink hash-?link heading-?link editsection direct-link")
SYMBOLS = re.compile(r"[\s#¶§🔗⚓∞¬\u200b]*")
ANCHOR = re.compile(r"[^\s\"<>]{1,200}")


def heading_of(mapper: Mapper, node: Node, _style: Style) -> Flow:
    """A heading without the links that only point to it; pictures in it stand before it."""
    for inner in node.walk():
        if inner is not node and _is_permalink(inner):
            mapper.passed.add(inner)
    pictures = [inner for inner in node.walk() if inner.tag == "img" and stands_alone(inner)]
    mapper.passed.update(pictures)
    text = mapper.line(node.children)
    mapper.passed.difference_update(pictures)
    before = mapper.flow(pictures)
    return [*before, Heading(text, _level(node), _anchor(node))] if text else before


def _is_permalink(node: Node) -> bool:
    if node.tag == "a":
        return SYMBOLS.fullmatch(node.text) is not None and node.find("img") is None and bool(node.get("href"))
    return node.tag == "span" and PERMALINK.search(node.get("class")) is not None and len(node.text) < 40


def _level(node: Node) -> int:
    if node.tag[0] == "h" and node.tag[1:].isdecimal():
        return int(node.tag[1:])
    given = node.get("aria-level")
    return int(given) if given in ("1", "2", "3", "4", "5", "6") else 2


def _anchor(node: Node) -> str:
    """The id by which the page's links find the heading: its own, one in it, or its section's."""
    candidates = [node.get("id")]
    candidates += [inner.get("id") or (inner.get("name") if inner.tag == "a" else "") for inner in node.walk() if inner is not node]
    parent = node.parent
    if parent is not None and parent.tag == "section" and parent.elements[:1] == [node]:
        candidates.append(parent.get("id"))
    return next((name for name in candidates if ANCHOR.fullmatch(name)), "")
