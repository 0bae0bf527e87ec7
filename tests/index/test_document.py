"""What is an article, and how is it kept as bytes?"""

import msgspec
import pytest
from hypothesis import given

from index.document import Article, List, ListItem, Section, Source, SourceFormat, ThematicBreak
from index.encoding import Body, UnknownVersion, from_blob, from_json, to_blob, to_json
from tests.strategies import articles


@given(articles)
def test_document_json_reads_back_as_the_same_article(article: Article) -> None:
    """Encode, decode, encode: the same value and the same bytes."""
    line = to_json(article)
    assert from_json(line) == article
    assert to_json(from_json(line)) == line
    assert b"\n" not in line


@given(articles)
def test_a_blob_reads_back_as_the_same_body(article: Article) -> None:
    """The store's form of a body loses nothing."""
    body = Body(article.blocks, article.sections)
    assert from_blob(to_blob(body)) == body


def test_a_blob_of_a_later_version_is_refused_with_a_sentence() -> None:
    """A program that is too old says so instead of misreading."""
    blob = to_blob(Body())
    with pytest.raises(UnknownVersion, match="written in version 9"):
        from_blob(b"\x09" + blob[1:])
    with pytest.raises(UnknownVersion, match="version none"):
        from_blob(b"")


def test_a_field_that_this_version_does_not_know_is_passed_over() -> None:
    """What a later minor version adds does not stop this one."""
    line = b'{"title":"T","source":{"format":"JSON","mood":"calm"},"blocks":[{"kind":"THEMATIC_BREAK","colour":"red"}]}'
    assert from_json(line) == Article("T", Source(SourceFormat.JSON), blocks=(ThematicBreak(),))


def test_document_json_names_what_scripts_reach_for_even_where_it_is_empty() -> None:
    """Keys such as `level`, `items` and `text` are always there."""
    article = Article("T", Source(SourceFormat.JSON), sections=(Section("H", blocks=(List(items=(ListItem(),)),)),))
    section = msgspec.json.decode(to_json(article))["sections"][0]
    assert section == {
        "heading": "H",
        "level": 2,
        "anchor": "",
        "blocks": [{"kind": "LIST", "ordered": False, "items": [{"text": ""}]}],
        "sections": [],
    }


def test_values_are_frozen() -> None:
    """Nobody can change a document that others hold."""
    with pytest.raises(AttributeError):
        Article("T", Source(SourceFormat.JSON)).title = "U"  # type: ignore[misc]  # that it cannot be set is the point
