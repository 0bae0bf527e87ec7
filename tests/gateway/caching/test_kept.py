"""Which answers are kept, and which of them does a change drop?"""

from __future__ import annotations

from gateway.caching.kept import MOST_REQUESTS, Cache, Kept, Ready
from index.keys import ARTICLES, EVERYTHING
from index.store.store import Change, Outcome
from schema.holding import Holdings


def kept(key: str, *stored: str, listed: tuple[str, ...] = (), size: int = 1000) -> Kept:
    """An answer that holds these keys."""
    holdings = Holdings()
    holdings.stored = set(stored)
    holdings.listed = {(frozenset({one}),) for one in listed}
    return Kept(key, b"x" * size, holdings)


def change(*touched: str, id: str = "i") -> Change:
    """A change of an article."""
    return Change(1, id, "s", Outcome.UPDATED, touched)


def kept_in(cache: Cache, *keys: str) -> list[bool]:
    """Whether these are kept."""
    return [cache.get(key) is not None for key in keys]


def test_it_keeps_to_its_bytes() -> None:
    """What was not asked for since goes first; all that it counted is given back."""
    cache = Cache(60_000)
    for number in range(12):
        cache.keep(kept(f"k{number}"), cache.generation)
        cache.get("k0")
    for number in range(12, 40):
        cache.keep(kept(f"k{number}"), cache.generation)
        cache.get("k0")
    assert cache.bytes <= cache.most_bytes
    assert kept_in(cache, "k0", "k1", "k39") == [True, False, True]
    cache.clear()
    assert (cache.bytes, len(cache), cache._by_stored, cache._by_listed) == (0, 0, {}, {})


def test_lists_that_a_change_is_looked_up_by_alike_are_let_go() -> None:
    """As the lists of an answer are that stand in one topic, one of them in a year as well."""
    cache = Cache(60_000)
    holdings = Holdings()
    fish, seen = frozenset({"in-tag:fish"}), frozenset({"seen"})
    holdings.listed = {(seen, fish), (seen, frozenset({"in-year:2020", "in-year:2021"}), fish)}
    cache.keep(Kept("k", b"x", holdings), cache.generation)
    cache.clear()
    assert (cache.bytes, len(cache), cache._by_listed) == (0, 0, {})


def test_one_that_is_too_large_is_let_go() -> None:
    """It would take the room of many."""
    cache = Cache(10_000)
    cache.keep(kept("k", size=5000), cache.generation)
    small = kept("s", size=10)
    cache.keep(small, cache.generation)
    cache.keep_ready(("GET",), Ready(small, [], [], b"", b"", b"x" * 5000, b""))
    assert (kept_in(cache, "k", "s"), cache.ready) == ([False, True], {})


def test_one_that_a_change_overtook_is_not_kept() -> None:
    """It may hold what was before."""
    cache = Cache(100_000)
    began = cache.generation
    cache.drop_stored([change()])
    cache.keep(kept("k"), began)
    assert kept_in(cache, "k") == [False]


def test_responses_go_with_their_answer() -> None:
    """And no more than some are kept with one."""
    cache = Cache(1_000_000)
    answer = kept("k", "tag:t")
    cache.keep(answer, cache.generation)
    for number in range(MOST_REQUESTS + 3):
        cache.keep_ready(("GET", str(number)), Ready(answer, [(b"a", b"b")], [], b"a: b", b"", b"x", b""))
    assert len(cache.ready) == MOST_REQUESTS
    cache.drop_stored([change("tag:t")])
    assert cache.ready == {}
    cache.keep_ready(("GET", "1"), Ready(answer, [], [], b"", b"", b"x", b""))
    assert cache.ready == {}


def test_a_stale_answer_stays_until_one_of_its_articles_changes() -> None:
    """For when there is no better one."""
    cache = Cache(1_000_000)
    cache.keep(kept("k", "article:a", "tag:t", listed=(ARTICLES,)), cache.generation)
    cache.drop_listed([change()])
    assert (cache.get("k"), cache.get_stale("k") is not None) == (None, True)
    cache.drop_stored([change(id="a")])
    assert (cache.get_stale("k"), cache.bytes) == (None, 0)


def test_a_change_of_which_nothing_is_known_drops_everything() -> None:
    """On either way."""
    cache = Cache(1_000_000)
    for drop in (cache.drop_stored, cache.drop_listed):
        cache.keep(kept("k"), cache.generation)
        drop([change(EVERYTHING)])
        assert cache.get_stale("k") is None
