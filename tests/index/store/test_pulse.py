"""Has anybody written?"""

from __future__ import annotations

import subprocess
import sys

import pytest

from index.store.pulse import Pulse
from index.store.store import StoreError


def test_every_process_sees_a_beat(tmp_path):
    """Here of another one, which makes the file; the pulse stays over its end."""
    beat = "import sys; from pathlib import Path; from index.store.pulse import Pulse; Pulse(Path(sys.argv[1])).beat()"
    path = tmp_path / "pulse"
    subprocess.run([sys.executable, "-c", beat, path], check=True)
    pulse = Pulse(path)
    before = pulse.now()
    assert before == pulse.now() is not None
    subprocess.run([sys.executable, "-c", beat, path], check=True)
    assert pulse.now() != before
    pulse.close()


def test_it_says_nothing_while_a_commit_is_on_its_way(open_new, make):
    """Nor after it where nobody beats; the next write does."""
    store = open_new()
    store.database._pulse.hold()
    assert store.pulse() is None
    store.write([make()])
    assert store.pulse() is not None


def test_a_write_of_another_store_over_the_same_file_is_felt(open_new, make):
    """Reading is not."""
    store = open_new()
    other = type(store)(store.database.path)
    before = store.pulse()
    assert other.pulse() == before
    other.summaries(["x"])
    other.write([make()])
    assert store.pulse() == other.pulse() != before
    other.close()


def test_a_closed_store_has_none(open_new):
    """It says so, as of any other read."""
    store = open_new()
    store.close()
    with pytest.raises(StoreError, match="The store is closed"):
        store.pulse()
