"""What is asked of a service?"""

from __future__ import annotations

import sys
from typing import Any, NamedTuple

import httpx

from benchmarks.servers import Server

BLOCKS = """
fragment B on Block {
  __typename id kind
  ... on Paragraph { spans { text marks href } }
  ... on List { ordered items { text blocks { __typename ... on List { items { text } } } } }
  ... on Table { caption columns { name kind } rows { cells { text header } } }
  ... on Blockquote { attribution blocks { __typename text } }
  ... on Code { language text }
  ... on ImageBlock { image { url alt } caption }
  ... on Embed { url }
}"""
NEWEST = """{ articles(first: 20) { edges { cursor node {
  id slug title summary publishedAt authors { name slug } categories { name slug } } } pageInfo { hasNextPage endCursor } } }"""
ARTICLE = (
    """query ($slug: String!) { article(slug: $slug) { id slug title summary publishedAt wordCount authors { name bio }
  categories { name slug } tags { name } blocks { ...B } allSections { id anchor heading level depth path blocks { ...B } } } }"""
    + BLOCKS
)
SEARCH = """query ($query: String!) { search(query: $query, first: 10) { totalCount edges { score node { slug title publishedOn }
  passages(first: 3) { field html section { anchor heading } row { index } } }
  facets { categories(first: 10) { count category { name } } authors(first: 10) { count author { name } } years { year count } } } }"""
ARCHIVES = "{ archives { year count months { month count } } }"
MONTH = """query ($year: Int!, $month: Int!) { articles(filter: {year: $year, month: $month}, first: 20) {
  totalCount nodes { slug title publishedAt authors { name } } } archives { year count months { month count } } }"""


Case = tuple[str, dict[str, Any]]  # a query and its variables


class Picks(NamedTuple):
    """What of an archive is asked for: the longest of its newest articles, a common word, its months (year and number, newest first)."""

    slug: str
    blocks: int
    word: str
    months: list[tuple[int, int]]


def pick(server: Server) -> Picks:
    """What to ask for, from what the archive holds."""

    def ask(query: str) -> Any:
        answer = httpx.post(f"http://127.0.0.1:{server.port}/graphql", json={"query": query}, timeout=60).json()
        if answer.get("errors"):
            sys.exit(f"a request failed: {answer['errors'][0]['message']}")
        return answer["data"]

    nodes = ask("{ articles(first: 100) { nodes { slug allBlocks { kind } } } }")["articles"]["nodes"]
    longest = max(nodes, key=lambda node: len(node["allBlocks"]))
    words = ask('{ suggest(prefix: "s", first: 20) { text kind } }')["suggest"]
    word = next((one["text"] for one in words if one["kind"] == "TERM"), "the")
    months = [(year["year"], month["month"]) for year in ask(ARCHIVES)["archives"] for month in year["months"]]
    return Picks(longest["slug"], len(longest["allBlocks"]), word, months)


def cases(picks: Picks) -> dict[str, Case]:
    """The requests."""
    year, month = picks.months[0]
    return {
        "newest": (NEWEST, {}),
        "article": (ARTICLE, {"slug": picks.slug}),
        "search": (SEARCH, {"query": picks.word}),
        "archives": (ARCHIVES, {}),
        "month": (MONTH, {"year": year, "month": month}),
    }


def titles(picks: Picks) -> dict[str, str]:
    """What each of them is, in words."""
    return {
        "newest": "newest 20 with author and categories",
        "article": f"article with all {picks.blocks} blocks",
        "search": f"search for {picks.word!r}, passages and facets",
        "archives": "archives with counts",
        "month": "a month's page with counts",
    }
