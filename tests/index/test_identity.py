"""Who is an article, however often it is read?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.identity import (
    article_id,
    article_key,
    article_of,
    block_id,
    fold_url,
    global_id,
    is_address,
    is_article_id,
    parse_global_id,
    section_id,
)


@pytest.mark.parametrize(
    ("url", "folded"),
    [
        ("HTTPS://Harbour.Example/Path/", "https://harbour.example/Path"),
        ("https://harbour.example/path#part", "https://harbour.example/path"),
        ("https://harbour.example/?q=A", "https://harbour.example?q=A"),
        ("https://User@Harbour.example", "https://User@harbour.example"),
    ],
)
def test_an_address_is_folded(url: str, folded: str) -> None:
    """Case of scheme and host, fragment and trailing slash make no difference; the rest does."""
    assert fold_url(url) == folded


def test_the_key_is_the_first_of_address_given_slug_and_path() -> None:
    """In that order."""
    assert article_key(url="https://H.example/a/", given="a", publication="p", path="x.md") == "url:https://h.example/a"
    assert article_key(url=None, given="a", publication="p", path="x.md") == "slug:p:a"
    assert article_key(url=None, given="", publication="p", path="x.md") == "path:x.md"


@given(st.text(), st.text(st.characters(exclude_categories=["Cs"])))
def test_a_global_id_comes_apart_again(key: str, rest: str) -> None:
    """Type and rest, and nothing else is one."""
    assert is_article_id(article_id(key))
    parts = parse_global_id(global_id("Author", "x" + rest))
    assert parts == ("Author", "x" + rest)


@pytest.mark.parametrize("text", ["", "x", "QXJ0aWNsZQ==", "Ojp4", "ä", "gICA", "QXJ0aWNsZTo="])
def test_what_is_no_global_id_is_none(text: str) -> None:
    """Neither crash nor guess."""
    assert parse_global_id(text) is None
    assert not is_article_id(text)


def test_ids_of_parts_lead_to_their_article() -> None:
    """A section and a block are found through the article that their id holds."""
    article = article_id("path:x.md")
    for id in (section_id(article, "costs"), block_id(article, "Table", b"content", 0)):
        parts = parse_global_id(id)
        assert parts is not None
        assert article_of(parts.rest) == article


def test_only_http_addresses_are_addresses() -> None:
    """A path is not one."""
    assert is_address("https://harbour.example")
    assert not is_address("https://")
    assert not is_address("articles/x.md")
