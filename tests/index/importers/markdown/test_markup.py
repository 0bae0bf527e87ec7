"""What becomes of raw HTML within Markdown?"""

import pytest

from index.document import (
    Block,
    Cell,
    Code,
    Column,
    Embed,
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


def read(text: str, first_line: int = 1) -> tuple[list[Heading | Block], list[tuple[int | None, RepairKind]]]:
    """What a text becomes, and what has to be said of it."""
    repairs = Repairs()
    out = body(text, repairs, first_line=first_line)
    return out, [(note.repair.line, note.repair.kind) for note in repairs.notes]


def flow(text: str) -> list[Heading | Block]:
    """What a text becomes."""
    return read(text)[0]


def test_elements_in_text() -> None:
    """Elements of running text are its marks and links, beside Markdown's own."""
    assert flow("a <b>c *d*</b> <sup>e</sup> <a href='f'>g</a> H<sub>2</sub>O <kbd>x</kbd>") == [
        Paragraph(
            "a c d e g H2O x",
            (
                Span("a "),
                Span("c ", (Mark.STRONG,)),
                Span("d", (Mark.STRONG, Mark.EMPHASIS)),
                Span(" "),
                Span("e", (Mark.SUPERSCRIPT,)),
                Span(" "),
                Span("g", (), "f"),
                Span(" H"),
                Span("2", (Mark.SUBSCRIPT,)),
                Span("O "),
                Span("x", (Mark.CODE,)),
            ),
        )
    ]


def test_elements_in_headings_and_cells() -> None:
    """In headings they are words, in cells spans."""
    assert flow("## a <em>b</em>\n\n| <b>c</b> | d |\n|---|---|\n| e<br>f | <i>g</i> |") == [
        Heading("a b", 2),
        Table(
            columns=(Column("c", (Span("c", (Mark.STRONG,)),)), Column("d")),
            rows=(Row((Cell("e\nf"), Cell("g", (Span("g", (Mark.EMPHASIS,)),)))),),
        ),
    ]


def test_blocks() -> None:
    """A block of HTML is what the HTML importer makes of it, between the Markdown around it."""
    assert flow(
        "a\n\n<table><tr><th>b</th></tr><tr><td>c</td></tr></table>\n\nd\n\n<h3 id='e'>f</h3>\n<iframe src='https://a.example/g'></iframe>\n"
    ) == [
        Paragraph("a"),
        Table(columns=(Column("b"),), rows=(Row((Cell("c"),)),)),
        Paragraph("d"),
        Heading("f", 3, "e"),
        Embed("https://a.example/g"),
    ]


def test_wrappers_leave_markdown_alone() -> None:
    """Elements without a meaning go, and what they hold stays Markdown, however deep."""
    assert flow('<div class="a">\n<section>\n\n## b {#c}\n\n- [x] d\n\n</section>\n\ne\n\n</div>\n\nf') == [
        Heading("b", 2, "c"),
        List(items=(ListItem("d", checked=True),)),
        Paragraph("e"),
        Paragraph("f"),
    ]


def test_markdown_within_elements() -> None:
    """What stands between an opening and a closing tag belongs to the element, Markdown included."""
    assert flow("<details>\n<summary>More</summary>\n\n- a `b`\n- c\n\n```js\n<d>\n```\n\n</details>\n\ne") == [
        Paragraph("More", (Span("More", (Mark.STRONG,)),)),
        List(items=(ListItem("a b", (Span("a "), Span("b", (Mark.CODE,)))), ListItem("c"))),
        Code("<d>", "js"),
        Paragraph("e"),
    ]
    assert flow("<figure>\n\n![a](a.png)\n\n<figcaption>\n\nb\n\n</figcaption>\n</figure>") == [ImageBlock(Image("a.png", "a"), "b")]


def test_an_element_that_is_never_closed() -> None:
    """It ends with its own lines, and the rest stays Markdown."""
    assert flow("<blockquote>\na\n\n- b\n")[1:] == [List(items=(ListItem("b"),))]


def test_within_a_list() -> None:
    """An element that an item opens does not reach beyond it."""
    found = flow("- a\n\n  <details>\n\n  b\n\n- c\n\n</details>\n")
    assert isinstance(found[0], List)
    assert [item.text for item in found[0].items] == ["a", "c"]


def test_words_in_angle_brackets() -> None:
    """What is no element is text, in a line and alone on it; beside elements too."""
    assert flow("a Vec<T> and <b>c</b> <D>") == [
        Paragraph("a Vec<T> and c <D>", (Span("a Vec<T> and "), Span("c", (Mark.STRONG,)), Span(" <D>")))
    ]
    found, said = read("a\n\n<T>\n*b*\n", 10)
    assert found == [Paragraph("a"), Paragraph("<T> b", (Span("<T> "), Span("b", (Mark.EMPHASIS,))))]
    assert said == [(12, RepairKind.OTHER)]


def test_comments_are_nothing() -> None:
    """Comments are not shown, and nothing is said of them."""
    assert read("a <!-- b --> c\n\n<!-- more -->\n\n<!--\nd\n\ne\n-->\n") == ([Paragraph("a c")], [])


@pytest.mark.parametrize(
    "text",
    ["a\n\n<script>alert(1)</script>", "a\n\n<div onclick='x'>b</div>", "a\n\nc <b onclick='x'>b</b>", "a\n\n<a href='javascript:x'>b</a>"],
)
def test_what_runs_is_removed(text: str) -> None:
    """Scripts, handlers and addresses that run something go, and are said with the line of the file."""
    found, said = read(text, 20)
    assert "alert" not in repr(found)
    assert (22, RepairKind.UNSAFE_REMOVED) in said


def test_lines_in_blocks() -> None:
    """What is said of the third line of a block has that line of the file."""
    _, said = read("a\n\n<ul>\n<li>b</li>\n<li onclick='x'>c</li>\n</ul>\n", 10)
    assert said == [(14, RepairKind.UNSAFE_REMOVED)]


def test_footnotes_and_formulas_within_elements() -> None:
    """References to notes keep their form, formulas theirs."""
    found = flow("<details>\n<summary>a</summary>\n\nb[^1]\n\n$$\nc\n$$\n\n</details>\n\nd <b>e</b>[^1]\n\n[^1]: f\n")
    assert found[1] == Paragraph("b1", (Span("b"), Span("1", (Mark.SUPERSCRIPT,), "#fn-1")))
    assert found[2] == Code("c", "math")
    assert found[3] == Paragraph("d e1", (Span("d "), Span("e", (Mark.STRONG,)), Span("1", (Mark.SUPERSCRIPT,), "#fn-1")))
    assert found[4] == List(ordered=True, items=(ListItem("f"),))


def test_a_broken_tag() -> None:
    """A tag with a quote too many is read as browsers do, and said."""
    found, said = read('<img src="a.png" alt="the part called "B" here" />')
    assert isinstance(found[0], ImageBlock)
    assert found[0].image.url == "a.png"
    assert (1, RepairKind.OTHER) in said


def test_calls_in_code_within_elements() -> None:
    """Code in an element that Markdown stands in keeps its braces."""
    found = flow("<details>\n<summary>a</summary>\n\n    {{ b }}\n\n`{{ c }}`\n\n</details>")
    assert found[1:] == [Code("{{ b }}"), Paragraph("{{ c }}", (Span("{{ c }}", (Mark.CODE,)),))]


def test_escapes_and_entities_beside_elements() -> None:
    """Escapes and entities are read beside elements as elsewhere, in alternative texts too."""
    assert flow("<b>a</b> \\*b\\* Espa&#241;ol ![c\\_d&amp;](e.png)") == [
        Paragraph(
            "a *b* Español c_d&",
            (Span("a", (Mark.STRONG,)), Span(" *b* Español "), Span("c_d&", (), None, Image("e.png", "c_d&"))),
        )
    ]


def test_listings_within_elements() -> None:
    """Code between a template's tags is code within HTML too."""
    assert flow("<p>a</p>{% highlight js %}\nb < c\n{% endhighlight %}<p>d</p>") == [Paragraph("a"), Code("b < c", "js"), Paragraph("d")]


def test_a_comment_before_a_word_in_angle_brackets() -> None:
    """A block that begins with a comment is HTML, whatever follows."""
    assert flow("<!-- a --> b <T>\n\n<T>\n<!-- c -->\nd\n") == [Paragraph("b"), Paragraph("<T>"), Paragraph("d")]


def test_a_tag_that_never_ends() -> None:
    """A block that begins like an element and has no end is read as browsers do."""
    assert flow("<div\na\n\nb\n")[-1] == Paragraph("b")
