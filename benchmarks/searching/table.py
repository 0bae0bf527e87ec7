"""How do the figures look?"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from benchmarks.searching.kinds import Kind

Result = dict[str, Any]
NAMES = {"broadsheet": "Broadsheet", "tantivy": "tantivy", "fts5": "FTS5"}


def progress(size: int, engine: str, measured: Result) -> str:
    """A line while it runs."""
    took = measured["seconds"]
    return f"{size:,} articles, {NAMES[engine]}: built in {took:.0f} s, {measured['memory'][1]:.0f} MiB"


def p50(measured: Result, kind: Kind) -> float | None:
    """The median of a kind's questions, warm."""
    times = measured["times"][kind]
    return None if times[0] is None else statistics.median(times)


def p99(measured: Result, kind: Kind) -> float | None:
    """The slowest but for one in a hundred."""
    times = measured["times"][kind]
    return None if times[0] is None else sorted(times)[min(len(times) - 1, int(len(times) * 0.99))]


def first(measured: Result, kind: Kind) -> float | None:
    """The median of first questions."""
    return statistics.median(one["time"] for one in measured["first"][kind]) if kind in measured["first"] else None


def start(measured: Result) -> float:
    """Seconds from the start of a process to its first answer, at the median of all."""
    return statistics.median(one["since start"] for some in measured["first"].values() for one in some)


def shown(value: float | None, unit: str = "") -> str:
    """A figure with two or three digits."""
    if value is None:
        return "–"
    return f"{value:,.0f}{unit}" if value >= 10 else f"{value:.1f}{unit}" if value >= 1 else f"{value:.2f}{unit}".removeprefix("0")


def whole(results: Sequence[Result]) -> str:
    """Everything, as Markdown."""
    return "\n\n".join(["\n".join(part) for result in results for part in (_searches(result, results[:-1]), _costs(result))])


def _searches(result: Result, smaller: Sequence[Result]) -> Iterator[str]:
    ours = next(iter(NAMES))
    before = next((one for one in reversed(smaller) if one["articles"] < result["articles"]), None)
    growth = f" growth from {before['articles']:,} |" if before else ""
    yield f"{result['articles']:,} articles; milliseconds of CPU time: p50 (p99), and of a process's first question\n"
    yield f"| search | {' | '.join(f'{name} | first' for name in NAMES.values())} |{growth}"
    yield f"|{' --- |' * (1 + 2 * len(NAMES) + bool(before))}"
    for kind in Kind:
        cells: list[str] = [str(kind)]
        for engine in NAMES:
            measured = result["engines"][engine]
            warm = p50(measured, kind)
            cells += ["–" if warm is None else f"{shown(warm)} ({shown(p99(measured, kind))})", shown(first(measured, kind))]
        if before:
            now, then = p50(result["engines"][ours], kind), p50(before["engines"][ours], kind)
            cells.append(f"× {now / then:.1f}" if now and then else "–")
        yield f"| {' | '.join(cells)} |"


def _costs(result: Result) -> Iterator[str]:
    lines: dict[str, Callable[[Result], str]] = {
        "build, seconds (of CPU time)": lambda one: f"{shown(one['seconds'])} ({shown(one['cpu'])})",
        "index on disk, MB": lambda one: shown(one["size"]),
        "memory of a process that has answered everything, MiB": lambda one: shown(one["memory"][0]),
        "start of a process to its first answer, seconds": lambda one: shown(start(one)),
    }
    yield f"| {result['articles']:,} articles | {' | '.join(NAMES.values())} |"
    yield f"|{' --- |' * (1 + len(NAMES))}"
    for name, figure in lines.items():
        yield f"| {name} | {' | '.join(figure(result['engines'][engine]) for engine in NAMES)} |"
    yield ""
    yield from _service(result["service"])


def _service(measured: Result) -> Iterator[str]:
    cold, warm = measured["first round"], measured["end to end"]
    yield (
        f"Over HTTP, ten hits with passages and three facets: p50 {shown(warm['p50'])} ms, p99 {shown(warm['p99'])} ms, "
        f"{shown(warm['cpu'])} ms of CPU time; each word's first request p50 {shown(cold['p50'])} ms, p99 {shown(cold['p99'])} ms. "
        f"First answer {shown(measured['start'])} s after the start."
    )
    for workers, held in measured["memory"].items():
        processes = "process" if workers == "1" else "processes"
        yield f"{workers} {processes}: {shown(held['Pss'])} MiB, or {shown(held['Rss'])} with shared pages counted each time."
