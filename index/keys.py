"""By which keys do changes and answers meet?

A change touches keys, an answer holds keys; an answer that holds none that a change touches is as true after it as before. Both sides are
named here, and nowhere else:

    article:ID                                          an article, or that there is none
    slug:S, url:A                                       who is found by a slug or a folded address, or nobody
    category:S, tag:S, author:S                         the topic itself: that it is there, its name, text, parent, children
    categories, tags, authors                           which topics there are
    in-category:S, in-tag:S, in-author:S                the articles filed there, a category's descendants' included
    in-language:L, in-year:Y, in-month:Y-M              the articles in a language, of a calendar year or month
    seen, articles                                      the articles that every reader may see; all of them
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from index.filters import ArticleFilter, Selection

SEEN = "seen"
ARTICLES = "articles"
EVERYTHING = "everything"
"""Touched by a change of which nothing more is known."""

KINDS = {"CATEGORY": "categories", "TAG": "tags", "AUTHOR": "authors"}
MOST_MONTHS = 24  # that a range of dates is told by; a longer one is told by nothing
DAY = dt.timedelta(days=1)

Condition = tuple[frozenset[str], ...]
"""A list of articles changes only with a change that touches at least one key of each of these sets."""


def article(id: str) -> str:
    """An article."""
    return f"article:{id}"


def slug(slug: str) -> str:
    """Who is found by a slug."""
    return f"slug:{slug}"


def address(folded: str) -> str:
    """Who is found by a folded address."""
    return f"url:{folded}"


def topic(kind: str, slug: str) -> str:
    """A topic itself; `kind` as `TopicKind` has it."""
    return f"{kind.lower()}:{slug}"


def filed(kind: str, slug: str) -> str:
    """The articles under a topic."""
    return f"in-{kind.lower()}:{slug}"


def language(tag: str) -> str:
    """The articles in a language; tags are the same in upper and lower case."""
    return f"in-language:{tag.lower()}"


def year(year: int | str) -> str:
    """The articles of a calendar year."""
    return f"in-year:{int(year):04}"


def month(year: int | str, month: int | str) -> str:
    """The articles of a calendar month."""
    return f"in-month:{int(year):04}-{int(month):02}"


def months(first: dt.datetime, last: dt.datetime) -> frozenset[str] | None:
    """The months that hold whatever was published between two instants, by whatever calendar; None where they are too many."""
    start, end = (_ordinal(first, -DAY), _ordinal(last, DAY))
    if end - start >= MOST_MONTHS:
        return None
    return frozenset(month(at // 12, at % 12 + 1) for at in range(start, end + 1))


def _ordinal(when: dt.datetime, slack: dt.timedelta) -> int:
    try:
        near = when.astimezone(dt.UTC) + slack  # a calendar may be a day before or after UTC's
    except OverflowError:
        near = when
    return near.year * 12 + near.month - 1


def condition(selection: Selection) -> Condition:
    """When a set of articles may change, whatever words it is searched for."""
    own = [selection.filter] if selection.filter else []
    seen = frozenset({ARTICLES if selection.preview else SEEN})
    return (seen, *(keys for filter in (*selection.within, *own) for keys in _narrowing(filter)))


def _narrowing(filter: ArticleFilter) -> Iterator[frozenset[str]]:
    """The sets of keys that a filter asks for, one of each, the wide before the narrow; what it asks beyond them is not told apart."""
    yield from _dated(filter)
    if filter.languages is not None:
        yield frozenset(map(language, filter.languages))
    for kind, slugs in (("CATEGORY", filter.categories), ("TAG", filter.tags), ("AUTHOR", filter.authors)):
        if slugs is not None:
            yield frozenset(filed(kind, slug) for slug in slugs)
    if filter.any_of is not None:
        ways = [tuple(_narrowing(one)) for one in filter.any_of]
        if all(ways):
            yield frozenset().union(*(narrowest(way) for way in ways))
    if filter.slugs is not None:
        yield frozenset(map(slug, filter.slugs))


def _dated(filter: ArticleFilter) -> Iterator[frozenset[str]]:
    if filter.year is not None and 0 < filter.year <= dt.MAXYEAR:
        yield frozenset({year(filter.year) if filter.month is None else month(filter.year, filter.month)})
    if filter.published_from is not None and filter.published_before is not None and filter.published_from <= filter.published_before:
        among = months(filter.published_from, filter.published_before)
        if among is not None:
            yield among


def narrowest(condition: Iterable[frozenset[str]]) -> frozenset[str]:
    """The smallest set of a condition; of equally small ones the last, for the first is the widest."""
    return min(reversed(list(condition)), key=len)


def meets(condition: Condition, touched: frozenset[str]) -> bool:
    """Whether a change that touches these keys may change a list of this condition."""
    return not any(keys.isdisjoint(touched) for keys in condition)
