"""What document JSON has to pass before it is kept."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from msgspec.structs import replace

from index.document import (
    Article,
    Author,
    Blockquote,
    Category,
    Cell,
    Column,
    Embed,
    Image,
    ImageBlock,
    List,
    ListItem,
    Mark,
    Paragraph,
    Repair,
    RepairKind,
    Row,
    Section,
    Source,
    SourceFormat,
    Span,
    Table,
)
from index.importers.documents import DEEPEST, body_of, checked
from index.importers.material import Unreadable
from index.importers.repairs import Repairs
from tests.strategies import articles

SOURCE = Source(SourceFormat.MARKDOWN)


def article(*blocks: object, **fields: object) -> Article:
    """An article of these blocks."""
    return Article("One", SOURCE, blocks=blocks, **fields)  # type: ignore[arg-type]  # fields by name


def check(written: Article) -> tuple[Article, list[str]]:
    """What is kept, and what was said."""
    repairs = Repairs()
    return checked(written, repairs), [note.repair.message for note in repairs.notes]


def test_a_sound_document_is_the_same_value() -> None:
    """Nothing is built anew, so nothing can differ."""
    spans = (Span("see "), Span("this", (Mark.STRONG,), "https://a.example/?a=1&b=2"), Span("x", image=Image("/a.png", "x")))
    table = Table("Fees", (Column("Name"),), (Row((Cell("1", column_span=2, blocks=(Paragraph("p"),)),)),))
    written = article(Paragraph("see thisx", spans), table, List(True, 3, (ListItem("i", blocks=(Embed("https://v.example/1"),)),)))
    assert check(written)[0] is written


@given(articles)
def test_a_checked_document_passes_the_check_unchanged(written: Article) -> None:
    """So that export, import and export give the same bytes."""
    once, _ = check(written)
    again, said = check(once)
    assert again is once
    assert not said


def test_the_text_is_what_the_spans_say() -> None:
    """In paragraphs, items, cells and columns, where both are given."""
    spans = (Span("a "), Span("b", (Mark.STRONG,)))
    row = Row((Cell("wrong", spans),))
    written = article(Paragraph("wrong", spans), List(items=(ListItem("wrong", spans),)), Table(None, (Column("wrong", spans),), (row,)))
    paragraph, list_, table = check(written)[0].blocks
    assert isinstance(paragraph, Paragraph)
    assert isinstance(list_, List)
    assert isinstance(table, Table)
    assert {paragraph.text, list_.items[0].text, table.columns[0].name, table.rows[0].cells[0].text} == {"a b"}


def test_addresses_that_run_something_are_left_out_with_a_word() -> None:
    """Links lose theirs, pictures and embeds go."""
    bad = "javascript:alert(1)"
    span = Span("x", href=bad)
    written = article(
        Paragraph("x", (span,)),
        ImageBlock(Image(bad)),
        Embed(bad),
        url=bad,
        image=Image(bad),
        authors=(Author("Ada", url=bad, image=Image(bad)),),
    )
    kept, said = check(written)
    assert kept == article(Paragraph("x", (Span("x"),)), authors=(Author("Ada"),))
    assert len(said) == 7
    assert said[0] == "“javascript:alert(1)” was left out as the article's address: it is no address that a page may use."


def test_an_address_with_a_hidden_break_is_mended() -> None:
    """It is kept as browsers read it."""
    assert check(article(Embed("https://a.example/\nb")))[0] == article(Embed("https://a.example/b"))


@pytest.mark.parametrize("level", [-3, 0, 7, 10**30])
def test_levels_of_headings_are_one_to_six(level: int) -> None:
    """Others are brought to the nearest, which is said."""
    kept, said = check(article(sections=(Section("A", level, sections=(Section("B", 6),)),)))
    assert kept.sections[0].level == (6 if level > 6 else 1)
    assert len(said) == 1


def test_numbers_beyond_all_bounds_are_none() -> None:
    """Whatever they were meant to say."""
    huge = 10**25
    written = article(
        List(True, huge), Table(rows=(Row((Cell("a", column_span=huge, row_span=0),)),)), ImageBlock(Image("/a", "", huge, -1))
    )
    cell = Cell("a", column_span=1000)
    assert check(written)[0] == article(List(True), Table(rows=(Row((cell,)),)), ImageBlock(Image("/a")))


def test_repairs_that_it_brings_along_have_lines_and_confidence_within_bounds() -> None:
    """The others stay as they are."""
    repairs = (Repair(RepairKind.OTHER, "a", 10**12, 7.0), Repair(RepairKind.OTHER, "b", 3, 0.5))
    kept, _ = check(Article("One", replace(SOURCE, repairs=repairs)))
    assert kept.source.repairs == (Repair(RepairKind.OTHER, "a", None, 1.0), repairs[1])


def test_times_have_an_offset_and_a_year_that_can_be_kept() -> None:
    """One without an offset is UTC; the year 1 stands for no date."""
    kept, said = check(article(published_at=dt.datetime(2020, 1, 2), updated_at=dt.datetime(1, 1, 1, tzinfo=dt.UTC)))  # noqa: DTZ001  (the case)
    assert (kept.published_at, kept.updated_at) == (dt.datetime(2020, 1, 2, tzinfo=dt.UTC), None)
    assert said == ["The year 1 was left out: it stands for “no date”."]


def nested(make: object, depth: int, inner: object) -> object:
    """Something within itself."""
    for _ in range(depth):
        inner = make(inner)  # type: ignore[operator]  # fields by name
    return inner


@pytest.mark.parametrize("depth", [DEEPEST, DEEPEST + 1])
def test_nesting_is_bounded(depth: int) -> None:
    """Blocks, sections and categories: as deep as the bound is read, deeper refused."""
    quote = nested(lambda block: Blockquote(blocks=(block,)), depth, Paragraph("x"))
    section = nested(lambda section: Section("A", sections=(section,)), depth - 1, Section("A"))
    category = nested(lambda category: Category("A", parent=category), depth, Category("A"))
    for written in (article(quote), article(sections=(section,)), article(categories=(category,))):
        if depth > DEEPEST:
            with pytest.raises(Unreadable, match=f"nested more than {DEEPEST} deep"):
                check(written)
        else:
            assert check(written)[0] is written


def test_blocks_of_other_programs_are_read_leniently() -> None:
    """Kinds and marks in any case, nulls, numbers as texts; what is not ours becomes its text, with a word."""
    repairs = Repairs()
    blocks, sections = body_of(
        {
            "blocks": [
                None,
                {"kind": "paragraph", "text": "a", "spans": [{"text": "a", "marks": ["strong", "blink", None], "href": None}]},
                {"kind": "carousel", "text": "b"},
                {"kind": "CAROUSEL", "items": []},
            ],
            "sections": [{"heading": "A", "level": "3", "extra": 1}],
        },
        repairs,
    )
    assert blocks == (Paragraph("a", (Span("a", (Mark.STRONG,)),)), Paragraph("b"), Paragraph(""))
    assert sections == (Section("A", 3),)
    assert [note.repair.kind for note in repairs.notes] == [RepairKind.MARKUP_DROPPED] * 3


def test_blocks_of_another_shape_are_refused_with_the_place() -> None:
    """As JavaScript would write it."""
    with pytest.raises(Unreadable, match=r"document JSON has them: Expected str, got object - at blocks\[1\]\.text\."):
        body_of({"blocks": [{"kind": "PARAGRAPH"}, {"kind": "PARAGRAPH", "text": {}}]}, Repairs())
    with pytest.raises(Unreadable, match="nested more than"):
        body_of({"blocks": nested(lambda inner: [inner], 300, 1)}, Repairs())


@pytest.mark.parametrize("block", [{"kind": "PARAGRAPH", "text": "a", "te\ud800": 1}, {"kind": "PARAGRAPH", "te\ud800": "a"}])
def test_half_a_character_in_a_name_is_refused_with_a_sentence(block: dict[str, object]) -> None:
    """It is no defect of ours, and no traceback."""
    with pytest.raises(Unreadable, match="not as document JSON has them"):
        body_of({"blocks": [block]}, Repairs())
