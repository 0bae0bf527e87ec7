"""How the bodies of posts become HTML."""

from __future__ import annotations

import pytest

from index.importers.repairs import Repairs
from index.importers.wxr.bodies import html_of


def made(body: str) -> tuple[str, list[str]]:
    """The HTML, and what was said."""
    repairs = Repairs()
    return html_of(body, {}, "1", repairs, 5), [note.repair.message for note in repairs.notes]


def test_a_classic_body_gets_its_paragraphs() -> None:
    """Around its shortcodes as well."""
    assert made("One\n\n[caption]<img src='a'> b[/caption]\n\nTwo") == (
        "<p>One</p><figure><img src='a'><figcaption>b</figcaption></figure><p>Two</p>",
        [],
    )


def test_a_body_of_the_block_editor_has_its_own() -> None:
    """Only the comments that name its blocks are taken off."""
    body = '<!-- wp:paragraph {"a":"-->b"} -->\n<p>One</p>\n<!-- /wp:paragraph -->\n\n<!-- other -->\n<p>Two</p>'
    assert made(body.replace('"-->b"', '"b"'))[0].split() == ["<p>One</p>", "<!--", "other", "-->", "<p>Two</p>"]


def test_blocks_that_wordpress_fills_in_are_said() -> None:
    """Each kind once; those that show nothing are not worth a word."""
    body = "<!-- wp:latest-posts {} /-->\n<!-- wp:search /--><!-- wp:latest-posts /--><!-- wp:more --><!--more--><!-- /wp:more --><!-- wp:spacer /-->"
    assert made(body)[1] == [
        "The block “latest-posts” was 2 times left out: WordPress fills it in when it is shown.",
        "The block “search” was left out: WordPress fills it in when it is shown.",
    ]


@pytest.mark.parametrize("mark", ["<!--more-->", "<!--more Read on-->", "<!-- noteaser -->"])
def test_where_a_teaser_ends_is_no_part_of_the_text(mark: str) -> None:
    """Nothing is lost by it."""
    assert made(f"One\n\n{mark}\n\nTwo") == ("<p>One</p><p>Two</p>", [])


def test_pages_become_one() -> None:
    """Which is said."""
    assert made("One\n<!--nextpage-->\nTwo<!--nextpage-->Three") == (
        "<p>One</p><p>Two</p><p>Three</p>",
        ["It was parted into 3 pages, which are one here."],
    )
