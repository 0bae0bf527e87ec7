"""What do lists, definitions, quotations, tables and footnotes become?"""

import pytest

from index.document import (
    Block,
    Blockquote,
    Cell,
    Code,
    Column,
    Image,
    ImageBlock,
    List,
    ListItem,
    Mark,
    Paragraph,
    RepairKind,
    Row,
    Span,
    Table,
)
from index.importers.flow import Heading
from index.importers.markdown import body
from index.importers.repairs import Repairs


def flow(text: str) -> list[Heading | Block]:
    """What a text becomes, of which nothing has to be said."""
    repairs = Repairs()
    out = body(text, repairs)
    assert repairs.notes == []
    return out


def test_lists() -> None:
    """Lists within lists; the paragraph that an item begins with is its text, what follows is nested."""
    assert flow("- a\n- b\n\n  c\n\n  - d\n    - e\n\n      ```\n      f\n      ```\n") == [
        List(
            items=(
                ListItem("a"),
                ListItem(
                    "b",
                    blocks=(
                        Paragraph("c"),
                        List(items=(ListItem("d", blocks=(List(items=(ListItem("e", blocks=(Code("f"),)),)),)),)),
                    ),
                ),
            )
        )
    ]


def test_numbers() -> None:
    """An ordered list says where it starts unless that is 1."""
    assert flow("1. a\n2. b\n\ntext\n\n7) c") == [
        List(ordered=True, items=(ListItem("a"), ListItem("b"))),
        Paragraph("text"),
        List(ordered=True, start=7, items=(ListItem("c"),)),
    ]


def test_tasks() -> None:
    """A box makes an item a task."""
    assert flow("- [ ] a\n- [x] *b*\n- [X] c\n- [y] d\n- [x]e\n") == [
        List(
            items=(
                ListItem("a", checked=False),
                ListItem("b", (Span("b", (Mark.EMPHASIS,)),), checked=True),
                ListItem("c", checked=True),
                ListItem("[y] d"),
                ListItem("[x]e"),
            )
        )
    ]


def test_an_item_without_text() -> None:
    """An item may begin with a block, or hold nothing."""
    assert flow("- ```\n  a\n  ```\n-\n- # h\n") == [
        List(items=(ListItem(blocks=(Code("a"),)), ListItem(), ListItem("h", (Span("h", (Mark.STRONG,)),))))
    ]


def test_definitions() -> None:
    """Terms are strong items, their definitions nested."""
    assert flow("Ebb\n: Going *out*\n: Low water\n\n  More of it\n\nFlood `x`\n\n: Coming in\n") == [
        List(
            items=(
                ListItem(
                    "Ebb",
                    (Span("Ebb", (Mark.STRONG,)),),
                    blocks=(
                        Paragraph("Going out", (Span("Going "), Span("out", (Mark.EMPHASIS,)))),
                        Paragraph("Low water"),
                        Paragraph("More of it"),
                    ),
                ),
                ListItem(
                    "Flood x",
                    (Span("Flood ", (Mark.STRONG,)), Span("x", (Mark.STRONG, Mark.CODE))),
                    blocks=(Paragraph("Coming in"),),
                ),
            )
        )
    ]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("> a\nlazy\n>\n> - b", Blockquote(blocks=(Paragraph("a lazy"), List(items=(ListItem("b"),))))),
        ("> # h\n> a", Blockquote(blocks=(Paragraph("h", (Span("h", (Mark.STRONG,)),)), Paragraph("a")))),
        ("> a\n> — Ada *Kerr*", Blockquote("Ada Kerr", (Paragraph("a"),))),
        ("> a\n>\n> -- Ada Kerr, [harbour](x)", Blockquote("Ada Kerr, harbour", (Paragraph("a"),))),
        ("> a\n>\n> > b\n> > — Ada", Blockquote(blocks=(Paragraph("a"), Blockquote("Ada", (Paragraph("b"),))))),
        ("> a\n>\n> **— Ada Kerr**", Blockquote("Ada Kerr", (Paragraph("a"),))),
        ("> — only a dash", Blockquote(blocks=(Paragraph("— only a dash"),))),
        ("> [!NOTE]\n> a", Blockquote(blocks=(Paragraph("Note", (Span("Note", (Mark.STRONG,)),)), Paragraph("a")))),
        ("> [!WARNING]- Low water\n> a", Blockquote(blocks=(Paragraph("Low water", (Span("Low water", (Mark.STRONG,)),)), Paragraph("a")))),
    ],
)
def test_quotations(text: str, quote: Blockquote) -> None:
    """A quotation holds blocks, headings as strong paragraphs; a last line behind a dash says whom it is from."""
    assert flow(text) == [quote]


def test_an_empty_quotation() -> None:
    """A quotation of nothing is none."""
    assert flow(">\n") == []


def test_tables() -> None:
    """The header row is the columns; cells hold marks, breaks and images; short rows are filled up."""
    assert flow("| Ship | Berth |\n|:-----|------:|\n| *Ann* | a \\| b<br>c |\n| ![x](x.png) |\n") == [
        Table(
            columns=(Column("Ship"), Column("Berth")),
            rows=(
                Row((Cell("Ann", (Span("Ann", (Mark.EMPHASIS,)),)), Cell("a | b\nc"))),
                Row((Cell("x", (Span("x", (), None, Image("x.png", "x")),)), Cell())),
            ),
        )
    ]


def test_a_table_without_a_header() -> None:
    """A header row without a word is none; a table ends a paragraph."""
    assert flow("text\n|  |  |\n|--|--|\n| a | b |") == [Paragraph("text"), Table(rows=(Row((Cell("a"), Cell("b"))),))]


def test_cells_beyond_the_header_are_named() -> None:
    """GFM leaves them out of the table; what they say stands in a repair, with its line."""
    repairs = Repairs()
    rows = "| 1 | 2 | 3 | *four* |\n| 5 \\| 6 | 7 |\n| 8 || |\n"
    (table,) = body(f"| a | b |\n|---|---|\n{rows}", repairs, first_line=4)
    assert isinstance(table, Table)
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["1", "2"], ["5 | 6", "7"], ["8", ""]]
    assert [(note.repair.kind, note.repair.line, note.repair.message) for note in repairs.notes] == [
        (RepairKind.MARKUP_DROPPED, 6, "A row of a table has more cells than its header; left out: “3 | *four*”.")
    ]


def test_of_many_rows_with_too_many_cells_the_first_are_named() -> None:
    """The others are counted."""
    repairs = Repairs()
    body("| a |\n|---|\n" + "| 1 | 2 |\n" * 30, repairs)
    assert [note.repair.message for note in repairs.notes][20:] == [
        "10 more rows of tables have more cells than their headers, which were left out."
    ]


def test_footnotes() -> None:
    """References are raised links, the notes an ordered list at the end, in the order of their references."""
    assert flow("a[^b]^[inline *note*] c[^b]\n\n[^x]: unused\n[^b]: B\n\n    more\n") == [
        Paragraph(
            "a12 c1",
            (
                Span("a"),
                Span("1", (Mark.SUPERSCRIPT,), "#fn-1"),
                Span("2", (Mark.SUPERSCRIPT,), "#fn-2"),
                Span(" c"),
                Span("1", (Mark.SUPERSCRIPT,), "#fn-1"),
            ),
        ),
        List(
            ordered=True,
            items=(
                ListItem("B", blocks=(Paragraph("more"),)),
                ListItem("inline note", (Span("inline "), Span("note", (Mark.EMPHASIS,)))),
                ListItem("unused"),
            ),
        ),
    ]


def test_notes_in_notes() -> None:
    """A note that only another note refers to is there too."""
    found = flow("a[^1]\n\n[^1]: see[^2]\n[^2]: two\n")
    assert isinstance(found[1], List)
    assert [item.text for item in found[1].items] == ["see2", "two"]


def test_an_image_in_an_item() -> None:
    """An image alone in an item is nested in it."""
    assert flow("- ![a](a.png)\n") == [List(items=(ListItem(blocks=(ImageBlock(Image("a.png", "a")),)),))]


def test_depth_is_bounded() -> None:
    """What is nested too deep becomes running text, none of it is lost, and that is said."""
    repairs = Repairs()
    found = body(">" * 200 + " deep", repairs)
    depth = 0
    block = found[0]
    while isinstance(block, Blockquote):
        block, depth = block.blocks[0], depth + 1
    assert depth == 48
    assert isinstance(block, Paragraph)
    assert block.text.endswith("deep")
    assert [note.repair.message for note in repairs.notes] == ["Blocks nested deeper than 24 lists or 48 quotations became running text."]
