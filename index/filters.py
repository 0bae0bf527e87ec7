"""Which articles does a caller mean, and in which order?

The values here are what GraphQL's arguments become; every engine answers them, and nothing else filters articles.
"""

from __future__ import annotations

import datetime as dt
import enum

import msgspec

from index.document import BlockKind


class ArticleFilter(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True):
    """All given fields must hold; within a tuple any one is enough (None: not asked; empty: matches nothing).

    Topics and authors are named by slug; a category stands for its descendants too. `containing` asks for a block of each kind.
    """

    slugs: tuple[str, ...] | None = None
    categories: tuple[str, ...] | None = None
    tags: tuple[str, ...] | None = None
    authors: tuple[str, ...] | None = None
    languages: tuple[str, ...] | None = None
    year: int | None = None
    month: int | None = None
    published_from: dt.datetime | None = None
    published_before: dt.datetime | None = None
    containing: tuple[BlockKind, ...] | None = None
    not_: ArticleFilter | None = None
    any_of: tuple[ArticleFilter, ...] | None = None


class Order(enum.Enum):
    """How articles are ordered; ties by id, ascending in every order; articles without a date last."""

    NEWEST = "NEWEST"
    OLDEST = "OLDEST"
    UPDATED = "UPDATED"
    TITLE = "TITLE"
    RELEVANCE = "RELEVANCE"


class Facet(enum.Enum):
    """What matches are counted by."""

    CATEGORY = "CATEGORY"
    TAG = "TAG"
    AUTHOR = "AUTHOR"
    DATE = "DATE"
    LANGUAGE = "LANGUAGE"
    BLOCK_KIND = "BLOCK_KIND"


FACET_FIELDS: dict[Facet, tuple[str, ...]] = {
    Facet.CATEGORY: ("categories",),
    Facet.TAG: ("tags",),
    Facet.AUTHOR: ("authors",),
    Facet.DATE: ("year", "month", "published_from", "published_before"),
    Facet.LANGUAGE: ("languages",),
    Facet.BLOCK_KIND: ("containing",),
}


def without(filter: ArticleFilter | None, facet: Facet) -> ArticleFilter | None:
    """The filter without its top-level fields that a facet stands for."""
    if filter is None:
        return None
    return msgspec.structs.replace(filter, **dict.fromkeys(FACET_FIELDS[facet]))


class Selection(msgspec.Struct, frozen=True):
    """A set of articles: those that answer the words of `query`, pass every filter and may be seen.

    `within` is what the place asks (an author's page, a month), `filter` what the caller asks; `preview` shows drafts and future
    articles too.
    """

    query: str = ""
    within: tuple[ArticleFilter, ...] = ()
    filter: ArticleFilter | None = None
    preview: bool = False


Key = tuple[str | int | float | None, ...]
"""Where a hit stands in an order: its sort key, with a score the article's revision, its id last. A cursor is a key, encoded."""


class Window(msgspec.Struct, frozen=True):
    """Which part of an ordered set: `first` after the key `after` and `offset`, or `last` before the key `before`."""

    first: int | None = 10
    after: Key | None = None
    last: int | None = None
    before: Key | None = None
    offset: int = 0
