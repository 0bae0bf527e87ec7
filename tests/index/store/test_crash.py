"""A process that writes is killed at any moment: whatever it had said was stored is there, and of every batch all or nothing."""

import random
import signal
import subprocess
import sys
import textwrap
import time
from collections import Counter
from pathlib import Path

import pytest

from index.store.sqlite import SqliteStore

ROOT = Path(__file__).parents[3]
SIZE = 20
WRITER = textwrap.dedent(
    """
    import itertools, sys
    from pathlib import Path
    from index.document import Article, Author, Category, Paragraph, Source, SourceFormat, Tag
    from index.store.open import open_store
    from index.store.store import Incoming

    def article(round, batch, n):
        category = Category(f"c{n % 3}", parent=Category(f"p{batch % 4}"))
        fields = {"authors": (Author(f"a{n % 5}"),), "categories": (category,), "tags": (Tag("t" if batch % 2 else "T"),)}
        blocks = (Paragraph(f"word {round} " * 200),)
        return Incoming(Article(title=f"{n}", source=Source(SourceFormat.TEXT, location=f"{round}:{batch}"), blocks=blocks, **fields), f"{batch % 7}:{n}")

    store = open_store(f"sqlite:///{sys.argv[1]}", Path("."))
    print("ready", flush=True)
    for batch in itertools.count():
        store.write([article(sys.argv[2], batch, n) for n in range(int(sys.argv[3]))])
        print(f"{sys.argv[2]}:{batch}", flush=True)
        if batch % 5 == 4:
            store.remove([entry[0].id for entry in itertools.islice(store.everything(), int(sys.argv[3]))])
    """
)


def killed_after(path, round, seconds):
    """Run the writer, kill it, and give the batches that it said were stored."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), str(round), str(SIZE)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(seconds)  # somewhere in the middle of it, wherever that is
    process.send_signal(signal.SIGKILL)
    said = process.communicate(timeout=30)[0]
    return [line for line in said.splitlines(keepends=True) if line.endswith("\n")]


@pytest.mark.parametrize("seed", range(6))
def test_a_killed_writer_leaves_whole_batches(tmp_path, seed):
    """Twice on one file, at random moments; the store is sound each time and can be written."""
    path = tmp_path / "x.db"
    chance = random.Random(seed)
    for round in range(2):
        said = killed_after(path, round, chance.uniform(0.005, 0.25))
        store = SqliteStore(path)
        assert store.check() == []
        sources = Counter(entry[0].source.location for entry in store.everything())
        assert all(count == SIZE for count in sources.values()), sources
        changes = store.changes(0, 10**6)
        assert [change.revision for change in changes] == list(range(1, len(changes) + 1))
        written = {
            f"{round}:{int(place)}" for place in (location.split(":")[1] for location in sources if location.startswith(f"{round}:"))
        }
        last = said[-1].strip() if said else None
        assert last is None or last in written or removed_since(last, said), (said, sources)
        store.close()


def removed_since(last, said):
    """Whether the last batch that was said to be stored may have been removed again by the next step."""
    return int(last.split(":")[1]) % 5 == 4
