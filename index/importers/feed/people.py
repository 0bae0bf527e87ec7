"""Who wrote an entry, as the formats of feeds name people?"""

from __future__ import annotations

import re

from lxml import etree

from index.importers.feed.xml import ATOM, Name, children, text_of

MAILBOX = re.compile(r"\s*(?:mailto:)?[^\s<>()\"]+@[^\s<>()\"]+\s*")
IN_PARENTHESES = re.compile(
    r"[^\s()]+@[^\s()]+\s*\((?P<name>[^()]*)\)|(?P<before>[^<>()]*?)\s*[(<]\s*(?:mailto:)?[^\s()<>]+@[^\s()<>]+\s*[)>]"
)


def persons(element: etree._Element, name: Name) -> list[dict[str, str]]:
    """The people that an element names: by parts in Atom, else in one line, often with a mailbox, which is left out."""
    if name.family == ATOM and len(element):
        said = {inner.local: " ".join(text_of(part).split()) for inner, part in children(element)}
        found = person(said.get("name", ""))
        address = said.get("uri") or said.get("url") or ""
        return [{**one, "url": address} if address else one for one in found]
    return person(text_of(element))


def person(line: str) -> list[dict[str, str]]:
    """The person that a line names; a mailbox alone names nobody."""
    line = " ".join(line.split())
    if found := IN_PARENTHESES.fullmatch(line):
        line = (found["name"] or found["before"] or "").strip(" \"'")
    return [] if not line or MAILBOX.fullmatch(line) else [{"name": line}]
