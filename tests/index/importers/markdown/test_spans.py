"""How do the tokens of running text become spans?"""

import pytest

from index.document import Embed, Image, ImageBlock, Mark, Paragraph, Span
from index.importers.markdown import body
from index.importers.markdown.spans import linked
from index.importers.repairs import Repairs


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("see https://a.example/b_c.", [("https://a.example/b_c", "https://a.example/b_c")]),
        ("www.a.example, b", [("www.a.example", "http://www.a.example")]),
        ("(https://a.example/b(c)) d", [("https://a.example/b(c)", "https://a.example/b(c)")]),
        ("https://a.example:8080/?b=c&d=e#f!", [("https://a.example:8080/?b=c&d=e#f", "https://a.example:8080/?b=c&d=e#f")]),
        ("ada.kerr+x@harbour.example.", [("ada.kerr+x@harbour.example", "mailto:ada.kerr+x@harbour.example")]),
        ("HTTP://A.EXAMPLE", [("HTTP://A.EXAMPLE", "HTTP://A.EXAMPLE")]),
        ("https://localhost and http:// and a@b and @handle and a/www.b.c", []),
        ("ada@harbour.example-", []),
    ],
)
def test_bare_addresses(text: str, links: list[tuple[str, str]]) -> None:
    """A bare address is a link, without the signs behind it; the text stays what it was."""
    spans = list(linked(text))
    assert "".join(span.text for span in spans) == text
    assert [(span.text, span.href) for span in spans if span.href] == links


def test_bare_addresses_in_context() -> None:
    """A bare address within a link, code or a longer word is none of its own."""
    assert body("**https://a.example** `https://b.example` [https://c.example](https://d.example)", Repairs()) == [
        Paragraph(
            "https://a.example https://b.example https://c.example",
            (
                Span("https://a.example", (Mark.STRONG,), "https://a.example"),
                Span(" "),
                Span("https://b.example", (Mark.CODE,)),
                Span(" "),
                Span("https://c.example", (), "https://d.example"),
            ),
        )
    ]


def test_links_of_all_kinds() -> None:
    """Inline, by reference, in angle brackets, with marks inside; a title goes."""
    found = body('[a *b*](/c "t") [d][e] [e] <https://f.example> <g@h.example>\n\n[e]: <i j> "k"', Repairs())
    assert [(span.text, span.marks, span.href) for span in found[0].spans if span.href] == [  # type: ignore[union-attr] # a paragraph
        ("a ", (), "/c"),
        ("b", (Mark.EMPHASIS,), "/c"),
        ("d", (), "i%20j"),
        ("e", (), "i%20j"),
        ("https://f.example", (), "https://f.example"),
        ("g@h.example", (), "mailto:g@h.example"),
    ]


def test_words_in_angle_brackets_are_text() -> None:
    """What is no element of HTML is text, and stays in its place."""
    assert body("A Vec<T> of <InputView> &lt;b&gt;", Repairs()) == [Paragraph("A Vec<T> of <InputView> <b>")]


def test_what_cannot_stand_in_a_line() -> None:
    """An embed parts the paragraph that it stands in; an image beside text loses its caption's place, not its words."""
    found = body('before {{< youtube abc >}} after {{< figure src="a.png" alt="A" >}} end', Repairs())
    assert found == [
        Paragraph("before"),
        Embed("https://www.youtube.com/watch?v=abc"),
        Paragraph("after A end", (Span("after "), Span("A", (), None, Image("a.png", "A")), Span(" end"))),
    ]
    assert body("![a](a.png) {{< vimeo 1 >}}", Repairs()) == [ImageBlock(Image("a.png", "a")), Embed("https://vimeo.com/1")]


def test_unsafe_images_are_their_words() -> None:
    """An image whose address runs something is its alternative text."""
    assert body("x ![alt text](javascript:y)", Repairs()) == [Paragraph("x alt text")]


def test_alternative_texts() -> None:
    """The words of an alternative text, whatever stands in it."""
    assert body("![a\n*b* [c](d) ![e](f)](g.png)", Repairs()) == [ImageBlock(Image("g.png", "a b c e"))]
