"""Which characters are kept."""

from __future__ import annotations

import re

from hypothesis import given

from index.document import Article, Code, Paragraph, Section, Source, SourceFormat, Tag
from index.encoding import from_json, to_json
from index.importers.fit import fit, fit_text
from tests.strategies import articles


def article(text: str) -> Article:
    """An article that holds this text in its title, a tag, its body and a heading."""
    source = Source(SourceFormat.TEXT)
    return Article(text, source, tags=(Tag(text),), blocks=(Paragraph(text),), sections=(Section(text, blocks=(Code(text),)),))


def test_control_characters_are_taken_out() -> None:
    """Everywhere; tabs and line breaks stay."""
    assert fit(article("a\0b\x1b\x7fc\ufffe\t\n")) == (article("abc\t\n"), 20)


def test_half_a_character_becomes_the_replacement_character() -> None:
    """Nothing that is kept can hold it."""
    assert fit(article("a\ud800b")) == (article("a\ufffdb"), 5)


def test_a_carriage_return_is_a_line_break() -> None:
    """As one is in every format."""
    assert fit_text("a\rb") == "a\nb"


def test_what_only_looks_like_an_escape_stays() -> None:
    """Code is full of backslashes."""
    written = article(r"\u0000 \b \f \r \\u0001")
    assert fit(written) == (written, 0)


@given(articles)
def test_a_sound_article_is_the_same_value(written: Article) -> None:
    """Nothing is built anew."""
    assert fit(written)[0] is written or re.search("[\x7f\ufffe\uffff]", to_json(written).decode())


def test_what_is_fit_can_be_written_and_read() -> None:
    """As document JSON."""
    kept, _ = fit(article("a\0\ud8ff\rb"))
    assert from_json(to_json(kept)) == kept
