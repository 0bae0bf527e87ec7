"""What does a frontend see of authors, categories and tags?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

import strawberry

from index.filters import ArticleFilter, Selection
from index.identity import global_id
from index.store.store import Topic, TopicKind, TopicPage, TopicWindow
from schema.archives import ArchiveYear, archives_of
from schema.blocks import Image
from schema.connections import Shelf
from schema.context import Reader
from schema.describing import described, field
from schema.enums import TopicOrder
from schema.groups import Group
from schema.nodes import Node
from schema.paging import PageInfo, encode_cursor, window


@described
class Filed(Shelf):
    """What authors, categories and tags share."""

    topic: strawberry.Private[Topic]

    @property
    def selection(self) -> Selection:
        """What it holds."""
        slugs = (self.topic.slug,)
        if self.topic.kind is TopicKind.AUTHOR:
            return self.reader.all(ArticleFilter(authors=slugs))
        return self.reader.all(ArticleFilter(categories=slugs) if self.topic.kind is TopicKind.CATEGORY else ArticleFilter(tags=slugs))

    @field
    def slug(self) -> str:
        """Its address among its kind."""
        return self.topic.slug

    @field
    def name(self) -> str:
        """As it is shown."""
        return self.topic.name

    @field
    def article_count(self) -> int:
        """How many articles it holds, each once; a category's include those of its descendants."""

        def load(members: list[Filed]) -> dict[str, int]:
            slugs = [member.topic.slug for member in members]
            return self.reader.store.topic_counts(self.topic.kind, slugs, preview=self.reader.preview)

        return self.group.once("article_count", load).get(self.topic.slug, 0)

    @field
    def archives(self) -> list[ArchiveYear] | None:
        """Its years and months; a category's include those of its descendants."""
        return self.group.once("archives", lambda members: archives_of(self.reader, [m.selection for m in members]))[self.slot]


@described
class Author(Filed, Node):
    """Somebody who wrote."""

    id: strawberry.ID
    bio: str | None
    url: str | None
    image: Image | None


@described
class Category(Filed, Node):
    """A topic in a tree. `articleCount`, `articles` and `archives` include those of its descendants."""

    id: strawberry.ID
    description: str | None

    @field
    def parent(self) -> Category | None:
        """The category that it stands under."""

        def load(members: list[Category]) -> dict[str, Category]:
            return fetch_topics(self.reader, TopicKind.CATEGORY, [m.topic.parent for m in members if m.topic.parent])

        return self.group.once("parent", load).get(self.topic.parent) if self.topic.parent else None

    @field
    def children(self) -> list[Category]:
        """The categories under it, by name."""

        def load(members: list[Category]) -> list[list[Category]]:
            found = self.reader.store.children([m.topic.slug for m in members], preview=self.reader.preview)
            made = gather_topics(self.reader, [topic for topics in found.values() for topic in topics])
            return [[made[topic.slug] for topic in found.get(member.topic.slug, ())] for member in members]

        return self.group.once("children", load)[self.slot]


@described
class Tag(Filed, Node):
    """A topic without a tree."""

    id: strawberry.ID


def fetch_topics(reader: Reader, kind: TopicKind, slugs: Sequence[str]) -> dict[str, Any]:
    """The topics with these slugs that this caller may see, fetched together."""
    wanted = list(dict.fromkeys(slugs))
    return gather_topics(reader, reader.store.topics(kind, wanted, preview=reader.preview).values()) if wanted else {}


def gather_topics(reader: Reader, topics: Iterable[Topic]) -> dict[str, Any]:
    """A group of topics of one kind, by slug."""
    group: Group[Any] = reader.group()
    for topic in topics:
        group.members.append(_as_topic(reader, group, topic))
    return {member.topic.slug: member for member in group.members}


def _as_topic(reader: Reader, group: Group[Any], topic: Topic) -> Author | Category | Tag:
    slot = len(group.members)
    if topic.kind is TopicKind.AUTHOR:
        id, image = strawberry.ID(global_id("Author", topic.slug)), cast("Image | None", topic.image)
        return Author(reader=reader, group=group, slot=slot, topic=topic, id=id, bio=topic.text, url=topic.url, image=image)
    if topic.kind is TopicKind.CATEGORY:
        id = strawberry.ID(global_id("Category", topic.slug))
        return Category(reader=reader, group=group, slot=slot, topic=topic, id=id, description=topic.text)
    return Tag(reader=reader, group=group, slot=slot, topic=topic, id=strawberry.ID(global_id("Tag", topic.slug)))


class TopicListing:
    """One list of topics: its page and its total, each fetched when first asked for."""

    def __init__(self, reader: Reader, kind: TopicKind, part: TopicWindow) -> None:
        self.reader = reader
        self.kind = kind
        self.part = part
        self._kept: Group[None] = Group()

    @property
    def page(self) -> TopicPage:
        """The page."""
        return self._kept.once("page", lambda _: self.reader.store.topic_page(self.kind, self.part, preview=self.reader.preview))

    @property
    def total(self) -> int:
        """How many topics the list holds in all."""
        return self._kept.once("total", lambda _: self.reader.store.topic_total(self.kind, self.part.prefix, preview=self.reader.preview))

    @property
    def placed(self) -> list[tuple[Any, str]]:
        """The topics on the page, each with its cursor."""
        made = self._kept.once("made", self._make)
        order = self.part.order.value
        return [(made[topic.slug], encode_cursor(order, key)) for topic, key, _ in self.page.topics]

    def _make(self, _: list[None]) -> dict[str, Any]:
        return gather_topics(self.reader, [topic for topic, _, _ in self.page.topics])

    def page_info(self) -> PageInfo:
        """Where the page stands in the list."""
        keys = [encode_cursor(self.part.order.value, key) for _, key, _ in self.page.topics]
        return PageInfo(
            has_next_page=self.page.has_next,
            has_previous_page=self.page.has_previous,
            start_cursor=keys[0] if keys else None,
            end_cursor=keys[-1] if keys else None,
        )


@described
class CategoryEdge:
    """A category and its place in the list."""

    cursor: str
    node: Category


@described
class TagEdge:
    """A tag and its place in the list."""

    cursor: str
    node: Tag


@described
class AuthorEdge:
    """An author and their place in the list."""

    cursor: str
    node: Author


@described
class TopicConnection:
    """What the three connections share."""

    listing: strawberry.Private[TopicListing]

    @field
    def page_info(self) -> PageInfo:
        """Where this page stands in the list."""
        return self.listing.page_info()

    @field
    def total_count(self) -> int:
        """How many the list holds in all; counted only where it is asked for."""
        return self.listing.total


@described
class CategoryConnection(TopicConnection):
    """A page of categories."""

    @field
    def edges(self) -> list[CategoryEdge]:
        """The categories with their cursors."""
        return [CategoryEdge(cursor=cursor, node=node) for node, cursor in self.listing.placed]

    @field
    def nodes(self) -> list[Category]:
        """The categories."""
        return [node for node, _ in self.listing.placed]


@described
class TagConnection(TopicConnection):
    """A page of tags."""

    @field
    def edges(self) -> list[TagEdge]:
        """The tags with their cursors."""
        return [TagEdge(cursor=cursor, node=node) for node, cursor in self.listing.placed]

    @field
    def nodes(self) -> list[Tag]:
        """The tags."""
        return [node for node, _ in self.listing.placed]


@described
class AuthorConnection(TopicConnection):
    """A page of authors."""

    @field
    def edges(self) -> list[AuthorEdge]:
        """The authors with their cursors."""
        return [AuthorEdge(cursor=cursor, node=node) for node, cursor in self.listing.placed]

    @field
    def nodes(self) -> list[Author]:
        """The authors."""
        return [node for node, _ in self.listing.placed]


def topic_list(kind: TopicKind, connection: type[TopicConnection], description: str) -> Any:
    """A field that lists all topics of a kind, as a connection."""

    def listed(
        self: None,  # noqa: ARG001  (a plain resolver: by this name it is given the value that it stands on)
        info: strawberry.Info,
        prefix: str | None = None,
        order_by: TopicOrder = TopicOrder.NAME,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
        offset: int | None = None,
    ) -> Any:
        part = window(order_by.value, first, after, last, before, offset)
        keys: Any = (part.after, part.before)
        asked = TopicWindow(prefix, order_by, part.first, keys[0], part.last, keys[1], part.offset)
        return connection(listing=TopicListing(info.context["reader"], kind, asked))

    return strawberry.field(resolver=listed, description=description, graphql_type=connection)
