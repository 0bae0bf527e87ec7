"""What footnotes become."""

from __future__ import annotations

import pytest

from index.document import Block, List, ListItem, Mark, Paragraph, Span
from index.importers.flow import Heading
from index.importers.html import fragment
from index.importers.repairs import Repairs


def read(markup: str) -> list[Heading | Block]:
    """What the markup becomes."""
    return fragment(markup, Repairs())


def reference(text: str, key: str) -> Span:
    """A reference to a note."""
    return Span(text, (Mark.SUPERSCRIPT,), f"#fn-{key}")


@pytest.mark.parametrize(
    ("link", "note", "span"),
    [
        ('<sup id="fnref:1"><a href="#fn:1">1</a></sup>', '<li id="fn:1">Note <a href="#fnref:1">↩</a>', reference("1", "1")),
        (
            '<a class="footnote-ref" href="#fn2"><sup>1</sup></a>',
            '<li id="fn2">Note <a class="footnote-back" href="#r">back</a>',
            reference("1", "2"),
        ),
        (
            '<sup class="reference"><a href="#cite_note-3">[3]</a></sup>',
            '<li id="cite_note-3"><a href="#r">^</a> Note',
            reference("[3]", "3"),
        ),
        ('<a role="doc-noteref" href="#n">*</a>', '<li id="n">Note <a role="doc-backlink" href="#r">up</a>', reference("*", "n")),
        ('<sup><a href="page.html#note-x">1</a></sup>', '<li id="note-x">Note', reference("1", "x")),
    ],
)
def test_references_lead_to_notes(link: str, note: str, span: Span) -> None:
    """A raised or named link to a note has the note's address, and the way back is no text."""
    text, notes = read(f'<p>Text{link}.</p><div class="footnotes"><hr><ol>{note}</ol></div>')
    assert text == Paragraph(f"Text{span.text}.", (Span("Text"), span, Span(".")))
    assert notes == List(ordered=True, items=(ListItem("Note"),))


def test_other_links_within_the_page_stay() -> None:
    """A link to a section, a raised link to another page and a number that is not raised are no notes."""
    for link in ('<a href="#fees">fees</a>', '<sup><a href="https://example.org/#x">1</a></sup>', '<a href="#fees">1</a>'):
        (text, *_) = read(f'<p>{link}</p><h2 id="fees">Fees</h2>')
        assert isinstance(text, Paragraph)
        assert not any((span.href or "").startswith("#fn-") for span in text.spans)


def test_notes_with_alike_ids_are_told_apart() -> None:
    """Two notes never share an address."""
    (text, *_) = read('<p><sup><a href="#fn:1">1</a></sup><sup><a href="#note_1">2</a></sup></p><p id="fn:1">a</p><p id="note_1">b</p>')
    assert isinstance(text, Paragraph)
    assert [span.href for span in text.spans] == ["#fn-1", "#fn-1-2"]


def test_a_raised_link_to_nothing_is_a_link() -> None:
    """Where the page has no such element and the id is no note's, the link stays."""
    (text,) = read('<p><sup><a href="#nowhere">1</a></sup></p>')
    assert isinstance(text, Paragraph)
    assert text.spans == (Span("1", (Mark.SUPERSCRIPT,), "#nowhere"),)
