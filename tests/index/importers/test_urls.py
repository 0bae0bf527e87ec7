"""Which addresses documents may hold."""

from __future__ import annotations

import nh3
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.importers.urls import is_absolute, joined, path_of, safe_url

BASE = "https://example.org/news/today.html"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " \x01java\nscript:alert(1)",
        "java&#x09;script:alert(1)",
        "&#106;avascript:x",
        "&amp;#106;avascript:x",
        "javascript&colon;x",
        "\u200bjavascript:x",
        "java\u00adscript:x",
        "vbscript:x",
        "data:text/html,<p>",
        "blob:https://example.org/1",
        "ftp://example.org/",
        "http:nothing",
        "http://[",
        "http://example.org:99999/",
        "http://1.2.3.400/",
        "http://[::g]/",
        "http://a<b>/",
        "mailto:",
        "",
        "#",
        "  ",
        "/" * 9000,
    ],
)
def test_what_may_not_stand_is_none(url: str) -> None:
    """A scheme that runs or carries something, hidden or not, and an address that leads nowhere, are refused."""
    assert safe_url(url) is None
    assert safe_url(url, BASE) is None


@pytest.mark.parametrize(
    ("url", "alone", "joined"),
    [
        ("https://example.com/a b", "https://example.com/a%20b", "https://example.com/a%20b"),
        ("http://[::1]:80/", "http://[::1]:80/", "http://[::1]:80/"),
        ("http://u@127.0.0.1:80/", "http://u@127.0.0.1:80/", "http://u@127.0.0.1:80/"),
        ("//cdn.example.com/x", "//cdn.example.com/x", "https://cdn.example.com/x"),
        ("\\\\cdn.example.com\\x", "//cdn.example.com/x", "https://cdn.example.com/x"),
        ("/a?at=12:30", "/a?at=12:30", "https://example.org/a?at=12:30"),
        ("b.html#c", "b.html#c", "https://example.org/news/b.html#c"),
        ("a/b:c", "a/b:c", "https://example.org/news/a/b:c"),
        ("#notes", "#notes", "#notes"),
        ("mailto:a@example.org", "mailto:a@example.org", "mailto:a@example.org"),
        ("tel:+431234", "tel:+431234", "tel:+431234"),
        ("\n/a\tb\n", "/ab", "https://example.org/ab"),
    ],
)
def test_what_may_stand_is_made_absolute(url: str, alone: str, joined: str) -> None:
    """Allowed addresses come back neat, and absolute where the page's address is known."""
    assert safe_url(url) == alone
    assert safe_url(url, BASE) == joined


def test_a_base_that_is_unsafe_or_broken_makes_nothing_unsafe() -> None:
    """The base is as little trusted as the address."""
    assert safe_url("a", "javascript:alert(1)//") in (None, "a")
    assert safe_url("a", "http://[") is None


@pytest.mark.parametrize(("base", "address", "whole"), [("https://[^1]/a", "b", "b"), ("", "//[", "//["), (BASE, "b?c", None)])
def test_a_broken_base_or_address_leaves_the_address_as_it_is(base: str, address: str, whole: str | None) -> None:
    """A sound one is joined."""
    assert joined(base, address) == (whole or safe_url(address, base))


def test_a_broken_address_has_no_path() -> None:
    """It is no reason to leave out what names it."""
    assert path_of("//[x") == ""
    assert path_of("https://example.org/a?b") == "/a"


def test_absolute_addresses_are_known() -> None:
    """An absolute address names a host."""
    assert is_absolute("HTTPS://example.org")
    assert not is_absolute("/a")


@given(
    st.text(max_size=40) | st.from_regex(r"(java|vb)?\s?script\s?:.*|data:.*|(https?:)?//.*", fullmatch=True), st.sampled_from([None, BASE])
)
@example("javascript\t:x", None)
def test_a_sanitiser_finds_nothing_to_remove(url: str, base: str | None) -> None:
    """Whatever comes out, an independent sanitiser keeps as a link."""
    safe = safe_url(url, base)
    if safe is not None:
        shown = safe.replace("&", "&amp;")
        assert nh3.clean(f'<a href="{shown}">x</a>', link_rel=None, url_schemes={"http", "https", "mailto", "tel"}).startswith("<a href=")
