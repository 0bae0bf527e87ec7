"""Which articles are most like one?"""

from __future__ import annotations

from pathlib import Path

from index.search.opening import open_engine
from tests.index.search.conftest import entry, filled

TEXTS = [
    "the ferry to the quay",
    "a quay and a turbot",
    "turbot and mackerel",
    "mackerel at the ferry",
    "a lighthouse",
    "the lighthouse quay",
]


def test_several_segments_and_deletions_make_no_difference(tmp_path: Path) -> None:
    """Those most like an article are those that an index built anew finds, drafts aside."""
    entries = [entry(number, "x", TEXTS[number % len(TEXTS)] + f" {TEXTS[number % 5]}", visible=number % 4 > 0) for number in range(90)]
    engine = filled(open_engine("whoosh:///index", tmp_path / "a", seconds=10), *entries[:80])
    assert engine.lock(1)
    engine.apply(entries[80:], [one.article.id for one in entries[10:20]], 90)
    engine.unlock()
    fresh = filled(open_engine("whoosh:///index", tmp_path / "b", seconds=10), *entries[:10], *entries[20:])
    ids = [one.article.id for one in entries]
    for preview in (True, False):
        assert engine.snapshot().related(ids, 5, preview=preview) == fresh.snapshot().related(ids, 5, preview=preview)
    assert engine.snapshot().related(ids[10:20], 5, preview=True) == [()] * 10
