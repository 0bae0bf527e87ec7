"""How markup becomes a tree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.importers.html import parsing
from index.importers.html.parsing import DEEPEST, parse
from index.importers.html.tree import Node
from index.importers.material import Unreadable


def shape(node: Node) -> str:
    """The tree as markup without attributes."""
    inner = (child if isinstance(child, str) else f"<{child.tag}>{shape(child)}</{child.tag}>" for child in node.children)
    return "".join(inner)


@pytest.mark.parametrize(
    ("markup", "body"),
    [
        ("text <b>b</b>", "text <b>b</b>"),
        ("<title>t</title><article>a</article>", "<article>a</article>"),
        ("<meta charset=utf-8><title>t</title>text<p>x", "text<p>x</p>"),
        ("<html><head></head><body><p>a</body></html><p>b", "<p>a</p><p>b</p>"),
        ("<p>a<section>b</section>", "<p>a</p><section>b</section>"),
        ("<h1>a<h2>b", "<h1>a</h1><h2>b</h2>"),
        ("<dl><dt>a<dd>b<dd>c", "<dl><dt>a</dt><dd>b</dd><dd>c</dd></dl>"),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("<li>a<li>b", "<li>a</li><li>b</li>"),
        ("a<br>b<wbr>c<source>d", "a<br></br>b<wbr></wbr>c<source></source>d"),
        ("<p>a<!-- b -->c<?php d ?>e", "<p>ace</p>"),
        ("<p>a</b></i></div>b", "<p>ab</p>"),
        ("&lt;b&gt; &amp; &eacute; &#8212; &bogus;", "<b> & é — &bogus;"),
        ("<script>if (a<b) { x }</script>", ""),
    ],
)
def test_broken_markup_is_read_as_browsers_do(markup: str, body: str) -> None:
    """What is left open ends where it must, what has no place is passed over."""
    page = parse(markup)
    found = page.first("body")
    assert (shape(found) if found else "") == body


def test_lines_are_those_of_the_source() -> None:
    """Each element knows the line on which its tag begins, whatever ends lines."""
    page = parse("<html>\n\n<body>\r\n<p>a\nb\n<b\nclass=x>c</b>\r<i>d</i>")
    assert [page.first(tag).line for tag in ("html", "body", "p", "b", "i") if page.first(tag)] == [1, 3, 4, 6, 8]


def test_a_long_line_keeps_its_number() -> None:
    """A line that is given to the parser in pieces counts once."""
    page = parse("<p>\n" + "word " * 40_000 + "<b>x</b>\n<i>y</i>")
    assert [page.first(tag).line for tag in ("p", "b", "i") if page.first(tag)] == [1, 2, 3]


def test_nesting_is_bounded_and_nothing_is_lost() -> None:
    """Elements beyond the bound are left out, and the text and void elements in them stay."""
    page = parse("<div>" * 5000 + "deep<br>er " + "</div>" * 5000 + "<p>after")
    depth = max(sum(1 for _ in node.above()) for node in page.root.walk())
    assert depth == DEEPEST + len(["br"])
    assert page.root.text == "deeper after"
    assert page.flattened == 5000 - (DEEPEST - len(["html", "body"]))
    assert page.first("br") is not None


def test_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of more characters or elements than any article has is refused with the number."""
    monkeypatch.setattr(parsing, "LARGEST", 1000)
    with pytest.raises(Unreadable, match=r"1,001 characters, more than the 1,000"):
        parse("x" * 1001)
    monkeypatch.setattr(parsing, "MOST", 25)
    with pytest.raises(Unreadable, match="more than 25 elements") as refusal:
        parse("\n".join(["<b></b>"] * 40))
    assert refusal.value.line == 24


def test_long_texts_and_attributes_are_whole() -> None:
    """A text beyond what the parser takes at once is not cut."""
    page = parse(f"<p title='{'x' * 11_000_000}'>{'y' * 11_000_000}</p>z")
    paragraph = page.first("p")
    assert paragraph is not None
    assert len(paragraph.text) == 11_000_000


def test_characters_that_no_text_holds_are_replaced() -> None:
    """Zeros and halves of characters become the replacement character."""
    assert parse("a\0b\ud800c").root.text == "a\ufffdb\ufffdc"


def test_elements_are_found_by_tag_property_and_handler() -> None:
    """What is looked for on whole pages is listed once."""
    page = parse("<p onclick=x>a<b itemprop=name>b</b></p><p onload=y>c")
    assert [node.text for node in page.all("b", "p")] == ["b", "ab", "c"]
    assert [node.tag for node in page.properties] == ["b"]
    assert [node.text for node in page.handled] == ["ab", "c"]
    assert page.first("i") is None


def test_block_level_content_is_known_from_above() -> None:
    """An inline element around a block knows that it holds one."""
    page = parse("<span><b><div>x</div></b></span><i>y</i>")
    assert [page.first(tag).has_block for tag in ("span", "b", "div", "i") if page.first(tag)] == [True, True, False, False]


@given(st.text(st.sampled_from("<>/ab p=\"'&;#!-\n\r\0divultabletrh1script") | st.characters(), max_size=300))
def test_any_markup_has_a_tree(markup: str) -> None:
    """Nothing crashes, and the same markup has the same tree."""
    assert shape(parse(markup).root) == shape(parse(markup).root)
