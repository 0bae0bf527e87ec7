"""Which importer reads what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import SourceFormat
from index.importers.dispatch import finished, read, refused
from index.importers.material import Material, Reading, Rejection, Skipped, Unreadable
from index.importers.pieces import Piece
from index.incoming import Incoming

SOURCES = {
    SourceFormat.HTML: b"<!DOCTYPE html><html><head><title>Night work</title></head><body><article><h1>Night work</h1>"
    b"<p>The council met in the harbour and voted on the breakwater after two years of hearings.</p></article></body></html>",
    SourceFormat.MARKDOWN: b"# Night work\n\nThe *council* met.",
    SourceFormat.TEXT: b"Night work\n\nThe council met in the harbour, and voted on the breakwater after two years.\n",
    SourceFormat.WXR: b'<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><title>Night work</title></item></channel></rss>',
    SourceFormat.FEED: b"<rss><channel><item><title>Night work</title></item></channel></rss>",
    SourceFormat.JSON: b'{"title": "Night work"}',
}


@pytest.mark.parametrize("format", list(SOURCES))
def test_each_format_is_read_by_its_importer(format: SourceFormat) -> None:
    """Found from the content, and the article says which it was."""
    (reading,) = read(Material(SOURCES[format], "a", "a"))
    assert isinstance(reading, Reading)
    assert (reading.article.title, reading.article.source.format) == ("Night work", format)


def test_a_format_that_is_given_counts() -> None:
    """Whatever the content shows."""
    (reading,) = read(Material(b"# Night work\n\n*x*", "a", "a"), SourceFormat.TEXT)
    assert isinstance(reading, Reading)
    assert reading.article.source.format is SourceFormat.TEXT


def test_what_has_no_format_is_rejected() -> None:
    """With the reason that was found."""
    assert list(read(Material(b"", "a.md"))) == [Rejection("a.md", "It is empty.")]


@pytest.mark.parametrize("format", list(SOURCES))
def test_each_piece_is_finished(format: SourceFormat) -> None:
    """Ready to be stored, with the fingerprint that it has or one made from it."""
    content = SOURCES[format]
    if format in (SourceFormat.WXR, SourceFormat.FEED):
        content = b"<item><title>Night work</title></item>"
    (incoming,) = finished(Piece(content, format, "a", "a", "p", "/a", fingerprint="m" if format is SourceFormat.TEXT else ""))
    assert isinstance(incoming, Incoming)
    assert (incoming.article.title, incoming.origin) == ("Night work", "/a")
    assert incoming.fingerprint == "m" if format is SourceFormat.TEXT else len(incoming.fingerprint) == 16


def test_an_object_that_is_no_article_is_skipped_unless_it_was_named() -> None:
    """A record among others is rejected by its line."""
    piece = Piece(b'{"version": 1}', SourceFormat.JSON, "a.json", "a.json", line=3, named=False)
    assert list(finished(piece)) == [Skipped("a.json", "file of another kind")]
    reason = "It has neither a title nor a body: blocks, sections, markdown, html or text."
    named = Piece(piece.content, piece.format, "a.json", "a.json", line=3)
    part = Piece(piece.content, piece.format, "a.json", "a.json", line=3, part=True, named=False)
    assert [list(finished(named)), list(finished(part))] == [[Rejection("a.json", reason)], [Rejection("a.json", reason, 3)]]


def test_a_broken_record_is_rejected_by_its_line() -> None:
    """Even on the first."""
    (rejection,) = finished(Piece(b"nonsense", SourceFormat.JSON, "a.jsonl", "a.jsonl", line=1, part=True))
    assert rejection == Rejection("a.jsonl", "It is not JSON: expecting value at character 1.", 1)


@pytest.mark.parametrize(
    ("error", "reason", "line"),
    [
        (Unreadable("It is odd.", 3), "It is odd.", 3),
        (Unreadable("It is odd."), "It is odd.", None),
        (RecursionError("maximum recursion depth"), "It is nested too deep to be read. Flatten it.", None),
        (MemoryError(), "Reading it takes more memory than there is. Split it.", None),
        (
            KeyError("a\nb"),
            "An importer failed on it, which is a defect of this program (KeyError: 'a\\nb'). Please report it.",
            None,
        ),
    ],
)
def test_whatever_goes_wrong_becomes_a_sentence(error: Exception, reason: str, line: int | None) -> None:
    """The file is named, the program goes on."""
    assert refused(error, Material(b"", "a.md")) == Rejection("a.md", reason, line)


@given(
    st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.sampled_from([None, *SourceFormat]),
)
def test_nothing_that_can_be_in_a_file_gets_an_exception_out(content: bytes, format: SourceFormat | None) -> None:
    """Whatever it is taken for; and no importer fails on it."""
    for outcome in read(Material(content, "a.md", "a.md"), format):
        assert not isinstance(outcome, Rejection) or "defect" not in outcome.reason, outcome.reason
