"""Which moment does a text, or a path, name?

Its law: rules that can be said in a sentence, and nothing that depends on today, the locale or the machine's time zone. A time with an
offset keeps it, one without is UTC, a date alone is midnight UTC. Where a text leaves a choice, `guessed` is set and `why` says which
rule made it. What no calendar has is None, and so is a year before 1000, which other systems write for "no date".
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import NamedTuple

from index.importers.calendars import AFTER_DAY, BESIDE, MONTHS, WEEKDAYS, WEEKDAYS_CUT, ZONES
from index.slugs import fold

LONGEST = 100  # characters: the longest form known, JavaScript's with its zone spelled out, takes 70
YEARS = range(1000, 9999)  # outside of them a time cannot be turned to UTC, or stands for "no date"

# the year in figures first; where nothing parts the figures it has to be of our centuries, lest a telephone number be a date
YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
COMPACT = re.compile(r"((?:19|20)\d\d)()(\d\d)(\d\d)(?=t?\d{4}(?:\d\d)?(?!\d)|$)")
WEEK = re.compile(r"(\d{4})-?w(\d\d)(?:-?([1-7]))?(?!\d)")
DAY_OF_YEAR = re.compile(r"((?:19|20)\d\d)-?(\d{3})(?!\d)")
MONTH_ALONE = re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})|(?P<mm>\d{1,2})[-/.](?P<yy>\d{4})")
YEAR_ALONE = re.compile(r"(?:19|20)\d\d")
EPOCH = re.compile(r"(\d{10})(\d{3})?(?:\.\d+)?")
SMALL_FIRST = re.compile(r"(?<!\d)(\d{1,2})([-/.]) ?(\d{1,2})\2 ?(\d{4}|\d\d)(?!\d)")

_ZONE = rf"(?P<zone>(?:{'|'.join(sorted(ZONES, key=len, reverse=True))})(?![a-z]))?(?P<offset>[+\-−]\d{{1,2}}(?::?\d\d)?(?!\d))?"
_AFTER_ZONE = (
    r"(?: ?\([^()]*\)| ?\[[^][]*\]|(?<=\d) (?:[a-z]{3,5}|[+-]\d\d(?:\d\d)?)$)*"  # the zone once more, as JavaScript, Go and mail add it
)
_TIME = r"(?P<h>\d{1,2})(?:[:.h](?P<m>\d\d)(?:[:.](?P<s>\d\d)(?:[.,](?P<f>\d+))?)?)?(?!\d)(?: ?uhr| ?h(?:rs)?\b)? ?"
_HALF = r"(?P<half>[ap]\.? ?m\b\.?)?"
CLOCK = re.compile(f"{_TIME}{_HALF} ?{_ZONE}{_AFTER_ZONE}(?P<unknown> ?[a-z]{{2,5}}$)?")
COMPACT_CLOCK = re.compile(rf"(?P<h>\d\d)(?P<m>\d\d)(?:(?P<s>\d\d)(?:[.,](?P<f>\d+))?)?(?P<half>(?!))? ?{_ZONE}(?P<unknown>(?!))?")
CLOCK_WITHIN = re.compile(r"(?<![\d:.+\-−])(?=\d{1,2}(?::\d\d|h\d\d\b| ?[ap]\.? ?m\b|\.\d\d uhr))")
BEFORE_CLOCK = re.compile(r"[\s,@|·–—-]*(?:(?:at|um|as?|kl|om|alle|o)\b\.?|t(?=\d))?[\s,@|·–—]*")
ZONE_ALONE = re.compile(f" ?{_ZONE}")
WORD = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|_")

ANNOUNCED = frozenset(["published", "posted", "date"])

MONTH_FIRST = "of two small numbers the first is taken for the month"
OTHER_ORDER = "only the other order of day and month is a date"
IN_PATH = re.compile(r"(?:^|[/_ -])((?:19|20)\d\d)(?:([-_/])(\d{1,2})\2(\d{1,2})|/(\d\d)-(\d\d)|(\d\d)(\d\d))(?=[-_/. ]|$)")
YEAR_IN_PATH = re.compile(r"(?:^|/)((?:19|20)\d\d)(?=[-/])")
MONTH_IN_PATH = re.compile(r"(?:^|/)((?:19|20)\d\d)[-/](\d\d)(?=/)")

FIRST_OF_MONTH = "no day is given, so the first of the month stands for it"
FIRST_OF_YEAR = "no month is given, so the first of January stands for it"
FIRST_OF_WEEK = "no day is given, so the Monday of the week stands for it"
TWO_DIGITS = "a year of two digits is taken to lie between 1950 and 2049"  # RFC 2822, section 4.3
NO_YEAR = "no year is given, so the year that goes with its source stands for it"
SINCE_1970 = "a number of this length counts seconds or milliseconds since 1970"
UNKNOWN_ZONE = "its time zone has no one meaning, so it is read as UTC"
WRONG_WEEKDAY = "its weekday is another one"


class FoundDate(NamedTuple):
    """A moment that a text names: `value` carries an offset; `why` is empty unless it was `guessed`, then a clause for a sentence."""

    value: dt.datetime
    has_time: bool = False
    guessed: bool = False
    why: str = ""


class _Day(NamedTuple):
    """A day, and what had to be guessed for it."""

    date: dt.date
    guess: str = ""


def parse_date(text: str, *, day_first: bool | None = None, year: int | None = None) -> FoundDate | None:
    """The moment that the whole text names, or None where it is not a date.

    `day_first` is what the source is known to do with `11-9-2017`; where it is None the weekday decides if there is one, dots put the day
    first (as every locale of CLDR does that writes dots), and else the month is first. `year` stands in where the text gives none.
    """
    line = " ".join(text.split(None, LONGEST))
    if not line or len(line) > LONGEST or not any(map(str.isdecimal, line)):
        return None
    line = line.lower() if line.isascii() else fold(line)
    try:
        return _year_first(line) or _number(line) or _written(line, day_first, year)
    except (ValueError, OverflowError):
        return None


def date_in_path(path: str) -> FoundDate | None:
    """The day that a file's path or an address names (`2013-09-10-title.md`, `2013/09/10/title`, `2013/09-10-title`, `20130910-title`).

    Of several the last counts. A month's folder (`2013/09/`) stands for its first day, which is a guess. Years are 1900 to 2099.
    """
    path = path.partition("?")[0].partition("#")[0].replace("\\", "/")
    for match in reversed(list(IN_PATH.finditer(path))):
        year, month, day = (int(figures) for figures in match.groups() if figures and figures.isdecimal())
        if date := _valid(year, month, day):
            return _found(_Day(date))
    for match in reversed(list(MONTH_IN_PATH.finditer(path))):
        if date := _valid(int(match[1]), int(match[2]), 1):
            return _found(_Day(date, FIRST_OF_MONTH))
    return None


def year_in_paths(paths: Iterable[str]) -> int | None:
    """The year of the first of these paths and addresses that names one: that of a date without a year which was found there."""
    return next((year for path in paths if (year := year_in_path(path))), None)


def agrees(date: FoundDate, paths: Iterable[str]) -> bool:
    """Whether a date that has its year from these paths is the day, or lies in the month, that the first of them names, if one does."""
    named = next((named for path in paths if (named := date_in_path(path))), None)
    if named is None:
        return True
    one, other = date.value.date(), named.value.date()
    return one.month == other.month if named.guessed else one == other


def year_in_path(path: str) -> int | None:
    """The year of the day that a path names, else that of its last folder which is one; None where it names none. 1900 to 2099."""
    if date := date_in_path(path):
        return date.value.year
    years = YEAR_IN_PATH.findall(path.partition("?")[0].partition("#")[0].replace("\\", "/"))
    return int(years[-1]) if years else None


def _year_first(line: str) -> FoundDate | None:
    """ISO 8601, and whatever else begins with the year in figures."""
    if not line[:4].isdecimal():
        return None
    if match := YEAR_FIRST.match(line) or COMPACT.match(line):
        day = _day(int(match[1]), int(match[3]), int(match[4]))
    elif match := WEEK.match(line):
        day = _Day(dt.date.fromisocalendar(int(match[1]), int(match[2]), int(match[3] or 1)), "" if match[3] else FIRST_OF_WEEK)
    elif match := DAY_OF_YEAR.match(line):
        day = _Day(dt.date(int(match[1]), 1, 1) + dt.timedelta(days=int(match[2]) - 1))
        if day.date.year != int(match[1]):
            return None
    else:
        return None
    return _with_rest(day, line[match.end() :])


def _number(line: str) -> FoundDate | None:
    """A month or a year alone, and seconds or milliseconds since 1970."""
    if match := MONTH_ALONE.fullmatch(line):
        return _found(_day(int(match["y"] or match["yy"]), int(match["m"] or match["mm"]), 1, FIRST_OF_MONTH))
    if YEAR_ALONE.fullmatch(line):
        return _found(_day(int(line), 1, 1, FIRST_OF_YEAR))
    if match := EPOCH.fullmatch(line):
        since = dt.timedelta(seconds=int(match[1]), milliseconds=int(match[2] or 0))
        return FoundDate(dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + since, has_time=True, guessed=True, why=SINCE_1970)
    return None


def _written(line: str, day_first: bool | None, year: int | None) -> FoundDate | None:
    """A date with the month's name, or with small numbers first; a time before, within or after it."""
    clock = None
    if (start := CLOCK_WITHIN.search(line)) and (clock := CLOCK.match(line, start.start())):
        if clock["unknown"] and _known(clock["unknown"].strip()):
            clock = CLOCK.match(line, start.start(), clock.start("unknown"))
        if clock is not None:
            line = f"{line[: clock.start()]} {line[clock.end() :]}"
    numbers = SMALL_FIRST.search(line)
    words = WORD.findall(line if numbers is None else f"{line[: numbers.start()]} {line[numbers.end() :]}")
    if words and words[0] in ANNOUNCED:
        del words[0]
    day = _named(words, year) if numbers is None else _numbered(numbers, words, day_first)
    if day is None:
        return None
    return _found(day) if clock is None else _at(day, clock)


def _numbered(match: re.Match[str], words: list[str], day_first: bool | None) -> _Day | None:
    """A day from `11-9-2017`, with at most a weekday around it."""
    weekday = None
    for word in words:
        weekday = WEEKDAYS.get(word, weekday)
        if word not in WEEKDAYS and word not in WEEKDAYS_CUT and word not in BESIDE:
            return None
    first, between, second = int(match[1]), match[2], int(match[3])
    year, guess = _full_year(match[4])
    by_month, by_day = _valid(year, first, second), _valid(year, second, first)
    if by_month is None or by_day is None or by_month == by_day:
        only = by_month or by_day
        if only is None:
            return None
        contradicted = day_first is not None and by_month != by_day and (by_day is None) == day_first
        return _checked(_Day(only, _both(guess, OTHER_ORDER if contradicted else "")), weekday)
    if day_first is None and weekday is not None and (by_month.weekday() == weekday) != (by_day.weekday() == weekday):
        return _Day(by_month if by_month.weekday() == weekday else by_day, guess)
    if day_first is None and between != ".":
        guess = _both(guess, MONTH_FIRST)
    return _checked(_Day(by_day if day_first or (day_first is None and between == ".") else by_month, guess), weekday)


def _named(words: list[str], given_year: int | None) -> _Day | None:
    """A day from words of which one names the month."""
    month = weekday = None
    numbers: list[str] = []
    for at, word in enumerate(words):
        if word.isdecimal():
            numbers.append(word)
        elif word in WEEKDAYS:
            weekday = WEEKDAYS[word]
        elif word in MONTHS and (month is None or words[at - 1] not in WEEKDAYS_CUT):
            if month is not None and not any(w in WEEKDAYS_CUT and MONTHS.get(w) == month for w in words[:at]):
                return None
            month = MONTHS[word]
        elif not (word in BESIDE or word in WEEKDAYS_CUT or (at and word in AFTER_DAY and words[at - 1].isdecimal())):
            return None
    if month is None or not 1 <= len(numbers) <= 2:
        return None
    return _checked(_day_of(numbers, month, given_year), weekday)


def _day_of(numbers: list[str], month: int, given_year: int | None) -> _Day | None:
    """The day of a month that one or two numbers beside its name mean: the one of four digits is the year, else the last."""
    years = [number for number in numbers if len(number) == len("2025")]
    rest = [number for number in numbers if len(number) <= len("31")]
    if len(years) + len(rest) != len(numbers) or len(years) > 1:
        return None
    if years:
        return _day(int(years[0]), month, int(rest[0])) if rest else _day(int(years[0]), month, 1, FIRST_OF_MONTH)
    if len(rest) == 1:
        return None if given_year is None else _day(given_year, month, int(rest[0]), NO_YEAR)
    year, guess = _full_year(rest[1])
    return _day(year, month, int(rest[0]), guess)


def _with_rest(day: _Day, rest: str) -> FoundDate | None:
    """A day and what follows it: nothing, a zone, or a time."""
    if not rest:
        return _found(day)
    if (zone := ZONE_ALONE.fullmatch(rest)) and (zone["zone"] or zone["offset"]):
        return _found(day, _zone(zone))
    before = BEFORE_CLOCK.match(rest)
    start = before.end() if before else 0
    clock = CLOCK.fullmatch(rest, start) or COMPACT_CLOCK.fullmatch(rest, start)
    if clock is None or not (clock["m"] or clock["half"] or rest[0] == "t"):
        return None
    return _at(day, clock)


def _at(day: _Day, clock: re.Match[str]) -> FoundDate:
    """A day and the time on it that a match of `CLOCK` gives; raises `ValueError` for one that no clock shows."""
    hour, minute, second = int(clock["h"]), int(clock["m"] or 0), int(clock["s"] or 0)
    if clock["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(hour)
        hour = hour % 12 + (12 if clock["half"][0] == "p" else 0)
    if hour > 24 or minute > 59 or second > 60 or (hour == 24 and (minute or second)):
        raise ValueError(clock[0])
    fraction = int(((clock["f"] or "") + "000000")[:6])
    time = dt.timedelta(hours=hour, minutes=minute, seconds=min(second, 59), microseconds=fraction)
    value = dt.datetime.combine(day.date, dt.time(), _zone(clock)) + time
    guess = _both(day.guess, UNKNOWN_ZONE if clock["unknown"] and not clock["offset"] else "")
    return FoundDate(value, has_time=True, guessed=bool(guess), why=guess)


def _zone(match: re.Match[str]) -> dt.timezone:
    """The offset that a match of a zone gives; raises `ValueError` where it is a day or more."""
    minutes = ZONES[match["zone"]] if match["zone"] and not match["offset"] else 0
    if match["offset"]:
        figures = match["offset"][1:].replace(":", "")
        hours, rest = (figures, "0") if len(figures) <= len("04") else (figures[:-2], figures[-2:])
        minutes = (int(hours) * 60 + int(rest)) * (1 if match["offset"][0] == "+" else -1)
    return dt.timezone(dt.timedelta(minutes=minutes)) if minutes else dt.UTC


def _found(day: _Day, zone: dt.tzinfo = dt.UTC) -> FoundDate:
    """A day without a time."""
    return FoundDate(dt.datetime.combine(day.date, dt.time(), zone), guessed=bool(day.guess), why=day.guess)


def _day(year: int, month: int, day: int, guess: str = "") -> _Day:
    """A day; raises `ValueError` where there is none."""
    if year not in YEARS:
        raise ValueError(year)
    return _Day(dt.date(year, month, day), guess)


def _valid(year: int, month: int, day: int) -> dt.date | None:
    """A day, or None where there is none."""
    try:
        return _day(year, month, day).date
    except ValueError:
        return None


def _full_year(figures: str) -> tuple[int, str]:
    """A year of two or four digits, and what was guessed."""
    year = int(figures)
    return (year, "") if len(figures) == len("2025") else (year + (2000 if year < 50 else 1900), TWO_DIGITS)


def _checked(day: _Day | None, weekday: int | None) -> _Day | None:
    """A day held against the weekday that is written beside it: one that fits settles the century too."""
    if day is None or weekday is None:
        return day
    if day.date.weekday() == weekday:
        return _Day(day.date, "" if day.guess == TWO_DIGITS else day.guess)
    return _Day(day.date, _both(day.guess, WRONG_WEEKDAY))


def _both(one: str, other: str) -> str:
    """Two guesses as one clause."""
    return "; ".join(filter(None, (one, other)))


def _known(word: str) -> bool:
    """Whether a word after a time belongs to the date."""
    return word in MONTHS or word in WEEKDAYS or word in BESIDE
