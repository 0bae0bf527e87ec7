"""What does a search cost, beside tantivy and SQLite FTS5 over the same articles?

python -m benchmarks.search [--articles PATH] [--sizes N…] [--firsts N] [--folder DIR] [--json FILE]

The articles are resampled from those of PATH (`benchmarks.searching.collection`). An index that stands in the folder is not built again.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.machine import described
from benchmarks.searching import table
from benchmarks.searching.asking import ENGINES
from benchmarks.searching.collection import Resampler
from benchmarks.searching.kinds import Kind, Question
from benchmarks.searching.questions import LEARNT_FROM, first_of, questions
from benchmarks.searching.service import service
from benchmarks.servers import ROOT
from index.encoding import from_json, to_json
from index.importers.read import read_all
from index.incoming import Incoming


def child(step: str, engine: str, folder: Path, *arguments: str, asked: dict[Kind, list[Question]] | None = None) -> dict[str, Any]:
    """What one process of `benchmarks.searching.asking` measured."""
    command = [sys.executable, "-m", "benchmarks.searching.asking", step, engine, str(folder), *arguments]
    done = subprocess.run(command, cwd=ROOT, input=json.dumps(asked or {}), capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    out: dict[str, Any] = json.loads(done.stdout)
    return out


def collected(path: str, folder: Path) -> Path:
    """The real articles as a file of document JSON, read once."""
    file = folder / "real.jsonl"
    if not file.exists():
        lines = [to_json(one.article) for one in read_all([path]) if isinstance(one, Incoming)]
        if not lines:
            sys.exit(f"no article was found in {path}")
        file.write_bytes(b"\n".join(lines))
    return file


def built(engine: str, folder: Path, real: Path, size: int) -> Path:
    """The folder with an engine's index of so many articles, built where it does not stand yet; `built.json` has what that took."""
    home = folder / str(size) / engine
    if not (home / "built.json").exists():
        home.mkdir(parents=True, exist_ok=True)
        (home / "built.json").write_text(json.dumps(child("build", engine, home, str(real), str(size))), encoding="utf-8")
    return home


def run(real: Path, size: int, folder: Path, firsts: int) -> dict[str, Any]:
    """All that is measured at one size; `firsts` questions of each kind are asked of a process that has just started."""
    resampler = Resampler([from_json(line) for line in real.read_bytes().splitlines()])
    asked = questions((resampler.article(number) for number in range(min(size, LEARNT_FROM))), size)
    out: dict[str, Any] = {"articles": size, "engines": {}}
    for engine in ENGINES:
        home = built(engine, folder, real, size)
        measured = {**json.loads((home / "built.json").read_text(encoding="utf-8")), **child("warm", engine, home, asked=asked)}
        measured["first"] = {
            kind: [child("first", engine, home, asked={kind: [one]}) for one in first_of(asked[kind], firsts)]
            for kind in Kind
            if measured["times"][kind][0] is not None
        }
        out["engines"][engine] = measured
        print(table.progress(size, engine, measured), file=sys.stderr, flush=True)
    out["service"] = service(folder / str(size) / "broadsheet", [one["query"] for one in asked[Kind.COMMON]])
    return out


def main() -> None:
    """Measure, print, and maybe write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", default=str(ROOT / "examples" / "archive"))
    parser.add_argument("--sizes", type=int, nargs="+", default=[300])
    parser.add_argument("--firsts", type=int, default=1, help="first questions of each kind, a process each [default: 1]")
    parser.add_argument("--folder", type=Path, help="where indexes are kept from one run to the next [default: nowhere]")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    print(described())
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        real = collected(given.articles, folder)
        results = [run(real, size, folder, given.firsts) for size in sorted(given.sizes)]
    if given.json:
        given.json.write_text(json.dumps(results, indent=1), encoding="utf-8")
    print(table.whole(results))


if __name__ == "__main__":
    main()
