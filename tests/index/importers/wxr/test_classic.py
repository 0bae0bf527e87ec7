"""How bodies of the classic editor get their paragraphs."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.importers.wxr.classic import paragraphed


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("One\n\nTwo", "<p>One</p><p>Two</p>"),
        ("One\r\ntwo\r\n \r\nThree", "<p>One<br>two</p><p>Three</p>"),
        ("One<br />\ntwo", "<p>One<br />two</p>"),
        ("<h2>A\nb</h2>\nOne", "<h2>A<br>b</h2><p>One</p>"),
        ("One <b>two</b>\n<h2>A</h2>", "<p>One <b>two</b></p><h2>A</h2>"),
        ("<ul>\n<li>a\nb</li>\n<li>c\n\nd</li>\n</ul>", "<ul><li>a<br>b</li><li><p>c</p><p>d</p></li></ul>"),
        ("<blockquote>a\n\nb</blockquote>", "<blockquote><p>a</p><p>b</p></blockquote>"),
        ("<p>a\n\nb</p>", "<p>a<br>b</p>"),
        ("<div>a</div>b", "<div><p>a</p></div><p>b</p>"),
        ("a<hr>b", "<p>a</p><hr><p>b</p>"),
        ("<table><tr><td>a\nb</td></tr></table>", "<table><tr><td>a<br>b</td></tr></table>"),
        ("<figure><img src='a'>\n<figcaption>b\nc</figcaption></figure>", "<figure><img src='a'><figcaption>b<br>c</figcaption></figure>"),
        ("</ul>a", "</ul><p>a</p>"),
        ("", ""),
        ("\n \n", " "),
    ],
)
def test_empty_lines_make_paragraphs_and_others_breaks(body: str, expected: str) -> None:
    """Only where elements do not part the text already."""
    assert paragraphed(body) == expected


@pytest.mark.parametrize(
    "element", ["<pre>a\n\nb</pre>", "<script>\n\nx < y\n</script>", "<style>a\n\n{}</style>", "<textarea>a\n\nb</textarea>"]
)
def test_what_is_preformatted_stays_as_it_is(element: str) -> None:
    """Breaks and all."""
    assert paragraphed(f"One\n\n{element}\nTwo") == f"<p>One</p>{element}<p>Two</p>"


def test_code_within_text_keeps_its_breaks() -> None:
    """It is part of its paragraph."""
    assert paragraphed("One <code>a\n\nb</code> two") == "<p>One <code>a\n\nb</code> two</p>"


def test_a_comment_is_no_paragraph() -> None:
    """Nor does it part one."""
    assert paragraphed("One\n\n<!-- x\n\ny -->\n\nTwo <!-- z --> three") == "<p>One</p><p>Two <!-- z --> three</p>"


def test_what_is_never_closed_is_a_tag_like_any_other() -> None:
    """However often it is opened."""
    assert paragraphed("<pre>a\n\nb") == "<p><pre>a</p><p>b</p>"
    assert paragraphed("a <!-- b\n\nc") == "<p>a <!-- b</p><p>c</p>"
    assert "b" in paragraphed("<pre><code><!--" * 20_000 + "b")


@given(
    st.lists(
        st.sampled_from(
            ["a", "b c", "\n", "\n\n", "<b>", "</b>", "<ul>", "<li>", "</li>", "</ul>", "<pre>", "</pre>", "<p>", "</p>", "<!--", "-->"]
        )
    )
)
def test_no_word_is_lost(parts: list[str]) -> None:
    """Nor added: only elements are."""
    body = "".join(parts)

    def words(markup: str) -> list[str]:
        return re.sub(r"<[^<>]*>", " ", markup.replace("<!--", " ").replace("-->", " ")).split()

    shown = re.sub(r"<!--.*?-->", " ", body, flags=re.DOTALL)
    kept = re.sub(r"<!--.*?-->", " ", paragraphed(body), flags=re.DOTALL)
    assert words(kept) == words(shown)
