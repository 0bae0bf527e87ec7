"""Entries for an index, and an engine of each kind over a folder of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index.document import Article, ArticleStatus, Author, Category, Paragraph, Source, SourceFormat, Tag
from index.identity import article_id
from index.search.engine import Engine, Entry
from index.search.opening import open_engine


def entry(number: int, title: str = "", text: str = "", *, visible: bool = True, topics: tuple[str, ...] = (), **fields: Any) -> Entry:
    """An article for the index, known by its number."""
    when = fields.pop("published_at", None)
    article = Article(
        title or f"Article {number}",
        Source(SourceFormat.JSON),
        id=article_id(f"path:{number}"),
        slug=f"article-{number}",
        language=fields.pop("language", "en"),
        published_at=dt.datetime.fromisoformat(when).replace(tzinfo=dt.UTC) if when else None,
        status=ArticleStatus.PUBLISHED,
        authors=tuple(Author(name.title(), name) for name in fields.pop("authors", ())),
        categories=tuple(Category(name.title(), name) for name in topics),
        tags=tuple(Tag(name.title(), name) for name in fields.pop("tags", ())),
        blocks=fields.pop("blocks", (Paragraph(text),)),
        **fields,
    )
    return Entry(article, visible, topics, number)


def filled(engine: Engine, *entries: Entry) -> Engine:
    """The engine with these articles in it."""
    engine.rebuild(entries, len(entries))
    return engine


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """An engine without an index yet."""
    engine = open_engine("whoosh:///index", tmp_path, seconds=10)
    yield engine
    engine.close()
