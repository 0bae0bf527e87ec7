"""What does a frontend see of the archives by year and month?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count, groupby
from operator import attrgetter

import strawberry

from index.filters import ArticleFilter, Selection
from index.search.engine import Month
from schema.connections import Shelf
from schema.context import Reader
from schema.describing import described, field
from schema.groups import Group


@described
class ArchiveMonth(Shelf):
    """A month that holds articles. Under a filter or a search, `count` and `articles` keep to it."""

    archive: strawberry.Private[Selection]
    year: int
    month: int = strawberry.field(description="1 to 12.")
    count: int

    @property
    def selection(self) -> Selection:
        """What it holds."""
        return _within(self.archive, ArticleFilter(year=self.year, month=self.month))


@described
class ArchiveYear(Shelf):
    """A year that holds articles.

    Under a filter or a search, `count`, `months` and `articles` keep to it: `articles.totalCount` is `count`.
    """

    archive: strawberry.Private[Selection]
    found: strawberry.Private[list[Month]]
    year: int
    count: int

    @property
    def selection(self) -> Selection:
        """What it holds."""
        return _within(self.archive, ArticleFilter(year=self.year))

    @field
    def months(self) -> list[ArchiveMonth]:
        """Its months that hold articles, newest first."""
        return self.group.once("months", _months)[self.slot]


def _months(years: list[ArchiveYear]) -> list[list[ArchiveMonth]]:
    """The months of each year, fetched together from here on."""
    group: Group[ArchiveMonth] = years[0].reader.group()
    slots = count()
    months = [
        [
            ArchiveMonth(
                reader=year.reader, group=group, slot=next(slots), archive=year.archive, year=year.year, month=one.month, count=one.count
            )
            for one in year.found
        ]
        for year in years
    ]
    group.members = [month for year in months for month in year]
    return months


def shelve(reader: Reader, selections: Sequence[Selection], archives: Sequence[Sequence[Month]]) -> list[list[ArchiveYear]]:
    """The years of several archives (`archives[n]` are the months of `selections[n]`, newest first), fetched together from here on."""
    group: Group[ArchiveYear] = reader.group()
    return [_years(reader, selection, archive, group) for selection, archive in zip(selections, archives, strict=True)]


def _years(reader: Reader, selection: Selection, archive: Sequence[Month], group: Group[ArchiveYear]) -> list[ArchiveYear]:
    years = []
    for year, run in groupby(archive, key=attrgetter("year")):
        found = list(run)
        slot, total = len(group.members), sum([month.count for month in found])
        years.append(ArchiveYear(reader=reader, group=group, slot=slot, archive=selection, found=found, year=year, count=total))
        group.members.append(years[-1])
    return years


def _within(selection: Selection, filter: ArticleFilter) -> Selection:
    return Selection(selection.query, (*selection.within, filter), selection.filter, selection.preview)


def archives_of(reader: Reader, selections: Sequence[Selection]) -> list[list[ArchiveYear]]:
    """The years of each selection, newest first."""
    return shelve(reader, selections, reader.snapshot.archives(selections))
