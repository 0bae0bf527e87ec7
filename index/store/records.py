"""How does an article become rows?

Its law: what cannot be stored is found here, before anything is written, and named.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from index.anchors import anchored
from index.document import Article, ArticleStatus, Repair
from index.encoding import Body, from_blob, to_blob
from index.identity import global_id, number_of, parse_global_id
from index.plain import article_text, word_count
from index.store.reading import address_of
from index.store.store import TopicKind

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MICROSECOND = dt.timedelta(microseconds=1)
to_json = msgspec.json.Encoder().encode


class Unstorable(Exception):
    """An article cannot be stored; the message is the end of a sentence that says why."""


def aware(time: dt.datetime) -> dt.datetime:
    """A time with its offset; one without is UTC."""
    return time if time.tzinfo is not None else time.replace(tzinfo=dt.UTC)


def instant_of(time: dt.datetime) -> int:
    """Microseconds since 1970."""
    return (aware(time) - EPOCH) // MICROSECOND


def is_visible(status: ArticleStatus, instant: int | None, now: int) -> bool:
    """Whether every reader may see an article now."""
    return status is ArticleStatus.PUBLISHED and (instant is None or instant <= now)


def with_anchors(article: Article, before: bytes | None) -> Article:
    """The article with an anchor on every section; `before` is the stored body that it replaces."""
    return anchored(article, None if before is None else msgspec.structs.replace(article, sections=_sections(before)))


def _sections(blob: bytes) -> Any:
    """The sections of a stored body; none where it cannot be read, for then it is as well that it is replaced."""
    try:
        return from_blob(blob).sections
    except Exception:  # noqa: BLE001  (damaged in whatever way)
        return ()


def readdressed(repairs: tuple[Repair, ...], id: str) -> tuple[Repair, ...]:
    """Repairs whose block ids belong to the article with this id."""
    return tuple(
        repair if repair.block_id is None else msgspec.structs.replace(repair, block_id=_moved(repair.block_id, number_of(id)))
        for repair in repairs
    )


def _moved(block: str, number: str) -> str:
    parts = parse_global_id(block)
    return block if parts is None else global_id(parts.type, f"{number}:{parts.rest.partition(':')[2]}")


def body_row(article: Article, repairs: tuple[Repair, ...]) -> dict[str, Any]:
    """The row of `bodies`, but for its number; raises `Unstorable`."""
    try:
        return {"body": to_blob(Body(article.blocks, article.sections)), "repairs": to_json(repairs).decode()}
    except UnicodeEncodeError:
        raise Unstorable("its text holds half of a surrogate pair") from None
    except (OverflowError, TypeError) as error:
        raise Unstorable(f"its body cannot be encoded ({error})") from None


def article_row(article: Article, filed: dict[tuple[TopicKind, str], str], now: dt.datetime) -> dict[str, Any]:
    """What of the row of `articles` the article itself says; raises `Unstorable`."""
    source = article.source
    instant = None if article.published_at is None else instant_of(article.published_at)
    row = {
        "visible": int(is_visible(article.status, instant, instant_of(now))),
        "status": article.status.value,
        "title": article.title,
        "language": article.language,
        "url": article.url,
        "address": address_of(article.url) if article.url else None,
        "subtitle": article.subtitle,
        "summary": article.summary,
        "published_at": _time(article.published_at),
        "instant": instant,
        "updated_at": _time(article.updated_at),
        "image": None if article.image is None else _json(article.image),
        "authors": _slugs(filed, TopicKind.AUTHOR),
        "categories": _slugs(filed, TopicKind.CATEGORY),
        "tags": _slugs(filed, TopicKind.TAG),
        "word_count": word_count(article_text(article)),
        "format": source.format.value,
        "publication": source.publication,
        "location": source.location,
        "imported_at": _time(source.imported_at or now),
        "content_hash": source.content_hash,
    }
    verify(row.values())
    return row


def verify(values: Any) -> None:
    """Raise `Unstorable` where a text among these values is one that a database cannot hold."""
    texts = "".join(value for value in values if isinstance(value, str))
    if "\0" in texts:
        raise Unstorable("a field of it holds the character NUL")
    if not texts.isascii():
        try:
            texts.encode()
        except UnicodeEncodeError:
            raise Unstorable("a field of it holds half of a surrogate pair") from None


def _time(time: dt.datetime | None) -> str | None:
    return None if time is None else aware(time).isoformat()


def _json(value: object) -> str:
    try:
        return to_json(value).decode()
    except UnicodeEncodeError:
        raise Unstorable("a field of it holds half of a surrogate pair") from None


def _slugs(filed: dict[tuple[TopicKind, str], str], kind: TopicKind) -> str:
    return _json([slug for of, slug in filed if of is kind]) if filed else "[]"
