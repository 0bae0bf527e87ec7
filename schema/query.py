"""Where does a request start?"""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

import strawberry

from index.filters import ArticleFilter as IndexFilter
from index.filters import Order
from index.store.store import SiteFigures, TopicKind
from schema.archives import ArchiveYear, archives_of
from schema.articles import Article
from schema.connections import ArticleConnection
from schema.context import Reader
from schema.describing import described, field
from schema.enums import ArticleOrder, SearchOrder
from schema.errors import BadUserInput
from schema.filters import ArticleFilter, read_filter
from schema.listing import Listing, gather
from schema.nodes import Node
from schema.paging import window
from schema.refetching import MOST_NODES, find_each, find_nodes, read_id
from schema.search import SearchConnection, Suggestion, suggestions
from schema.topics import (
    Author,
    AuthorConnection,
    Category,
    CategoryConnection,
    Tag,
    TagConnection,
    fetch_topics,
    topic_list,
)

Info = strawberry.Info[dict[str, Any], None]


def reader_of(info: Info) -> Reader:
    """The reader of this request."""
    return cast("Reader", info.context["reader"])


@described
class Site:
    """The archive as a whole."""

    title: str
    description: str | None
    url: str | None
    version: str = strawberry.field(description="The gateway's.")
    reader: strawberry.Private[Reader]
    figures_: strawberry.Private[list[SiteFigures]]

    @property
    def figures(self) -> SiteFigures:
        """The archive's figures, read once."""
        if not self.figures_:
            self.figures_.append(self.reader.store.site(preview=self.reader.preview))
        return self.figures_[0]

    @field
    def article_count(self) -> int:
        """How many articles the archive holds."""
        return self.figures.articles

    @field
    def first_published_at(self) -> dt.datetime | None:
        """When its oldest article was published."""
        return self.figures.first_published_at

    @field
    def last_published_at(self) -> dt.datetime | None:
        """When its newest article was published."""
        return self.figures.last_published_at

    @field
    def languages(self) -> list[str]:
        """The languages of its articles, BCP 47."""
        return list(self.figures.languages)


@described
class Query:
    """The roots."""

    @field
    def node(self, info: Info, id: strawberry.ID) -> Node | None:
        """Whatever has this global id."""
        return cast("Node | None", find_nodes(reader_of(info), [read_id(id)])[0])

    @field
    def nodes(self, info: Info, ids: list[strawberry.ID]) -> list[Node | None]:
        """Whatever has these global ids, in their order; at most 100. What is no id is null, with an error at its place."""
        if len(ids) > MOST_NODES:
            raise BadUserInput(f"`ids` names {len(ids)} nodes; allowed are {MOST_NODES} at once.")
        return cast("list[Node | None]", find_each(reader_of(info), ids))

    @field
    def site(self, info: Info) -> Site:
        """The archive as a whole."""
        reader = reader_of(info)
        site = reader.site
        return Site(title=site.title, description=site.description, url=site.url, version=site.version, reader=reader, figures_=[])

    @field
    def article(self, info: Info, slug: str | None = None, url: str | None = None) -> Article | None:
        """One article, by exactly one of its slug and its address."""
        reader = reader_of(info)
        if (slug is None) == (url is None):
            raise BadUserInput("Pass exactly one of `slug` and `url`.")
        found = reader.store.by_slug(slug) if slug is not None else reader.store.by_url(url or "")
        return None if found is None else gather(reader, [found]).get(found.id)

    @field
    def articles(
        self,
        info: Info,
        filter: ArticleFilter | None = None,
        order_by: ArticleOrder = ArticleOrder.NEWEST,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
        offset: int | None = None,
    ) -> ArticleConnection | None:
        """Articles by filter and order."""
        reader = reader_of(info)
        selection = reader.all(filter=read_filter(filter))
        part = window(order_by.value, first, after, last, before, offset)
        return ArticleConnection(listing=Listing(reader, [selection], Order[order_by.value], part), slot=0)

    @field
    def search(
        self,
        info: Info,
        query: str,
        filter: ArticleFilter | None = None,
        order_by: SearchOrder = SearchOrder.RELEVANCE,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
        offset: int | None = None,
    ) -> SearchConnection | None:
        """Articles by topic: words, "phrases", -not, OR, prefix*, fuzzy~, title:word and more. An empty query matches everything."""
        reader = reader_of(info)
        selection = reader.all(query=query, filter=read_filter(filter))
        part = window(order_by.value, first, after, last, before, offset)
        return SearchConnection(listing=Listing(reader, [selection], Order[order_by.value], part))

    @field
    def suggest(self, info: Info, prefix: str, first: int = 8) -> list[Suggestion] | None:
        """Titles, topics, authors and words that begin with what was typed so far; at most 50."""
        return suggestions(reader_of(info), prefix, first)

    @field
    def archives(self, info: Info, filter: ArticleFilter | None = None) -> list[ArchiveYear] | None:
        """The years that hold articles, newest first."""
        reader = reader_of(info)
        return archives_of(reader, [reader.all(filter=read_filter(filter))])[0]

    @field
    def archive(self, info: Info, year: int) -> ArchiveYear | None:
        """One year; null where it holds no article."""
        reader = reader_of(info)
        found = archives_of(reader, [reader.all(IndexFilter(year=year))])[0]
        return found[0] if found else None

    @field
    def category(self, info: Info, slug: str) -> Category | None:
        """One category."""
        return cast("Category | None", fetch_topics(reader_of(info), TopicKind.CATEGORY, [slug]).get(slug))

    categories = topic_list(
        TopicKind.CATEGORY, CategoryConnection, "Categories of every depth; `prefix` is the beginning of a name, case and accents folded."
    )

    @field
    def tag(self, info: Info, slug: str) -> Tag | None:
        """One tag."""
        return cast("Tag | None", fetch_topics(reader_of(info), TopicKind.TAG, [slug]).get(slug))

    tags = topic_list(TopicKind.TAG, TagConnection, "Tags; `prefix` is the beginning of a name, case and accents folded.")

    @field
    def author(self, info: Info, slug: str) -> Author | None:
        """One author."""
        return cast("Author | None", fetch_topics(reader_of(info), TopicKind.AUTHOR, [slug]).get(slug))

    authors = topic_list(TopicKind.AUTHOR, AuthorConnection, "Authors; `prefix` is the beginning of a name, case and accents folded.")
