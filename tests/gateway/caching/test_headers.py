"""What does HTTP say of an answer that may be kept?"""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

from gateway.caching.headers import undated
from tests.gateway.caching.conftest import Twins, make

LIST = "{ articles { nodes { slug } } }"


def test_an_answer_says_for_how_long_it_may_be_kept(twins: Twins) -> None:
    """By its most hasty field; what is no answer, not at all."""
    for _ in range(2):
        assert twins.kept.post("{ site { title } }").headers["cache-control"] == "public, max-age=300"
        assert twins.kept.post("{ articles { totalCount } }").headers["cache-control"] == "public, max-age=30"
        assert twins.kept.post("{").headers["cache-control"] == "no-store"
        assert twins.kept.post("{ articles(first: 1000) { totalCount } }").headers["cache-control"] == "no-store"


def test_while_the_index_is_away_an_old_answer_is_better_than_none(twins: Twins, tmp_path: Path) -> None:
    """It says so, is not kept anywhere, and is given up when one of its articles changes."""
    twins.library.add([make("a")])
    twins.library.catch_up()
    before = twins.kept.get(LIST)
    twins.library.add([make("b")])
    twins.library.catch_up()
    assert twins.kept.how("{ site { title } }") == "fwd=miss"  # whoever asks makes the cache look
    shutil.move(tmp_path / "index" / "manifest.json", tmp_path / "away")
    for _ in range(2):
        old = twins.kept.get(LIST, **{"if-none-match": before.headers["etag"]})
        assert (old.status_code, old.json()) == (200, before.json())
        assert old.headers["cache-status"] == "broadsheet; hit; detail=index-away"
        assert (old.headers["cache-control"], old.headers["warning"]) == ("no-store", '110 - "Response is Stale"')
        assert int(old.headers["age"]) >= 0
        assert "etag" not in old.headers
    twins.library.add([make("a", "Changed")])
    answer = twins.kept.get(LIST)
    assert answer.json()["errors"][0]["extensions"] == {"code": "INDEX_UNAVAILABLE"}
    shutil.move(tmp_path / "away", tmp_path / "index" / "manifest.json")
    twins.library.catch_up()
    assert twins.kept.get(LIST).json() == twins.computed.get(LIST).json()


def test_a_packed_answer_is_the_same_whenever_it_was_made() -> None:
    """What gzip says of the time is left out; what is not packed is not touched."""
    body = LIST.encode() * 100
    early, late = (undated([(b"content-encoding", b"gzip")], gzip.compress(body, mtime=time)) for time in (1, 2))
    assert early == late
    assert gzip.decompress(early) == body
    assert undated([], body) == body
