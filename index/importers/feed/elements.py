"""What does an element `item` or `entry` say, in RSS 0.9 to 2.0, RDF, or Atom 0.3 and 1.0?

Fields are looked for by what they mean, whatever format or module they are of: feeds mix them. Of several the surest counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from index.importers.feed.channel import XML_LANG, Channel
from index.importers.feed.entries import Enclosure, Entry, clean
from index.importers.feed.people import persons
from index.importers.feed.xml import ATOM, CONTENT, DC, ITUNES, MEDIA, RSS, TERMS, XHTML, Name, children, markup_in, name_of, text_of
from index.importers.urls import joined

TITLES = ((RSS, "title"), (ATOM, "title"), (DC, "title"), (MEDIA, "title"), (ITUNES, "title"))
BODIES = ((CONTENT, "encoded"), (ATOM, "content"), (XHTML, "body"), (XHTML, "div"), (RSS, "fulltext"))
DESCRIPTIONS = (
    (RSS, "description"),
    (ATOM, "summary"),
    (DC, "description"),
    (TERMS, "abstract"),
    (ITUNES, "summary"),
    (MEDIA, "description"),
    (ITUNES, "subtitle"),
)
PUBLISHED = (
    (RSS, "pubdate"),
    (ATOM, "published"),
    (ATOM, "issued"),
    (TERMS, "issued"),
    (DC, "date"),
    (TERMS, "created"),
    (ATOM, "created"),
)
UPDATED = ((ATOM, "updated"), (ATOM, "modified"), (TERMS, "modified"))
AUTHORS = ((ATOM, "author"), (RSS, "author"), (DC, "creator"), (DC, "author"), (ITUNES, "author"))
CATEGORIES = ((RSS, "category"), (ATOM, "category"), (DC, "subject"), (TERMS, "subject"))
LINKS = (("?", "origlink"), (RSS, "link"), (ATOM, "link"))
ITEMS = ("item", "entry")
GROUPS = ((MEDIA, "group"), (MEDIA, "content"), (MEDIA, "player"))
MARKUP = re.compile(r"<[a-zA-Z/!]|&[#a-zA-Z]\w*;")
DIGITS = re.compile(r"\d+")


def entry_of(item: etree._Element, channel: Channel) -> Entry:
    """What an item says; the channel stands in where it says nothing."""
    return _Item(item, channel).entry()


def item_in(tree: etree._Element) -> etree._Element | None:
    """The item in a parsed piece of a feed."""
    return next((element for element in tree.iter() if isinstance(element.tag, str) and name_of(element).local in ITEMS), None)


class _Item:
    """One item's elements by their names, those of media groups among them."""

    def __init__(self, item: etree._Element, channel: Channel) -> None:
        self.item = item
        self.channel = channel
        self.found: dict[tuple[str, str], list[etree._Element]] = {}
        self._nameless = ATOM if name_of(item).local == "entry" else RSS  # the family of what has no namespace
        self._sort(item)

    def _sort(self, element: etree._Element) -> None:
        for name, inner in children(element):
            family = self._nameless if name.family == RSS else name.family
            self.found.setdefault((family, name.local), []).append(inner)
            if tuple(name) in GROUPS:
                self._sort(inner)

    def entry(self) -> Entry:
        """What the item says."""
        body = next(self._all(BODIES), None)
        description = next((element for element in self._all(DESCRIPTIONS) if _markup(element).strip()), None)
        content = "" if body is None else _markup(body)
        base = self._base(self.item if body is None else body)
        id = self._text(((ATOM, "id"), (RSS, "guid"), (DC, "identifier"))) or self._about()
        enclosures = [*self._enclosures(body)]
        record = {
            "title": self._text(TITLES),
            "publishedAt": self._text(PUBLISHED),
            "updatedAt": self._text(UPDATED),
            "language": self._language(),
            "authors": self._authors() or self.channel.authors,
            "categories": [*self._categories()],
            "tags": self._text(((ITUNES, "keywords"), (MEDIA, "keywords"))),
            "url": self._link(id),
            "image": self._image(enclosures),
        }
        plain = body is not None and not len(body) and (body.get("type", "") in ("text", "text/plain") or not MARKUP.search(content))
        return Entry(clean(record), id, content, plain, "" if description is None else _markup(description), base, enclosures)

    def _all(self, names: Iterable[tuple[str, str]]) -> Iterator[etree._Element]:
        """The elements of these names, those of the first name first."""
        for name in names:
            yield from self.found.get(name, ())

    def _text(self, names: Iterable[tuple[str, str]]) -> str:
        """The text of the first of these elements that has one."""
        return next((text for element in self._all(names) if (text := " ".join(text_of(element).split()))), "")

    def _base(self, element: etree._Element) -> str | None:
        """What addresses in an element are relative to."""
        return joined(self.channel.base, element.base or "") or None

    def _about(self) -> str:
        """The name that RDF gives the item."""
        return next((str(value) for key, value in self.item.attrib.items() if str(key).rpartition("}")[2] == "about"), "")

    def _link(self, id: str) -> str:
        """The address of the page that the item stands for."""
        links = [(element, element.get("rel", "alternate"), element.get("href", "") or text_of(element)) for element in self._all(LINKS)]
        for element, rel, address in links:
            if rel == "alternate" and address.strip():
                return joined(self._base(element) or "", address.strip())
        guid = next(self._all(((RSS, "guid"),)), None)
        return id if guid is not None and guid.get("isPermaLink", "true").lower() != "false" and id.startswith("http") else ""

    def _language(self) -> str:
        """The item's language, or the feed's."""
        return self.item.get(XML_LANG) or self._text(((DC, "language"), (RSS, "language"))) or self.channel.language

    def _authors(self) -> list[dict[str, str]]:
        """Who wrote it, by the first kind of field that names somebody."""
        for name in AUTHORS:
            if people := [person for element in self.found.get(name, ()) for person in persons(element, Name(*name))]:
                return people
        return []

    def _categories(self) -> Iterator[str]:
        """The topics that it is filed under; addresses that programs file it under are none."""
        for element in self._all(CATEGORIES):
            topic = " ".join((element.get("label") or text_of(element)).split()) or element.get("term", "")
            if topic and not topic.startswith(("http://", "https://")):
                yield topic

    def _enclosures(self, body: etree._Element | None) -> Iterator[Enclosure]:
        """The files that it brings along; of one picture in several sizes the widest."""
        if body is not None and (source := body.get("src")):
            yield Enclosure(joined(self._base(body) or "", source), body.get("type", ""))
        for element in self._all(((RSS, "enclosure"), (ATOM, "link"))):
            if name_of(element).local == "enclosure" or element.get("rel") == "enclosure":
                address = (element.get("url") or element.get("href") or "").strip()
                yield Enclosure(joined(self._base(element) or "", address), element.get("type", ""), element.get("title", ""))
        widest: dict[str, etree._Element] = {}
        for element in self._all(((MEDIA, "content"),)):
            known = widest.setdefault(DIGITS.sub("", element.get("url", "")), element)
            if _width(element) > _width(known):
                widest[DIGITS.sub("", element.get("url", ""))] = element
        for element in widest.values():
            if address := element.get("url", "").strip():
                title = next((text_of(inner) for name, inner in children(element) if name.local in ("title", "description")), "")
                yield Enclosure(address, element.get("type") or element.get("medium") or "", title)

    def _image(self, enclosures: list[Enclosure]) -> dict[str, str] | None:
        """The picture that stands for it."""
        for element in self._all(((ITUNES, "image"), (RSS, "image"), (MEDIA, "thumbnail"))):
            address = element.get("href") or element.get("url") or next((text_of(e) for n, e in children(element) if n.local == "url"), "")
            if address or (address := text_of(element)).strip().startswith("http"):
                return {"url": joined(self._base(element) or "", address.strip())}
        picture = next((enclosure for enclosure in enclosures if enclosure.is_picture), None)
        return None if picture is None else {"url": picture.url, "alt": picture.title}


def _markup(element: etree._Element) -> str:
    """What stands in an element as HTML: its elements, or the markup that it holds as text."""
    return markup_in(element) if len(element) else text_of(element)


def _width(element: etree._Element) -> int:
    width = element.get("width", "")
    return int(width) if width.isascii() and width.isdigit() and len(width) <= len("99999") else 0
