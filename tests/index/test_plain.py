"""What is the text of a block, a section, an article?"""

import pytest

from index.document import (
    Article,
    Blockquote,
    Cell,
    Code,
    Column,
    Embed,
    Image,
    ImageBlock,
    List,
    ListItem,
    Paragraph,
    Row,
    Section,
    Source,
    SourceFormat,
    Table,
    ThematicBreak,
)
from index.plain import article_text, block_text, excerpt, reading_time, section_text, word_count


def test_lists_have_a_line_an_item() -> None:
    """Marked or numbered, nested ones indented."""
    inner = List(ordered=True, start=3, items=(ListItem("c"), ListItem("d")))
    assert block_text(List(items=(ListItem("a"), ListItem("b", blocks=(inner,))))) == "• a\n• b\n  3. c\n  4. d"


def test_tables_have_a_line_a_row() -> None:
    """Caption and header first, a tab between cells."""
    table = Table("Ports", (Column("Port"), Column("Tons")), (Row((Cell("Old\nQuay"), Cell("1"))),))
    assert block_text(table) == "Ports\nPort\tTons\nOld Quay\t1"
    assert block_text(Table(rows=(Row((Cell("a"), Cell("b"))),))) == "a\tb"


def test_every_other_kind_has_its_text() -> None:
    """An image's is its caption, or what stands for it."""
    image = Image("https://harbour.example/a.png", "A quay")
    assert block_text(Blockquote("Ada Kerr", (Paragraph("x"), Paragraph("y")))) == "x\n\ny\n— Ada Kerr"
    assert block_text(Blockquote(blocks=(Paragraph("x"),))) == "x"
    assert block_text(Code("a = 1")) == "a = 1"
    assert block_text(ImageBlock(image, "The quay")) == "The quay"
    assert block_text(ImageBlock(image)) == "A quay"
    assert block_text(Embed("https://harbour.example/v")) == "https://harbour.example/v"
    assert block_text(ThematicBreak()) == ""


def test_an_articles_text_holds_headings_and_leaves_the_title_out() -> None:
    """Apart by empty lines."""
    section = Section("Costs", blocks=(Paragraph("b"),), sections=(Section("Details", 3),))
    article = Article("Title", Source(SourceFormat.JSON), blocks=(Paragraph("a"), ThematicBreak()), sections=(section,))
    assert article_text(article) == "a\n\nCosts\n\nb\n\nDetails"
    assert section_text(section) == "Costs\n\nb\n\nDetails"


@pytest.mark.parametrize(
    ("text", "length", "cut"),
    [
        ("one two, three", 9, "one two…"),
        ("one", 3, "one"),
        ("onetwothree", 5, "onet…"),
        ("a\n b", 9, "a b"),
        ("abc", 0, ""),
        ("Tokyo " + "港" * 60, 20, "Tokyo " + "港" * 13 + "…"),
        ("Tokyo harbour", 10, "Tokyo…"),
        ("re\u0301sume\u0301", 3, "r…"),
        ("ab👩\u200d👧cd", 5, "ab…"),
        ("ab👍\U0001f3fdcd", 4, "ab…"),
        ("e\u0301e\u0301", 1, "…"),
    ],
)
def test_an_excerpt_is_cut_between_words(text: str, length: int, cut: str) -> None:
    """With an ellipsis, never longer than asked."""
    assert excerpt(text, length) == cut
    assert len(cut) <= length


def test_words_and_reading_time_are_counted() -> None:
    """A hyphenated word is one; a minute is the least."""
    assert word_count("It's a well-known quay: 1,200 t.") == 7
    assert (reading_time(0), reading_time(238), reading_time(239)) == (1, 1, 2)
