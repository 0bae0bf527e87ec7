"""What does a person see at `/`?

Pages over the same API that frontends use: figures, newest articles, search with passages, archives, topics, one article. Rendered here, so
that they can be read without JavaScript; a small script completes what is typed. An article is shown also while the index is away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from gateway import pages
from gateway.assets import Assets
from gateway.operations import Operations
from gateway.readers import Readers

FILES = Path(__file__).parent / "web" / "assets"
POLICY = (  # pictures of an article stay where its source has them
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src * data:; connect-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
HEADERS = {"content-security-policy": POLICY, "referrer-policy": "no-referrer", "x-content-type-options": "nosniff"}
PAGE = 12
ASKED_WRONGLY = {"BAD_USER_INPUT", "LIMIT_EXCEEDED"}

FRAME = """site { title description articleCount firstPublishedAt lastPublishedAt }
  people: authors { totalCount } topics: categories(orderBy: COUNT, first: 12) { totalCount nodes { slug name articleCount } }
  archives { year count months { month count } }"""
NAMED = """author(slug: $author) @include(if: $byAuthor) { name bio } tag(slug: $tag) @include(if: $byTag) { name }
  category(slug: $category) @include(if: $byCategory) { name description parent { slug name } children { slug name } }"""
ASKED = """$filter: ArticleFilter, $first: Int!, $after: String, $author: String!, $byAuthor: Boolean!, $category: String!,
  $byCategory: Boolean!, $tag: String!, $byTag: Boolean!"""
SUMMARY = "slug title summary language publishedOn readingTime authors { slug name } categories { slug name }"
LIST = f"""query List({ASKED}) {{ {FRAME} {NAMED}
  articles(filter: $filter, first: $first, after: $after) {{ totalCount pageInfo {{ hasNextPage endCursor }}
    nodes {{ {SUMMARY} excerpt(length: 220) }} }} }}"""
SEARCH = f"""query Search($query: String!, {ASKED}) {{ {FRAME} {NAMED}
  search(query: $query, filter: $filter, first: $first, after: $after) {{ totalCount interpretation suggestion
    pageInfo {{ hasNextPage endCursor }}
    facets(except: [CATEGORY, AUTHOR, DATE]) {{ categories(first: 8) {{ count category {{ slug name }} }}
      authors(first: 8) {{ count author {{ slug name }} }} years {{ year count }} }}
    edges {{ node {{ {SUMMARY} }} passages(first: 3) {{ field text html section {{ anchor path }} row {{ index }} }} }} }} }}"""
ARTICLE = f"""query Article($slug: String!) {{ {FRAME}
  article(slug: $slug) {{ {SUMMARY} subtitle html tags {{ slug name }} authors {{ bio }} lead: blocks(kinds: [PARAGRAPH]) {{ text }}
    allSections {{ anchor heading depth }} next {{ slug title }} previous {{ slug title }} related(first: 4) {{ slug title publishedOn }}
    source {{ format location repairCount }} }} }}"""


class Explorer:
    """The pages."""

    def __init__(self, operations: Operations, readers: Readers) -> None:
        self.operations = operations
        self.readers = readers

    async def home(self, request: Request) -> Response:
        """`/`: the newest articles; `?q=` a search; `?author=`, `?category=`, `?tag=`, `?year=`, `?month=` what is filed there."""
        given = _given(request.query_params)
        asked = _asked(given)
        if "q" in given:
            body = await self._ask(request, SEARCH, {"query": given["q"], **asked})
            return _shown(body, "search", lambda data: pages.search(data, given))
        body = await self._ask(request, LIST, asked)
        return _shown(body, "articles", lambda data: pages.listing(data, given))

    async def article(self, request: Request) -> Response:
        """`/articles/SLUG`: one article."""
        body = await self._ask(request, ARTICLE, {"slug": request.path_params["slug"]})
        if "errors" not in body and body["data"]["article"] is None:
            return HTMLResponse(pages.missing(body["data"]), 404, headers=HEADERS)
        return _shown(body, "article", pages.article)

    async def _ask(self, request: Request, query: str, variables: dict[str, Any]) -> dict[str, Any]:
        reader = self.readers.reader(request)
        answer = await to_thread.run_sync(lambda: self.operations.run(query, variables, None, reader))
        return answer.body

    def routes(self) -> list[BaseRoute]:
        """The pages and their files."""
        return [
            Route("/", self.home),
            Route("/articles/{slug:path}", self.article),
            Mount("/assets", Assets(directory=FILES)),
        ]


def _shown(body: dict[str, Any], subject: str, page: Callable[[dict[str, Any]], str]) -> Response:
    """The page, where what it is about could be answered; else why not."""
    if body.get("data") and body["data"][subject] is not None:
        return HTMLResponse(page(body["data"]), headers=HEADERS)
    error = body["errors"][0]
    return HTMLResponse(pages.trouble(error), 400 if error["extensions"]["code"] in ASKED_WRONGLY else 503, headers=HEADERS)


def _given(query: Mapping[str, str]) -> dict[str, str]:
    """What an address asks for; what is empty, or no number where one belongs, is left out."""
    given = {name: query.get(name, "").strip() for name in ("q", "author", "category", "tag", "year", "month", "after")}
    numbers = {name for name in ("year", "month") if not (given[name].isascii() and given[name].isdecimal() and len(given[name]) <= 4)}
    return {name: value for name, value in given.items() if value and name not in numbers}


def _asked(given: dict[str, str]) -> dict[str, Any]:
    """The variables that a list or a search has for that."""
    filter: dict[str, Any] = {name: int(given[name]) for name in ("year", "month") if name in given}
    variables: dict[str, Any] = {"filter": filter, "first": PAGE, "after": given.get("after")}
    for name, field in (("author", "authors"), ("category", "categories"), ("tag", "tags")):
        variables |= {name: given.get(name, ""), f"by{name.capitalize()}": name in given}
        if name in given:
            filter[field] = [given[name]]
    return variables
