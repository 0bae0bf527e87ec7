"""How does a document look as HTML?"""

import pytest
from hypothesis import given

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
from schema.renderings.html import article_html, block_html
from tests.sanitiser import sanitised
from tests.strategies import articles


@pytest.mark.parametrize(
    ("block", "html"),
    [
        (Paragraph("a < b"), "<p>a &lt; b</p>"),
        (
            Paragraph("ab", (Span("a", (Mark.STRONG, Mark.EMPHASIS)), Span("b", href="https://harbour.example/?x=1&y=2"))),
            '<p><strong><em>a</em></strong><a href="https://harbour.example/?x=1&amp;y=2">b</a></p>',
        ),
        (Paragraph("a\nb"), "<p>a<br>b</p>"),
        (List(ordered=True, start=3, items=(ListItem("a"), ListItem("b", checked=True))), '<ol start="3"><li>a</li><li>☑ b</li></ol>'),
        (List(items=(ListItem("a", blocks=(List(items=(ListItem("b", checked=False),)),)),)), "<ul><li>a<ul><li>☐ b</li></ul></li></ul>"),
        (
            Table("Ports", (Column("Port"),), (Row((Cell("Old Quay", header=True, row_span=2, column_span=3),)),)),
            (
                '<table><caption>Ports</caption><thead><tr><th scope="col">Port</th></tr></thead>'
                '<tbody><tr><th colspan="3" rowspan="2">Old Quay</th></tr></tbody></table>'
            ),
        ),
        (Blockquote("Ada", (Paragraph("x"),)), "<blockquote><p>x</p><p><cite>Ada</cite></p></blockquote>"),
        (Code("a <b>", "python"), '<pre><code class="language-python">a &lt;b&gt;</code></pre>'),
        (
            ImageBlock(Image("/a.png", 'A "quay"', 3, 4), "The quay"),
            '<figure><img src="/a.png" alt="A &quot;quay&quot;" width="3" height="4"><figcaption>The quay</figcaption></figure>',
        ),
        (Embed("https://video.example/1"), '<p><a href="https://video.example/1">https://video.example/1</a></p>'),
        (ThematicBreak(), "<hr>"),
    ],
)
def test_each_kind_of_block_has_its_element(block: Block, html: str) -> None:
    """Text escaped, marks as elements."""
    assert block_html(block) == html


def test_an_address_that_runs_something_is_left_out() -> None:
    """Whatever a document holds, its text stays and its address goes."""
    assert block_html(Paragraph("x", (Span("x", href="javascript:alert(1)"),))) == "<p>x</p>"
    assert block_html(ImageBlock(Image("data:text/html,x", "alt"))) == "<figure>alt</figure>"
    assert block_html(Embed("javascript:alert(1)")) == "<p>javascript:alert(1)</p>"


def test_an_article_has_its_headings_with_their_anchors() -> None:
    """So that links into the page work; its title is left out."""
    section = Section("Costs & gains", 2, "costs", (Paragraph("x"),), (Section("More", 9, "more"),))
    article = Article("Title", Source(SourceFormat.JSON), blocks=(Paragraph("lead"),), sections=(section,))
    assert article_html(article) == '<p>lead</p>\n<h2 id="costs">Costs &amp; gains</h2>\n<p>x</p>\n<h6 id="more">More</h6>'


@given(articles)
def test_an_independent_sanitiser_leaves_it_as_it_is(article: Article) -> None:
    """Whatever stands in a document, its HTML holds only harmless tags, attributes and addresses."""
    html = article_html(article)
    assert sanitised(html) == html
