"""How is a whole article put together again?

From its row, its body, and the authors and topics as they stand now: so what is exported or indexed carries the one name, bio and parent
that the store holds for each slug. Two statements for a batch.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import CTE, bindparam, select

from index.document import Article, Author, Category, Source, Tag
from index.encoding import from_blob
from index.store.reading import SUMMARY, A, image_in, in_order, repairs_in, summary
from index.store.statements import Access, Row, among, listed, numbered
from index.store.store import TopicKind
from index.store.tables import articles, bodies, links, topics

Entry = tuple[Article, bool, tuple[str, ...], int]
"""The article, whether visible, its categories' slugs with all ancestors, its revision."""

WHOLE = select(A.number, bodies.c.body, bodies.c.repairs, *SUMMARY).select_from(articles.join(bodies, bodies.c.article == A.number))
BY_ID = WHOLE.where(among(A.id, "ids"))
AFTER = WHOLE.where(A.number > bindparam("number")).order_by(A.number).limit(bindparam("limit"))


def _named() -> CTE:
    """The topics that the articles `numbers` name, and their ancestors."""
    wanted = select(links.c.topic.label("number")).where(numbered(links.c.article, "numbers")).cte("wanted", recursive=True)
    above = select(topics.c.parent).join(wanted, wanted.c.number == topics.c.number).where(topics.c.parent.is_not(None))
    return wanted.union(above)


_wanted, _parents = _named(), topics.alias("parents")
T = topics.c
_found = _wanted.join(topics, T.number == _wanted.c.number).outerjoin(_parents, _parents.c.number == T.parent)
NAMED = select(T.kind, T.slug, T.name, T.text, T.url, T.image, _parents.c.slug).select_from(_found)


class Topics:
    """The authors, categories and tags of a batch of articles, each made into a value once."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = {(kind, slug): rest for kind, slug, *rest in rows}
        self._authors: dict[str, Author] = {}
        self._categories: dict[str, Category] = {}

    def author(self, slug: str) -> Author:
        """The author with this slug."""
        made = self._authors.get(slug)
        if made is None:
            name, text, url, image, _ = self._rows[TopicKind.AUTHOR.value, slug]
            made = self._authors[slug] = Author(name, slug, text, url, image_in(image) if image else None)
        return made

    def category(self, slug: str) -> Category:
        """The category with this slug, its ancestors in it."""
        made = self._categories.get(slug)
        if made is None:
            name, text, _, _, parent = self._rows[TopicKind.CATEGORY.value, slug]
            made = self._categories[slug] = Category(name, slug, self.category(parent) if parent else None, text)
        return made

    def tag(self, slug: str) -> Tag:
        """The tag with this slug."""
        return Tag(self._rows[TopicKind.TAG.value, slug][0], slug)


def _entry(row: Row, named: Topics) -> Entry:
    _, blob, repairs, *columns = row
    s = summary(tuple(columns))
    body = from_blob(blob)
    categories = tuple(map(named.category, s.categories))
    article = Article(
        title=s.title,
        source=Source(s.format, s.publication, s.location, s.imported_at, s.content_hash, repairs_in(repairs)),
        id=s.id,
        slug=s.slug,
        url=s.url,
        subtitle=s.subtitle,
        summary=s.summary,
        language=s.language,
        published_at=s.published_at,
        updated_at=s.updated_at,
        status=s.status,
        authors=tuple(map(named.author, s.authors)),
        categories=categories,
        tags=tuple(map(named.tag, s.tags)),
        image=s.image,
        blocks=body.blocks,
        sections=body.sections,
    )
    return article, s.visible, tuple(dict.fromkeys(_with_ancestors(categories))), s.revision


def _with_ancestors(categories: Iterable[Category]) -> Iterator[str]:
    for category in categories:
        above: Category | None = category
        while above is not None:
            yield above.slug
            above = above.parent


def _entries(access: Access, rows: Sequence[Row]) -> list[Entry]:
    named = Topics(access.rows(NAMED, numbers=listed(row[0] for row in rows)))
    return [_entry(row, named) for row in rows]


def entries(access: Access, ids: Sequence[str]) -> list[Entry]:
    """Whole articles in the order asked; unknown ids are left out."""
    found = {entry[0].id: entry for entry in _entries(access, access.rows(BY_ID, ids=listed(ids)))}
    return list(in_order(found, ids).values())


def after(access: Access, number: int, limit: int) -> tuple[list[Entry], int]:
    """At most `limit` whole articles stored after the one with this number, and the number of the last of them."""
    rows = access.rows(AFTER, number=number, limit=limit)
    return (_entries(access, rows), rows[-1][0]) if rows else ([], number)
