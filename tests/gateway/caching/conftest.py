"""Two services over one archive, in this process: one behind its cache, one that computes every answer."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.types import ASGIApp

from gateway.app import create
from gateway.settings import load
from index.anchors import anchored
from index.document import Article, Author, Category, Paragraph, Source, SourceFormat, Tag
from index.identity import article_id
from index.incoming import Incoming
from index.library import Library
from index.search.opening import open_engine
from index.store.open import open_store


class Client:
    """An application that is asked as over HTTP."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.loop = asyncio.new_event_loop()
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1")

    def send(self, *requests: httpx.Request) -> list[httpx.Response]:
        """The answers to requests that are sent at once."""

        async def sent() -> list[httpx.Response]:
            return list(await asyncio.gather(*(self.client.send(request) for request in requests)))

        return self.loop.run_until_complete(sent())

    def post(self, query: str, variables: dict[str, Any] | None = None, **headers: str) -> httpx.Response:
        """The answer to a POST."""
        request = self.client.build_request("POST", "/graphql", json={"query": query, "variables": variables or {}}, headers=headers)
        return self.send(request)[0]

    def get(self, query: str, **headers: str) -> httpx.Response:
        """The answer to a GET."""
        return self.send(self.client.build_request("GET", "/graphql", params={"query": query}, headers=headers))[0]

    def how(self, query: str) -> str:
        """How the answer to a query is come by."""
        return self.post(query).headers["cache-status"].removeprefix("broadsheet; ")

    def close(self) -> None:
        """End."""
        self.loop.run_until_complete(self.client.aclose())
        self.loop.close()


class Twins:
    """An archive, asked with and without its cache."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        self.library = Library(open_store("sqlite:///broadsheet.db", folder), open_engine("whoosh:///index", folder))
        self.library.catch_up()
        flags = {"home": folder, **settings}
        self.kept = Client(create(load(flags, {}), self.library))
        self.computed = Client(create(load({**flags, "response_cache": "off"}, {}), self.library))

    def close(self) -> None:
        """Let go of all."""
        self.kept.close()
        self.computed.close()
        self.library.close()


@pytest.fixture
def twins(tmp_path: Path) -> Iterator[Twins]:
    """An empty archive."""
    twins = Twins(tmp_path)
    yield twins
    twins.close()


def make(
    name: str,
    title: str = "",
    when: str | None = "2024-03-05",
    *,
    categories: tuple[str | Category, ...] = (),
    tags: tuple[str, ...] = (),
    authors: tuple[str | Author, ...] = (),
    text: str = "quay",
    **fields: Any,
) -> Incoming:
    """An article to be stored, known by its name, which is its slug too where no other is given."""
    key = f"path:{name}"
    fields.setdefault("slug", name)
    article = Article(
        title or name,
        Source(SourceFormat.MARKDOWN, location=name),
        id=article_id(key),
        published_at=dt.datetime.fromisoformat(when).replace(tzinfo=dt.UTC) if when else None,
        categories=tuple(one if isinstance(one, Category) else Category(one, one) for one in categories),
        tags=tuple(Tag(one, one) for one in tags),
        authors=tuple(one if isinstance(one, Author) else Author(one, one) for one in authors),
        blocks=(Paragraph(text),),
        **fields,
    )
    return Incoming(anchored(article), key)
