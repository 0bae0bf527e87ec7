"""What headings become."""

from __future__ import annotations

import pytest

from index.document import Image, ImageBlock
from index.importers.flow import Heading
from index.importers.html import fragment
from index.importers.repairs import Repairs


@pytest.mark.parametrize(
    ("markup", "heading"),
    [
        ("<h3>Two <em>words</em></h3>", Heading("Two words", 3)),
        ('<h2 id="fees">Fees</h2>', Heading("Fees", 2, "fees")),
        ('<h2><a name="fees"></a>Fees</h2>', Heading("Fees", 2, "fees")),
        ('<h2><span class="mw-headline" id="Fees">Fees</span><span class="mw-editsection">[edit]</span></h2>', Heading("Fees", 2, "Fees")),
        ('<section id="fees"><h2>Fees</h2></section>', Heading("Fees", 2, "fees")),
        ('<h2 id="fees">Fees <a class="headerlink" href="#fees">¶</a></h2>', Heading("Fees", 2, "fees")),
        ('<h2 id="fees"><a href="#fees"># </a>Fees</h2>', Heading("Fees", 2, "fees")),
        ('<div role="heading" aria-level="4">Fees</div>', Heading("Fees", 4)),
        ('<div role="heading">Fees</div>', Heading("Fees", 2)),
        ("<h2>One<br>line</h2>", Heading("One line", 2)),
    ],
)
def test_headings_have_text_level_and_anchor(markup: str, heading: Heading) -> None:
    """The text is without links that only point to the heading, the anchor is the id by which the page finds it."""
    assert fragment(markup, Repairs()) == [heading]


def test_an_unclosed_heading_ends_at_the_next() -> None:
    """As browsers have it."""
    assert fragment("<h1>a<h2>b</h2>", Repairs()) == [Heading("a", 1), Heading("b", 2)]


def test_pictures_in_headings_stand_before_them() -> None:
    """A heading is text; a heading that only holds a picture is none."""
    picture = ImageBlock(Image("a.png", "A"))
    assert fragment("<h2><img src=a.png alt=A>Fees</h2><h2><img src=a.png alt=A></h2><h3></h3>", Repairs()) == [
        picture,
        Heading("Fees", 2),
        picture,
    ]
