"""What JSON records say."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import Article, Author, Blockquote, Paragraph, RepairKind, Section, Source, SourceFormat, Span, Tag
from index.encoding import from_json, to_json
from index.identity import article_id
from index.importers.dispatch import finished
from index.importers.finish import finish, shown
from index.importers.material import Foreign, Material, Reading, Rejection, Unreadable
from index.importers.pieces import Piece, pieces
from index.importers.records import read, record
from index.importers.splitting import Record
from index.incoming import Incoming
from tests.strategies import articles

DATA = Path(__file__).parents[3] / ".." / "shared" / "data"
OURS = article_id("path:a.md")


def reading(fields: object) -> Reading:
    """What one record says."""
    return record(Record(fields if isinstance(fields, bytes) else json.dumps(fields).encode(), 7))


def article(**fields: object) -> Article:
    """The article of one record."""
    return reading(fields).article


def test_document_json_is_an_article_as_it_stands() -> None:
    """With its id, slug, source, repairs, times and anchors."""
    line = (
        b'{"title":"One","source":{"format":"TEXT","publication":"p","location":"a.txt","importedAt":"2025-01-02T03:04:05Z",'
        b'"contentHash":"00","repairs":[{"kind":"OTHER","message":"m","line":3,"confidence":0.5}]},"id":"%s","slug":"s-1",'
        b'"publishedAt":"2020-01-02T03:04:05+02:00","blocks":[{"kind":"CODE"}],"sections":[{"heading":"A","level":2,"anchor":"x"}],"more":1}'
    ) % OURS.encode()
    read_ = reading(line)
    assert read_.article == from_json(line)
    assert (read_.given, read_.line, read_.content) == ("s-1", 7, line)


def test_an_id_that_is_not_ours_is_the_name_its_source_gives() -> None:
    """In document JSON as well as in any other record."""
    assert reading({"title": "One", "id": 17}).given == "17"
    found = reading({"title": "One", "source": {"format": "JSON"}, "id": "x-1"})
    assert (found.article.id, found.given) == ("", "x-1")


def test_the_slug_goes_before_the_id() -> None:
    """It is what readers see."""
    assert reading({"title": "One", "id": 17, "slug": "one-1"}).given == "one-1"


def test_a_record_of_ours_that_lost_its_source_keeps_its_id() -> None:
    """A string names the publication."""
    found = article(title="One", id=OURS, source="p")
    assert (found.id, found.source) == (OURS, Source(SourceFormat.JSON, "p"))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("The Daily", Source(SourceFormat.JSON, "The Daily")),
        ({"publication": "The Daily"}, Source(SourceFormat.JSON, "The Daily")),
        ({"id": None, "name": "The Daily"}, Source(SourceFormat.JSON, "The Daily")),
        ({"format": "WXR", "publication": "The Daily", "location": None}, Source(SourceFormat.WXR, "The Daily")),
        (None, Source(SourceFormat.JSON)),
        (3, Source(SourceFormat.JSON)),
    ],
)
def test_a_source_is_a_name_or_an_object(source: object, expected: Source) -> None:
    """As document JSON has it, or nearly."""
    assert article(title="One", source=source, text="x").source == expected


def test_the_publication_may_stand_by_itself() -> None:
    """Where the source says nothing."""
    assert article(title="One", publication="The Daily").source.publication == "The Daily"


def test_the_first_body_counts() -> None:
    """Blocks, then Markdown, HTML, text, and where other programs have it."""
    bodies = {"markdown": "*m*", "html": "<p>h</p>", "text": "t", "content": "c", "body": "b"}
    full = {"title": "One", "blocks": [{"kind": "PARAGRAPH", "text": "k"}], **bodies}
    seen = []
    for key in ("blocks", *bodies):
        found = article(**full).blocks[0]
        assert isinstance(found, Paragraph)
        seen.append(found.text)
        del full[key]
    assert seen == ["k", "m", "h", "t", "c", "b"]


def test_a_body_in_document_json_counts_beside_other_bodies() -> None:
    """Even where all else is as we write it."""
    found = article(title="One", source={"format": "JSON"}, markdown="*m*")
    assert found.blocks == (Paragraph("m", (Span("m", found.blocks[0].spans[0].marks),)),)  # type: ignore[union-attr]  # a paragraph
    with_author = article(title="One", source={"format": "JSON"}, blocks=[{"kind": "PARAGRAPH", "text": "k"}], author="Ada Kerr")
    assert with_author.authors == (Author("Ada Kerr", "ada-kerr"),)


def test_clean_text_becomes_paragraphs() -> None:
    """Apart by empty lines; a line break within one stays, blanks are folded."""
    assert article(title="One", text="a  b\r\nc\n\n \n d\n").blocks == (Paragraph("a b\nc"), Paragraph("d"))


def test_content_is_html_where_it_has_elements() -> None:
    """Else it is read as Markdown."""
    for fields in ({"content": "<h2>A</h2><p>b"}, {"body": "## A\n\nb"}):
        assert article(title="One", **fields).sections == (Section("A", 2, blocks=(Paragraph("b"),)),)


def test_a_title_alone_is_an_article() -> None:
    """And so is a body alone."""
    assert article(title="One").title == "One"
    assert article(text="x").blocks == (Paragraph("x"),)


def test_fields_are_found_by_what_they_are_called_elsewhere() -> None:
    """Strings or objects, dates in any form; nulls are as good as missing."""
    found = article(
        title="Tom &amp; Jerry",
        date="May 30th 2024",
        author="Ada Kerr",
        tags=["a", {"name": "B", "slug": "bee"}],
        categories=None,
        draft=None,
    )
    assert (found.title, found.published_at) == ("Tom & Jerry", dt.datetime(2024, 5, 30, tzinfo=dt.UTC))
    assert (found.authors, found.tags) == ((Author("Ada Kerr", "ada-kerr"),), (Tag("a", "a"), Tag("B", "bee")))


def test_a_title_beside_blocks_is_text() -> None:
    """Document JSON has no entities in it, though its nulls are read leniently."""
    assert article(title="Using &amp; in  HTML", subtitle=None, blocks=[{"kind": "CODE"}]).title == "Using &amp; in HTML"


def test_repairs_name_the_line_of_the_record() -> None:
    """Lines within its body are lines of no file."""
    notes = reading({"title": "One", "markdown": "a\n\n<script>x</script>\n\nb"}).repairs.notes
    assert {note.repair.line for note in notes} == {7}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"nonsense", "It is not JSON: expecting value at character 1."),
        (b'{"title": "x"', "It is not JSON: expecting ',' delimiter at character 14."),
        (b'{"title": "x"} {"title": "y"}', "It is not JSON: extra data at character 16."),
        (b"[1]", "A record has to be a JSON object in braces."),
        (b'"x"', "A record has to be a JSON object in braces."),
        (b'{"blocks": [{"kind": "PARAGRAPH", "text": 3}, 5]}', "Its blocks or sections are not as document JSON has them: "),
        (b'{"a":' * 5000, "It is nested more than 64 deep. Flatten it."),
        (
            b'{"title": "x", "blocks": ' + b'[{"kind":"BLOCKQUOTE","blocks":' * 300 + b"[]" + b"}]" * 300 + b"}",
            "It is nested more than 64 deep.",
        ),
    ],
)
def test_a_broken_record_is_refused_with_a_sentence(line: bytes, reason: str) -> None:
    """Never with the words of Python."""
    with pytest.raises(Unreadable) as raised:
        reading(line)
    assert raised.value.reason.startswith(reason)


def test_an_object_without_title_and_body_is_foreign() -> None:
    """It belongs to some other program."""
    with pytest.raises(Foreign, match="neither a title nor a body"):
        reading({"version": 1, "dependencies": {}})


@pytest.mark.parametrize(
    "line",
    [
        b'{"title": "a\\ud800b", "text": "x"}',
        b'{"title": "a\xe9b", "text": "x"}',
        b'{"title": "a\\u0000b", "text": "x"}',
        b'{"title": "ab", "text": "x", "n": 123456789012345678901234567890, "m": 1e999, "o": NaN}',
        b'{"title": "ab", "text": "x", "n": ' + b"1" * 5000 + b"}",
        b'{"title": "a\tb", "text": "x"}',
        b'{"title": "ab", "source": {"format": "JSON"}, "blocks": [{"kind": "LIST", "start": 99999999999999999999}]}',
    ],
)
def test_what_json_libraries_refuse_is_read(line: bytes) -> None:
    """Half characters, bytes of other encodings, numbers beyond all bounds: the article can be written as JSON after all."""
    found = finish(reading(line), Material(line, "a.jsonl", "a.jsonl"), part=True).article
    assert found.title.startswith("a")
    assert from_json(to_json(found)) == found


def test_each_bad_record_is_rejected_by_its_line_and_the_rest_lands() -> None:
    """Lines count from where the material begins in its file."""
    out = list(read(Material(b'{"title": "One"}\n\nbad\n{}\n{"title": "Two"}', "a.jsonl", "a.jsonl", first_line=11)))
    assert [one.article.title if isinstance(one, Reading) else one for one in out] == [
        "One",
        Rejection("a.jsonl", "It is not JSON: expecting value at character 1.", 13),
        Rejection("a.jsonl", "It has neither a title nor a body: blocks, sections, markdown, html or text.", 14),
        "Two",
    ]
    assert [one.line for one in out if isinstance(one, Reading)] == [11, 15]


def test_a_file_that_cannot_be_split_is_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a whole."""
    monkeypatch.setattr("index.importers.splitting.LONGEST_WHOLE", 3)
    (rejection,) = read(Material('{"title": "One"}'.encode("utf-16"), "a.json"))
    assert isinstance(rejection, Rejection)


def exported(article: Article) -> bytes:
    """The article as it is exported after having been stored."""
    line = to_json(article)
    return to_json(shown(finish(reading(line), Material(line, "export.jsonl", "export.jsonl", "folder"), part=True)))


@given(articles)
def test_export_and_import_give_the_same_bytes(written: Article) -> None:
    """Once an article has been stored, it comes back the same from wherever it is put."""
    once = exported(written)
    assert exported(from_json(once)) == once


def test_mending_is_said_once() -> None:
    """An export that is read again says what was mended the first time, and nothing new."""
    written = Article("One", Source(SourceFormat.JSON), id=OURS, slug="one", blocks=(Blockquote(blocks=(Paragraph("a\0"),)),))
    once = exported(written)
    assert [repair.kind for repair in from_json(once).source.repairs] == [RepairKind.OTHER]
    assert exported(from_json(once)) == once


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=9), lambda i: st.lists(i, max_size=3)
    | st.dictionaries(st.sampled_from(["title", "blocks", "sections", "source", "kind", "text", "spans", "authors", "tags", "date", "id", "image", "html"]), i, max_size=5), max_leaves=20))  # fmt: skip  # one strategy
def test_any_json_is_read_or_refused_with_a_sentence(value: object) -> None:
    """Whatever stands where."""
    line = json.dumps(value).encode()
    try:
        found = finish(reading(line), Material(line, "a.jsonl", "a.jsonl"), part=True)
    except Unreadable as unreadable:
        said = unreadable.reason
    else:
        said = to_json(found.article).decode() + "."
    assert said.endswith(".")


@pytest.mark.skipif(not DATA.is_dir(), reason="the shared data is not here")
@pytest.mark.parametrize(
    "pattern", ["frontmatter/*/*.md", "wxr/*.xml", "feeds/**/*.xml", "html/readability/00*/source.html.gz", "flat/00*.txt"]
)
def test_articles_of_every_format_come_back_the_same(pattern: str) -> None:
    """Once they are exported, they are read as they stand: with id, slug, repairs, anchors."""
    paths = sorted(str(path) for path in DATA.glob(pattern))
    articles = [shown(one) for piece in pieces(paths) if isinstance(piece, Piece) for one in finished(piece) if isinstance(one, Incoming)]
    assert len(articles) >= len(paths) // 2
    for one in articles:
        line = to_json(one)
        assert exported(one) == line, one.source.location


@pytest.mark.skipif(not DATA.is_dir(), reason="the shared data is not here")
def test_every_record_of_the_sample_collection_is_an_article() -> None:
    """With title, day, publication and body; a tenth of them is read."""
    with gzip.open(DATA / "articles" / "articles.jsonl.gz") as lines:
        for number, line in enumerate(lines):
            if number % 10 == 0:
                source, found = json.loads(line), reading(line)
                article = finish(found, Material(line, "articles.jsonl.gz", "articles.jsonl.gz"), part=True).article
                assert (article.source.publication, found.given) == (source["source"], source["slug"])
                assert article.published_at is not None
                assert article.published_at.date().isoformat() == source["publishedAt"][:10]
                assert article.blocks or article.sections
                assert [author.name for author in article.authors] == source["authors"]
