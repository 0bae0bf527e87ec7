"""How is Directus filled and asked?

Collections of articles, authors and categories, and one for each kind of block, which articles hold in order through a many-to-any
relation. The model is defined through its API, as its users do; the rows, which are plain rows of SQLite, are then written directly, for
its API takes minutes for them. It is asked with the administrator's token, which spares it all checks of permissions; its cache and its
limits are as they come (off). What it cannot be asked: facets over related collections, and words in blocks (it searches the columns of one
collection with LIKE, so the text of each article is stored beside its blocks).
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import os
import sqlite3
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import httpx

from benchmarks.cases import Case, Picks
from benchmarks.peers.material import KINDS, Flat
from benchmarks.peers.peer import Command, running

TOKEN = "benchmark"
PROGRAM = ("node", "node_modules/directus/cli.js")
ENVIRONMENT = {
    "DB_CLIENT": "sqlite3",
    "DB_FILENAME": "./data.db",
    "KEY": TOKEN,
    "SECRET": TOKEN,
    "ADMIN_EMAIL": "admin@example.com",
    "ADMIN_PASSWORD": TOKEN,
    "ADMIN_TOKEN": TOKEN,
    "NODE_ENV": "production",
    "LOG_LEVEL": "warn",
    "TELEMETRY": "false",
    "HOST": "127.0.0.1",
}
TYPES = {"level": "integer", "ordered": "boolean", "data": "json"}
BLOCK = "\n".join(f"... on block_{kind} {{ {' '.join(fields)} }}" for kind, fields in KINDS.items())
COUNTS = "{ group count { id } }"
ARCHIVES = f'articles_aggregated(groupBy: ["year(published_at)", "month(published_at)"], limit: -1) {COUNTS}'
NAMED = "authors { authors_id { name slug } } categories { categories_id { name slug } }"


class Directus:
    """Directus over SQLite."""

    name = "Directus"

    def command(self, port: int) -> Command:
        """How it is started."""
        variables = {**ENVIRONMENT, "PORT": str(port)}
        return Command((*PROGRAM, "start"), variables, "/server/ping", "/graphql", {"authorization": f"Bearer {TOKEN}"})

    def load(self, folder: Path, articles: Iterable[Flat]) -> None:
        """Set up, define the model, write the rows."""
        subprocess.run([*PROGRAM, "bootstrap"], cwd=folder, env={**os.environ, **ENVIRONMENT}, check=True, capture_output=True)
        with running(self, folder) as server:
            address, headers = f"http://127.0.0.1:{server.port}", self.command(0).headers
            with httpx.Client(base_url=address, headers=headers, timeout=60) as client:
                for path, body in _model():
                    client.post(path, json=body).raise_for_status()
        with sqlite3.connect(folder / "data.db") as database:
            _write(database, articles)

    def cases(self, picks: Picks) -> dict[str, Case]:
        """The requests; the search has the years of what it finds, for want of facets over relations."""
        year, month = picks.months[0]
        after = f"{year + month // 12}-{month % 12 + 1:02}-01"
        within = f'filter: {{ published_at: {{ _gte: "{year}-{month:02}-01", _lt: "{after}" }} }}'
        newest = f'{{ articles(limit: 20, sort: ["-published_at"]) {{ id slug title summary published_at {NAMED} }} }}'
        article = f"""query ($slug: String!) {{ articles(filter: {{ slug: {{ _eq: $slug }} }}) {{ id slug title summary published_at {NAMED}
          blocks(limit: -1, sort: ["sort"]) {{ id item {{ __typename {BLOCK} }} }} }} }}"""
        search = f"""query ($query: String!) {{ articles(search: $query, limit: 10) {{ slug title published_at }}
          total: articles_aggregated(search: $query) {{ count {{ id }} }}
          years: articles_aggregated(search: $query, groupBy: ["year(published_at)"]) {COUNTS} }}"""
        page = f"""{{ articles({within}, limit: 20, sort: ["-published_at"]) {{
            slug title published_at authors {{ authors_id {{ name }} }} }}
          total: articles_aggregated({within}) {{ count {{ id }} }} {ARCHIVES} }}"""
        return {
            "newest": (newest, {}),
            "article": (article, {"slug": picks.slug}),
            "search": (search, {"query": picks.word}),
            "archives": (f"{{ {ARCHIVES} }}", {}),
            "month": (page, {}),
        }


def _model() -> Iterable[tuple[str, dict[str, Any]]]:
    """The requests that define the content model."""
    topics = {"slug": "string", "name": "string"}
    columns = {"slug": "string", "title": "string", "summary": "text", "published_at": "timestamp", "text": "text"}
    yield "/collections", _collection("articles", columns)
    for topic in ("authors", "categories"):
        yield "/collections", _collection(topic, topics)
        yield "/collections", _collection(f"articles_{topic}", {"articles_id": "integer", f"{topic}_id": "integer", "sort": "integer"})
        yield "/fields/articles", {"field": topic, "type": "alias", "meta": {"special": ["m2m"]}}
        yield "/relations", _relation(f"articles_{topic}", "articles_id", "articles", topic, f"{topic}_id")
        yield "/relations", _relation(f"articles_{topic}", f"{topic}_id", topic, None, "articles_id")
    for kind, fields in KINDS.items():
        yield "/collections", _collection(f"block_{kind}", {name: TYPES.get(name, "text") for name in fields})
    junction = {"articles_id": "integer", "item": "string", "collection": "string", "sort": "integer"}
    yield "/collections", _collection("articles_blocks", junction)
    yield "/fields/articles", {"field": "blocks", "type": "alias", "meta": {"special": ["m2a"]}}
    allowed = [f"block_{kind}" for kind in KINDS]
    meta = {"one_allowed_collections": allowed, "one_collection_field": "collection", "junction_field": "articles_id"}
    yield "/relations", {"collection": "articles_blocks", "field": "item", "related_collection": None, "meta": meta}
    yield "/relations", _relation("articles_blocks", "articles_id", "articles", "blocks", "item")


def _collection(name: str, columns: dict[str, str]) -> dict[str, Any]:
    key = {"field": "id", "type": "integer", "schema": {"is_primary_key": True, "has_auto_increment": True}}
    special = {"json": ["cast-json"], "boolean": ["cast-boolean"]}
    indexed = {"slug", "published_at", "articles_id"}
    fields = [
        {"field": field, "type": type, "schema": {"is_indexed": field in indexed}, "meta": {"special": special.get(type)}}
        for field, type in columns.items()
    ]
    return {"collection": name, "schema": {}, "meta": {}, "fields": [key, *fields]}


def _relation(junction: str, field: str, related: str, shown: str | None, other: str) -> dict[str, Any]:
    meta = {"one_field": shown, "junction_field": other, "sort_field": "sort" if shown else None}
    return {"collection": junction, "field": field, "related_collection": related, "meta": meta}


def _write(database: sqlite3.Connection, articles: Iterable[Flat]) -> None:
    ids: dict[tuple[str, str], int] = {}
    numbers = {kind: itertools.count(1) for kind in KINDS}
    for number, article in enumerate(articles, 1):
        published: dt.datetime = article["published_at"]
        head = {name: article[name] for name in ("slug", "title", "summary", "text")}
        _insert(database, "articles", {"id": number, **head, "published_at": int(published.timestamp() * 1000)})
        for topic in ("authors", "categories"):
            for place, (slug, name) in enumerate(article[topic].items()):
                if (topic, slug) not in ids:
                    ids[topic, slug] = len(ids) + 1
                    _insert(database, topic, {"id": ids[topic, slug], "slug": slug, "name": name})
                _insert(database, f"articles_{topic}", {"articles_id": number, f"{topic}_id": ids[topic, slug], "sort": place})
        for place, (kind, fields) in enumerate(article["blocks"]):
            block = next(numbers[kind])
            values = {name: json.dumps(value) if name == "data" else value for name, value in fields.items()}
            _insert(database, f"block_{kind}", {"id": block, **values})
            row = {"articles_id": number, "item": str(block), "collection": f"block_{kind}", "sort": place}
            _insert(database, "articles_blocks", row)


def _insert(database: sqlite3.Connection, table: str, values: dict[str, Any]) -> None:
    """Write a row; names are those of the model above."""
    names, marks = ", ".join(f'"{name}"' for name in values), ", ".join("?" * len(values))
    database.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', list(values.values()))
