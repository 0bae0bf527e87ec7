"""What does an import cost?

python -m benchmarks.importing [--articles PATH]
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from typing import NamedTuple

from benchmarks.machine import described
from benchmarks.servers import ROOT


class Run(NamedTuple):
    """What one import took: seconds of wall and CPU time, the largest process's MiB, and what it said at its end."""

    wall: float
    cpu: float
    memory: float
    said: str


def import_once(home: str, path: str) -> Run:
    """Import in a process of its own."""
    started, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "gateway.cli", "--home", home, "import", path]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env={**os.environ, "COLUMNS": "200"})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(time.perf_counter() - started, cpu, after.ru_maxrss / 1024, done.stdout)


def main() -> None:
    """Measure a first and a second import."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", default=str(ROOT / "examples" / "archive"))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        first, second = import_once(home, given.articles), import_once(home, given.articles)
    articles = sum(int(number.replace(",", "")) for number in re.findall(r"([\d,]+) (?:created|updated|unchanged)", first.said))
    rates = f"{articles / first.cpu:.0f} a second of CPU, {articles / first.wall:.0f} of wall time"
    print(described())
    print(f"first   {articles:,} articles: {rates}, {first.memory:.0f} MiB")
    print(f"second  {second.cpu / first.cpu:.3f} of the first's CPU time, {second.wall / first.wall:.3f} of its wall time")


if __name__ == "__main__":
    main()
