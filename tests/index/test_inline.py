"""How is running text put together from spans?"""

from hypothesis import given

from index.document import Image, Mark, Paragraph, Span
from index.inline import normalise, paragraph, running, spans_of
from tests.strategies import runs

STRONG = (Mark.STRONG,)


def test_neighbours_that_are_marked_alike_become_one_span() -> None:
    """Text that a source happens to split is one run."""
    assert normalise([Span("a", STRONG), Span("b", STRONG), Span("c")]) == (Span("ab", STRONG), Span("c"))


def test_blanks_are_folded_across_spans_and_trimmed_at_both_ends() -> None:
    """As a browser shows them."""
    assert normalise([Span("  a \t"), Span(" b", STRONG), Span(" \u00a0 ")]) == (Span("a "), Span("b", STRONG))


def test_a_line_break_stays_and_takes_the_blanks_around_it() -> None:
    """A hard break is a line break in the text."""
    assert running([Span("a  \n  b")]) == ("a\nb", ())
    assert running([Span("a "), Span("\n b", STRONG)])[0] == "a\nb"


def test_plain_text_has_no_spans() -> None:
    """Nothing is said twice."""
    assert paragraph([Span("a"), Span("b")]) == Paragraph("ab")
    assert spans_of("ab", ()) == (Span("ab"),)
    assert spans_of("", ()) == ()


def test_an_image_without_text_is_kept() -> None:
    """Its span is more than its text."""
    image = Span("", image=Image("https://harbour.example/a.png"))
    assert running([Span(" "), image, Span(" ")]) == ("", (image,))


@given(runs)
def test_normalising_twice_changes_nothing(run: tuple[str, tuple[Span, ...]]) -> None:
    """The text is the spans' texts joined, and neat spans stay as they are."""
    text, neat = run
    assert "".join(span.text for span in spans_of(text, neat)) == text
    assert normalise(neat) == neat
