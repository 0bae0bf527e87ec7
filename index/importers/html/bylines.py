"""Whom does a byline on the page name, and which day stands beside it?

Its law: what is taken from the page rather than from its metadata is a guess, and is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.importers.calendars import MONTHS, WEEKDAYS
from index.importers.dates import FoundDate, parse_date
from index.importers.html.hints import hint, part
from index.importers.html.names import NEVER_SHOWN
from index.importers.html.tree import Node
from index.slugs import fold

PREFIX = re.compile(
    r"(?:(?:written|posted|published|words|story|text|report|reported)\s+)?"
    r"(?:by|par|por|von|di|door|av|autore?|auteur|author|作者|記者|记者|文)\b\s*[:：/]?\s*",
    re.IGNORECASE,
)
NAME_CLASS = part("fn author-?name byline-?name p-author author__name byline__name")
AFTER = re.compile(r"\s*(?:\d|@|\||•|·|\bon\b\s|\bupdated\b|\bpublished\b|\bshare\b).*$", re.IGNORECASE | re.DOTALL)
OFFICE = re.compile(
    r",?\s*(?:\b(?:staff|senior|chief|contributing|guest|deputy|managing|associate|news|special)\s+)*"
    r"\b(?:writer|reporter|editor|correspondent|contributor|columnist|journalist)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
DATE_WORDS = MONTHS.keys() | WEEKDAYS.keys()
LONGEST = 120  # characters
PUBLISHED = re.compile(r"publish|pubdate|posted|dateline|date-?created|(?:entry|post|article|story)-?date", re.IGNORECASE)
DATED = part("date time timestamp dateline published pubdate posted-on meta-date")
UPDATED = re.compile(r"updat|modif", re.IGNORECASE)
ELSEWHERE = re.compile(r"comment|related|sidebar|widget|footer|recommend|popular|latest|teaser|promo|card", re.IGNORECASE)
NOT_THE_ARTICLES = frozenset(["nav", "aside", "footer"]) | NEVER_SHOWN
MOST_IN_DATE = 8  # elements and texts that a date is made of
BEFORE_DATE = re.compile(r"^[^\d]{0,40}?(?:published|posted|date|on|am|le|del|vom|first published)\b\s*[:：]?\s*", re.IGNORECASE)


def names_in(byline: Node) -> str:
    """The names in a byline: those that are marked as names, else the text without what bylines put before and after."""
    for marked in (_with_property, _with_name_class, _with_author_link):
        texts = list(dict.fromkeys(text for node in byline.walk() if marked(node) and 0 < len(text := node.text) < LONGEST))
        if texts:
            return ", ".join(filter(None, map(neat, texts)))
    return neat(byline.text)


def neat(text: str) -> str:
    """A byline's text without *by*, date, handle and office; empty where it is a date alone."""
    line = PREFIX.sub("", text, count=1) if PREFIX.match(text) else text
    after = AFTER.search(line)
    words = OFFICE.sub("", line[: after.start()] if after else line).split()
    is_dated = after is not None and after.group().lstrip()[:1].isdigit()
    while words and is_dated and fold(words[-1].strip(".,")) in DATE_WORDS:
        words.pop()
    return " ".join(words).strip(" ,;:-–—|/")


def _with_property(node: Node) -> bool:
    return "name" in node.get("itemprop").split()


def _with_name_class(node: Node) -> bool:
    return NAME_CLASS.search(node.get("class")) is not None


def _with_author_link(node: Node) -> bool:
    return "author" in node.get("rel").split()


def dates_on(body: Node, year: int | None = None) -> tuple[FoundDate | None, FoundDate | None, bool]:
    """The days of publication and of change that stand on the page, and whether the first is marked as that.

    `year` stands in where a day is given without one; several such days of which none is marked say nothing, for they may be a programme's.
    """
    unmarked: list[FoundDate] = []
    marked: FoundDate | None = None
    changed: FoundDate | None = None
    for node, names in _candidates(body):
        date = parse_date(node.get("datetime") or node.get("content") or node.get("title"), year=year) or _written(node, year)
        if date is None:
            continue
        if UPDATED.search(names) and not PUBLISHED.search(names):
            changed = changed or date
        elif "pubdate" in node.attributes or PUBLISHED.search(names):
            marked = marked or date
        else:
            unmarked.append(date)
    first = unmarked[0] if unmarked and (year is None or len({date.value.date() for date in unmarked}) == 1) else None
    return marked or first, changed, marked is not None


def _candidates(body: Node) -> Iterator[tuple[Node, str]]:
    """The elements that may hold a date of the article, with their names."""
    stack = [body]
    while stack:
        node = stack.pop()
        if node.tag in NOT_THE_ARTICLES:
            continue
        if node.attributes or node.tag == "time":
            names = f"{hint(node)} {node.get('itemprop')}"
            if node is not body and ELSEWHERE.search(names):
                continue
            if node.tag == "time" or (len(node.children) < MOST_IN_DATE and DATED.search(names)):
                yield node, names
        stack.extend(child for child in reversed(node.children) if isinstance(child, Node))


def _written(node: Node, year: int | None) -> FoundDate | None:
    text = node.text
    if len(text) > 100:
        return None
    return parse_date(text, year=year) or parse_date(BEFORE_DATE.sub("", text), year=year)
