"""What pieces of HTML become, whatever they hold."""

from __future__ import annotations

from collections.abc import Iterator

import nh3
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.document import Block, Embed, ImageBlock, List, Paragraph, Span, Table
from index.importers.flow import Heading, nest
from index.importers.html import fragment, inline, read
from index.importers.material import Material, Unreadable
from index.importers.repairs import Repairs
from index.outline import children

TAGS = "p div span b a img table tr td th ul ol li dl dt dd blockquote pre code h1 h2 figure figcaption iframe video svg math script style"
TAGS += " form input br hr section article details summary sup noscript picture source object embed template ruby rt caption thead q"
ATTRIBUTES = st.sampled_from(
    [
        *(
            "",
            ' href="javascript:alert(1)"',
            ' src="data:text/html,x"',
            ' src="a.png"',
            ' href="#fn1"',
            ' id="fn1"',
            " hidden",
            " onclick=x",
        ),
        *(
            ' class="caption footnotes"',
            ' style="display:none"',
            ' href="&#106;avascript:x"',
            ' href=" java\nscript:x"',
            " colspan=3 rowspan=0",
        ),
        *(
            ' srcset="vbscript:x 2x"',
            ' data-src="JAVASCRIPT:x"',
            ' href="//example.org"',
            ' role="heading"',
            " width=1",
            ' class="math"',
            " checked",
        ),
    ]
)
PIECES = st.one_of(
    st.builds("<{}{}>".format, st.sampled_from(TAGS.split()), ATTRIBUTES),
    st.builds("</{}>".format, st.sampled_from(TAGS.split())),
    st.sampled_from(
        ["text", " ", "\n", "1", "&nbsp;", "&lt;", "<", ">", "<!--", "-->", "<![CDATA[", "]]>", "<!doctype html>", "— Ada", "\0"]
    ),
    st.text(max_size=8),
)
MARKUP = st.lists(PIECES, max_size=40).map("".join)
BASES = st.sampled_from([None, "https://example.org/a/b", "javascript:alert(1)//", "b/c"])


def spans_of(blocks: tuple[Block, ...] | list[Block]) -> Iterator[Span]:
    """All spans in blocks."""
    for block in blocks:
        match block:
            case Paragraph():
                yield from block.spans
            case List():
                for item in block.items:
                    yield from item.spans
            case Table():
                for column in block.columns:
                    yield from column.spans
                for row in block.rows:
                    for cell in row.cells:
                        yield from cell.spans
            case _:
                pass
        for nested in children(block):
            yield from spans_of(nested)


def addresses(flow: list[Heading | Block]) -> Iterator[str]:
    """All addresses in headings and blocks."""
    blocks = [thing for thing in flow if not isinstance(thing, Heading)]
    for span in spans_of(blocks):
        yield from filter(None, (span.href, span.image and span.image.url))
    stack = list(blocks)
    while stack:
        block = stack.pop()
        if isinstance(block, Embed):
            yield block.url
        if isinstance(block, ImageBlock):
            yield block.image.url
        for nested in children(block):
            stack.extend(nested)


def is_safe(address: str) -> bool:
    """Whether an independent sanitiser keeps a link to the address."""
    shown = address.replace("&", "&amp;")
    kept = nh3.clean(f'<a href="{shown}">x</a>', link_rel=None, url_schemes={"http", "https", "mailto", "tel"})
    return kept.startswith("<a href=")


@given(MARKUP, BASES)
@example("<table><tr><td><table><a href='javascript:x'><td>", None)
@example("<a href='javascript:x'><div><img src='data:x'></div></a>", "https://example.org/")
def test_any_markup_becomes_sound_blocks(markup: str, base: str | None) -> None:
    """Nothing crashes, no address is unsafe, no text is empty where it must not be, and the same comes each time."""
    flow = fragment(markup, Repairs(), base)
    assert all(map(is_safe, addresses(flow)))
    assert flow == fragment(markup, Repairs(), base)
    nest(flow)
    for thing in flow:
        assert not isinstance(thing, Heading | Paragraph) or thing.text.strip()
    for span in inline(markup, Repairs(), base):
        assert span.text or span.image


@given(st.binary(max_size=300) | MARKUP.map(str.encode))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """A page is an article or refused with a reason."""
    try:
        article = read(Material(content, "a.html", "a.html")).article
    except Unreadable:
        return
    assert article.title or article.blocks or article.sections


@pytest.mark.parametrize(
    "markup",
    [
        *(
            "<div>{}",
            "<ul><li>{}",
            "<blockquote>{}",
            "<table><tr><td>a<td>{}",
            "<b><i>{}",
            "<dl><dt>a<dd>{}",
            "<details><summary>s</summary>{}",
        ),
        *(
            "<figure><figcaption>c</figcaption>{}",
            "<span><div class=caption>{}",
            "<a href=x><div>{}",
            "<section><h2>h</h2>{}",
            "<font><p>{}",
        ),
    ],
)
def test_deep_nesting_keeps_its_text(markup: str) -> None:
    """Two thousand of any element within each other are read, down to the innermost word."""
    body = markup.format("") * 2000 + "innermost"
    flow = fragment(body, Repairs())
    assert "innermost" in str(flow)
    article = read(Material(f"<title>t</title><p>{'word ' * 200}</p>{body}".encode())).article
    assert article.blocks or article.sections


def test_hidden_and_running_parts_are_left_out() -> None:
    """In a piece as on a page."""
    assert fragment("a<script>x()</script><style>y</style><template>z</template><p hidden>w</p><!-- v -->", Repairs()) == [Paragraph("a")]


def test_nothing_in_a_piece_is_furniture() -> None:
    """What names itself a footer is content of the piece all the same."""
    assert fragment('<div class="footer">a</div><nav>b</nav><aside>c</aside>', Repairs()) == [
        Paragraph("a"),
        Paragraph("b"),
        Paragraph("c"),
    ]


def test_lines_of_a_piece_count_from_its_beginning() -> None:
    """A repair names the line within the piece."""
    repairs = Repairs()
    fragment('<p>a</p>\n<p><a href="javascript:x">b</a></p>', repairs)
    assert [note.repair.line for note in repairs.notes] == [2]


def test_elements_too_deep_are_said() -> None:
    """A repair counts what was flattened."""
    repairs = Repairs()
    fragment("<div>" * 150, repairs)
    assert [note.repair.message for note in repairs.notes] == ["52 elements were nested too deep; what they hold was kept."]
