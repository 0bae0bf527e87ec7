"""What does a person see at `/`?

Pages over the same API that frontends use: figures, newest articles, search with passages, archives, topics, one article. Rendered here, so
that they can be read without JavaScript; a small script completes what is typed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from gateway import pages
from gateway.operations import Operations
from gateway.readers import Readers

ASSETS = Path(__file__).parent / "web" / "assets"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src * data:; connect-src 'self'; base-uri 'none'; form-action 'self'"
HEADERS = {"content-security-policy": POLICY, "referrer-policy": "no-referrer", "x-content-type-options": "nosniff"}
PAGE = 12

FRAME = """site { title description articleCount firstPublishedAt lastPublishedAt }
  people: authors { totalCount } topics: categories(orderBy: COUNT, first: 12) { totalCount nodes { slug name articleCount } }
  archives { year count months { month count } }"""
SUMMARY = "slug title summary publishedOn readingTime authors { slug name } categories { slug name }"
LISTED = f"""totalCount pageInfo {{ hasNextPage endCursor }} nodes {{ {SUMMARY} excerpt(length: 220) }}"""
LIST = f"""query List($filter: ArticleFilter, $first: Int!, $after: String) {{ {FRAME}
  articles(filter: $filter, first: $first, after: $after) {{ {LISTED} }} }}"""
SEARCH = f"""query Search($query: String!, $first: Int!, $after: String) {{ {FRAME}
  search(query: $query, first: $first, after: $after) {{ totalCount interpretation suggestion pageInfo {{ hasNextPage endCursor }}
    facets {{ categories(first: 8) {{ count category {{ slug name }} }} authors(first: 8) {{ count author {{ slug name }} }} }}
    edges {{ node {{ {SUMMARY} }} passages(first: 3) {{ field html section {{ anchor path }} row {{ index }} }} }} }} }}"""
ARTICLE = f"""query Article($slug: String!) {{ {FRAME}
  article(slug: $slug) {{ {SUMMARY} subtitle url wordCount html tags {{ slug name }} authors {{ bio }}
    allSections {{ anchor heading depth }} next {{ slug title }} previous {{ slug title }} related(first: 4) {{ slug title publishedOn }}
    source {{ format location repairCount }} }} }}"""


class Explorer:
    """The pages."""

    def __init__(self, operations: Operations, readers: Readers) -> None:
        self.operations = operations
        self.readers = readers

    async def home(self, request: Request) -> Response:
        """`/`: the newest articles; `?q=` a search; `?author=`, `?category=`, `?tag=`, `?year=`, `?month=` what is filed there."""
        given = request.query_params
        after = given.get("after")
        if given.get("q", "").strip():
            data = await self._ask(request, SEARCH, {"query": given["q"], "first": PAGE, "after": after})
            return self._answer(data, lambda found: pages.search(found, given["q"]))
        filter = _filter(given)
        data = await self._ask(request, LIST, {"filter": filter, "first": PAGE, "after": after})
        return self._answer(data, lambda found: pages.listing(found, dict(given)))

    async def article(self, request: Request) -> Response:
        """`/articles/SLUG`: one article."""
        data = await self._ask(request, ARTICLE, {"slug": request.path_params["slug"]})
        if data.get("data") and data["data"]["article"] is None:
            return HTMLResponse(pages.missing(data["data"]), 404, headers=HEADERS)
        return self._answer(data, pages.article)

    async def _ask(self, request: Request, query: str, variables: dict[str, Any]) -> dict[str, Any]:
        reader = self.readers.reader(request)
        answer = await to_thread.run_sync(lambda: self.operations.run(query, variables, None, reader))
        return answer.body

    def _answer(self, body: dict[str, Any], page: Any) -> Response:
        if body.get("errors"):
            return HTMLResponse(pages.trouble(body["errors"][0]), 503 if body.get("data") else 400, headers=HEADERS)
        return HTMLResponse(page(body["data"]), headers=HEADERS)

    def routes(self) -> list[BaseRoute]:
        """The pages and their files."""
        return [
            Route("/", self.home),
            Route("/articles/{slug}", self.article),
            Mount("/assets", StaticFiles(directory=ASSETS)),
        ]


def _filter(given: Any) -> dict[str, Any]:
    """The filter that a list's address asks for; what is no number is left out."""
    out: dict[str, Any] = {}
    for name, field in (("author", "authors"), ("category", "categories"), ("tag", "tags")):
        if given.get(name):
            out[field] = [given[name]]
    for name in ("year", "month"):
        if given.get(name, "").isdecimal() and len(given[name]) <= 4:
            out[name] = int(given[name])
    return out
