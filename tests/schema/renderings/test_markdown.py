"""How does a document look as Markdown?"""

import pytest
from hypothesis import given
from markdown_it import MarkdownIt

from index.document import (
    Article,
    Block,
    Blockquote,
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
    Row,
    Section,
    Source,
    SourceFormat,
    Span,
    Table,
    ThematicBreak,
)
from schema.renderings.markdown import article_markdown, block_markdown
from tests.strategies import words


@pytest.mark.parametrize(
    ("block", "markdown"),
    [
        (Paragraph("1. a *b* [c]"), r"1\. a \*b\* \[c\]"),
        (Paragraph("# no heading"), r"\# no heading"),
        (Paragraph("a\nb"), "a\\\nb"),
        (
            Paragraph("ab c", (Span("a", (Mark.STRONG,)), Span("b ", (Mark.EMPHASIS,)), Span("c", href="https://harbour.example/(x)"))),
            "**a***b* [c](<https://harbour.example/(x)>)",
        ),
        (Paragraph("x`y", (Span("x`y", (Mark.CODE,)),)), "``x`y``"),
        (Paragraph("2", (Span("2", (Mark.SUPERSCRIPT,)),)), "<sup>2</sup>"),
        (List(ordered=True, start=3, items=(ListItem("a"), ListItem("b"))), "3. a\n4. b"),
        (List(items=(ListItem("a", blocks=(List(items=(ListItem("b", checked=True),)),)),)), "- a\n  - [x] b"),
        (List(items=(ListItem("a", blocks=(Paragraph("b"),)), ListItem("c"))), "- a\n\n  b\n\n- c"),
        (Blockquote("Ada", (Paragraph("x"), Paragraph("y"))), "> x\n>\n> y\n>\n> — Ada"),
        (Code("a ``` b", "python"), "````python\na ``` b\n````"),
        (ImageBlock(Image("/a(b).png", "alt"), "The quay"), "![alt](</a(b).png>)\n\n*The quay*"),
        (Embed("https://video.example/1"), "<https://video.example/1>"),
        (ThematicBreak(), "---"),
        (
            Table(
                "Ports",
                (Column("Port"), Column("a|b")),
                (Row((Cell("x\ny"), Cell("z", blocks=(List(items=(ListItem("i"),)),)))), Row((Cell("w"),))),
            ),
            "*Ports*\n\n| Port | a\\|b |\n| --- | --- |\n| x<br>y | z • i |\n| w |  |",
        ),
    ],
)
def test_each_kind_of_block_has_its_form(block: Block, markdown: str) -> None:
    """CommonMark with GFM's extensions."""
    assert block_markdown(block) == markdown


def test_an_article_has_its_headings_and_keeps_lists_apart() -> None:
    """Two lists in a row stay two; the title is left out."""
    lists = (List(items=(ListItem("a"),)), List(items=(ListItem("b"),)))
    article = Article("Title", Source(SourceFormat.JSON), blocks=lists, sections=(Section("Costs_", 3, "costs", (Paragraph("x"),)),))
    assert article_markdown(article) == "- a\n\n<!-- -->\n\n- b\n\n### Costs\\_\n\nx"


@given(words.map(lambda text: " ".join(text.split())).filter(bool))
def test_any_text_reads_back_as_a_paragraph_of_that_text(text: str) -> None:
    """No character of a text is taken for markup by an independent reader."""
    tokens = MarkdownIt("commonmark").parse(block_markdown(Paragraph(text)))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    inline = tokens[1].children or []
    assert "".join(child.content for child in inline) == text
