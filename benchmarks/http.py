"""What does a request cost, computed and from memory, beside a ready-made answer and beside graphql-core alone?

python -m benchmarks.http [--articles PATH] [--seconds S] [--concurrency N…] [--json FILE]
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import platform
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import httpx

from benchmarks.load import Result, get, measure, request
from benchmarks.servers import ROOT, Server, broadsheet, floor

TURNS = 3
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
    off = {"BROADSHEET_RESPONSE_CACHE": "off"}
    with broadsheet(home) as kept, broadsheet(home, **off) as compiled, broadsheet(home, BROADSHEET_COMPILED="off", **off) as plain:
        for name, (query, variables) in cases(compiled).items():
            message = request("/graphql", json.dumps({"query": query, "variables": variables}).encode())
            parameters = {"query": query, "variables": json.dumps(variables)}
            answer = httpx.get(f"http://127.0.0.1:{kept.port}/graphql", params=parameters, headers={"accept-encoding": "identity"})
            known = get("/graphql", parameters, if_none_match=answer.headers["etag"])
            with tempfile.NamedTemporaryFile() as body:
                Path(body.name).write_bytes(answer.content)
                with floor(Path(body.name)) as ready_made:
                    for concurrency in concurrencies:
                        asked = {
                            "floor": (ready_made, message),
                            "compiled": (compiled, message),
                            "graphql-core": (plain, message),
                            "warm": (kept, message),
                            "floor of 304": (ready_made, known),
                            "304": (kept, known),
                        }
                        results = by_turns(asked, concurrency, seconds)
                        rows.append(row(name, concurrency, results, compiled.memory(), kept.memory()))
                        show(rows[-1])
    return rows


def by_turns(asked: dict[str, tuple[Server, bytes]], concurrency: int, seconds: float) -> dict[str, Result]:
    """What each takes, in turns, so that whatever else the machine does falls on all of them; the middle of what the turns gave."""
    turns = [{key: measure(*one, concurrency, seconds / TURNS) for key, one in asked.items()} for _ in range(TURNS)]
    return {key: Result(*(statistics.median(values) for values in zip(*(turn[key] for turn in turns), strict=True))) for key in asked}


def row(name: str, concurrency: int, results: dict[str, Result], memory: float, memory_kept: float) -> dict[str, Any]:
    """What came out, as ratios and as figures."""
    rate = {key: result.rate for key, result in results.items()}
    return {
        "case": name,
        "concurrency": concurrency,
        "share of the floor": rate["compiled"] / rate["floor"],
        "times graphql-core": rate["compiled"] / rate["graphql-core"],
        "warm, share of the floor": rate["warm"] / rate["floor"],
        "304, share of the floor": rate["304"] / rate["floor of 304"],
        "warm, share of the floor by CPU": results["floor"].cpu / results["warm"].cpu,
        "304, share of the floor by CPU": results["floor of 304"].cpu / results["304"].cpu,
        "memory": memory,
        "memory with kept answers": memory_kept,
        **{key: result._asdict() for key, result in results.items()},
    }


def show(one: dict[str, Any]) -> None:
    """Three lines a row: computed, from memory, not modified."""
    print(f"{one['case'][:52]} ({one['compiled']['size']:,} B) c={one['concurrency']}, floor {figures(one['floor'])}")
    print(f"  computed {figures(one['compiled'])}  floor × {one['share of the floor']:.3f}  graphql-core × {one['times graphql-core']:.1f}")
    for key, name in (("warm", "warm    "), ("304", "304     ")):
        rate, cpu = one[f"{key}, share of the floor"], one[f"{key}, share of the floor by CPU"]
        print(f"  {name} {figures(one[key])}  floor × {rate:.3f}, by CPU × {cpu:.3f}", flush=True)


def figures(one: dict[str, Any]) -> str:
    """A measurement as text."""
    return f"{one['rate']:7.0f}/s  p50 {one['p50']:6.2f} ms  p99 {one['p99']:6.2f} ms  cpu {one['cpu']:6.0f} µs"


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
