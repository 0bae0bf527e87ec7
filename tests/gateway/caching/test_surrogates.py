"""By which keys can a cache on the way drop an answer?"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.caching.kept import Kept
from gateway.caching.surrogates import LONGEST, header, purged, spelt
from index.identity import article_id
from index.keys import EVERYTHING
from index.store.store import Change, Outcome
from schema.holding import Holdings
from tests.gateway.caching.conftest import Twins, make

QUERY = '{ articles(filter: {categories: ["a"], year: 2024}) { nodes { slug authors { name } } } article(slug: "none") { title } }'


@pytest.mark.parametrize(("name", "separator"), [("surrogate-key", " "), ("cache-tag", ",")])
def test_an_answer_names_what_it_holds(tmp_path: Path, name: str, separator: str) -> None:
    """Nodes, lists with their scope, and misses; the same from memory, and where it was not modified."""
    twins = Twins(tmp_path, surrogate_keys=name)
    twins.library.add([make("x", categories=("a",), authors=("ada",))])
    twins.library.catch_up()
    first = twins.kept.get(QUERY)
    keys = [f"article:{article_id('path:x')}", "author:ada", "in-category:a", "slug:none"]
    assert first.headers[name].split(separator) == ["broadsheet", *sorted(map(spelt, keys))]
    assert twins.kept.get(QUERY).headers[name] == first.headers[name]
    assert twins.kept.get(QUERY, **{"if-none-match": first.headers["etag"]}).headers[name] == first.headers[name]
    assert name not in twins.kept.get("{ articles(first: 1000) { totalCount } }").headers
    twins.close()


def test_they_can_be_left_out(tmp_path: Path) -> None:
    """Where nobody reads them."""
    twins = Twins(tmp_path, surrogate_keys="off")
    assert not {"surrogate-key", "cache-tag"} & twins.kept.get(QUERY).headers.keys()
    twins.close()


def test_a_change_names_the_keys_of_every_answer_that_it_drops(twins: Twins) -> None:
    """Whatever is dropped here is dropped by a cache that goes by the keys."""
    queries = [QUERY, '{ author(slug: "ada") { articleCount } }', '{ search(query: "quay") { nodes { slug } } }', "{ archives { year } }"]
    twins.library.add([make("x", categories=("a",), authors=("ada",)), make("y", categories=("b",))])
    twins.library.catch_up()
    held = {query: set(twins.kept.get(query).headers["surrogate-key"].split()) for query in queries}
    twins.library.add([make("z", categories=("b",))])
    twins.library.catch_up()
    keys = set(purged(twins.library.store.changes(2)))
    dropped = {query for query in queries if twins.kept.how(query) != "hit"}
    assert dropped == set(queries[2:])
    assert {query for query in queries if held[query] & keys} == dropped


def test_a_header_that_would_be_too_long_has_one_key_that_every_purge_names() -> None:
    """Instead of all."""
    holdings = Holdings()
    holdings.stored = {f"slug:{number}" for number in range(2000)}
    ((_, value),) = header("surrogate-key", Kept("k", b"", holdings))
    assert value == b"broadsheet too-many"
    assert len(value) <= LONGEST
    named = sorted([spelt("article:i"), "articles", "seen", spelt("slug:s")])
    assert purged([Change(1, "i", "s", Outcome.UPDATED, ("seen",))]) == ["too-many", *named]


def test_an_answer_of_hundreds_of_things_names_each() -> None:
    """Within what proxies take where nobody has told them otherwise."""
    holdings = Holdings()
    holdings.stored = {f"slug:{number}" for number in range(300)}
    ((_, value),) = header("surrogate-key", Kept("k", b"", holdings))
    assert len(set(value.split())) == 301
    assert len(value) <= LONGEST


def test_purges_of_nothing_and_of_everything() -> None:
    """No key, or the one that names all answers."""
    assert purged([]) == []
    assert purged([Change(1, "i", "s", Outcome.UPDATED, (EVERYTHING,))]) == ["broadsheet"]


def test_a_key_is_spelt_as_the_documentation_says() -> None:
    """Anybody can work out the key of a thing that they want dropped."""
    assert spelt("seen") == "seen"
    for key in ("slug:a b,c\r\nü", "slug:" + "x" * 3000, "in-tag:fish"):
        assert spelt(key) == base64.b32encode(hashlib.blake2b(key.encode(), digest_size=5).digest()).decode().lower()


@given(st.text())
def test_a_key_is_short_whatever_it_names(name: str) -> None:
    """Without space, comma or line break."""
    assert re.fullmatch(r"[a-z2-7]{8}", spelt(f"slug:{name}"))
