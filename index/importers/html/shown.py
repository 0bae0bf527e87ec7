"""What of a page does a reader see, and what of that may be content?

A copy of the page's tree without scripts and hidden elements and, when looking strictly, without what names itself furniture. The page
itself stays as it is: a look that finds too little is followed by one that is less strict.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.importers.html.bylines import is_dated
from index.importers.html.hints import ROLES, Verdict, hint, verdict
from index.importers.html.names import NEVER_SHOWN
from index.importers.html.sources import address_of
from index.importers.html.tree import Node

HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
WORD = re.compile(r"\w+")
LONGEST_BYLINE = 100  # characters
SAME = 0.75  # share of a heading's characters in words of the title: then the heading is the title once more (Readability's number)
NAMES_STAY = frozenset(["table", "code"])
"""Elements within which no name makes furniture: a cell of class `header` is a header."""
PICTURES = frozenset(["img", "picture", "source", "figure", "iframe"])


@dataclass(slots=True)
class Look:
    """How to look at a page, and what was seen.

    `title` is the page's, whose first repetition as a heading is left out; `byline` is the element that was taken for the byline, where
    `wants_byline` says that one is to be found.
    """

    strict: bool = True
    title: str = ""
    wants_byline: bool = True
    byline: Node | None = None
    title_seen: bool = False


def shown(node: Node, look: Look, names_count: bool = True) -> Node:
    """A copy of what a reader sees of an element."""
    copy = node.copy()
    names_count = names_count and node.tag not in NAMES_STAY
    for child in node.children:
        if isinstance(child, str):
            copy.append(child)
        elif child.tag in NEVER_SHOWN:
            if child.tag == "script" and child.get("type").lower().startswith("math/"):
                _add_formula(child, copy)
        elif child.tag == "noscript":
            if picture := _instead_of_script(child, copy):
                copy.adopt(shown(picture, look, names_count))
        elif not (child.attributes and is_hidden(child)) and not _is_passed(child, look, names_count):
            copy.adopt(shown(child, look, names_count))
    return copy


def is_hidden(node: Node) -> bool:
    """Whether an element says that it is not shown."""
    attributes = node.attributes
    if "hidden" in attributes or ("style" in attributes and HIDING.search(attributes["style"])):
        return True
    return attributes.get("aria-hidden") == "true" and "fallback-image" not in attributes.get("class", "")


def _is_passed(node: Node, look: Look, names_count: bool) -> bool:
    """Whether an element is seen, but is the byline, the title once more, or furniture."""
    if look.title and not look.title_seen and node.tag in ("h1", "h2") and similarity(look.title, node.text) > SAME:
        look.title_seen = True
        return True
    if not node.attributes:
        return False
    said = verdict(hint(node))
    if look.wants_byline and look.byline is None and _is_byline(node, said):
        look.byline = node
        return True
    role = node.attributes.get("role")
    if role == "dialog" and node.get("aria-modal") == "true":
        return True
    return look.strict and (role in ROLES or (names_count and said.is_furniture and node.tag != "a"))


def _is_byline(node: Node, said: Verdict) -> bool:
    """Whether an element is marked or named as a byline, or reads as one."""
    is_named = said.is_byline or _is_marked_author(node)
    return (is_named or said.is_meta) and 0 < len(node.text) < LONGEST_BYLINE and (is_named or is_dated(node))


def _is_marked_author(node: Node) -> bool:
    attributes = node.attributes
    return ("rel" in attributes and node.get("rel") == "author") or "author" in attributes.get("itemprop", "")


def _instead_of_script(noscript: Node, copy: Node) -> Node | None:
    """The picture that stands in for one which a script would load; it takes the place of an empty one right before it."""
    if noscript.text or any(inner.tag not in PICTURES for inner in noscript.walk() if inner is not noscript):
        return None
    pictures = [inner for inner in noscript.walk() if inner.tag == "img"]
    if len(pictures) != 1:
        return None
    before = next((child for child in reversed(copy.children) if isinstance(child, Node) or child.strip()), None)
    if not isinstance(before, Node):
        return pictures[0]
    inner = before if before.tag == "img" else before.find("img")
    if inner is None or before.text:
        return pictures[0]
    if not address_of(inner):
        inner.attributes = {**inner.attributes, "src": pictures[0].get("src")}
    return None


def _add_formula(script: Node, copy: Node) -> None:
    """Add the formula that MathJax keeps in a script; what it has drawn right before is the same once more."""
    drawn = copy.children[-1] if copy.children else None
    if isinstance(drawn, Node) and drawn.get("class").startswith("MathJax"):
        copy.children.pop()
    is_tex = "tex" in script.get("type").lower()
    formula = Node("math", {"display": "block"} if "display" in script.get("type").lower() else {}, script.line)
    formula.origin = script
    inner = Node("annotation" if is_tex else "mtext", {"encoding": "application/x-tex"})
    inner.append("".join(script.pieces()))
    formula.append(inner)
    copy.append(formula)


def similarity(one: str, other: str) -> float:
    """The share of the second text's characters, words only, that stand in words of the first."""
    known = set(WORD.findall(one.lower()))
    words = WORD.findall(other.lower())
    if not known or not words:
        return 0.0
    strange = " ".join(word for word in words if word not in known)
    return 1 - len(strange) / len(" ".join(words))
