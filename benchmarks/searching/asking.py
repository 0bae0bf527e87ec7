"""How long does one engine take for each question, and for the first one after it was started?

A process of its own for every measurement: `build` makes an index, `warm` asks every question of every kind, `first` only one. Times are of
the process's CPU, as the machine is shared; each says the milliseconds of every question as JSON on standard output.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.searching.kinds import Kind, Question

ENGINES = ("broadsheet", "tantivy", "fts5")
LONGEST = 10.0  # seconds of one kind's questions that are asked once more


def engine(name: str, folder: Path) -> Any:
    """The engine of this name over a folder; only what it needs is imported."""
    if name == "broadsheet":
        from benchmarks.searching.broadsheet import Broadsheet

        return Broadsheet(folder)
    if name == "tantivy":
        from benchmarks.searching.tantivy import Tantivy

        return Tantivy(folder)
    from benchmarks.searching.fts5 import Fts5

    return Fts5(folder)


def memory() -> tuple[float, float]:
    """MiB that this process holds, and its share of those where pages are shared with others."""
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    sizes = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines[1:]}
    return sizes["Rss"], sizes["Pss"]


def size(folder: Path, names: tuple[str, ...]) -> float:
    """MB on disk of some parts of a folder."""
    return sum(file.stat().st_size for name in names for file in (folder / name).rglob("*") if file.is_file()) / 1e6


def build(side: Any, folder: Path, real: Path, articles: int) -> dict[str, Any]:
    """Make the index."""
    from benchmarks.searching.collection import Resampler
    from index.encoding import from_json

    resampler = Resampler([from_json(line) for line in real.read_bytes().splitlines()])
    started = time.process_time()
    took = side.build(resampler.incoming(0, articles))
    side.close()
    return {"seconds": took, "cpu": time.process_time() - started, "size": size(folder, side.writes)}


def ask(side: Any, kind: Kind, asked: Question) -> float | None:
    """Milliseconds of CPU time that an answer took; None where the engine does not answer such questions."""
    side.forget()
    started = time.process_time()
    answered = side.ask(kind, asked)
    return None if answered is None else (time.process_time() - started) * 1000


def warm(side: Any, questions: dict[Kind, list[Question]]) -> dict[str, Any]:
    """Every question, after each was asked once before where that takes no longer than some seconds."""
    side.open()
    times: dict[str, list[float | None]] = {}
    for kind, asked in questions.items():
        end = time.monotonic() + LONGEST
        for one in asked:
            if time.monotonic() > end:
                break
            ask(side, kind, one)
        times[kind] = [ask(side, kind, one) for one in asked]
    return {"times": times, "memory": memory()}


def first(side: Any, questions: dict[Kind, list[Question]]) -> dict[str, Any]:
    """One question, opening not counted, and the seconds since the process began, opening counted."""
    ((kind, (asked,)),) = questions.items()
    side.open()
    return {"time": ask(side, kind, asked), "since start": time.time() - began()}


def began() -> float:
    """When this process was started, in seconds since the epoch."""
    ticks = int(Path("/proc/self/stat").read_text(encoding="ascii").rpartition(")")[2].split()[19])
    booted = next(line for line in Path("/proc/stat").read_text(encoding="ascii").splitlines() if line.startswith("btime"))
    return int(booted.split()[1]) + ticks / 100


def main() -> None:
    """What the command line asks for: STEP ENGINE FOLDER, and REAL ARTICLES for `build`; else the questions on standard input."""
    step, name, folder, *rest = sys.argv[1:]
    side = engine(name, Path(folder))
    if step == "build":
        done = build(side, Path(folder), Path(rest[0]), int(rest[1]))
    else:
        questions = msgspec.json.decode(sys.stdin.buffer.read(), type=dict[Kind, list[dict[str, Any]]])
        done = warm(side, questions) if step == "warm" else first(side, questions)
    print(json.dumps(done))


if __name__ == "__main__":
    main()
