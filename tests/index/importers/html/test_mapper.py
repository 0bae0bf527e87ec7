"""How running text and blocks are told apart."""

from __future__ import annotations

from index.document import Blockquote, Code, Image, ImageBlock, List, Mark, Paragraph, Span, ThematicBreak
from index.importers.flow import Heading
from index.importers.html import fragment
from index.importers.repairs import Repairs


def test_bare_text_and_blocks_alternate() -> None:
    """Text beside blocks is a paragraph of its own, in its place."""
    assert fragment("one<div>two <b>three</b></div>four<hr>five", Repairs()) == [
        Paragraph("one"),
        Paragraph("two three", (Span("two "), Span("three", (Mark.STRONG,)))),
        Paragraph("four"),
        ThematicBreak(),
        Paragraph("five"),
    ]


def test_two_line_breaks_part_paragraphs() -> None:
    """An empty line made of breaks is the end of a paragraph; one break is not."""
    assert fragment("a<br>b<br> <br>c<br><br><br>d", Repairs()) == [Paragraph("a\nb"), Paragraph("c"), Paragraph("d")]


def test_marks_around_blocks_reach_their_text() -> None:
    """An inline element that holds blocks marks and links what stands in them."""
    assert fragment('<a href="https://example.org/"><p>a</p><h2>b</h2></a>', Repairs()) == [
        Paragraph("a", (Span("a", (), "https://example.org/"),)),
        Heading("b"),
    ]


def test_an_image_alone_is_a_block() -> None:
    """An image alone in its paragraph, in a link or beside bare text is an image block; a small one stays in the line."""
    picture = ImageBlock(Image("https://example.org/a.png", "A"))
    base = "https://example.org/"
    assert fragment("<p><img src=a.png alt=A></p><p><a href=big><img src=a.png alt=A></a></p>", Repairs(), base) == [picture, picture]
    assert fragment("<div>x<img src=a.png alt=A>y</div>", Repairs(), base) == [Paragraph("x"), picture, Paragraph("y")]
    small = fragment("<div>x <img src=a.png alt=A width=16></div>", Repairs(), base)
    assert [type(block) for block in small] == [Paragraph]


def test_nesting_is_bounded() -> None:
    """Blocks nested beyond any sense become running text, and nothing of it is lost."""
    repairs = Repairs()
    (block,) = fragment("<blockquote>q" * 60 + "end", repairs)
    depth = 0
    while isinstance(block, Blockquote):
        depth += 1
        *_, block = block.blocks
    assert depth == 25
    assert isinstance(block, Paragraph)
    assert block.text.endswith("end")
    assert "nested more than 24 deep" in repairs.notes[0].repair.message


def test_headings_within_blocks_are_strong_paragraphs() -> None:
    """Lists, quotes and cells hold no headings."""
    strong = Paragraph("H", (Span("H", (Mark.STRONG,)),))
    assert fragment("<blockquote><h2>H</h2></blockquote>", Repairs()) == [Blockquote(blocks=(strong,))]
    (items,) = fragment("<ul><li><h3>H</h3>text</ul>", Repairs())
    assert isinstance(items, List)
    assert (items.items[0].text, items.items[0].spans) == ("H", strong.spans)


def test_details_open() -> None:
    """The summary is a strong paragraph before what it opens."""
    assert fragment("<details><summary>More</summary><pre>x</pre></details>", Repairs()) == [
        Paragraph("More", (Span("More", (Mark.STRONG,)),)),
        Code("x"),
    ]
