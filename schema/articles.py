"""What does a frontend see of an article?

An article is fetched as its summary; its body is read, for all articles fetched with it, only when a field is selected that needs it.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any, cast

import strawberry

from index.outline import Outline
from index.plain import article_text, excerpt, reading_time
from index.store.store import Summary, TopicKind
from schema.blocks import Block, Image, List
from schema.context import Reader
from schema.describing import described, field
from schema.enums import ArticleStatus, BlockKind, RepairKind, SourceFormat
from schema.errors import BadUserInput
from schema.groups import Group
from schema.listing import fetch
from schema.nodes import Node
from schema.paging import part
from schema.renderings.html import article_html
from schema.renderings.markdown import article_markdown
from schema.sections import Section, of_kinds
from schema.tables import Table

if TYPE_CHECKING:
    from schema.topics import Author, Category, Tag

LazyAuthor = Annotated["Author", strawberry.lazy("schema.topics")]
LazyCategory = Annotated["Category", strawberry.lazy("schema.topics")]
LazyTag = Annotated["Tag", strawberry.lazy("schema.topics")]
MOST_RELATED = 20
LONGEST_EXCERPT = 10_000


@described
class Repair:
    """One thing that the importer guessed, mended or left out, so that a person can check it."""

    kind: RepairKind
    message: str
    line: int | None = strawberry.field(description="1-based, in the source.")
    confidence: float = strawberry.field(description="0 to 1: how sure the importer is that it did right.")
    block_id: strawberry.ID | None = strawberry.field(description="The block that came of it.")


@described
class Source:
    """Where an article came from, and what reading it took."""

    format: SourceFormat
    location: str = strawberry.field(description="The path as it was given, or the address.")
    imported_at: dt.datetime
    content_hash: str = strawberry.field(description="SHA-256 of the source, in hexadecimal.")
    repair_count: int
    article: strawberry.Private[Any]

    @field
    def repairs(self, first: int | None = None, offset: int | None = None) -> list[Repair]:
        """By line."""
        return part(self.article.outline.article.source.repairs, first, offset)


@described
class Article(Node):
    """An article."""

    reader: strawberry.Private[Reader]
    group: strawberry.Private[Group[Article]]
    summary_: strawberry.Private[Summary]
    id: strawberry.ID
    slug: str = strawberry.field(description="Its address in the archive, unique and stable.")
    url: str | None = strawberry.field(description="Its address on the web.")
    status: ArticleStatus
    title: str
    subtitle: str | None
    summary: str | None
    language: str = strawberry.field(description="BCP 47; `und` where unknown.")
    published_at: dt.datetime | None
    published_on: dt.date | None = strawberry.field(
        description="The calendar date of `publishedAt` in the offset that the source gave, else UTC; archives go by it."
    )
    updated_at: dt.datetime | None
    image: Image | None
    word_count: int

    @property
    def outline(self) -> Outline:
        """The body with its places, read for the whole group."""

        def load(members: list[Article]) -> dict[str, Outline]:
            return self.reader.library.outlines([member.summary_ for member in members])

        return self.group.once("outline", load)[self.summary_.id]

    @field
    def authors(self) -> list[LazyAuthor]:
        """In the source's order."""
        return self._topics(TopicKind.AUTHOR)

    @field
    def categories(self) -> list[LazyCategory]:
        """In the source's order."""
        return self._topics(TopicKind.CATEGORY)

    @field
    def tags(self) -> list[LazyTag]:
        """In the source's order."""
        return self._topics(TopicKind.TAG)

    def _topics(self, kind: TopicKind) -> list[Any]:
        from schema.topics import fetch_topics

        def load(members: list[Article]) -> dict[str, Any]:
            return fetch_topics(self.reader, kind, [slug for member in members for slug in slugs_of(member.summary_, kind)])

        found = self.group.once(kind.value, load)  # the enum's own hash takes longer than all else here
        return [found[slug] for slug in slugs_of(self.summary_, kind) if slug in found]

    @field
    def blocks(self, kinds: list[BlockKind] | None = None) -> list[Block]:
        """The blocks before the first heading."""
        return of_kinds(self.outline.article.blocks, kinds)

    @field
    def sections(self) -> list[Section]:
        """The top-level sections; each nests its own."""
        return cast("list[Section]", self.outline.article.sections)

    @field
    def all_sections(self) -> list[Section]:
        """Every section in reading order, however deep: a table of contents, or a page of any depth without a recursive query."""
        return cast("list[Section]", self.outline.sections)

    @field
    def all_blocks(self, kinds: list[BlockKind] | None = None) -> list[Block]:
        """Every block that stands directly in the article or in a section, in reading order.

        Blocks nested in a list, quote or cell come with their parent.
        """
        return of_kinds(self.outline.direct_blocks, kinds)

    @field
    def section(self, anchor: str) -> Section | None:
        """The section with this anchor."""
        return cast("Section | None", self.outline.by_anchor.get(anchor))

    @field
    def tables(self) -> list[Table]:
        """Every table, nested ones included."""
        return cast("list[Table]", self.outline.tables)

    @field
    def lists(self) -> list[List]:
        """Every list, nested ones included."""
        return cast("list[List]", self.outline.lists)

    @field
    def text(self) -> str:
        """Title excluded, headings included."""
        return article_text(self.outline.article)

    @field
    def html(self) -> str:
        """Safe HTML; title excluded, headings included."""
        return article_html(self.outline.article)

    @field
    def markdown(self) -> str:
        """Markdown (CommonMark with GFM's extensions); title excluded, headings included."""
        return article_markdown(self.outline.article)

    @field
    def excerpt(self, length: int = 200) -> str:
        """The summary, or else the beginning of the text, cut between words to at most `length` characters."""
        if not 1 <= length <= LONGEST_EXCERPT:
            raise BadUserInput(f"`length` is {length}; it may be from 1 to {LONGEST_EXCERPT:,}.")
        return excerpt(self.summary_.summary or article_text(self.outline.article), length)

    @field
    def reading_time(self) -> int:
        """Minutes at 238 words a minute, rounded up, at least 1 (Brysbaert 2019)."""
        return reading_time(self.word_count)

    @field
    def next(self) -> Article | None:
        """The next newer article."""
        return self._neighbours()[0].get(self.summary_.id)

    @field
    def previous(self) -> Article | None:
        """The next older article."""
        return self._neighbours()[1].get(self.summary_.id)

    def _neighbours(self) -> tuple[dict[str, Article], dict[str, Article]]:
        """The next newer and the next older article of each of the group."""

        def load(members: list[Article]) -> tuple[dict[str, Article], dict[str, Article]]:
            places = self.reader.store.neighbours([member.summary_.id for member in members], preview=self.reader.preview)
            found = fetch(self.reader, [id for pair in places.values() for id in pair if id is not None])
            newer = {id: found[pair[0]] for id, pair in places.items() if pair[0] in found}
            older = {id: found[pair[1]] for id, pair in places.items() if pair[1] in found}
            return newer, older

        return self.group.once("neighbours", load)

    @field
    def related(self, first: int = 5) -> list[Article] | None:
        """The articles most like it, the likest first; at most 20."""
        if not 0 <= first <= MOST_RELATED:
            raise BadUserInput(f"`first` is {first}; it may be from 0 to {MOST_RELATED}.")
        self.reader.count_related((self.group, first), len(self.group.members))

        def load(members: list[Article]) -> dict[str, list[Article]]:
            ids = [member.summary_.id for member in members]
            likest = self.reader.snapshot.related(ids, first, preview=self.reader.preview)
            found = fetch(self.reader, [other for others in likest for other in others])
            return {id: [found[other] for other in others if other in found] for id, others in zip(ids, likest, strict=True)}

        return self.group.once(("related", first), load)[self.summary_.id]

    @field
    def source(self) -> Source:
        """Where it came from, and what reading it took."""
        summary = self.summary_
        return Source(
            format=summary.format,
            location=summary.location,
            imported_at=summary.imported_at,
            content_hash=summary.content_hash,
            repair_count=summary.repair_count,
            article=self,
        )


def slugs_of(summary: Summary, kind: TopicKind) -> tuple[str, ...]:
    """What an article is filed under, by slug."""
    if kind is TopicKind.AUTHOR:
        return summary.authors
    return summary.categories if kind is TopicKind.CATEGORY else summary.tags


def as_article(reader: Reader, group: Group[Article], summary: Summary) -> Article:
    """The article that a summary stands for."""
    return Article(
        reader=reader,
        group=group,
        summary_=summary,
        id=strawberry.ID(summary.id),
        slug=summary.slug,
        url=summary.url,
        status=summary.status,
        title=summary.title,
        subtitle=summary.subtitle,
        summary=summary.summary,
        language=summary.language,
        published_at=summary.published_at,
        published_on=summary.published_on,
        updated_at=summary.updated_at,
        image=cast("Image | None", summary.image),
        word_count=summary.word_count,
    )
