"""What does a feed say before its entries that holds for all of them?"""

from __future__ import annotations

import re

import msgspec
from lxml import etree

from index.importers.feed.people import persons
from index.importers.feed.xml import ATOM, DC, ITUNES, RSS, Name, children, name_of, open_tags, parsed, text_of
from index.importers.urls import joined

ROOT = re.compile(r"<(?:[\w.-]+:)?(?:rss|feed|rdf|channel|entry)[\s>]", re.IGNORECASE)
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Channel(msgspec.Struct, frozen=True):
    """The tags that stand open around the entries, the feed's title, address and language, and who wrote what names nobody."""

    opening: str = ""
    names: list[str] = []
    title: str = ""
    base: str = ""
    language: str = ""
    authors: list[dict[str, str]] = []


def channel_of(head: str) -> Channel:
    """What stands before the first entry."""
    root = ROOT.search(head)
    markup = head[root.start() :] if root else ""
    tags = open_tags(markup)
    around, names = "".join(tag for tag, _ in tags), [name for _, name in tags]
    tree = parsed("", names, markup)
    if tree is None:
        return Channel(around, names)
    titles, pages, own, languages = list[str](), list[str](), list[str](), list[str]()
    written: list[dict[str, str]] = []
    for element in _channels(tree):
        languages.append(element.get(XML_LANG, ""))
        nameless = ATOM if name_of(element).local == "feed" else RSS  # the family of what has no namespace
        for found, inner in children(element):
            name = Name(nameless if found.family == RSS else found.family, found.local)
            text = " ".join(text_of(inner).split())
            if name.local == "title" and name.family in (RSS, ATOM, DC):
                titles.append(text)
            elif name.local == "link" and name.family in (RSS, ATOM) and inner.get("rel", "alternate") == "alternate":
                pages.append((inner.get("href") or text).strip())
            elif name.local == "link" and inner.get("rel") == "self":
                own.append(inner.get("href", "").strip())
            elif name.local == "language" and name.family in (RSS, DC):
                languages.append(text)
            elif (name.family, name.local) in ((ATOM, "author"), (ITUNES, "author"), (DC, "creator")):
                written += persons(inner, name)
    return Channel(around, names, _first(titles), joined(_first(own), _first(pages)), _first(languages), written)


def _channels(tree: etree._Element) -> list[etree._Element]:
    """The elements that speak of the whole feed."""
    return [
        element for element in tree.iter() if isinstance(element.tag, str) and name_of(element).local in ("rss", "rdf", "channel", "feed")
    ]


def _first(texts: list[str]) -> str:
    return next(filter(None, texts), "")
