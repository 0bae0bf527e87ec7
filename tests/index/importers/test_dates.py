"""Which moment does a text, or a path, name?"""

import datetime as dt
import os
import subprocess
import sys
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.importers import dates
from index.importers.dates import date_in_path, parse_date

CERTAIN = {
    "2013-09-10 10:05:05 -0400": "2013-09-10T10:05:05-04:00",
    "2017-05-09 3:00:03 -0400": "2017-05-09T03:00:03-04:00",
    "2013-09-10 10:05:05 -0400 EDT": "2013-09-10T10:05:05-04:00",
    "2013-09-10 10:05:05.123 -0400 -04": "2013-09-10T10:05:05.123-04:00",
    "2024-4-09": "2024-04-09T00:00+00:00",
    "2025/03/04": "2025-03-04T00:00+00:00",
    "2025.03.04": "2025-03-04T00:00+00:00",
    "2015-02-24 11:00": "2015-02-24T11:00+00:00",
    "2013-09-10T10:05:05Z": "2013-09-10T10:05:05+00:00",
    "2013-09-10T10:05:05.123456789+05:30": "2013-09-10T10:05:05.123456+05:30",
    "2013-09-10T10:05:05,5-04": "2013-09-10T10:05:05.5-04:00",
    "2025-03-04T10:05:05+01:00[Europe/Berlin]": "2025-03-04T10:05:05+01:00",
    "20130910T100505Z": "2013-09-10T10:05:05+00:00",
    "20130910T1005-0400": "2013-09-10T10:05-04:00",
    "20130910100505": "2013-09-10T10:05:05+00:00",
    "20130910": "2013-09-10T00:00+00:00",
    "2013-W37-2": "2013-09-10T00:00+00:00",
    "2013W372T10:05": "2013-09-10T10:05+00:00",
    "2013-253": "2013-09-10T00:00+00:00",
    "2013253": "2013-09-10T00:00+00:00",
    "2013-09-10T10": "2013-09-10T10:00+00:00",
    "2013-09-10T24:00": "2013-09-11T00:00+00:00",
    "2016-12-31T23:59:60Z": "2016-12-31T23:59:59+00:00",
    "2013-09-10-04:00": "2013-09-10T00:00-04:00",
    "2013-09-10Z": "2013-09-10T00:00+00:00",
    "Tue, 10 Sep 2013 10:05:05 -0400": "2013-09-10T10:05:05-04:00",
    "Tue, 10 Sep 2013 10:05:05 -0400 (EDT)": "2013-09-10T10:05:05-04:00",
    "10 Sep 2013 10:05 PDT": "2013-09-10T10:05-07:00",
    "Tuesday, 10-Sep-13 10:05:05 GMT": "2013-09-10T10:05:05+00:00",
    "Tue Sep 10 10:05:05 EDT 2013": "2013-09-10T10:05:05-04:00",
    "Tue Sep 10 2013 10:05:05 GMT-0400 (Eastern Daylight Time)": "2013-09-10T10:05:05-04:00",
    "March 4, 2025": "2025-03-04T00:00+00:00",
    "Tuesday, March 4, 2025": "2025-03-04T00:00+00:00",
    "Published on March 4, 2025": "2025-03-04T00:00+00:00",
    "May 30th 2024": "2024-05-30T00:00+00:00",
    "the 4th of March, 2025": "2025-03-04T00:00+00:00",
    "4 March 2025": "2025-03-04T00:00+00:00",
    "4 Mar 2025": "2025-03-04T00:00+00:00",
    "Sept. 3, 2024": "2024-09-03T00:00+00:00",
    "2025 March 4": "2025-03-04T00:00+00:00",
    "2025-Mar-04": "2025-03-04T00:00+00:00",
    "  March\n4,\t2025 ": "2025-03-04T00:00+00:00",
    "March 4, 2025 at 10:05 p.m. EST": "2025-03-04T22:05-05:00",
    "May 3, 2024, 12am": "2024-05-03T00:00+00:00",
    "10:05, 4 March 2025": "2025-03-04T10:05+00:00",
    "10 am on March 4, 2025": "2025-03-04T10:00+00:00",
    "13/10/2012": "2012-10-13T00:00+00:00",
    "10/13/2012": "2012-10-13T00:00+00:00",
    "7-7-2017": "2017-07-07T00:00+00:00",
    "04.03.2025": "2025-03-04T00:00+00:00",
    "2.10.2024 14:30": "2024-10-02T14:30+00:00",
    "Tuesday 4/3/2025": "2025-03-04T00:00+00:00",
    "Dienstag, 4. März 2025, 10.05 Uhr": "2025-03-04T10:05+00:00",
    "mar. 4 mars 2025": "2025-03-04T00:00+00:00",
    "mardi 4 mars 2025 à 10h30": "2025-03-04T10:30+00:00",
    "1er août 2024": "2024-08-01T00:00+00:00",
    "4 de marzo de 2025": "2025-03-04T00:00+00:00",
    "1º de maio de 2024": "2024-05-01T00:00+00:00",
    "terça-feira, 4 de março de 2025": "2025-03-04T00:00+00:00",
    "4 maart 2025": "2025-03-04T00:00+00:00",
    "4 gennaio 2025": "2025-01-04T00:00+00:00",
    "4 października 2024": "2024-10-04T00:00+00:00",
    "4 марта 2025 г.": "2025-03-04T00:00+00:00",
    "den 4 oktober 2024": "2024-10-04T00:00+00:00",
}

GUESSED = {
    "12/10/2012": ("2012-12-10T00:00+00:00", dates.MONTH_FIRST),
    "11-9-2017": ("2017-11-09T00:00+00:00", dates.MONTH_FIRST),
    "4/3/25": ("2025-04-03T00:00+00:00", f"{dates.TWO_DIGITS}; {dates.MONTH_FIRST}"),
    "4 Mar 51": ("1951-03-04T00:00+00:00", dates.TWO_DIGITS),
    "2013-09": ("2013-09-01T00:00+00:00", dates.FIRST_OF_MONTH),
    "09/2013": ("2013-09-01T00:00+00:00", dates.FIRST_OF_MONTH),
    "March 2025": ("2025-03-01T00:00+00:00", dates.FIRST_OF_MONTH),
    "2013-W37": ("2013-09-09T00:00+00:00", dates.FIRST_OF_WEEK),
    "2013": ("2013-01-01T00:00+00:00", dates.FIRST_OF_YEAR),
    "1378821905": ("2013-09-10T14:05:05+00:00", dates.SINCE_1970),
    "1378821905500": ("2013-09-10T14:05:05.5+00:00", dates.SINCE_1970),
    "Monday, March 4, 2025": ("2025-03-04T00:00+00:00", dates.WRONG_WEEKDAY),
    "March 4, 2025 10:05 PM IST": ("2025-03-04T22:05+00:00", dates.UNKNOWN_ZONE),
}

NO_DATES = [
    *["", "noon", "may", "March", "March 4", "5 min read", "5551234", "4 3", "12 apples 2024", "in March 2025 we sailed", "3 4 5 March"],
    *["2013-02-30", "30 February 2024", "99/99/2020", "31/31/2020", "0000-00-00 00:00:00", "0001-01-01T00:00:00Z", "9999-12-31"],
    *["2013-13", "2013-W60", "2013-366", "2013-09-10 10", "2013-09-10 25:00", "2013-09-10 10:61", "2013-09-10 24:30", "1.2.3", "10:05"],
    *[
        "March 4, 2025 13:05 pm",
        "2013-09-10T10:05+99:00",
        "2013-09-10 – 2013-09-12",
        "March 4 123",
        "4/3/2025 apples",
        "March 4 2025 May 5",
    ],
    *["4 March 25 2024 2025", "March 2024 2025", "४ March २०२५ x", "9" * 90, "March 4, 2025 " + "." * 100],
]


@pytest.mark.parametrize(("text", "moment"), CERTAIN.items())
def test_a_date_that_leaves_no_choice(text: str, moment: str) -> None:
    """A form with one meaning is read without a guess, its offset kept."""
    found = parse_date(text)
    assert found is not None
    assert (found.value.isoformat(), found.guessed, found.why) == (dt.datetime.fromisoformat(moment).isoformat(), False, "")


@pytest.mark.parametrize(("text", "moment", "why"), [(text, *rest) for text, rest in GUESSED.items()])
def test_a_date_that_leaves_a_choice(text: str, moment: str, why: str) -> None:
    """A form with several meanings is read by a stated rule, and says so."""
    found = parse_date(text)
    assert found is not None
    assert (found.value.isoformat(), found.guessed, found.why) == (dt.datetime.fromisoformat(moment).isoformat(), True, why)


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_not_a_date(text: str) -> None:
    """What no calendar has, and what holds more or less than one date, is None."""
    assert parse_date(text) is None


def test_whether_a_time_was_given() -> None:
    """A time is told from a date alone, which is midnight UTC."""
    assert [parse_date(text).has_time for text in ("2025-03-04", "2025-03-04T00:00", "March 4, 2025 9am")] == [False, True, True]  # type: ignore[union-attr] # all dates


@pytest.mark.parametrize(
    ("text", "day_first", "day", "why"),
    [
        ("11-9-2017", True, (9, 11), ""),
        ("11-9-2017", False, (11, 9), ""),
        ("11.9.2017", False, (11, 9), ""),
        ("13-9-2017", False, (9, 13), dates.OTHER_ORDER),
        ("9-13-2017", True, (9, 13), dates.OTHER_ORDER),
        ("Monday 11-9-2017", True, (9, 11), ""),
        ("Thursday 11-9-2017", True, (9, 11), dates.WRONG_WEEKDAY),
    ],
)
def test_an_order_that_the_source_is_known_for(text: str, day_first: bool, day: tuple[int, int], why: str) -> None:
    """`day_first` settles an order, unless only the other one is a date."""
    found = parse_date(text, day_first=day_first)
    assert found is not None
    assert ((found.value.month, found.value.day), found.why) == (day, why)


def test_a_year_from_elsewhere() -> None:
    """A date without a year takes the one that goes with its source, as a guess."""
    found = parse_date("Tuesday, March 4", year=2025)
    assert found == (dt.datetime(2025, 3, 4, tzinfo=dt.UTC), False, True, dates.NO_YEAR)


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("2013-09-10-title.md", "2013-09-10"),
        ("posts/2013-9-1-title/index.md", "2013-09-01"),
        ("blog/2013/09/10/title.html", "2013-09-10"),
        ("blog/2013/09-10-title.md", "2013-09-10"),
        ("blog/20130910-title.md", "2013-09-10"),
        ("blog/2013_09_10_title.md", "2013-09-10"),
        ("2013/01/02/2014-02-03-title.md", "2014-02-03"),
        ("folder\\2013-09-10.md", "2013-09-10"),
        ("https://a.example/2013/09/10/title?at=2020-01-01#2021-01-01", "2013-09-10"),
    ],
)
def test_a_day_in_a_path(path: str, day: str) -> None:
    """A day in a file's name or its folders is found, the last of several."""
    found = date_in_path(path)
    assert found is not None
    assert (found.value.date().isoformat(), found.guessed) == (day, False)


@pytest.mark.parametrize("path", ["blog/2013/09/title.md", "2013-09/title.md", "2013/09/31/title.md"])
def test_a_month_in_a_path(path: str) -> None:
    """A month's folder stands for its first day, as a guess."""
    assert date_in_path(path) == (dt.datetime(2013, 9, 1, tzinfo=dt.UTC), False, True, dates.FIRST_OF_MONTH)


@pytest.mark.parametrize("path", ["", "title.md", "2013/title.md", "v12013-09-10.md", "1013/09/10/x", "2013/13/x", "a/2013/09"])
def test_a_path_without_a_day(path: str) -> None:
    """A number that only looks like a year is none."""
    assert date_in_path(path) is None


@given(st.datetimes(dt.datetime.fromisoformat("1000-01-01"), dt.datetime.fromisoformat("9998-12-31"), timezones=st.just(dt.UTC)))
def test_what_machines_write_comes_back(moment: dt.datetime) -> None:
    """ISO 8601 and the dates of mail are read as they were written."""
    iso, mail = parse_date(moment.isoformat()), parse_date(format_datetime(moment))
    assert iso == (moment, True, False, "")
    assert mail == (moment.replace(microsecond=0), True, False, "")


@given(st.text() | st.from_regex(r"[0-9a-zà:/. ,+\-TZ]{1,40}", fullmatch=True))
def test_any_text_at_all(text: str) -> None:
    """No text makes the reader fail, and what it finds can be turned to UTC."""
    for found in (parse_date(text), parse_date(text, year=2024), date_in_path(text)):
        if found is not None:
            assert found.value.astimezone(dt.UTC) == found.value
            assert found.guessed == bool(found.why)


def test_the_machine_does_not_matter() -> None:
    """The same text names the same moment in any locale, time zone and hash seed."""
    program = "from index.importers.dates import parse_date as p; print(p('11-9-2017 9:05'), p('4 Mar 2025'), p('Tue, 4 Mar 2025 10:05'))"
    seen = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path), "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            encoding="utf-8",
        ).stdout
        for zone, locale, seed in [("UTC", "C", "0"), ("Asia/Tokyo", "de_DE.UTF-8", "1"), ("America/New_York", "C.UTF-8", "2")]
    }
    assert len(seen) == 1
