"""What does a frontend see of the archives by year and month?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import strawberry

from index.filters import ArticleFilter, Selection
from index.search.engine import Month
from schema.connections import Shelf
from schema.context import Reader
from schema.describing import described
from schema.groups import Group


@described
class ArchiveMonth(Shelf):
    """A month that holds articles. Under a filter or a search, `count` and `articles` keep to it."""

    year: int
    month: int = strawberry.field(description="1 to 12.")
    count: int


@described
class ArchiveYear(Shelf):
    """A year that holds articles.

    Under a filter or a search, `count`, `months` and `articles` keep to it: `articles.totalCount` is `count`.
    """

    year: int
    count: int
    months: list[ArchiveMonth] = strawberry.field(description="Its months that hold articles, newest first.")


def shelve(reader: Reader, selections: Sequence[Selection], archives: Sequence[Sequence[Month]]) -> list[list[ArchiveYear]]:
    """The years of several archives (`archives[n]` are the months of `selections[n]`, newest first), fetched together from here on."""
    years: Group[ArchiveYear] = Group()
    months: Group[ArchiveMonth] = Group()
    return [_years(reader, selection, archive, years, months) for selection, archive in zip(selections, archives, strict=True)]


def _years(
    reader: Reader, selection: Selection, archive: Sequence[Month], years: Group[ArchiveYear], months: Group[ArchiveMonth]
) -> list[ArchiveYear]:
    out = []
    for year, run in groupby(archive, key=lambda month: month.year):
        inside = []
        for one in run:
            within = _within(selection, ArticleFilter(year=year, month=one.month))
            month = ArchiveMonth(
                reader=reader, group=months, slot=len(months.members), selection=within, year=year, month=one.month, count=one.count
            )
            months.members.append(month)
            inside.append(month)
        whole = ArchiveYear(
            reader=reader,
            group=years,
            slot=len(years.members),
            selection=_within(selection, ArticleFilter(year=year)),
            year=year,
            count=sum(month.count for month in inside),
            months=inside,
        )
        years.members.append(whole)
        out.append(whole)
    return out


def _within(selection: Selection, filter: ArticleFilter) -> Selection:
    return Selection(selection.query, (*selection.within, filter), selection.filter, selection.preview)


def archives_of(reader: Reader, selections: Sequence[Selection]) -> list[list[ArchiveYear]]:
    """The years of each selection, newest first."""
    return shelve(reader, selections, reader.snapshot.archives(selections))
