"""What figures, images and embeds become."""

from __future__ import annotations

import pytest

from index.document import Block, Code, Embed, Image, ImageBlock, List, ListItem, Paragraph, RepairKind, Table
from index.importers.flow import Heading
from index.importers.html import fragment
from index.importers.repairs import Repairs


def read(markup: str, base: str | None = None) -> list[Heading | Block]:
    """What the markup becomes."""
    return fragment(markup, Repairs(), base)


A, B = Image("a.png"), Image("b.png")


@pytest.mark.parametrize(
    "markup",
    [
        "<figure><img src=a.png><figcaption>C <b>c</b></figcaption></figure>",
        "<figure><figcaption>C <i>c</i></figcaption><a href=x><img src=a.png></a></figure>",
        '<div class="wp-caption"><img src=a.png><p class="wp-caption-text">C c</p></div>',
        '<div class="thumbinner"><a href=x><img src=a.png></a><div class="thumbcaption">C c</div></div>',
    ],
)
def test_captions_go_to_their_picture(markup: str) -> None:
    """However a page ties a caption to an image."""
    assert read(markup) == [ImageBlock(A, "C c")]


def test_a_caption_of_several_goes_to_the_last() -> None:
    """Figures in figures keep their own captions."""
    assert read("<figure><img src=a.png><img src=b.png><figcaption>C</figcaption></figure>") == [ImageBlock(A), ImageBlock(B, "C")]
    nested = "<figure><figure><img src=a.png><figcaption>1</figcaption></figure><figure><img src=b.png><figcaption>2</figcaption></figure></figure>"
    assert read(nested) == [ImageBlock(A, "1"), ImageBlock(B, "2")]


def test_other_figures_keep_their_captions() -> None:
    """A table takes a caption, code and embeds are followed by it, and a caption that holds more than text is no caption."""
    (table,) = read("<figure><table><tr><td>1<td>2<tr><td>3<td>4</table><figcaption>C</figcaption></figure>")
    assert isinstance(table, Table)
    assert table.caption == "C"
    assert read("<figure><pre>x</pre><figcaption>C</figcaption></figure>") == [Code("x"), Paragraph("C")]
    assert read("<figure><img src=a.png><figcaption><ul><li>C</ul></figcaption></figure>") == [ImageBlock(A), List(items=(ListItem("C"),))]
    assert read("<figure><img src=a.png><figcaption></figcaption></figure>") == [ImageBlock(A)]


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="data:image/gif;base64,R0" data-src="a.png">',
        '<img src="/img/blank.gif" data-srcset="s.png 100w, a.png 900w">',
        '<img srcset="s.png, a.png 2x">',
        '<picture><source srcset="a.png 2000w, s.png 300w"><img alt=""></picture>',
        '<img src="data:image/gif;base64,R0"><noscript><img src="a.png"></noscript>',
        '<img src="a.png"><noscript><img src="other.png"></noscript>',
        '<noscript><img src="a.png"></noscript>',
    ],
)
def test_the_picture_itself_is_found(markup: str) -> None:
    """Behind what stands in for it until a script runs, and the largest of several sizes."""
    assert read(f"<p>{markup}</p>") == [ImageBlock(A)]


def test_pictures_that_are_none_are_left_out() -> None:
    """Data in an address is no address, and a noscript without a picture is for others."""
    repairs = Repairs()
    assert fragment('<p><img src="data:image/png;base64,AA"></p><noscript>Enable scripts</noscript>', repairs) == []
    assert [note.repair.kind for note in repairs.notes] == [RepairKind.UNSAFE_REMOVED]


@pytest.mark.parametrize(
    ("markup", "url"),
    [
        ('<iframe src="//www.youtube.com/embed/1"></iframe>', "https://www.youtube.com/embed/1"),
        ('<video controls><source src="v.mp4">No video.</video>', "https://example.org/v.mp4"),
        ('<audio src="a.mp3"></audio>', "https://example.org/a.mp3"),
        ('<object data="o.swf"><p>No.</p></object>', "https://example.org/o.swf"),
        ('<object><param name="movie" value="m.swf"></object>', "https://example.org/m.swf"),
        ('<object><embed src="e.swf"></object>', "https://example.org/e.swf"),
        ('<iframe src="about:blank" data-src="https://example.com/"></iframe>', "https://example.com/"),
    ],
)
def test_embeds_have_an_address(markup: str, url: str) -> None:
    """Frames, players and objects."""
    assert read(markup, "https://example.org/") == [Embed(url)]


def test_embeds_without_an_address_are_what_they_hold() -> None:
    """What is said to readers without the player, where there is nothing to play; nothing for a frame."""
    assert read("<video>No video.</video><iframe></iframe>") == [Paragraph("No video.")]
    repairs = Repairs()
    assert fragment('<object data="javascript:x"><p>No.</p></object>', repairs) == [Paragraph("No.")]
    assert repairs.notes[0].repair.kind is RepairKind.UNSAFE_REMOVED


def test_sizes_are_pixels() -> None:
    """Sizes that are no sensible number of pixels are left out."""
    assert read("<p><img src=a.png width=300px height=50%></p>") == [ImageBlock(Image("a.png", "", 300))]
    assert read("<p><img src=a.png width=99999 height=123456></p>") == [ImageBlock(A)]


@pytest.mark.parametrize("srcset", ["data:image/gif;base64,R0 1x", "a.png x, b.png", ","])
def test_sets_of_sizes_that_are_broken_do_no_harm(srcset: str) -> None:
    """The first candidate that is an address, or none."""
    blocks = read(f'<p><img srcset="{srcset}"></p>')
    assert blocks in ([], [ImageBlock(A)])
