"""How does a frontend get a page of articles, and the counts over all that stand behind it?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from index.filters import Key, Order, Selection, without
from index.search.engine import Hit
from index.store.store import TopicKind
from schema.context import Reader
from schema.describing import described, field
from schema.enums import ArticleOrder, BlockKind, Facet
from schema.errors import BadUserInput
from schema.filters import ArticleFilter, read_filter
from schema.groups import Group
from schema.listing import Listing
from schema.paging import MOST, PageInfo, encode_cursor, window

if TYPE_CHECKING:
    from schema.archives import ArchiveYear
    from schema.articles import Article
    from schema.topics import Author, Category, Tag

LazyArticle = Annotated["Article", strawberry.lazy("schema.articles")]
LazyAuthor = Annotated["Author", strawberry.lazy("schema.topics")]
LazyCategory = Annotated["Category", strawberry.lazy("schema.topics")]
LazyTag = Annotated["Tag", strawberry.lazy("schema.topics")]
Except = Annotated[list[Facet] | None, strawberry.argument(name="except")]
LazyYear = Annotated["ArchiveYear", strawberry.lazy("schema.archives")]


@described
class CategoryCount:
    """A category and how many of the matches it holds, those of its descendants included."""

    category: LazyCategory
    count: int


@described
class TagCount:
    """A tag and how many of the matches carry it."""

    tag: LazyTag
    count: int


@described
class AuthorCount:
    """An author and how many of the matches they wrote."""

    author: LazyAuthor
    count: int


@described
class LanguageCount:
    """A language and how many of the matches are in it."""

    language: str
    count: int


@described
class BlockKindCount:
    """A kind of block and how many of the matches hold one."""

    kind: BlockKind
    count: int


@described
class Facets:
    """Counts over all that matches, not only over the page."""

    listing: strawberry.Private[Listing]
    slot: strawberry.Private[int]
    excepted: strawberry.Private[frozenset[Facet]]

    @field
    def categories(self, first: int = 10) -> list[CategoryCount]:
        """The categories with the most matches."""
        return [CategoryCount(category=topic, count=n) for topic, n in self._topics(TopicKind.CATEGORY, first)]

    @field
    def tags(self, first: int = 10) -> list[TagCount]:
        """The tags with the most matches."""
        return [TagCount(tag=topic, count=n) for topic, n in self._topics(TopicKind.TAG, first)]

    @field
    def authors(self, first: int = 10) -> list[AuthorCount]:
        """The authors with the most matches."""
        return [AuthorCount(author=topic, count=n) for topic, n in self._topics(TopicKind.AUTHOR, first)]

    @field
    def years(self) -> list[LazyYear]:
        """The years of the matches, newest first."""
        from schema.archives import shelve

        listing, excepted = self.listing, self.excepted

        def load() -> list[list[ArchiveYear]]:
            months = [counts.months for counts in listing.facets(Facet.DATE, excepted)]
            selections = [_standing(selection, Facet.DATE, excepted) for selection in listing.selections]
            return shelve(listing.reader, selections, months)

        return listing.once(("years", excepted), load)[self.slot]

    @field
    def languages(self) -> list[LanguageCount]:
        """The languages of the matches."""
        counts = self.listing.facets(Facet.LANGUAGE, self.excepted)[self.slot]
        return [LanguageCount(language=language, count=count) for language, count in counts.languages]

    @field
    def block_kinds(self) -> list[BlockKindCount]:
        """The kinds of block that the matches hold."""
        counts = self.listing.facets(Facet.BLOCK_KIND, self.excepted)[self.slot]
        return [BlockKindCount(kind=kind, count=count) for kind, count in counts.kinds]

    def _topics(self, kind: TopicKind, first: int) -> list[tuple[Any, int]]:
        """The topics with the highest counts, those of all lists fetched together."""
        from schema.topics import fetch_topics

        if not 0 <= first <= MOST:
            raise BadUserInput(f"`first` is {first}; it may be from 0 to {MOST}.")
        facet = Facet[kind.name]
        name = {TopicKind.CATEGORY: "categories", TopicKind.TAG: "tags", TopicKind.AUTHOR: "authors"}[kind]
        found: list[list[tuple[str, int]]] = [getattr(counts, name)[:first] for counts in self.listing.facets(facet, self.excepted)]
        topics = self.listing.once(
            (kind, self.excepted, first), lambda: fetch_topics(self.listing.reader, kind, [slug for counts in found for slug, _ in counts])
        )
        return [(topics[slug], count) for slug, count in found[self.slot] if slug in topics]


def _standing(selection: Selection, facet: Facet, excepted: frozenset[Facet]) -> Selection:
    """The selection that a facet was counted over."""
    if facet not in excepted:
        return selection
    return Selection(selection.query, selection.within, without(selection.filter, facet), selection.preview)


@described
class Placed:
    """An article's place in a list: the order and the key that its cursor is made of, where one is asked for."""

    node: LazyArticle
    order: strawberry.Private[str]
    key: strawberry.Private[Key]

    @field
    def cursor(self) -> str:
        """Where it stands; pass it as `after` or `before`."""
        return encode_cursor(self.order, self.key)


@described
class ArticleEdge(Placed):
    """An article and its place in the list."""


@described
class ArticleConnection:
    """A page of articles."""

    listing: strawberry.Private[Listing]
    slot: strawberry.Private[int]

    @field
    def edges(self) -> list[ArticleEdge]:
        """The articles with their cursors."""
        order = self.listing.order.value
        return [ArticleEdge(node=article, order=order, key=hit.key) for article, hit in placed(self.listing, self.slot)]

    @field
    def nodes(self) -> list[LazyArticle]:
        """The articles."""
        return [article for article, _ in placed(self.listing, self.slot)]

    @field
    def page_info(self) -> PageInfo:
        """Where this page stands in the list."""
        return page_info(self.listing, self.slot)

    @field
    def total_count(self) -> int:
        """How many articles the list holds in all; counted only where it is asked for."""
        return self.listing.totals[self.slot]

    @field
    def facets(self, except_: Except = None) -> Facets | None:
        """Counts over the whole list."""
        return Facets(listing=self.listing, slot=self.slot, excepted=frozenset(except_ or ()))


def placed(listing: Listing, slot: int) -> list[tuple[Article, Hit]]:
    """The articles on one list's page, each with its hit."""
    articles = listing.articles
    return [(articles[hit.id], hit) for hit in listing.pages[slot].hits if hit.id in articles]


def page_info(listing: Listing, slot: int) -> PageInfo:
    """Goes by the index's page, so that scrolling goes on where an article was left out."""
    page, order = listing.pages[slot], listing.order.value
    return PageInfo(
        has_next_page=page.has_next,
        has_previous_page=page.has_previous,
        start_cursor=encode_cursor(order, page.hits[0].key) if page.hits else None,
        end_cursor=encode_cursor(order, page.hits[-1].key) if page.hits else None,
    )


@described
class Shelf:
    """A place that holds articles: an author, a topic, a month."""

    reader: strawberry.Private[Reader]
    group: strawberry.Private[Group[Any]]
    slot: strawberry.Private[int]

    @property
    def selection(self) -> Selection:
        """What it holds."""
        raise NotImplementedError

    @field
    def articles(
        self,
        filter: ArticleFilter | None = None,
        order_by: ArticleOrder = ArticleOrder.NEWEST,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
        offset: int | None = None,
    ) -> ArticleConnection | None:
        """Its articles."""
        asked, part = read_filter(filter), window(order_by.value, first, after, last, before, offset)

        def load(shelves: list[Shelf]) -> Listing:
            selections = [narrowed(shelf.selection, asked) for shelf in shelves]
            return Listing(self.reader, selections, Order[order_by.value], part)

        return ArticleConnection(listing=self.group.once(("articles", asked, order_by, part), load), slot=self.slot)


def narrowed(selection: Selection, filter: Any) -> Selection:
    """What a place holds, narrowed by a caller's filter: the place's own stays whatever facets leave out."""
    own = () if selection.filter is None else (selection.filter,)
    return Selection(selection.query, (*selection.within, *own), filter, selection.preview)
