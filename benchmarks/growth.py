"""How does a request's cost grow with the archive?

The same requests of services over collections of different sizes, answers not kept. Each case asks several things in turn: the articles are
the same ones at every size, the words those that as large a share of the articles holds, the months those that hold most. One request
after another, and in turns between the services, so that whatever else the machine does falls on all.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import httpx

from benchmarks.cases import ARCHIVES, ARTICLE, MONTH, NEWEST, SEARCH
from benchmarks.load import Result, measure, request
from benchmarks.search import built, collected
from benchmarks.searching.collection import Resampler
from benchmarks.searching.kinds import Kind
from benchmarks.searching.questions import LEARNT_FROM, questions
from benchmarks.servers import Server, broadsheet
from index.encoding import from_json

TURNS = 3
ARTICLES = 100  # that are asked for in turn
MONTHS = 12
Variables = dict[str, Any]


def asked(real: Path, size: int, archives: list[dict[str, Any]]) -> dict[str, tuple[str, list[Variables]]]:
    """The requests of each case, of a collection with these archives."""
    resampler = Resampler([from_json(line) for line in real.read_bytes().splitlines()])
    words = questions((resampler.article(number) for number in range(min(size, LEARNT_FROM))), size)[Kind.COMMON]
    return {
        "newest 20 with author and categories": (NEWEST, [{}]),
        "articles with all blocks": (ARTICLE, [{"slug": f"resampled-{number}"} for number in range(ARTICLES)]),
        "common words, passages and facets": (SEARCH, [{"query": one["query"]} for one in words]),
        "archives with counts": (ARCHIVES, [{}]),
        "a month's page with counts": (MONTH, fullest(archives)),
    }


def fullest(archives: list[dict[str, Any]]) -> list[Variables]:
    """The months that hold most articles."""
    months = [(month["count"], year["year"], month["month"]) for year in archives for month in year["months"]]
    return [{"year": year, "month": month} for _, year, month in sorted(months, reverse=True)[:MONTHS]]


def grown(smallest: float, largest: float) -> str:
    """How many times as much it is."""
    return f"× {largest / smallest:.2f}"


def table(sizes: Sequence[int], results: dict[str, dict[int, Result]]) -> Iterator[str]:
    """Markdown: a row a case, with each size's CPU time and median, and the growth of both from the smallest to the largest."""
    heads = [f"{size:,}: CPU, p50, p99" for size in sizes]
    yield f"| one request after another, computed | {' | '.join(heads)} | growth of CPU | of p50 |"
    yield f"|{' --- |' * (3 + len(sizes))}"
    for name, by_size in results.items():
        cells = [f"{one.cpu / 1000:.2f}, {one.p50:.2f}, {one.p99:.2f} ms" for one in (by_size[size] for size in sizes)]
        least, most = by_size[sizes[0]], by_size[sizes[-1]]
        yield f"| {name} | {' | '.join(cells)} | {grown(least.cpu, most.cpu)} | {grown(least.p50, most.p50)} |"


def run(articles: str, sizes: Sequence[int], folder: Path, seconds: float) -> dict[str, Any]:
    """Measure and print; the homes that stand in the folder are used as they are."""
    folder.mkdir(parents=True, exist_ok=True)
    real, sizes = collected(articles, folder), sorted(sizes)
    results: dict[str, dict[int, Result]] = {}
    with contextlib.ExitStack() as running:
        homes = {size: built("broadsheet", folder, real, size) for size in sizes}
        servers = {size: running.enter_context(broadsheet(home, BROADSHEET_RESPONSE_CACHE="off")) for size, home in homes.items()}
        cases = {size: asked(real, size, _archives(server)) for size, server in servers.items()}
        for name in cases[sizes[0]]:
            messages = {size: list(_messages(*cases[size][name])) for size in sizes}
            results[name] = _by_turns(servers, messages, seconds)
        memory = {size: server.memory() for size, server in servers.items()}
    print("\n".join(table(sizes, results)))
    print("memory: " + ", ".join(f"{size:,} articles {held:.0f} MiB" for size, held in memory.items()))
    return {"memory": memory, "results": {name: {size: one._asdict() for size, one in some.items()} for name, some in results.items()}}


def _archives(server: Server) -> Any:
    return httpx.post(f"http://127.0.0.1:{server.port}/graphql", json={"query": ARCHIVES}, timeout=60).json()["data"]["archives"]


def _messages(query: str, variables: list[Variables]) -> Iterator[bytes]:
    for one in variables:
        yield request("/graphql", json.dumps({"query": query, "variables": one}).encode())


def _by_turns(servers: dict[int, Server], messages: dict[int, list[bytes]], seconds: float) -> dict[int, Result]:
    """The middle of what the turns gave; what is asked for the first time does not count."""
    found: dict[int, list[Result]] = {size: [] for size in servers}
    for turn, (size, server) in itertools.product(range(TURNS), servers.items()):
        found[size].append(measure(server, messages[size], seconds=seconds / TURNS, warm=0 if turn else seconds))
    return {size: Result(*(statistics.median(values) for values in zip(*some, strict=True))) for size, some in found.items()}
