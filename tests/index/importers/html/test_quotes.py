"""What quotations become."""

from __future__ import annotations

import pytest

from index.document import Blockquote, Embed, Paragraph
from index.importers.html import fragment
from index.importers.repairs import Repairs

QUOTE = Blockquote("Ada Kerr", (Paragraph("Yes."),))


@pytest.mark.parametrize(
    "markup",
    [
        "<blockquote><p>Yes.</p><footer>— <cite>Ada Kerr</cite></footer></blockquote>",
        "<blockquote><p>Yes.</p><cite>Ada Kerr</cite></blockquote>",
        "<blockquote><p>Yes.</p><p><cite>Ada Kerr</cite></p>\n</blockquote>",
        '<blockquote><p>Yes.</p><p class="attribution">Ada Kerr</p></blockquote>',
        "<blockquote><p>Yes.</p><p>– Ada Kerr</p></blockquote>",
        "<figure><blockquote>Yes.</blockquote><figcaption>— Ada Kerr</figcaption></figure>",
    ],
)
def test_attributions_are_found(markup: str) -> None:
    """Whom a quotation is from, wherever pages put it."""
    assert fragment(markup, Repairs()) == [QUOTE]


def test_a_quotation_without_one_has_none() -> None:
    """A long last paragraph, or the only one, is no attribution."""
    long = "— " + "word " * 40
    assert fragment(f"<blockquote><p>Yes.</p><p>{long}</p></blockquote><blockquote>— Only this</blockquote>", Repairs()) == [
        Blockquote(blocks=(Paragraph("Yes."), Paragraph(long.strip()))),
        Blockquote(blocks=(Paragraph("— Only this"),)),
    ]
    assert fragment("<blockquote> </blockquote>", Repairs()) == []


def test_a_post_is_quoted_and_embedded() -> None:
    """What a script would turn into a post keeps its text, and the post's address follows."""
    markup = (
        '<blockquote class="twitter-tweet"><p>Tide is out. <a href="https://example.org/x">x</a></p>'
        '<a href="https://twitter.com/harbour/status/1">May 1</a></blockquote>'
    )
    quote, embed = fragment(markup, Repairs())
    assert isinstance(quote, Blockquote)
    assert embed == Embed("https://twitter.com/harbour/status/1")
    gram = '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/1/">y</blockquote>'
    assert fragment(gram, Repairs())[1] == Embed("https://www.instagram.com/p/1/")
    assert len(fragment('<blockquote class="twitter-tweet">z</blockquote>', Repairs())) == 1
