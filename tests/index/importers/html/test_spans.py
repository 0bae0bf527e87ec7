"""What the elements of running text become."""

from __future__ import annotations

import pytest

from index.document import Image, Mark, Paragraph, Span
from index.importers.html import fragment, inline
from index.importers.repairs import Repairs


def spans(markup: str, base: str | None = None) -> list[Span]:
    """The spans of running text."""
    return inline(markup, Repairs(), base)


@pytest.mark.parametrize(
    ("tags", "mark"),
    [
        ("strong b", Mark.STRONG),
        ("em i dfn var cite", Mark.EMPHASIS),
        ("code kbd samp tt", Mark.CODE),
        ("s strike del", Mark.STRIKETHROUGH),
        ("sub", Mark.SUBSCRIPT),
        ("sup", Mark.SUPERSCRIPT),
        ("u ins", Mark.UNDERLINE),
        ("mark", Mark.HIGHLIGHT),
    ],
)
def test_elements_become_marks(tags: str, mark: Mark) -> None:
    """Each element that marks text has its mark."""
    for tag in tags.split():
        assert spans(f"a <{tag}>b</{tag}>") == [Span("a "), Span("b", (mark,))]


def test_marks_nest_and_links_carry_them() -> None:
    """Marks add up in the order of nesting, each once, and a link covers all in it."""
    assert spans('<b>one <i>two <b>three</b></i></b> <a href="/x">four <code>five</code></a>', "https://example.org/") == [
        Span("one ", (Mark.STRONG,)),
        Span("two three", (Mark.STRONG, Mark.EMPHASIS)),
        Span(" "),
        Span("four ", (), "https://example.org/x"),
        Span("five", (Mark.CODE,), "https://example.org/x"),
    ]


def test_white_space_folds_and_breaks_stay() -> None:
    """White space is folded as browsers do, and a line break is a line break."""
    assert spans(" a\n  b&nbsp; c <br>\n d ") == [Span("a b c\nd")]


def test_styles_that_writing_programs_use_are_marks() -> None:
    """Bold and italic set by style count; a `b` that is not bold does not."""
    assert spans('<span style="font-weight: 700">a</span> <span style="font-style:italic">b</span>') == [
        Span("a", (Mark.STRONG,)),
        Span(" "),
        Span("b", (Mark.EMPHASIS,)),
    ]
    assert spans('<b style="font-weight:normal">a</b>') == [Span("a")]


def test_an_image_within_text_is_a_span() -> None:
    """Its text is its alternative text, without elements that stand in that by mistake."""
    assert spans('see <img src="a.png" alt="an <b>A</b>" width="12" height="9px"> there', "https://example.org/p/") == [
        Span("see "),
        Span("an A", image=Image("https://example.org/p/a.png", "an A", 12, 9)),
        Span(" there"),
    ]


def test_what_is_no_text_is_left_out() -> None:
    """Drawings, controls and images that only count readers are no text."""
    assert spans('a<svg><text>x</text></svg><button>y</button><input value="z"><img src="t.gif" width="1" height="1">') == [Span("a")]


def test_quotation_marks_and_readings_are_written_out() -> None:
    """`q` has its quotation marks, and a reading stands in brackets, one pair."""
    assert spans("<q>Yes</q> <ruby>漢<rt>kan</rt></ruby> <ruby>字<rp>(</rp><rt>ji</rt><rp>)</rp></ruby>") == [Span("“Yes” 漢(kan) 字(ji)")]


def test_a_block_within_running_text_is_set_off() -> None:
    """Where only running text has a place, a block stands on a line of its own."""
    assert spans("a<p>b</p>c") == [Span("a\nb\nc")]


def test_unsafe_links_keep_their_text() -> None:
    """The text of a link that would run something stays, and a repair says what was removed."""
    repairs = Repairs()
    assert inline('<a href="javascript:alert(1)">x</a> <a href="#">y</a>', repairs) == [Span("x y")]
    assert [note.repair.message for note in repairs.notes] == ["The address of a link was removed: “javascript:alert(1)”."]


def test_an_element_without_a_place_is_said_once() -> None:
    """What has a meaning that articles lack becomes its text, with one repair for each kind."""
    repairs = Repairs()
    assert fragment("<p><ruby>a</ruby> <ruby>b</ruby></p><form><p>c</p></form>", repairs) == [Paragraph("a b"), Paragraph("c")]
    assert [(note.repair.kind.value, note.repair.message[:39]) for note in repairs.notes] == [
        ("MARKUP_DROPPED", "Nothing in an article is like <ruby>; i"),
        ("MARKUP_DROPPED", "Nothing in an article is like <form>; i"),
    ]
