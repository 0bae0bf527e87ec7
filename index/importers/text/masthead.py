"""What do the lines above an article say: its title, its date, who wrote it?

Above an article stand lines of the page's menu, the date, the title, a byline, in an order that differs from site to site. Its law: the
date is the first short line near the top that is one; the title is the line alone that follows it, else the one before it; nothing is a
title that says no word, and what reads like text between title and date is text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.document import RepairKind
from index.importers.dates import agrees, year_in_paths
from index.importers.people import BYLINE
from index.importers.repairs import Repairs
from index.importers.text.datelines import Dateline, dateline, read_date
from index.importers.text.furniture import LONGEST_NAME, quoted
from index.importers.text.lines import Line, without
from index.plain import excerpt

HEAD = 20  # lines in which the date may stand: over 200 pages it is in the sixth at the latest
ALIKE = 500  # lines that are looked at for other days without a year: of 200 pages one is longer
MOST_ABOVE = 2  # lines besides menu and byline over a day without a year: the site's name and the title; further down it heads a part
LONGEST_TITLE = 200  # characters: over 4,464 articles the longest title has 160
LONGEST_SENTENCE = 80  # characters of a title that ends like text: the longest of 13 has 78; of 3,729 such paragraphs 251 are shorter
TITLE_WORDS = 12  # of a line of text that has to serve as a title
MENU = re.compile(
    r"skip to (?:main |the )?(?:content|navigation)|(?:main |site |open |toggle )?(?:menu|navigation)|search(?: this site)?|home(?:page)?"
    r"|news|world|sign (?:in|up)|log ?in|subscribe|share|print|e-?mail|close",
    re.IGNORECASE,
)
CLOSING = "\"'”’»)]"
WORDS = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Masthead:
    """What stands above an article."""

    title: str = ""
    title_line: int | None = None
    date: dt.datetime | None = None
    updated: dt.datetime | None = None
    author: str = ""


def without_masthead(
    lines: list[Line], months: Sequence[str], repairs: Repairs, paths: tuple[str, ...] = ()
) -> tuple[list[Line], Masthead]:
    """The lines under the masthead, and what it says.

    `months` are those of the page's archive list; they tell which of two small numbers of a date is the month. `paths` are the page's
    path and address, from which a day without a year has its own.
    """
    dated = _find_date(lines, months) or _find_day(lines, paths)
    title, body = _find_title(lines, dated)
    author, body = _find_byline(lines, body, dated)
    kept, menu = _sorted(lines[:body], title, dated)
    for place in menu:
        message = f"A line of the page's menu was removed: {quoted(lines[place])}."
        repairs.add(RepairKind.BOILERPLATE_REMOVED, message, lines[place].number, 0.9)
    if dated is not None and (dated.date.guessed or kept):
        why = dated.date.why or "text stands above it"
        repairs.add(RepairKind.DATE_INFERRED, f"The date is a guess: {why}.", lines[dated.place].number, 0.6)
    text = without(lines, set(range(body)).difference(kept))
    head = Masthead(_instead(text, repairs)) if title is None else Masthead(lines[title].text, lines[title].number)
    if dated is None:
        return text, replace(head, author=author)
    return text, replace(head, date=dated.date.value, updated=dated.updated.value if dated.updated else None, author=author)


def _find_date(lines: Sequence[Line], months: Sequence[str]) -> Dateline | None:
    """The first line near the top that is a date, or a date and a byline."""
    return next((found for place in range(min(HEAD, len(lines))) if (found := dateline(lines, place, months))), None)


def _find_day(lines: Sequence[Line], paths: tuple[str, ...]) -> Dateline | None:
    """The line of the masthead that is a day without a year, where the page has no other such line and its path or address names a year."""
    year = year_in_paths(paths)
    days = (found for place in range(min(ALIKE, len(lines))) if (found := dateline(lines, place, year=year)))
    day = next(days, None) if year else None
    if day is None or next(days, None) is not None or not agrees(day.date, paths):
        return None
    above = [line for line in lines[: day.place] if not (_is_menu(line) or _byline(line))]
    return day if len(above) <= MOST_ABOVE and not any(line.mark or _is_text(line.text) for line in above) else None


def _find_title(lines: Sequence[Line], dated: Dateline | None) -> tuple[int | None, int]:
    """The place of the title, or None; and where what follows masthead, title and date begins."""
    if dated is None:
        first = next((place for place, line in enumerate(lines[:HEAD]) if not _is_menu(line)), None)
        if first is not None and _may_be_title(lines, first, strict=True):
            return first, first + 1
        return None, first or 0
    after = dated.end
    before = [
        place
        for place in range(dated.place)
        if not _is_menu(lines[place]) and not _byline(lines[place]) and len(lines[place].text.split()) > 1 and not lines[place].mark
    ]
    while after < len(lines) and _is_menu(lines[after]):
        after += 1
    begins = _text_begins(lines, dated)
    named = [place for place in before if place < begins]
    above = next((place for place in reversed(named) if not _is_text(lines[place].text)), named[-1] if named else None)
    stands_apart = before and (lines[dated.place].gap or before[-1] + 1 < dated.place)
    if (above is None or begins == dated.place) and after < len(lines) and _may_be_title(lines, after, strict=bool(stands_apart)):
        return after, after + 1
    return above, dated.end


def _may_be_title(lines: Sequence[Line], place: int, *, strict: bool) -> bool:
    """Whether a line alone may be a title; where there is another candidate it must not look like a sentence either."""
    line = lines[place]
    alone = line.gap and (place + 1 == len(lines) or lines[place + 1].gap)
    if line.mark or not alone or len(line.text) > LONGEST_TITLE or _byline(line) or read_date(line.text):
        return False
    return not (strict and _is_text(line.text))


def _is_text(text: str) -> bool:
    """Whether a line looks like text rather than a title."""
    return len(text) > LONGEST_TITLE or text.rstrip(CLOSING).endswith((".", ":", ";", ","))


def _text_begins(lines: Sequence[Line], dated: Dateline) -> int:
    """The place of the first line above the date that is text for certain, too long for a title that ends like it; else the date's."""
    for place, line in enumerate(lines[: dated.place]):
        if len(line.text) > LONGEST_SENTENCE and _is_text(line.text) and not line.mark:
            return place
    return dated.place


def _sorted(head: Sequence[Line], title: int | None, dated: Dateline | None) -> tuple[list[int], list[int]]:
    """The places of the lines of a masthead, beside title, date and byline, that are text, and of those that are the page's menu.

    Text begins under the title, with a line that ends as text does.
    """
    text: list[int] = []
    menu: list[int] = []
    for place, line in enumerate(head):
        if place == title or (dated is not None and dated.place <= place < dated.end) or _byline(line):
            continue
        starts = _is_text(line.text) and not line.text.endswith((":", ","))
        is_text = (title is None or place > title) and (text or starts) and not _is_menu(line)
        (text if is_text else menu).append(place)
    return text, menu


def _find_byline(lines: Sequence[Line], body: int, dated: Dateline | None) -> tuple[str, int]:
    """Whom a byline names, and where the text begins: it stands among the first lines, or in the line of the date."""
    author = dated.author if dated else ""
    for place in range(body):
        author = author or _byline(lines[place])
    while body < len(lines) and lines[body].gap and (name := _byline(lines[body])):
        author = author or name
        body += 1
    return author, body


def _byline(line: Line) -> str:
    """The name that a byline gives: `By Ada Kerr`."""
    if line.mark or len(line.text) > LONGEST_NAME or line.text.endswith((":", "?", "!")) or not BYLINE.match(line.text):
        return ""
    name = BYLINE.sub("", line.text, count=1)
    return "" if name.endswith(".") and not name.split()[-1][:-1].istitle() else name


def _is_menu(line: Line) -> bool:
    """Whether a line above the title is one of the page's menu: no word, or one that menus consist of."""
    return not WORDS.sub("", line.text) or MENU.fullmatch(line.text) is not None


def _instead(lines: Sequence[Line], repairs: Repairs) -> str:
    """The first words of the text, where no line is a title."""
    first = next((line for line in lines if WORDS.sub("", line.text)), None)
    if first is None:
        return ""
    title = excerpt(" ".join(first.text.split()[:TITLE_WORDS]), LONGEST_NAME)
    repairs.add(RepairKind.HEADING_INFERRED, "No line is a title; the first words of the text stand in for it.", first.number, 0.3)
    return title
