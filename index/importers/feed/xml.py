"""How is the XML of a feed read that may not be XML?

An item is parsed by itself, between the tags that stand open before it, by a parser that makes the best of what it gets. Its law: what the
parser sees has no document type, no entity but those that every XML has, and no character that XML forbids, so nothing can be expanded,
fetched or tripped over. Names are known by their namespace, or by their prefix where that is not declared.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

CDATA = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))", re.DOTALL)
REFERENCE = re.compile(r"&(?:#[xX]?[0-9a-fA-F]{1,7};|([A-Za-z][A-Za-z0-9]{0,30});)?")
OF_XML = frozenset(["amp", "lt", "gt", "quot", "apos"])
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# neither goes past the beginning of another: so no text is looked through twice
DOCTYPE = re.compile(r"<!DOCTYPE(?:[^\[><]++|<(?!!DOCTYPE)|\[(?:[^\]<]++|<(?!!DOCTYPE))*\])*>", re.IGNORECASE)
ELEMENT = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)  # a name that an element of HTML may have
INSTRUCTION = re.compile(r"<\?(?:[^<?]++|<(?!\?)|\?(?!>))*\?>")
TAG = re.compile(r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<(/?)((?:[\w.-]+:)?([\w.-]+))(?:[\s/][^<>]*)?>", re.DOTALL)
AROUND = frozenset(["rss", "channel", "feed", "rdf"])
ATOM, RSS, DC, TERMS, CONTENT, MEDIA, ITUNES, XHTML = "atom", "", "dc", "dcterms", "content", "media", "itunes", "xhtml"
NAMESPACES = {
    "http://www.w3.org/2005/atom": ATOM,
    "http://purl.org/atom/ns": ATOM,
    "http://backend.userland.com": RSS,
    "http://blogs.law.harvard.edu/tech/rss": RSS,
    "http://purl.org/rss/1.0": RSS,
    "http://my.netscape.com/rdf/simple": RSS,
    "http://channel.netscape.com/rdf/simple": RSS,
    "http://www.w3.org/1999/02/22-rdf-syntax-ns": "rdf",
    "http://purl.org/dc/elements": DC,
    "http://purl.org/dc/terms": TERMS,
    "http://purl.org/rss/1.0/modules/content": CONTENT,
    "http://purl.org/rss/1.0/modules/dc": DC,
    "http://search.yahoo.com/mrss": MEDIA,
    "http://www.rssboard.org/media-rss": MEDIA,
    "http://www.itunes.com/dtds/podcast-1.0.dtd": ITUNES,
    "http://www.w3.org/1999/xhtml": XHTML,
}
PREFIXES = frozenset(NAMESPACES.values()) - {RSS} | {"a10"}
LONGEST_KNOWN = sorted(NAMESPACES, key=len, reverse=True)


class Name(NamedTuple):
    """An element's family and its name in lower case."""

    family: str
    local: str


def fit(markup: str) -> str:
    """XML without what may not reach the parser; entities of HTML become their characters, others the text that they are."""
    markup = FORBIDDEN.sub("", markup)
    parts = CDATA.split(markup)
    if len(parts) > 1 and not parts[-2].endswith("]]>"):
        parts[-2] += "]]>"  # what is cut off within one keeps its text
    parts[::2] = (REFERENCE.sub(_resolved, INSTRUCTION.sub("", DOCTYPE.sub("", part))) for part in parts[::2])
    return "".join(parts)


def _resolved(reference: re.Match[str]) -> str:
    """A reference that XML has as it is, one of HTML's as its character, anything else as text."""
    name = reference[1]
    if name in OF_XML or (name is None and len(reference[0]) > 1):
        return reference[0]
    character = html.unescape(reference[0]) if name else ""
    return html.escape(character) if name and character != reference[0] else "&amp;" + reference[0][1:]


def open_tags(markup: str) -> list[tuple[str, str]]:
    """The tags of a feed that stand open at the end of a piece of it, outermost first, each with its name."""
    stack: list[tuple[str, str]] = []
    for tag in TAG.finditer(markup):
        if tag[2] is None or tag[3].lower() not in AROUND or tag[0].endswith("/>"):
            continue
        if not tag[1]:
            stack.append((tag[0], tag[2]))
        elif any(name == tag[2] for _, name in stack):
            while stack.pop()[1] != tag[2]:
                pass
    return stack


def parsed(opening: str, names: list[str], markup: str) -> etree._Element | None:
    """The element that a piece of XML makes between tags that stand open, with those around it; None where there is none."""
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    closing = "".join(f"</{name}>" for name in reversed(names))
    try:
        return etree.fromstring(f"<x>{fit(opening + markup)}{closing}</x>".encode(), parser)
    except etree.XMLSyntaxError:
        return None


def name_of(element: etree._Element) -> Name:
    """An element's name."""
    tag = element.tag
    if not isinstance(tag, str):
        return Name("?", "")
    if tag[0] == "{":
        space, _, local = tag[1:].partition("}")
        family = family_of(space)
        return Name(RSS if family == "?" and element.prefix is None else family, local.lower())
    prefix, colon, local = tag.rpartition(":")
    if not colon:
        return Name(RSS, local.lower())
    prefix = prefix.lower()
    return Name(ATOM if prefix == "a10" else prefix if prefix in PREFIXES else "?", local.lower())


def family_of(space: str) -> str:
    """The family of a namespace, whatever its version and however it is spelt; `?` where it is none that feeds are made of."""
    folded = space.strip().lower().replace("https://", "http://").rstrip("/#")
    for known in LONGEST_KNOWN:
        if folded == known or (folded.startswith((known + "/", known + "#", known + "-")) and "/modules/" not in folded[len(known) :]):
            return NAMESPACES[known]
    return "?" if folded else RSS


def children(element: etree._Element) -> Iterator[tuple[Name, etree._Element]]:
    """The elements directly in one, with their names."""
    for inner in element:
        if isinstance(inner.tag, str):
            yield name_of(inner), inner


def text_of(element: etree._Element) -> str:
    """All text in an element."""
    return "".join(str(text) for text in element.itertext())


def markup_in(element: etree._Element) -> str:
    """What stands in an element as HTML, without namespaces."""
    for inner in element.iter():
        if isinstance(inner.tag, str):
            name = inner.tag.rpartition("}")[2].rpartition(":")[2]
            inner.tag = name if ELEMENT.fullmatch(name) else "span"
    etree.cleanup_namespaces(element)
    parts = [html.escape(element.text or "", quote=False)]
    parts += [etree.tostring(inner, encoding="unicode", method="html") for inner in element]
    return "".join(parts)
