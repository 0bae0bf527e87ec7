"""What of a page a reader sees."""

from __future__ import annotations

import pytest

from index.importers.html.parsing import parse
from index.importers.html.shown import Look, shown, similarity


def seen(markup: str, look: Look) -> str:
    """The text that is seen."""
    body = parse(f"<body>{markup}").first("body")
    assert body is not None
    return shown(body, look).text


def test_the_page_itself_is_left_as_it_is() -> None:
    """A look takes a copy."""
    body = parse("<body><p>a<p class=sidebar>b<noscript><img src=x></noscript>").first("body")
    assert body is not None
    before = body.text
    assert shown(body, Look()).text == "a"
    assert body.text == before == "ab"


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ("Vote put off", "Vote put off", 1.0),
        ("Vote put off", "VOTE: put off!", 1.0),
        ("a", "", 0.0),
        ("", "a", 0.0),
        ("Vote off", "Vote on", 1 - 2 / 7),
    ],
)
def test_texts_are_alike_by_their_words(one: str, other: str, share: float) -> None:
    """The share of the second's characters that stand in words of the first."""
    assert similarity(one, other) == pytest.approx(share)


def test_names_rescue_and_condemn() -> None:
    """What is named as content stays even if it is named as furniture too; a link is never judged by its names."""
    assert seen('<div class="sidebar">a</div><div class="sidebar article">b</div><a class="sidebar">c</a>', Look()) == "bc"
    assert seen('<div class="sidebar">a</div>', Look(strict=False)) == "a"


def test_only_the_first_byline_is_taken() -> None:
    """And none where it is not wanted, or too long to be one."""
    markup = '<p class="byline">By A</p><p class="byline">By B</p>'
    assert seen(markup, Look()) == "By B"
    assert seen(markup, Look(wants_byline=False)) == "By ABy B"
    assert seen(f'<p class="author">{"word " * 40}</p>', Look()).startswith("word word")


def test_a_picture_that_is_hidden_for_machines_only_is_seen() -> None:
    """Wikis hide the fallback of a formula from screen readers."""
    body = parse('<body><img class="mwe-math-fallback-image-inline" aria-hidden="true" alt="x"><p aria-hidden="true">y</p>').first("body")
    assert body is not None
    assert [node.tag for node in shown(body, Look()).elements] == ["img"]
