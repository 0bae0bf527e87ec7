"""A process that writes the index is killed at any moment: the index is in the state that it had said, or in a later one, and whole."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from index.filters import Selection
from index.search.opening import open_engine
from index.search.whoosh import contents_file, write_contents
from tests.index.search.conftest import entry, filled

ROOT = Path(__file__).parents[3]
WRITER = textwrap.dedent(
    """
    import itertools, sys
    from pathlib import Path
    from index.search.opening import open_engine
    from tests.index.search.test_crash import written
    from tests.index.search.conftest import entry

    def entries(revision):
        return [entry(number, f"Title {number}", f"of revision{revision}") for number in written(kind, revision)]

    kind = sys.argv[2]
    engine = open_engine("whoosh:///index", Path(sys.argv[1]))
    reached = engine.revision() or 0
    print(reached, flush=True)
    for revision in itertools.count(reached + 1):
        if kind == "rebuild" or engine.revision() is None:
            every = (one for before in range(1, revision + 1) for one in entries(before))
            engine.rebuild((one for one in every if one.revision >= revision * 10), revision)
        else:
            engine.lock(60)
            engine.apply(entries(revision), [entry(n).article.id for n in range(revision * 10)], revision)
            engine.unlock()
        print(revision, flush=True)
    """
)
SIZES = {"commit": 30, "merge": 450, "rebuild": 80}


def written(kind: str, revision: int) -> range:
    """The articles that a revision writes; it removes those numbered up to ten times itself."""
    size = SIZES[kind]
    return range(revision * size, (revision + 1) * size)


def living(kind: str, revision: int) -> dict[int, int]:
    """The articles at a revision, and the one that wrote each."""
    every = {number: one for one in range(1, revision + 1) for number in written(kind, one)}
    return {number: one for number, one in every.items() if number >= revision * 10}


def killed_after(home: Path, kind: str, seconds: float) -> int:
    """Run the writer, kill it and all that it started, and give the revision that it had said."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(home), kind], cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(seconds)  # somewhere in the middle of it, wherever that is
    os.killpg(process.pid, signal.SIGKILL)
    said = process.communicate(timeout=30)[0]
    return max((int(line) for line in said.splitlines(keepends=True) if line.endswith("\n")), default=0)


@pytest.mark.parametrize("kind", ["commit", "merge", "rebuild"])
def test_a_killed_writer_leaves_a_whole_index(tmp_path: Path, kind: str) -> None:
    """Four times on one folder, each at another moment: of a commit, a merge beside, a build."""
    chance = random.Random(kind)
    for _ in range(4):
        said = killed_after(tmp_path, kind, chance.uniform(0.05, 0.8))
        engine = open_engine("whoosh:///index", tmp_path, seconds=10)
        reached = engine.revision() or 0
        assert reached >= said
        if reached:
            expected = living(kind, reached)
            assert sorted(revision for _, revision in engine.ids()) == sorted(expected)
            words = [Selection(f"revision{one}") for one in range(1, reached + 1)]
            assert engine.snapshot().count(words) == [list(expected.values()).count(one) for one in range(1, reached + 1)]
            assert engine.check() == []
        engine.close()


def test_whoosh_keeps_what_the_manifest_names_until_there_is_a_newer_one(tmp_path: Path) -> None:
    """As one does that is killed between writing Whoosh's table of contents and the manifest; the next commit sweeps."""
    engine = filled(open_engine("whoosh:///index", tmp_path), entry(1))
    build = tmp_path / "index" / "build-1"
    write_contents(build, [], 2)
    assert engine.check() == []
    engine.lock(10)
    engine.apply([], [entry(1).article.id], 2)
    engine.unlock()
    assert [path.name for path in build.iterdir()] == [contents_file(2)]
    engine.close()
