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
from index.importers.people import PARTED
from index.slugs import fold

PREFIX = re.compile(
    r"(?:(?:written|posted|published|submitted|words|story|text|report|reported)\s+)?"
    r"(?:by|par|por|von|di|door|av|autore?|auteur|author|作者|記者|记者|文)\b\s*[:：/]?\s*",
    re.IGNORECASE,
)
NAME_CLASS = part("fn author-?name byline-?name p-author author__name byline__name")
AFTER = re.compile(r"\s*(?:\d|@|\||•|·|\bon\b\s|\bupdated\b|\bpublished\b|\bshare\b).*$", re.IGNORECASE | re.DOTALL)
OFFICE = re.compile(
    r"(?:,?\s*(?:\b(?:staff|senior|chief|contributing|guest|deputy|managing|associate|news|special)\s+)*|,\s*(?:[^\s,]+\s+){1,3})"
    r"\b(?:writer|reporter|editor|correspondent|contributor|columnist|journalist)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
DATE_WORDS = MONTHS.keys() | WEEKDAYS.keys()
LONGEST = 120  # characters
PUBLISHED = re.compile(r"publish|pubdate|posted|dateline|date-?created|(?:entry|post|article|story)-?date", re.IGNORECASE)
DATED = part("date time timestamp dateline published pubdate posted-on meta")
UPDATED = re.compile(r"updat|modif", re.IGNORECASE)
ELSEWHERE = re.compile(r"comment|related|sidebar|widget|footer|recommend|popular|latest|teaser|promo|card", re.IGNORECASE)
TEXTS = frozenset(["p", "li", "td", "dd", "blockquote", "figcaption"])
NOT_THE_ARTICLES = frozenset(["nav", "aside", "footer"]) | NEVER_SHOWN
MOST_WORDS, LONGEST_WRITTEN = 30, 9  # of a byline that are looked at, and of a date in it: `on Tuesday, the 4th of March 2025 at 10:05 PM`
ANNOUNCES = re.compile(r"(?:first |last |originally )?(?:published|posted|submitted|updated|written|dated?|on|at|\W)*", re.IGNORECASE)
MOST_IN_DATE = 8  # elements and texts that a date is made of
BEFORE_DATE = re.compile(r"^[^\d]{0,40}?(?:published|posted|date|on|am|le|del|vom|first published)\b\s*[:：]?\s*", re.IGNORECASE)


def names_in(byline: Node) -> str:
    """The names in a byline: those that are marked as names, else the text without what bylines put before and after."""
    for marked in (_with_property, _with_name_class, _with_author_link):
        texts = list(dict.fromkeys(text for node in byline.walk() if marked(node) and 0 < len(text := node.text) < LONGEST))
        if texts:
            return ", ".join(filter(None, map(neat, texts)))
    text = " ".join(" ".join(byline.pieces()).split())
    parts, published, changed = _parted(text)
    return _name_beside(parts) if published or changed else neat(byline.text)


def is_dated(byline: Node) -> bool:
    """Whether all that an element says is a name and a date: `By Ada Kerr on 4 March 2025`, `Posted on March 4, 2025 by Ada Kerr`."""
    parts, published, changed = _parted(" ".join(byline.pieces()))
    by = next((part for part in parts if PREFIX.match(part)), "")
    name = neat(by)
    is_name = name[:1].isupper() or (name != "" and " " not in name)
    return bool(published or changed) and is_name and all(part == by or ANNOUNCES.fullmatch(part) for part in parts)


def _name_beside(parts: list[str]) -> str:
    """The name in a byline that is parted at its dates: what follows *by*, else what stands before the date."""
    by = next((part for part in parts if PREFIX.match(part)), parts[0])
    return "" if ANNOUNCES.fullmatch(by) else neat(by)


def _parted(text: str, year: int | None = None) -> tuple[list[str], FoundDate | None, FoundDate | None]:
    """What stands around the dates in a byline, and its first day of publication and of change."""
    words = text.split()[:MOST_WORDS]
    parts: list[str] = []
    published = changed = None
    start = at = 0
    while at < len(words):
        found, end = _date_at(words, at, year)
        if found is None or (at and _leads_on(words[at - 1], words[at])):
            at = max(at + 1, end)
            continue
        parts.append(" ".join(words[start:at]))
        if UPDATED.search(parts[-1].rpartition(" ")[2]):
            changed = changed or found
        else:
            published = published or found
        start = at = end
    return [part.strip(" ,;|·•-–—/") for part in (*parts, " ".join(words[start:]))], published, changed


def _leads_on(before: str, first: str) -> bool:
    """Whether running text leads to a date by the word before its first one: `a keeper since 12 May 2012`."""
    return before[0].islower() and before[-1].isalpha() and not (ANNOUNCES.fullmatch(before) or ANNOUNCES.fullmatch(first))


def _date_at(words: list[str], at: int, year: int | None) -> tuple[FoundDate | None, int]:
    """The longest date that begins at a word, and where it ends; figures alone are none."""
    for end in range(min(at + LONGEST_WRITTEN, len(words)), at, -1):
        line = " ".join(words[at:end]).rstrip(",;")
        if not line.isdecimal() and (found := parse_date(line, year=year)):
            return found, end
    return None, at


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


def dates_on(body: Node, byline: Node | None = None, year: int | None = None) -> tuple[FoundDate | None, FoundDate | None, bool]:
    """The days of publication and of change that stand on the page, and whether the first is marked as that; else those in its byline.

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
        elif not _is_in_text(node):
            unmarked.append(date)
    first = unmarked[0] if unmarked and (year is None or len({date.value.date() for date in unmarked}) == 1) else None
    if byline is not None and (marked is None or changed is None):
        _, written, rewritten = _parted(" ".join(byline.pieces()), year)
        first, changed = written or first, changed or rewritten
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


def _is_in_text(node: Node) -> bool:
    """Whether an element stands in running text, which speaks of days of all kinds: in one longer than a byline."""
    around = next((above for above in node.above() if above.tag in TEXTS), None)
    return around is not None and len(around.text) > LONGEST


def _written(node: Node, year: int | None) -> FoundDate | None:
    text = node.text
    if len(text) > 100:
        return None
    parts = (text, *PARTED.split(text))
    return next((date for part in parts if (date := parse_date(part, year=year) or parse_date(BEFORE_DATE.sub("", part), year=year))), None)
