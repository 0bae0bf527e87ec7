"""How many documents a second are read, of each format?

python -m benchmarks.reading [--articles PATH…]

Each path is read by `broadsheet read --json` on at most two cores: once, then again given so many times over that the rate is that of
further documents, and what it takes to start is told apart.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from typing import NamedTuple

from benchmarks.machine import described
from benchmarks.servers import ROOT

CORES = 2
FURTHER = 500  # documents, at least, that the rate is measured over


class Run(NamedTuple):
    """What reading took: seconds of wall and CPU time, the largest process's MiB, and the documents by format."""

    wall: float
    cpu: float
    memory: float
    formats: Counter[str]


def read(paths: list[str]) -> Run:
    """Read in a process of its own, with those that it starts."""
    with tempfile.TemporaryFile() as out:
        started = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "gateway.cli", "read", "--json", *paths], cwd=ROOT, stdout=out, stderr=subprocess.DEVNULL
        )
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 1):
            sys.exit(f"Reading {paths[0]} ended with {process.returncode}.")
        out.seek(0)
        formats = Counter(json.loads(line)["source"]["format"] for line in out)
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, formats)


def measure(path: str) -> str:
    """What one path comes to, as a line."""
    once = read([path])
    documents = once.formats.total()
    if not documents:
        return f"{path}: no document"
    times = -(-FURTHER // documents)
    again = read([path] * (1 + times))
    wall, cpu = again.wall - once.wall, again.cpu - once.cpu
    further = again.formats.total() - documents
    formats = ", ".join(f"{count:,} {format}" for format, count in once.formats.most_common())
    rates = f"{further / wall:6.0f} documents a second of wall time, {further / cpu:5.0f} of CPU"
    start = max(0.0, once.wall - documents * wall / further)
    return f"{formats:24} {rates}, after {start:.1f} s to start; {again.memory:.0f} MiB  {path}"


def main() -> None:
    """Measure each path on as many cores as are measured everywhere."""
    parser = argparse.ArgumentParser(description=__doc__)
    archive = ROOT / "examples" / "archive"
    parser.add_argument("--articles", nargs="+", default=[str(path) for path in sorted(archive.iterdir())])
    given = parser.parse_args()
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
    print(described())
    for path in given.articles:
        print(measure(path), flush=True)


if __name__ == "__main__":
    main()
