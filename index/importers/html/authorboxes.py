"""What does a box on the page say of the people who wrote the article?

Its law: only what stands in a box that names itself one and names one of the authors is taken, and it fills only what is not known yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from index.document import Author, Image, RepairKind
from index.importers.html.hints import hint, part
from index.importers.html.images import is_tracker
from index.importers.html.sources import address_of
from index.importers.html.tree import Node, Tree
from index.importers.repairs import Repairs
from index.importers.urls import safe_url
from index.slugs import slugify

BOX = re.compile(
    r"(?:^|[\s_-])(?:author|writer|contributor|byline)s?[\s_-]{1,2}(?:bio|box|card|info|profile|about|details?|description|panel|block)"
    r"|(?:^|[\s_-])about[\s_-]{1,2}(?:the[\s_-]{1,2})?(?:author|writer)",
    re.IGNORECASE,
)
HOLDERS = ("div", "section", "aside", "footer", "header", "article", "address", "li", "p", "span")
BIO = part("bio biography description about text note")
SENTENCE = re.compile(r"[.!?。！？…][\"”’»)]*$")
FEWEST = 4  # words of a sentence about somebody: fewer are an office
LONGEST = 2_000  # characters of a box: a longer one holds more than one person, or their other articles
SURE = 0.9


def completed(authors: tuple[Author, ...], page: Tree, base: str | None, repairs: Repairs) -> tuple[Author, ...]:
    """The authors with what the page's boxes say of them: a text, a page of theirs, a picture."""
    lacking = [author for author in authors if not (author.bio and author.url and author.image)]
    boxes = list(_boxes(page)) if lacking else []
    return tuple(_completed(author, boxes, base, repairs) if author in lacking else author for author in authors) if boxes else authors


def _boxes(page: Tree) -> Iterator[Node]:
    """The elements that name themselves boxes about an author, the outermost only."""
    named = [node for node in page.all(*HOLDERS) if node.attributes and BOX.search(hint(node))]
    known = set(named)
    return (node for node in named if not any(above in known for above in node.above()))


def _completed(author: Author, boxes: Iterable[Node], base: str | None, repairs: Repairs) -> Author:
    """An author with what the first box that names them, and nobody else, says."""
    box = next((box for box in boxes if _names(box, author)), None)
    if box is None:
        return author
    bio, url, image = author.bio or _bio(box, author), author.url or _url(box, author, base), author.image or _image(box, author, base)
    found = replace(author, bio=bio, url=url, image=image)
    if found != author:
        repairs.add(RepairKind.AUTHOR_INFERRED, f"What is known of {author.name} is taken from a box on the page.", box.line or None, SURE)
    return found


def _names(box: Node, author: Author) -> bool:
    """Whether an element of the box, or a picture's text, is the author's name; a box as long as a page is none."""
    if len(box.text) > LONGEST:
        return False
    return any(slugify(text).removeprefix("about-").removeprefix("by-") == author.slug for text in _short_texts(box, len(author.name) + 10))


def _short_texts(box: Node, longest: int) -> Iterator[str]:
    for node in box.walk():
        text = node.text
        if 0 < len(text) <= longest:
            yield text


def _bio(box: Node, author: Author) -> str | None:
    """The sentences about the author: what is marked as that, else the paragraphs."""
    marked = [n for n in box.walk() if n is not box and (BIO.search(n.get("class")) or n.get("itemprop") == "description")]
    for candidates in (marked[:1], [node for node in box.walk() if node.tag == "p" and node.find("p") is None]):
        inner = [node for candidate in candidates for node in candidate.walk() if node.tag == "p" and node.find("p") is None]
        texts = dict.fromkeys(text for node in inner or candidates if _is_sentence(text := node.text))
        if texts and slugify(bio := " ".join(texts)) != author.slug:
            return bio
    return None


def _is_sentence(text: str) -> bool:
    return len(text.split()) >= FEWEST and SENTENCE.search(text) is not None


def _url(box: Node, author: Author, base: str | None) -> str | None:
    """Where a link on the author's name leads."""
    links = (n for n in box.walk() if n.tag == "a" and (slugify(n.text) == author.slug or "author" in n.get("rel").split()))
    return next((url for link in links if (url := safe_url(link.get("href"), base)) and not url.startswith(("#", "mailto:", "tel:"))), None)


def _image(box: Node, author: Author, base: str | None) -> Image | None:
    """The box's only picture."""
    pictures = [node for node in box.walk() if node.tag == "img" and not is_tracker(node)]
    url = safe_url(address_of(pictures[0]), base) if len(pictures) == 1 else None
    return Image(url, author.name) if url else None
