"""Which lines of a flattened page are dates, and of what?

A line may be a date after words that announce it, or hold a date, a byline and the day of the last change between bars; the last two may
also stand in lines of their own that follow each other. Its law: a line is one as a whole, or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.importers.dates import FoundDate, parse_date
from index.importers.people import BYLINE, PARTED
from index.importers.text.furniture import LONGEST_NAME
from index.importers.text.lines import Line

LONGEST_DATE = 60  # characters, announcement included: over 200 pages the longest has 46
MOST_PARTS = 4  # of a line between bars
ANNOUNCED = re.compile(
    r"(?:(?:first |last |originally )?(?:published|posted|updated|modified|revised|written|date|on)\b[\s:]*)+", re.IGNORECASE
)
UPDATED = re.compile(r"(?:last )?(?:updated|modified|revised)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dateline:
    """Lines that are dates, from one place of a page up to another: the day that they name, that of the last change, and who wrote it."""

    place: int
    end: int
    date: FoundDate
    updated: FoundDate | None = None
    author: str = ""

    @property
    def is_update(self) -> bool:
        """Whether only the day of the last change is known, and so stands for the other."""
        return self.date is self.updated


def dateline(lines: Sequence[Line], place: int, months: Sequence[str] = (), year: int | None = None) -> Dateline | None:
    """What the line at a place says that is a date, with those after it that add to it; None where it is none.

    `months` and `year` are as in `read_date`.
    """
    found = _line(lines[place], place, months, year)
    if found is None or found.end == len(lines):
        return found
    after = _line(lines[found.end], found.end, months, year)
    if after is None or found.is_update == after.is_update or (found.updated is not None and after.updated is not None):
        return found
    published, changed = (after, found) if found.is_update else (found, after)
    return replace(published, place=place, end=after.end, updated=changed.updated, author=found.author or after.author)


def _line(line: Line, place: int, months: Sequence[str], year: int | None) -> Dateline | None:
    """What one line says that is a date, or a date and others and a byline; None where it is neither."""
    if line.mark or len(line.text) > LONGEST_DATE + LONGEST_NAME:
        return None
    whole = read_date(line.text, months, year)
    parts = [line.text] if whole else PARTED.split(line.text)
    if not (whole or 1 < len(parts) <= MOST_PARTS):
        return None
    dates = [(found, UPDATED.match(part) is not None) for part in parts if (found := read_date(part, months, year))]
    published, changed = ([found for found, is_update in dates if is_update == wanted] for wanted in (False, True))
    if not dates or len(published) > 1 or len(changed) > 1:
        return None
    names = [part for part in parts if read_date(part, months, year) is None and BYLINE.match(part)]
    author = BYLINE.sub("", names[0], count=1) if names else ""
    return Dateline(place, place + 1, (published or changed)[0], changed[0] if changed else None, author)


def read_date(text: str, months: Sequence[str] = (), year: int | None = None) -> FoundDate | None:
    """The date that a whole line is, after words that announce one.

    `months` are those of the page's archive list; they tell which of two small numbers is the month. `year` stands in where none is given.
    """
    said = ANNOUNCED.sub("", text, count=1) if ANNOUNCED.match(text) else text
    if len(text) > LONGEST_DATE or not any(map(str.isdecimal, said)):
        return None
    found = parse_date(said, year=year)
    if found is None or not found.guessed:
        return found
    listed = {(month.value.year, month.value.month) for month in map(parse_date, months) if month}
    day_first, month_first = parse_date(said, day_first=True), parse_date(said, day_first=False)
    fits = [one for one in (day_first, month_first) if one and (one.value.year, one.value.month) in listed]
    if len(fits) == 1:
        return fits[0]._replace(guessed=False, why="")
    return _padded(said, day_first) or found


def _padded(said: str, day_first: FoundDate | None) -> FoundDate | None:
    """Of `05/04/2024` the day is taken to be first: where both numbers are filled up with noughts, more locales of CLDR write it so."""
    if day_first is None or re.fullmatch(r"\d\d/\d\d/\d{4}\b.*", said) is None:
        return None
    return day_first._replace(guessed=True, why="of two small numbers with noughts before them the first is taken for the day")
