"""Which articles of a segment pass a filter?"""

from __future__ import annotations

import numpy as np
from hypothesis import given

from index.filters import ArticleFilter
from index.search.filtering import passing
from index.search.segments import Segment, build
from tests.index.search.archives import filters
from tests.index.search.conftest import entry
from tests.index.search.plain import passes

DAYS = ("2023-01-05", "2023-02-01", "2024-02-29", "2024-03-01", None)
FEW = ("ada", "ines", "tom")
MANY = [
    entry(
        number,
        visible=True,
        topics=("harbour", "town") if number % 40 == 0 else ("food",),
        published_at=DAYS[number % 7 % 5],
        language="de" if number % 50 == 0 else "en",
        authors=[FEW[number % 3]] if number % 30 == 0 else (),
        tags=[FEW[number % 3]] if number % 2 else (),
    )
    for number in range(300)
]
SEGMENT = Segment("x", build(MANY))


@given(filters)
def test_a_filter_passes_what_a_plain_look_at_each_article_passes(filter: ArticleFilter) -> None:
    """Whether few articles hold a value that it names, and only these are looked at, or many."""
    assert np.flatnonzero(passing(SEGMENT, filter)).tolist() == [at for at, one in enumerate(MANY) if passes(one, filter)]


def test_there_is_no_thirteenth_month() -> None:
    """It is not January of the next year; nor is there a year before the first."""
    for filter in (ArticleFilter(year=2022, month=13), ArticleFilter(year=2024, month=0), ArticleFilter(year=1), ArticleFilter(year=9999)):
        assert not passing(SEGMENT, filter).any()
