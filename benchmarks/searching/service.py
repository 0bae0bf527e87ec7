"""What does a search take end to end, and what do one and four processes hold?

The service over HTTP, asked for ten hits with passages and three facets: a GraphQL query of different words each time, so that nothing that
was kept of an earlier answer is of use.
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from benchmarks.cases import SEARCH
from benchmarks.load import measure, measure_once, request
from benchmarks.servers import Server, broadsheet

SECONDS = 5.0
WORKERS = (1, 4)


def service(home: Path, words: list[str]) -> dict[str, Any]:
    """Milliseconds of wall time (p50, p99) and of CPU time, seconds from the start to the first answer, and MiB by number of processes."""
    messages = [request("/graphql", json.dumps({"query": SEARCH, "variables": {"query": word}}).encode()) for word in words]
    out: dict[str, Any] = {"memory": {}}
    for workers in WORKERS:
        started = time.perf_counter()
        with broadsheet(home, BROADSHEET_WORKERS=str(workers), BROADSHEET_RESPONSE_CACHE="off") as server:
            if workers == 1:
                measure_once(server, messages[:1])
                out["start"] = time.perf_counter() - started
                cold = measure_once(server, messages[1:])
                out["first round"] = {"p50": cold.p50, "p99": cold.p99, "cpu": cold.cpu / 1000}
                result = measure(server, messages, seconds=SECONDS)
                out["end to end"] = {"p50": result.p50, "p99": result.p99, "cpu": result.cpu / 1000}
            else:
                measure(server, messages, concurrency=4 * workers, seconds=SECONDS)
            out["memory"][str(workers)] = shared(server)
    return out


def shared(server: Server) -> dict[str, float]:
    """MiB of a server's processes: what they hold, pages that are shared counted each time and once."""
    files = [Path(f"/proc/{pid}/smaps_rollup") for pid in server.processes()]
    lines = [line.split() for file in files for line in file.read_text(encoding="ascii").splitlines()[1:]]
    return {name: sum(int(line[1]) for line in lines if line[0] == f"{name}:") / 1024 for name in ("Rss", "Pss")}
