"""What preformatted text becomes."""

from __future__ import annotations

import pytest

from index.document import Code, Image, ImageBlock, Paragraph
from index.importers.html import fragment
from index.importers.repairs import Repairs


@pytest.mark.parametrize(
    "markup",
    [
        '<pre><code class="language-python">x</code></pre>',
        '<pre class="lang-py language-python">x</pre>'.replace("lang-py ", ""),
        '<div class="highlight-python notranslate"><div class="highlight"><pre>x</pre></div></div>',
        '<div class="highlight highlight-source-python"><pre>x</pre></div>',
        '<div class="language-python highlighter-rouge"><div class="highlight"><pre class="highlight"><code>x</code></pre></div></div>',
        '<pre class="brush: python; gutter: false">x</pre>',
        '<pre class="sourceCode python"><code>x</code></pre>',
        '<pre data-lang="Python">x</pre>',
        '<pre lang="python">x</pre>',
        '<pre><code class="hljs python">x</code></pre>',
    ],
)
def test_the_language_is_found(markup: str) -> None:
    """The ways in which highlighters name a language."""
    assert fragment(markup, Repairs()) == [Code("x", "python")]


@pytest.mark.parametrize("markup", ["<pre>x</pre>", '<pre class="language-none">x</pre>', '<pre class="code highlight">x</pre>'])
def test_no_language_is_made_up(markup: str) -> None:
    """Names that say only that it is code are no language."""
    assert fragment(markup, Repairs()) == [Code("x")]


def test_text_is_kept_as_it_stands() -> None:
    """Blanks and lines stay, line breaks and lines in elements are lines, the final break goes."""
    assert fragment("<pre>\n  a\n\n\tb &lt;c&gt;<br>d\n\n</pre>", Repairs()) == [Code("  a\n\n\tb <c>\nd")]
    assert fragment("<pre><div>a</div><div>b</div>c</pre>", Repairs()) == [Code("a\nb\nc")]
    assert fragment("<pre> \n</pre>", Repairs()) == []


def test_line_numbers_are_left_out() -> None:
    """Numbers beside the lines are no code, in the lines or in a table."""
    assert fragment('<pre><span class="lineno">1</span>a\n<span class="lineno">2</span>b</pre>', Repairs()) == [Code("a\nb")]
    table = '<table class="{}"><tr><td><pre>1\n2</pre></td><td><pre><code class="language-c">a\nb</code></pre></td></tr></table>'
    assert fragment(table.format("x"), Repairs()) == [Code("a\nb", "c")]
    lines = '<table class="highlight"><tr><td>1</td><td>a</td></tr><tr><td>2</td><td>b</td></tr></table>'
    assert fragment(lines, Repairs()) == [Code("a\nb")]


def test_a_table_of_words_beside_code_is_a_table() -> None:
    """A table is code only where one column is numbers or empty."""
    assert fragment("<table><tr><td>name</td><td><pre>x</pre></td></tr></table>", Repairs()) != [Code("x")]


def test_pictures_in_code_stand_after_it() -> None:
    """An image among preformatted text is not lost."""
    assert fragment("<pre>x<img src=a.png></pre><p>y</p>", Repairs()) == [Code("x"), ImageBlock(Image("a.png")), Paragraph("y")]
