"""How does a frontend choose and order articles?"""

from __future__ import annotations

import datetime as dt

import strawberry

from index import filters
from schema.describing import argument
from schema.enums import BlockKind
from schema.errors import BadUserInput

DEEPEST = 8  # filters inside filters: more than a person writes, few enough to answer in no time
MOST_VALUES = 200  # in one list of a filter, and of filters in all


@argument
class ArticleFilter:
    """All given fields must hold.

    Within a list any one is enough. Topics and authors are named by slug; a category stands for its descendants too.
    """

    slugs: list[str] | None = None
    categories: list[str] | None = None
    tags: list[str] | None = None
    authors: list[str] | None = None
    languages: list[str] | None = strawberry.field(default=None, description="BCP 47, in upper or lower case.")
    year: int | None = None
    month: int | None = None
    published_from: dt.datetime | None = None
    published_before: dt.datetime | None = strawberry.field(default=None, description="Exclusive.")
    containing: list[BlockKind] | None = strawberry.field(
        default=None, description="Only articles that hold a block of each of these kinds."
    )
    not_: ArticleFilter | None = strawberry.field(default=None, name="not")
    any_of: list[ArticleFilter] | None = None


def read_filter(given: ArticleFilter | None) -> filters.ArticleFilter | None:
    """The filter that the index answers; raises `BadUserInput`."""
    return None if given is None else _read(given, 1, [0])


def _read(given: ArticleFilter, depth: int, seen: list[int]) -> filters.ArticleFilter:
    seen[0] += 1
    if depth > DEEPEST or seen[0] > MOST_VALUES:
        raise BadUserInput(f"`filter` nests {DEEPEST} filters deep and {MOST_VALUES} in all at the most. Make it simpler.")
    if given.month is not None and not 1 <= given.month <= 12:
        raise BadUserInput(f"`month` is {given.month}; it may be from 1 to 12.")
    return filters.ArticleFilter(
        slugs=_values("slugs", given.slugs),
        categories=_values("categories", given.categories),
        tags=_values("tags", given.tags),
        authors=_values("authors", given.authors),
        languages=_values("languages", given.languages),
        year=given.year,
        month=given.month,
        published_from=_instant(given.published_from),
        published_before=_instant(given.published_before),
        containing=None if given.containing is None else tuple(given.containing),
        not_=None if given.not_ is None else _read(given.not_, depth + 1, seen),
        any_of=None if given.any_of is None else tuple(_read(one, depth + 1, seen) for one in given.any_of),
    )


def _values(name: str, given: list[str] | None) -> tuple[str, ...] | None:
    if given is not None and len(given) > MOST_VALUES:
        raise BadUserInput(f"`{name}` names {len(given)} values; allowed are {MOST_VALUES}.")
    return None if given is None else tuple(given)


def _instant(given: dt.datetime | None) -> dt.datetime | None:
    """A time without an offset is UTC."""
    return given.replace(tzinfo=dt.UTC) if given is not None and given.tzinfo is None else given
