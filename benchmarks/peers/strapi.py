"""How is Strapi filled and asked?

Content types of articles, authors and categories, and a component for each kind of block, which articles hold in a dynamic zone. Their
definitions are files of the project, as its users keep them; Strapi makes the tables when it starts, and the rows are then written
directly. Its GraphQL plug-in is asked without authentication (`auth: false`), which spares it all checks of permissions; requests are not
logged and the admin panel is not built; the number of rows a query may ask for is lifted, all else is as it comes. What it cannot be
asked: facets; words in components (the text of each article is stored beside its blocks and searched with LIKE); counts by month, for
which the articles of each year are counted in the same query: fewer counts than ours, for those of 195 months took it 3.6 seconds.
"""

from __future__ import annotations

import itertools
import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.cases import Case, Picks
from benchmarks.peers.material import KINDS, Flat
from benchmarks.peers.peer import Command, running

TYPES = {"level": "integer", "ordered": "boolean", "data": "json"}
FIELDS = {
    "article": {"slug": "string", "title": "string", "summary": "text", "publishedOn": "datetime", "text": "text"},
    "author": {"slug": "string", "name": "string"},
    "category": {"slug": "string", "name": "string"},
}
PLURALS = {"article": "articles", "author": "authors", "category": "categories"}
CONFIG = {
    "config/admin.js": """module.exports = () => ({
  serveAdminPanel: false, auth: { secret: 'benchmark' }, apiToken: { salt: 'benchmark' } });""",
    "config/api.js": "module.exports = {};",
    "config/database.js": """module.exports = () => ({
  connection: { client: 'sqlite', connection: { filename: 'data.db' }, useNullAsDefault: true } });""",
    "config/middlewares.js": """module.exports = ['errors', 'security', // all that come with it but the log of requests
  'cors', 'poweredBy', 'query', 'body', 'session', 'favicon', 'public']
  .map((name) => `strapi::${name}`);""",
    "config/plugins.js": """module.exports = () => ({
  graphql: { config: { maxLimit: 1000 } }, 'users-permissions': { config: { jwtSecret: 'benchmark' } } });""",
    "config/server.js": """module.exports = ({ env }) => ({ host: '127.0.0.1', port: env.int('PORT'), app: { keys: ['benchmark'] } });""",
    "src/index.js": """const open = { auth: false };
module.exports = { register({ strapi }) { strapi.plugin('graphql').service('extension').use({
  resolversConfig: {
    'Query.articles': open, 'Query.articles_connection': open, 'Article.authors': open, 'Article.categories': open } }); } };""",
}
BLOCK = "\n".join(f"... on ComponentBlock{kind.title()} {{ {' '.join(fields)} }}" for kind, fields in KINDS.items())
NAMED = "authors { name slug } categories { name slug }"
NEWEST = 'sort: "publishedOn:desc", pagination: { limit: 20 }'
ANYWHERE = "filters: { or: [{ title: { containsi: $query } }, { summary: { containsi: $query } }, { text: { containsi: $query } }] }"


class Strapi:
    """Strapi over SQLite, with its GraphQL plug-in."""

    name = "Strapi"

    def command(self, port: int) -> Command:
        """How it is started in its folder."""
        variables = {"NODE_ENV": "production", "PORT": str(port), "STRAPI_TELEMETRY_DISABLED": "true"}
        return Command(("node", "node_modules/@strapi/strapi/bin/strapi.js", "start"), variables, "/_health", "/graphql")

    def load(self, folder: Path, articles: Iterable[Flat]) -> None:
        """Write the project, let Strapi make the tables, write the rows."""
        (folder / "public" / "uploads").mkdir(parents=True, exist_ok=True)
        for name, text in _project():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        with running(self, folder):
            pass
        with sqlite3.connect(folder / "data.db") as database:
            _write(database, articles)

    def cases(self, picks: Picks) -> dict[str, Case]:
        """The requests; a search has how many there are, and no facets."""
        article = f"""query ($slug: String!) {{ articles(filters: {{ slug: {{ eq: $slug }} }}) {{
          documentId slug title summary publishedOn {NAMED} blocks {{ __typename {BLOCK} }} }} }}"""
        search = f"""query ($query: String!) {{ articles({ANYWHERE}, pagination: {{ limit: 10 }}) {{ slug title publishedOn }}
          articles_connection({ANYWHERE}, pagination: {{ pageSize: 1 }}) {{ pageInfo {{ total }} }} }}"""
        archives = " ".join(_count(f"y{year}", f"{year}-01", f"{year + 1}-01") for year in sorted({year for year, _ in picks.months}))
        year, month = picks.months[0]
        dates = f"{year}-{month:02}", f"{year + month // 12}-{month % 12 + 1:02}"
        page = f"""{{ articles({_within(*dates)}, {NEWEST}) {{ slug title publishedOn authors {{ name }} }}
          {_count("total", *dates)} {archives} }}"""
        return {
            "newest": (f"{{ articles({NEWEST}) {{ documentId slug title summary publishedOn {NAMED} }} }}", {}),
            "article": (article, {"slug": picks.slug}),
            "search": (search, {"query": picks.word}),
            "archives": (f"{{ {archives} }}", {}),
            "month": (page, {}),
        }


def _within(first: str, after: str) -> str:
    """A condition: from a month up to but not including another."""
    return f'filters: {{ publishedOn: {{ gte: "{first}-01T00:00:00.000Z", lt: "{after}-01T00:00:00.000Z" }} }}'


def _count(name: str, first: str, after: str) -> str:
    return f"{name}: articles_connection({_within(first, after)}, pagination: {{ pageSize: 1 }}) {{ pageInfo {{ total }} }}"


def _project() -> Iterator[tuple[str, str]]:
    """The files of the project."""
    yield from CONFIG.items()
    for kind, plural in PLURALS.items():
        attributes: dict[str, Any] = {name: {"type": type} for name, type in FIELDS[kind].items()}
        if kind == "article":
            for other in ("author", "category"):
                relation = {"type": "relation", "relation": "manyToMany", "target": f"api::{other}.{other}"}
                attributes[PLURALS[other]] = relation
            attributes["blocks"] = {"type": "dynamiczone", "components": [f"block.{block}" for block in KINDS]}
        info = {"singularName": kind, "pluralName": plural, "displayName": kind.title()}
        schema = {"kind": "collectionType", "collectionName": plural, "info": info, "options": {"draftAndPublish": False}}
        yield f"src/api/{kind}/content-types/{kind}/schema.json", json.dumps({**schema, "attributes": attributes})
        for part, factory in {"controllers": "Controller", "routes": "Router", "services": "Service"}.items():
            made = f"module.exports = require('@strapi/strapi').factories.createCore{factory}('api::{kind}.{kind}');"
            yield f"src/api/{kind}/{part}/{kind}.js", made
    for kind, fields in KINDS.items():
        attributes = {name: {"type": TYPES.get(name, "text")} for name in fields}
        component = {"collectionName": f"components_block_{kind}", "info": {"displayName": kind}, "attributes": attributes}
        yield f"src/components/block/{kind}.json", json.dumps(component)


def _write(database: sqlite3.Connection, articles: Iterable[Flat]) -> None:
    ids: dict[tuple[str, str], int] = {}
    numbers = {kind: itertools.count(1) for kind in KINDS}
    for number, article in enumerate(articles, 1):
        when = int(article["published_at"].timestamp() * 1000)
        head = {name: article[name] for name in ("slug", "title", "summary", "text")}
        _document(database, "articles", number, {**head, "published_on": when})
        for kind, plural in (("author", "authors"), ("category", "categories")):
            for place, (slug, name) in enumerate(article[plural].items()):
                if (kind, slug) not in ids:
                    ids[kind, slug] = len(ids) + 1
                    _document(database, plural, ids[kind, slug], {"slug": slug, "name": name})
                row = {"article_id": number, f"{kind}_id": ids[kind, slug], f"{kind}_ord": place + 1}
                _insert(database, f"articles_{plural}_lnk", row)
        for place, (kind, fields) in enumerate(article["blocks"]):
            block = next(numbers[kind])
            values = {name: json.dumps(value) if name == "data" else value for name, value in fields.items()}
            _insert(database, f"components_block_{kind}", {"id": block, **values})
            held = {"entity_id": number, "cmp_id": block, "component_type": f"block.{kind}", "field": "blocks", "order": place + 1}
            _insert(database, "articles_cmps", held)


def _document(database: sqlite3.Connection, table: str, number: int, values: dict[str, Any]) -> None:
    """Write a row as Strapi keeps documents that have no drafts."""
    kept = {"created_at": 0, "updated_at": 0, "published_at": 0}
    _insert(database, table, {"id": number, "document_id": f"{table[:4]}{number:020}", **kept, **values})


def _insert(database: sqlite3.Connection, table: str, values: dict[str, Any]) -> None:
    """Write a row; names are those of the model above."""
    names, marks = ", ".join(f'"{name}"' for name in values), ", ".join("?" * len(values))
    database.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', list(values.values()))
