"""What does a box on the page say of the people who wrote the article?

Its law: only what stands in a box that names itself one and names one of the authors is taken, and it fills only what is not known yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from msgspec.structs import replace

from index.document import Author, Image, RepairKind
from index.importers.html.hints import REMEMBERED, hint, part
from index.importers.html.images import is_tracker
from index.importers.html.names import BLOCKS
from index.importers.html.sources import address_of
from index.importers.html.tree import Node, Tree
from index.importers.people import without_label
from index.importers.repairs import Repairs
from index.importers.urls import safe_url
from index.slugs import slugify

BOX = re.compile(
    r"(?:^|[\s_-])(?:author|writer|contributor|byline)s?[\s_-]{1,2}(?:bio|box|card|info|profile|about|details?|description|panel|block)"
    r"|(?:^|[\s_-])about[\s_-]{1,2}(?:the[\s_-]{1,2})?(?:author|writer)",
    re.IGNORECASE,
)
BOLD = ("b", "strong")
HOLDERS = ("div", "section", "aside", "footer", "header", "article", "address", "li", "p", "span")
BIO = part("bio biography description about text note")
SENTENCE = re.compile(r"[.!?。！？…][\"”’»)]*$")
FEWEST = 4  # words of a sentence about somebody: fewer are an office
LONGEST = 2_000  # characters of a box: a longer one holds more than one person, or their other articles
LONGEST_NAME = 80  # characters
MOST_BOXES, MOST_ELEMENTS = 50, 500  # that are looked at
SURE = 0.9


@dataclass(frozen=True, slots=True)
class Box:
    """A box about an author: its line, its first `elements`, and the slugs of the short texts among them."""

    line: int
    elements: list[Node]
    names: frozenset[str]


def completed(authors: tuple[Author, ...], page: Tree, base: str | None, repairs: Repairs) -> tuple[Author, ...]:
    """The authors with what the page's boxes say of them: a text, a page of theirs, a picture."""
    if all(author.bio and author.url and author.image for author in authors):
        return authors
    boxes = list(islice(_boxes(page), MOST_BOXES))
    return tuple(_completed(author, boxes, base, repairs) for author in authors)


def _boxes(page: Tree) -> Iterator[Box]:
    """The elements that name themselves boxes about an author, the outermost only; one as long as a page is none."""
    named = [node for node in page.all(*HOLDERS) if node.attributes and _is_box(hint(node))]
    known = set(named)
    for node in named:
        if not any(above in known for above in node.above()) and sum(map(len, node.pieces())) <= LONGEST:
            elements = list(islice(node.walk(), MOST_ELEMENTS))
            yield Box(node.line, elements, frozenset(map(_name, (*(element.text for element in elements), *_lines(node)))))


@lru_cache(REMEMBERED)
def _is_box(names: str) -> bool:
    return BOX.search(names) is not None


def _name(text: str) -> str:
    """The slug of a text without what stands before names in headings."""
    return slugify(text).removeprefix("about-").removeprefix("by-") if len(text) <= LONGEST_NAME else ""


def _completed(author: Author, boxes: Iterable[Box], base: str | None, repairs: Repairs) -> Author:
    """An author with what the first box that names them says."""
    box = next((box for box in boxes if author.slug in box.names), None)
    if box is None:
        return author
    bio, url, image = author.bio or _bio(box, author), author.url or _url(box, author, base), author.image or _image(box, author, base)
    found = replace(author, bio=bio, url=url, image=image)
    if found != author:
        repairs.add(RepairKind.AUTHOR_INFERRED, f"What is known of {author.name} is taken from a box on the page.", box.line or None, SURE)
    return found


def _bio(box: Box, author: Author) -> str | None:
    """The sentences about the author: what is marked as that, else the paragraphs, else the lines of the box."""
    marked = [node for node in box.elements[1:] if BIO.search(node.get("class")) or node.get("itemprop") == "description"]
    paragraphs = [node for node in box.elements if node.tag == "p"]
    within = [node for node in paragraphs if marked and marked[0] in node.above()]
    for candidates in (within or marked[:1], paragraphs):
        texts = dict.fromkeys(text for node in candidates if _is_sentence(text := _said(node, author)))
        if texts and slugify(bio := " ".join(texts)) != author.slug:
            return bio
    sentences = filter(_is_sentence, _lines(box.elements[0], author.slug))
    return without_label(" ".join(dict.fromkeys(sentences)), author.name) or None


def _said(node: Node, author: Author) -> str:
    """The text of an element without the author's name as a heading in it."""
    lines = _lines(node, author.slug)
    while len(lines) > 1 and _name(lines[0]) == author.slug and not lines[1][0].islower():
        del lines[0]
    return without_label(" ".join(lines), author.name)


def _lines(node: Node, name: str = "") -> list[str]:
    """The texts of an element that stand apart; so does a name of this slug where it is bold."""
    parts = [""]
    stack: list[Node | str | None] = [node]
    while stack:
        thing = stack.pop()
        if isinstance(thing, str):
            parts[-1] += thing
        elif thing is None or thing.tag == "br":
            parts.append("")
        else:
            ends = thing.tag in BLOCKS or (thing.tag in BOLD and _name(thing.text) == name)
            stack += [None] if ends else []
            stack += reversed(thing.children)
            stack += [None] if ends else []
    return [line for part in parts if (line := " ".join(part.split()))]


def _is_sentence(text: str) -> bool:
    return len(text.split()) >= FEWEST and SENTENCE.search(text) is not None


def _url(box: Box, author: Author, base: str | None) -> str | None:
    """Where a link on the author's name leads."""
    links = (n for n in box.elements if n.tag == "a" and (_name(n.text) == author.slug or "author" in n.get("rel").split()))
    addresses = (safe_url(link.get("href"), base) for link in links)
    return next((url for url in addresses if url and not url.startswith(("#", "mailto:", "tel:"))), None)


def _image(box: Box, author: Author, base: str | None) -> Image | None:
    """The box's only picture."""
    pictures = [node for node in box.elements if node.tag == "img" and not is_tracker(node)]
    url = safe_url(address_of(pictures[0]), base) if len(pictures) == 1 else None
    return Image(url, author.name) if url else None
