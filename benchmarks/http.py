"""What does a request cost, computed and from memory, beside a ready-made answer, graphql-core, Strawberry and peers?

python -m benchmarks.http [--articles PATH] [--peers DIR] [--seconds S] [--concurrency N…] [--json FILE]
python -m benchmarks.http --sizes 2000 100000 [--folder DIR] [--articles PATH]
"""

from __future__ import annotations

import argparse
import contextlib
import json
import signal
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import httpx

from benchmarks import growth
from benchmarks.cases import Picks, cases, pick, titles
from benchmarks.load import Result, get, measure, request
from benchmarks.machine import described
from benchmarks.peers import found
from benchmarks.peers.peer import Peer, running
from benchmarks.servers import ROOT, Server, broadsheet, floor, strawberry

TURNS = 3
OFF = {"BROADSHEET_RESPONSE_CACHE": "off"}
LOOPS = {"strawberry": "auto", "strawberry, our loop": "gateway.loop:loop"}  # auto is what uvicorn takes by itself


def run(home: Path, peers: Path | None, concurrencies: list[int], seconds: float) -> list[dict[str, Any]]:
    """A row for each case and concurrency."""
    rows = []
    with contextlib.ExitStack() as servers:
        kept = servers.enter_context(broadsheet(home))
        computed = {"compiled": servers.enter_context(broadsheet(home, **OFF))}
        computed["graphql-core"] = servers.enter_context(broadsheet(home, BROADSHEET_COMPILED="off", **OFF))
        computed |= {name: servers.enter_context(strawberry(home, loop)) for name, loop in LOOPS.items()}
        others = {peer: servers.enter_context(running(peer, folder)) for peer, folder in found(peers)}
        picks = pick(computed["compiled"])
        for case, (query, variables) in cases(picks).items():
            message = request("/graphql", json.dumps({"query": query, "variables": variables}).encode())
            parameters = {"query": query, "variables": json.dumps(variables)}
            answer = httpx.get(f"http://127.0.0.1:{kept.port}/graphql", params=parameters, headers={"accept-encoding": "identity"})
            check_equal(case, answer.json(), {key: server for key, server in computed.items() if key in LOOPS}, query, variables)
            known = get("/graphql", parameters, if_none_match=answer.headers["etag"])
            with tempfile.NamedTemporaryFile() as body:
                Path(body.name).write_bytes(answer.content)
                with floor(Path(body.name)) as ready_made:
                    asked = {"floor": (ready_made, message), **{key: (server, message) for key, server in computed.items()}}
                    asked |= {"warm": (kept, message), "floor of 304": (ready_made, known), "304": (kept, known)}
                    asked |= {peer.name: (server, message_to(peer, server, picks, case)) for peer, server in others.items()}
                    for concurrency in concurrencies:
                        results = by_turns(asked, concurrency, seconds)
                        memory = {key: server.memory() for key, (server, _) in asked.items()}
                        rows.append(row(titles(picks)[case], concurrency, results, memory, [peer.name for peer in others]))
                        show(rows[-1])
    return rows


def check_equal(name: str, answer: Any, others: dict[str, Server], query: str, variables: dict[str, Any]) -> None:
    """Others have to answer the same."""
    for key, server in others.items():
        body = {"query": query, "variables": variables}
        if httpx.post(f"http://127.0.0.1:{server.port}/graphql", json=body, timeout=60).json()["data"] != answer["data"]:
            sys.exit(f"{name}: {key} answers otherwise")


def message_to(peer: Peer, server: Server, picks: Picks, case: str) -> bytes:
    """What a peer is asked, once it has answered it without errors, and with the article where that is asked for."""
    command, (query, variables) = peer.command(server.port), peer.cases(picks)[case]
    body = {"query": query, "variables": variables}
    answer = httpx.post(f"http://127.0.0.1:{server.port}{command.graphql}", json=body, headers=dict(command.headers), timeout=60)
    if answer.status_code != 200 or "errors" in answer.json() or (case == "article" and picks.slug not in answer.text):
        sys.exit(f"{peer.name} does not answer {case!r} (does it hold the same articles?): {answer.text[:300]}")
    return request(command.graphql, json.dumps(body).encode(), command.headers)


def by_turns(asked: dict[str, tuple[Server, bytes]], concurrency: int, seconds: float) -> dict[str, Result]:
    """What each takes, in turns, so that whatever else the machine does falls on all of them; the middle of what the turns gave."""
    turns = [{key: measure(*one, concurrency, seconds / TURNS) for key, one in asked.items()} for _ in range(TURNS)]
    return {key: Result(*(statistics.median(values) for values in zip(*(turn[key] for turn in turns), strict=True))) for key in asked}


def row(name: str, concurrency: int, results: dict[str, Result], memory: dict[str, float], peers: list[str]) -> dict[str, Any]:
    """What came out, as ratios and as figures; `memory` in MiB."""
    rate = {key: result.rate for key, result in results.items()}
    return {
        "case": name,
        "concurrency": concurrency,
        "share of the floor": rate["compiled"] / rate["floor"],
        **{f"times {key}": rate["compiled"] / rate[key] for key in ("graphql-core", *LOOPS, *peers)},
        "peers": peers,
        "warm, share of the floor": rate["warm"] / rate["floor"],
        "304, share of the floor": rate["304"] / rate["floor of 304"],
        "warm, share of the floor by CPU": results["floor"].cpu / results["warm"].cpu,
        "304, share of the floor by CPU": results["floor of 304"].cpu / results["304"].cpu,
        "memory": memory,
        **{key: result._asdict() for key, result in results.items()},
    }


def show(one: dict[str, Any]) -> None:
    """A line for the floor and one for each way of answering."""
    memory, size = one["memory"], one["compiled"]["size"]
    print(f"{one['case']}, {size:,} B, concurrency {one['concurrency']}")
    print(line("floor", one["floor"], memory["floor"]))
    print(line("computed", one["compiled"], memory["compiled"], f"floor × {one['share of the floor']:.3f}"))
    for key in ("graphql-core", *LOOPS, *one["peers"]):
        print(line(key, one[key], memory[key], f"computed is {one[f'times {key}']:.1f} ×"))
    for key in ("warm", "304"):
        shares = f"floor × {one[f'{key}, share of the floor']:.3f}, by CPU × {one[f'{key}, share of the floor by CPU']:.3f}"
        print(line(key, one[key], memory["warm"], shares), flush=True)


def line(name: str, one: dict[str, Any], memory: float, remark: str = "") -> str:
    """A measurement as text."""
    times = f"p50 {one['p50']:6.2f} ms  p99 {one['p99']:6.2f} ms  cpu {one['cpu']:6.0f} µs"
    return f"  {name:20} {one['rate']:7.0f}/s  {times}  {memory:4.0f} MiB  {remark}".rstrip()


def main() -> None:
    """Measure, print, and maybe write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", default=str(ROOT / "examples" / "archive"))
    parser.add_argument("--home", help="a home that is already filled")
    parser.add_argument("--peers", type=Path, help="a folder in which peers are installed and filled; see benchmarks/README.md")
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--concurrency", type=int, nargs="*", default=[1, 16])
    parser.add_argument("--sizes", type=int, nargs="+", help="measure growth between collections of so many articles, resampled, instead")
    parser.add_argument("--folder", type=Path, help="where those are kept from one run to the next [default: nowhere]")
    parser.add_argument("--json")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("It was ended."))  # so that the servers are ended as well
    print(described())
    with tempfile.TemporaryDirectory() as folder:
        if given.sizes:
            rows: Any = growth.run(given.articles, given.sizes, given.folder or Path(folder), given.seconds)
        else:
            rows = run(filled(given.home, given.articles, Path(folder)), given.peers, given.concurrency, given.seconds)
    if given.json:
        Path(given.json).write_text(json.dumps(rows, indent=1), encoding="utf-8")


def filled(home: str | None, articles: str, folder: Path) -> Path:
    """A home that holds the articles: the one that is given, or a new one in a folder."""
    if home:
        return Path(home)
    command = [sys.executable, "-m", "gateway.cli", "--home", str(folder), "import", articles]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return folder


if __name__ == "__main__":
    main()
