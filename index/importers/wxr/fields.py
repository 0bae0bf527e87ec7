"""What are the fields of an item, or of what stands before the items?

Read by the names of tags alone: an export is XML by its looks, but holds raw `]]>`, bare `&`, undeclared prefixes and tags that are not
closed, and there is nothing to gain from entities or namespaces that anybody may define. Its law: nothing is resolved, nothing is fetched,
and a field that is broken ends where the next begins.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

NEXT = re.compile(r"<!--|<((?:[A-Za-z_][\w.-]*:)?[A-Za-z_][\w.-]*)((?:[\s/][^<>]*)?)>")
ATTRIBUTE = re.compile(r"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
CDATA = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|\Z)", re.DOTALL)
STARTS_CDATA = re.compile(r"\s*<!\[CDATA\[")
BETWEEN_CDATA = re.compile(r"\]\]>(\s*)<!\[CDATA\[")
OTHER_FIELD = re.compile(r"<(?:wp|content|excerpt|dc):[a-z_]+[\s/>]")
CONTAINERS = frozenset(["postmeta", "comment", "commentmeta", "author", "category", "tag", "term", "termmeta", "image", "channel", "item"])
OF_WORDPRESS = "wp"


class Field(NamedTuple):
    """A field: its name, without the prefix where that is WordPress's own; its attributes; and what stands in it as it is."""

    name: str
    attributes: dict[str, str]
    inside: str
    closed: bool = True

    @property
    def text(self) -> str:
        """The text that it holds."""
        return text_of(self.inside)


def fields(markup: str) -> Iterator[Field]:
    """The fields that stand directly in a piece of an export, in order."""
    at = 0
    endless: set[str] = set()  # names whose end does not come any more
    while tag := NEXT.search(markup, at):
        name, attributes = tag[1], tag[2]
        if name is None:
            end = markup.find("-->", tag.end())
            at = len(markup) if end < 0 else end
            continue
        inside, at, closed = ("", tag.end(), True) if attributes.endswith("/") else _inside(markup, name, tag.end(), endless)
        yield Field(_short(name), {key: html.unescape(one or other) for key, one, other in ATTRIBUTE.findall(attributes)}, inside, closed)


def text_of(inside: str) -> str:
    """The text of a field: sections of CDATA as they are, entities elsewhere read."""
    start = STARTS_CDATA.match(inside)
    if start is None:
        parts = CDATA.split(inside)  # text and sections in turn
        return "".join(part if n % 2 else html.unescape(part) for n, part in enumerate(parts)).strip()
    return BETWEEN_CDATA.sub(r"\1", inside[start.end() :].rstrip().removesuffix("]]>"))


def _short(name: str) -> str:
    """A field's name as it is looked up: `wp:status` is `status`, others keep their prefix."""
    prefix, colon, rest = name.partition(":")
    return rest if colon and prefix.startswith(OF_WORDPRESS) else name


def _inside(markup: str, name: str, start: int, endless: set[str]) -> tuple[str, int, bool]:
    """What stands in a field, where the next may begin, and whether the field is closed."""
    end = None
    if name not in endless:
        end_tag = rf"</{re.escape(name)}\s*>"
        if STARTS_CDATA.match(markup, start) and (end := re.compile(rf"\]\]>\s*{end_tag}").search(markup, start)):
            return markup[start : end.start() + 3], end.end(), True  # a raw `]]>` before it ends nothing
        end = re.compile(end_tag).search(markup, start)
    if end is None:
        endless.add(name)
    elif _short(name) in CONTAINERS or OTHER_FIELD.search(markup, start, end.start()) is None:
        return markup[start : end.start()], end.end(), True
    following = NEXT.search(markup, start)
    stop = len(markup) if following is None else following.start()
    return markup[start:stop], stop, False
