"""What do paragraphs, headings, code and rules become?"""

import pytest

from index.document import Block, Code, Image, ImageBlock, Mark, Paragraph, Repair, RepairKind, Span, ThematicBreak
from index.importers.flow import Heading
from index.importers.markdown import body
from index.importers.repairs import Repairs


def flow(text: str, **more: str) -> list[Heading | Block]:
    """What a text becomes, of which nothing has to be said."""
    repairs = Repairs()
    out = body(text, repairs, **more)
    assert repairs.notes == []
    return out


def said(text: str, first_line: int = 1) -> list[Repair]:
    """What has to be said of a text."""
    repairs = Repairs()
    body(text, repairs, first_line=first_line)
    return [note.repair for note in repairs.notes]


def test_paragraphs_are_joined_lines() -> None:
    """A paragraph goes on over line ends, to an empty line."""
    assert flow("The pier\nis  long.\n\n  It stands.\n") == [Paragraph("The pier is long."), Paragraph("It stands.")]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends(line_end: str) -> None:
    """All three kinds of line end are one."""
    assert flow(f"One{line_end}{line_end}Two") == [Paragraph("One"), Paragraph("Two")]


@pytest.mark.parametrize("text", ["one  \ntwo", "one\\\ntwo", "one<br>two", "one <br/> two"])
def test_hard_breaks(text: str) -> None:
    """A hard break is a line break in the text."""
    assert flow(text) == [Paragraph("one\ntwo")]


def test_headings() -> None:
    """Headings of both kinds, as plain text, with their levels."""
    assert flow("# One *two* `three`\n\nFour\n===\n\nFive\nsix\n---\n\n#### Seven ####\n\n####### Eight\n\n#\n") == [
        Heading("One two three", 1),
        Heading("Four", 1),
        Heading("Five six", 2),
        Heading("Seven", 4),
        Paragraph("####### Eight"),
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "## Tides {#the-tides}",
        "## Tides {#the-tides .wide}",
        "## Tides {: #the-tides }",
        "## Tides {/* the-tides */}",
        '## <a name="the-tides"></a>Tides',
        "## Tides <a id='the-tides' />",
    ],
)
def test_anchors_that_headings_give(heading: str) -> None:
    """An anchor is taken off the heading, however it is written."""
    assert flow(heading) == [Heading("Tides", 2, "the-tides")]


def test_what_a_heading_cannot_hold() -> None:
    """Classes go, an image stands below it, a reference to a note is left to the note."""
    assert flow("## Tides {.wide}\n\n## ![A pier](a.png) and [link](https://a.example)[^1]\n\n[^1]: Note")[:3] == [
        Heading("Tides", 2),
        Heading("and link", 2),
        ImageBlock(Image("a.png", "A pier")),
    ]


def test_code() -> None:
    """Code stands as it is written; its language is the first word beside the fence."""
    assert flow(
        "```js{1,3} title=x\nlet a;\n\n\n  b\n```\n\n~~~ {.python}\n~~~\n\n    indented\n\n      more\n\n```rust,ignore\nfn\n```\n"
    ) == [
        Code("let a;\n\n\n  b", "js"),
        Code("indented\n\n  more"),
        Code("fn", "rust"),
    ]


def test_an_open_fence() -> None:
    """A fence that is never closed holds the rest."""
    assert flow("```\na\n# b\n") == [Code("a\n# b")]


def test_formulas() -> None:
    """What stands between double dollars is code in the language `math`; single dollars are money."""
    assert flow("$$\na_b + c_d\n$$\n\nIt cost $5 or $6.") == [Code("a_b + c_d", "math"), Paragraph("It cost $5 or $6.")]


def test_rules() -> None:
    """A rule is a change of subject."""
    assert flow("a\n\n---\n\n* * *\n\n___") == [Paragraph("a"), ThematicBreak(), ThematicBreak(), ThematicBreak()]


def test_images_that_stand_alone() -> None:
    """Images without text beside them are blocks; a title is the caption."""
    assert flow('![A pier](pier.png "Built in 1904")\n\n![a](1.png)\n![b](2.png)\n\n![c][c]\n\n[c]: 3.png') == [
        ImageBlock(Image("pier.png", "A pier"), "Built in 1904"),
        ImageBlock(Image("1.png", "a")),
        ImageBlock(Image("2.png", "b")),
        ImageBlock(Image("3.png", "c")),
    ]


def test_images_in_text() -> None:
    """An image beside text is a span, whose text is the alternative text."""
    assert flow("See ![the *pier*](pier.png) here.") == [
        Paragraph("See the pier here.", (Span("See "), Span("the pier", (), None, Image("pier.png", "the pier")), Span(" here.")))
    ]


def test_linked_images() -> None:
    """A link around an image that stands alone has no place: it is named, unless it leads to an image."""
    assert flow("[![A](a.png)](large.jpg)") == [ImageBlock(Image("a.png", "A"))]
    assert said("text\n\n[![A](a.png)](https://a.example/)", 11) == [
        Repair(RepairKind.MARKUP_DROPPED, "The link of an image to “https://a.example/” has no place in a document.", 13)
    ]


def test_relative_addresses() -> None:
    """Relative addresses are made absolute where the text's own address is known."""
    assert flow("[a](../b) ![](c.png)", base="https://harbour.example/news/1") == [
        Paragraph(
            "a ",
            (
                Span("a", (), "https://harbour.example/b"),
                Span(" "),
                Span("", (), None, Image("https://harbour.example/news/c.png")),
            ),
        )
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:x)",
        "[a](java&#x73;cript:x)",
        "![a](data:text/html,x)",
        "[a][b]\n\n[b]: vbscript:x",
        "<javascript:x>",
    ],
)
def test_unsafe_addresses(text: str) -> None:
    """An address that runs something is removed, and said; the words stay."""
    repairs = Repairs()
    found = body(text, repairs)
    assert isinstance(found[0], Paragraph)
    assert all(span.href is None and span.image is None for span in found[0].spans)
    assert [(note.repair.kind, note.repair.line) for note in repairs.notes] == [(RepairKind.UNSAFE_REMOVED, 1)]


def test_nothing() -> None:
    """An empty text holds nothing."""
    assert flow("") == flow(" \n\n") == flow("<!-- only a comment -->") == []


def test_marks_within_a_paragraph() -> None:
    """The marks of Markdown, alone and within each other."""
    assert flow("*a* __b__ ~~c~~ `d` ***e*** **f *g***") == [
        Paragraph(
            "a b c d e f g",
            (
                Span("a", (Mark.EMPHASIS,)),
                Span(" "),
                Span("b", (Mark.STRONG,)),
                Span(" "),
                Span("c", (Mark.STRIKETHROUGH,)),
                Span(" "),
                Span("d", (Mark.CODE,)),
                Span(" "),
                Span("e", (Mark.EMPHASIS, Mark.STRONG)),
                Span(" "),
                Span("f ", (Mark.STRONG,)),
                Span("g", (Mark.STRONG, Mark.EMPHASIS)),
            ),
        )
    ]
