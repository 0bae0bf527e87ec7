"""Is the store sound?

Everything that is kept twice is compared, and everything encoded is decoded. A fault is a sentence that names what it is about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

import msgspec
from sqlalchemy import and_, bindparam, func, or_, select

from index.encoding import UnknownVersion, from_blob
from index.store import changes as log
from index.store import counting
from index.store.reading import SUMMARY, A, repairs_in, summary
from index.store.statements import Access
from index.store.tables import articles, bodies, changes, links, topics

T = TypeVar("T")
BATCH = 500  # articles that are decoded at once
EVERY = (
    select(A.number, A.id, bodies.c.body, bodies.c.repairs, *SUMMARY)
    .select_from(articles.outerjoin(bodies, bodies.c.article == A.number))
    .where(A.number > bindparam("number"))
    .order_by(A.number)
    .limit(bindparam("limit"))
)
_newest = select(changes.c.id, func.max(changes.c.revision).label("revision")).group_by(changes.c.id).subquery()
UNLOGGED = (
    select(A.id)
    .select_from(articles.outerjoin(_newest, _newest.c.id == A.id))
    .where(or_(and_(_newest.c.revision.is_(None), A.revision > bindparam("forgotten")), _newest.c.revision != A.revision))
    .order_by(A.number)
)
REMOVED = (
    select(A.id)
    .join(changes, and_(changes.c.revision == A.revision, changes.c.id == A.id))
    .where(changes.c.outcome == "REMOVED")
    .order_by(A.number)
)
FILED = select(links.c.article, topics.c.kind, topics.c.slug).join(topics, topics.c.number == links.c.topic)


def check(access: Access) -> Iterator[str]:
    """A sentence for each fault that any database's store can have."""
    yield from _documents(access)
    yield from _counts(access)
    for (id,) in access.rows(UNLOGGED, forgotten=log.revision(access) - log.KEPT):
        yield f"The article {id} is at a revision that is not its newest in the log of changes."
    for (id,) in access.rows(REMOVED):
        yield f"The article {id} is stored, but the log of changes says that it was removed."


def _documents(access: Access) -> Iterator[str]:
    filed: dict[int, set[tuple[str, str]]] = {}
    for number, kind, slug in access.rows(FILED):
        filed.setdefault(number, set()).add((kind, slug))
    last = -1
    while rows := access.rows(EVERY, number=last, limit=BATCH):
        for number, id, body, repairs, *columns in rows:
            last = number
            if body is None:
                yield f"The article {id} has no body."
                continue
            yield from _fault(f"The body of the article {id} cannot be read", from_blob, body)
            yield from _fault(f"The repairs of the article {id} cannot be read", repairs_in, repairs)
            yield from _row(id, tuple(columns), filed.get(number, set()))


def _row(id: str, columns: tuple[object, ...], filed: set[tuple[str, str]]) -> Iterator[str]:
    try:
        found = summary(columns)
    except (ValueError, KeyError, TypeError, msgspec.MsgspecError) as error:
        yield f"The row of the article {id} cannot be read ({error})."
        return
    named = {("AUTHOR", slug) for slug in found.authors}
    named |= {("CATEGORY", slug) for slug in found.categories}
    named |= {("TAG", slug) for slug in found.tags}
    if named != filed:
        yield f"The article {id} is not filed under the authors, categories and tags that its row names."


def _fault(what: str, read: Callable[[T], object], encoded: T) -> Iterator[str]:
    try:
        read(encoded)
    except UnknownVersion as error:
        yield f"{what}. {error}"
    except (msgspec.MsgspecError, ValueError) as error:
        yield f"{what} ({error})."


def _counts(access: Access) -> Iterator[str]:
    """Where kept counts differ from what counting gives."""
    for what, kept, counted in (
        ("topic number", counting.KEPT_TOPICS, counting.EVERY_TOPIC),
        ("language", counting.KEPT_LANGUAGES, counting.EVERY_LANGUAGE),
    ):
        stored = {key: (articles, visible) for key, articles, visible in access.rows(kept)}
        actual = {key: (articles, visible) for key, articles, visible in access.rows(counted)}
        for key in sorted(stored.keys() | actual.keys()):
            has, is_ = stored.get(key, (0, 0)), actual.get(key, (0, 0))
            if has != is_:
                yield f"The {what} {key} is said to have {has[0]} articles, {has[1]} of them visible; there are {is_[0]} and {is_[1]}."
