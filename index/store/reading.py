"""What does the store say of an article?

Summaries, bodies, neighbours and keys: each a fixed number of statements for a whole batch, on any database.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TypeVar

import msgspec
from sqlalchemy import Select, and_, bindparam, func, or_, select
from sqlalchemy.sql.expression import ScalarSelect

from index.document import ArticleStatus, Image, Repair, SourceFormat
from index.encoding import from_blob
from index.identity import fold_url
from index.store.statements import Access, Row, among, listed
from index.store.store import Document, Known, Summary
from index.store.tables import articles, bodies

T = TypeVar("T")
A = articles.c
SUMMARY = (
    A.id, A.slug, A.title, A.status, A.visible, A.revision, A.format, A.imported_at, A.language, A.url, A.subtitle, A.summary,
    A.published_at, A.updated_at, A.image, A.authors, A.categories, A.tags, A.word_count, A.publication, A.location, A.content_hash,
    A.repair_count,
)  # fmt: skip  # in the database's order, a row's worth on a line
"""The columns that `summary` makes a summary of, in its order."""

BY_ID = select(*SUMMARY).where(among(A.id, "ids"))
BY_SLUG = select(*SUMMARY).where(among(A.slug, "slugs"))
BY_ADDRESS = select(*SUMMARY).where(among(A.address, "addresses")).order_by(A.visible.desc(), A.number).limit(1)
DOCUMENTS = select(A.id, A.revision, bodies.c.body, bodies.c.repairs).join(bodies, bodies.c.article == A.number).where(among(A.id, "ids"))
FINGERPRINTS = select(A.fingerprint, A.key).where(among(A.fingerprint, "fingerprints")).order_by(A.number.desc())
KNOWN = select(A.key, A.id, A.slug, A.fingerprint, A.origin).where(among(A.key, "keys"))
ORIGINS = (
    select(A.id, A.key, A.origin)
    .where(or_(A.origin == bindparam("path"), and_(A.origin >= bindparam("low"), A.origin < bindparam("high"))))
    .order_by(A.number)
)

STATUSES = {status.value: status for status in ArticleStatus}
FORMATS = {format.value: format for format in SourceFormat}
slugs_in = msgspec.json.Decoder(tuple[str, ...]).decode
image_in = msgspec.json.Decoder(Image).decode
repairs_in = msgspec.json.Decoder(tuple[Repair, ...]).decode
time_in = dt.datetime.fromisoformat


def summary(row: Row) -> Summary:
    """A summary of the columns `SUMMARY`."""
    (
        id, slug, title, status, visible, revision, format, imported_at, language, url, subtitle, text, published_at, updated_at, image,
        authors, categories, tags, word_count, publication, location, content_hash, repair_count,
    ) = row  # fmt: skip  # in the database's order, a row's worth on a line
    published = time_in(published_at) if published_at else None
    return Summary(
        id,
        slug,
        title,
        STATUSES[status],
        visible == 1,
        revision,
        FORMATS[format],
        time_in(imported_at),
        language,
        url,
        subtitle,
        text,
        published,
        published.date() if published else None,
        time_in(updated_at) if updated_at else None,
        image_in(image) if image else None,
        slugs_in(authors),
        slugs_in(categories),
        slugs_in(tags),
        word_count,
        publication,
        location,
        content_hash,
        repair_count,
    )


def summaries(access: Access, ids: Sequence[str]) -> dict[str, Summary]:
    """By id, in the order asked; unknown ids are left out."""
    found = {row[0]: summary(row) for row in access.rows(BY_ID, ids=listed(ids))}
    return in_order(found, ids)


def by_slug(access: Access, slug: str) -> Summary | None:
    """The article with this slug."""
    row = access.row(BY_SLUG, slugs=listed((slug,)))
    return summary(row) if row else None


def by_url(access: Access, url: str) -> Summary | None:
    """The article with this address, folded; of several one that every reader may see, then the first stored."""
    row = access.row(BY_ADDRESS, addresses=listed((address_of(url),)))
    return summary(row) if row else None


def address_of(url: str) -> str:
    """An address as articles are found by it; one that is none stays as it is."""
    try:
        return fold_url(url)
    except ValueError:
        return url.strip()


def documents(access: Access, ids: Sequence[str]) -> dict[str, Document]:
    """Decoded bodies by id, in the order asked."""
    found = {
        id: Document(id, revision, from_blob(body), () if repairs == "[]" else repairs_in(repairs))
        for id, revision, body, repairs in access.rows(DOCUMENTS, ids=listed(ids))
    }
    return in_order(found, ids)


def in_order(found: dict[str, T], keys: Sequence[str]) -> dict[str, T]:
    """The same in the order asked, whatever the database's."""
    return {key: found[key] for key in keys if key in found}


def _beside(*, preview: bool) -> Select[tuple[str, str, str]]:
    """Each article of `ids` that has a date, with its neighbours in the order NEWEST: newest first, ties by id.

    The newer one comes just before it there, the older one just after it.
    """
    here, there = articles.alias("here"), articles.alias("there")
    seen = [] if preview else [there.c.visible == 1]

    def nearest(*where: object, order: tuple[object, ...]) -> ScalarSelect[str]:
        return select(there.c.id).where(*seen, *where).order_by(*order).limit(1).scalar_subquery()  # type: ignore[arg-type]  # mixed expressions

    same = there.c.instant == here.c.instant
    up, down = (there.c.instant.asc(), there.c.id.desc()), (there.c.instant.desc(), there.c.id.asc())
    newer = func.coalesce(nearest(same, there.c.id < here.c.id, order=up), nearest(there.c.instant > here.c.instant, order=up))
    older = func.coalesce(nearest(same, there.c.id > here.c.id, order=down), nearest(there.c.instant < here.c.instant, order=down))
    may = [] if preview else [here.c.visible + 0 == 1]  # sums, lest the planner walk all that is visible to find these few
    return select(here.c.id, newer, older).where(among(here.c.id, "ids"), (here.c.instant + 0).is_not(None), *may)


BESIDE = {preview: _beside(preview=preview) for preview in (False, True)}


def neighbours(access: Access, ids: Sequence[str], *, preview: bool) -> dict[str, tuple[str | None, str | None]]:
    """For each article that has a date and that this reader may see the ids of the next newer and the next older one."""
    return {id: (newer, older) for id, newer, older in access.rows(BESIDE[preview], ids=listed(ids))}


def known(access: Access, keys: Sequence[str]) -> dict[str, Known]:
    """What is stored under these keys."""
    return {key: Known(id, slug, fingerprint, origin) for key, id, slug, fingerprint, origin in access.rows(KNOWN, keys=listed(keys))}


def unchanged(access: Access, fingerprints: Sequence[str]) -> dict[str, str]:
    """The keys of what is stored, by the fingerprints of what it was read from; of several the first stored."""
    return dict(access.rows(FINGERPRINTS, fingerprints=listed(filter(None, fingerprints))))


def origins(access: Access, prefix: str) -> list[tuple[str, str, str]]:
    """(id, key, origin) of the articles whose origin is this absolute path or stands under it, in the order first stored."""
    path = prefix.rstrip("/")
    return [(id, key, origin) for id, key, origin in access.rows(ORIGINS, path=path or "/", low=path + "/", high=path + "0")]
