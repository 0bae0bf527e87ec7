"""What does a request cost, beside a ready-made answer and beside graphql-core alone?

python -m benchmarks.http [--articles PATH] [--seconds S] [--concurrency N…] [--json FILE]
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import httpx

from benchmarks.load import Result, measure, request
from benchmarks.servers import ROOT, Server, broadsheet, floor

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


def cases(server: Server) -> dict[str, tuple[str, dict[str, Any]]]:
    """The requests, their variables taken from what the archive holds."""

    def ask(query: str, **variables: Any) -> Any:
        answer = httpx.post(f"http://127.0.0.1:{server.port}/graphql", json={"query": query, "variables": variables}, timeout=60).json()
        if answer.get("errors"):
            sys.exit(f"a request failed: {answer['errors'][0]['message']}")
        return answer["data"]

    nodes = ask("{ articles(first: 100) { nodes { slug title wordCount allBlocks { kind } publishedOn } } }")["articles"]["nodes"]
    longest = max(nodes, key=lambda node: len(node["allBlocks"]))
    words = ask('{ suggest(prefix: "s", first: 20) { text kind count } }')["suggest"]
    word = next((one["text"] for one in words if one["kind"] == "TERM"), "the")
    month = ask(ARCHIVES)["archives"][0]
    return {
        "newest 20 with author and categories": (NEWEST, {}),
        f"article with all {len(longest['allBlocks'])} blocks": (ARTICLE, {"slug": longest["slug"]}),
        f"search for {word!r}, passages and facets": (SEARCH, {"query": word}),
        "archives with counts": (ARCHIVES, {}),
        "a month's page with counts": (MONTH, {"year": month["year"], "month": month["months"][0]["month"]}),
    }


def run(home: Path, concurrencies: list[int], seconds: float) -> list[dict[str, Any]]:
    """A row for each case and concurrency."""
    rows = []
    with (
        broadsheet(home, BROADSHEET_RESPONSE_CACHE="off") as compiled,
        broadsheet(home, BROADSHEET_COMPILED="off", BROADSHEET_RESPONSE_CACHE="off") as plain,
    ):
        for name, (query, variables) in cases(compiled).items():
            message = request("/graphql", json.dumps({"query": query, "variables": variables}).encode())
            answer = httpx.post(f"http://127.0.0.1:{compiled.port}/graphql", json={"query": query, "variables": variables})
            with tempfile.NamedTemporaryFile() as body:
                Path(body.name).write_bytes(answer.content)
                with floor(Path(body.name)) as ready_made:
                    for concurrency in concurrencies:
                        results = {
                            "floor": measure(ready_made, message, concurrency, seconds),
                            "compiled": measure(compiled, message, concurrency, seconds),
                            "graphql-core": measure(plain, message, concurrency, seconds),
                        }
                        rows.append(row(name, concurrency, results, compiled.memory()))
                        show(rows[-1])
    return rows


def row(name: str, concurrency: int, results: dict[str, Result], memory: float) -> dict[str, Any]:
    """What came out, as ratios and as figures."""
    rate = {key: result.rate for key, result in results.items()}
    return {
        "case": name,
        "concurrency": concurrency,
        "share of the floor": rate["compiled"] / rate["floor"],
        "times graphql-core": rate["compiled"] / rate["graphql-core"],
        "memory": memory,
        **{key: result._asdict() for key, result in results.items()},
    }


def show(one: dict[str, Any]) -> None:
    """A line a row."""
    ours = one["compiled"]
    print(
        f"{one['case'][:52]:52} c={one['concurrency']:<3} {ours['rate']:7.0f}/s  p50 {ours['p50']:6.2f} ms  p99 {ours['p99']:6.2f} ms  "
        f"cpu {ours['cpu']:6.0f} µs  {ours['size']:7,} B  floor × {one['share of the floor']:.3f}  "
        f"graphql-core × {one['times graphql-core']:.1f}  {one['memory']:.0f} MiB",
        flush=True,
    )


def main() -> None:
    """Measure, print, and maybe write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", default=str(ROOT / "examples" / "archive"))
    parser.add_argument("--home", help="a home that is already filled")
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--concurrency", type=int, nargs="*", default=[1, 16])
    parser.add_argument("--json")
    given = parser.parse_args()
    print(f"{dt.datetime.now(dt.UTC):%Y-%m-%d}, {platform.machine()}, {platform.python_implementation()} {platform.python_version()}")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(given.home) if given.home else Path(folder)
        if not given.home:
            command = [sys.executable, "-m", "gateway.cli", "--home", str(home), "import", given.articles]
            subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        rows = run(home, given.concurrency, given.seconds)
    if given.json:
        Path(given.json).write_text(json.dumps(rows, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
