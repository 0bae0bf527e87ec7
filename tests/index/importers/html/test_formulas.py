"""What formulas become."""

from __future__ import annotations

import pytest

from index.document import Block, Code, Mark, Paragraph, Span
from index.importers.flow import Heading
from index.importers.html import fragment
from index.importers.repairs import Repairs


def read(markup: str) -> list[Heading | Block]:
    """What the markup becomes."""
    return fragment(markup, Repairs())


@pytest.mark.parametrize(
    "markup",
    [
        '<math display="block"><semantics><mi>x</mi><annotation encoding="application/x-tex">x^2</annotation></semantics></math>',
        '<script type="math/tex; mode=display">x^2</script>',
        '<p><script type="math/tex">x^2</script></p>',
        '<span class="math display">\\[x^2\\]</span>',
        '<p><span class="math inline">\\(x^2\\)</span></p>',
        '<p><img class="tex" alt="{\\displaystyle x^2}" src="x.svg"></p>',
        '<div class="MathJax">x2</div><script type="math/tex; mode=display">x^2</script>',
        '<p><span class="math">$$x^2$$</span></p>',
    ],
)
def test_a_formula_alone_is_code_of_language_math(markup: str) -> None:
    """However the page holds its TeX, and what a script has drawn of it is not said twice."""
    assert read(markup) == [Code("x^2", "math")]


def test_a_formula_within_text_is_marked_as_code() -> None:
    """Running text goes on around it."""
    expected = Paragraph("so a < b holds", (Span("so "), Span("a < b", (Mark.CODE,)), Span(" holds")))
    assert read("<p>so <math><mi>a</mi><mo>&lt;</mo><mi>b</mi></math> holds</p>") == [expected]
    assert read('<p>so <script type="math/tex">a &lt; b</script> holds</p>'.replace("&lt;", "<")) == [expected]


def test_a_displayed_formula_parts_its_paragraph() -> None:
    """A formula that is set apart is a block even within a paragraph."""
    assert read('<p>a <math display="block"><mi>x</mi></math> b</p>') == [Paragraph("a"), Code("x", "math"), Paragraph("b")]


def test_mathml_is_written_on_one_line() -> None:
    """Fractions, powers, indices and roots, with brackets where they are needed."""
    markup = (
        "<math><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><msqrt><mi>c</mi></msqrt></mfrac>"
        "<msup><mi>x</mi><mn>2</mn></msup><msub><mi>y</mi><mi>i</mi></msub></math>"
    )
    assert read(f"<p>{markup}</p>") == [Code("(a + b) / √(c) x ^ 2 y _ i", "math")]


def test_a_picture_with_words_is_a_picture() -> None:
    """Only what looks like TeX is taken for a formula."""
    (block,) = read('<p><img class="math" alt="A class in mathematics" src="x.jpg"></p>')
    assert not isinstance(block, Code)
    assert read('<p><span class="math">words</span></p>') == [Paragraph("words")]
