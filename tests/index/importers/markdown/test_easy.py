"""Which running text needs no parser?"""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.document import Span
from index.importers.markdown.easy import easy
from index.importers.markdown.parser import parser
from index.importers.markdown.sheet import Sheet
from index.importers.markdown.shortcodes import Calls
from index.importers.markdown.spans import Picture, Piece, easy_pieces, pieces
from index.importers.repairs import Repairs
from index.inline import normalise

PIECES = st.sampled_from(
    [
        *("a", "b", "3", " ", "  ", "\n", "*", "**", "***", "_", "__", "`", "``", "~", "~~", "[a](b)"),
        *("[`a`](b_c)", "[", "]", "](", ")", "(", "!", "![a](b)", "&", "&amp;", "&#42;", "&#8217;", "&#0;", "&x=", "<", "< "),
        *("<b>", "<1@a.b>", "\\", "\\*", "\\[", "\\\n", "^", "^[", ".", ",", "“", "”", "é", "\xa0", "https://a.b/c_d", "a@b.c"),
        "\u0301",
    ]
)


def sheet() -> Sheet:
    """An empty text's."""
    repairs = Repairs()
    return Sheet(parser(), Calls("", repairs, 1, None), repairs)


def spans(found: list[Piece]) -> tuple[Span, ...]:
    """The spans of pieces."""
    return normalise(piece.span if isinstance(piece, Picture) else piece for piece in found if isinstance(piece, Span | Picture))


@given(st.lists(PIECES, max_size=20).map("".join).map(str.strip).filter(lambda text: "\n\n" not in text))
@example("**a.** b")
@example("a_b_ c")
@example("\\[[`a`](b)] - **c** (d)")
def test_it_is_read_as_the_parser_reads_it(text: str) -> None:
    """Whatever is read without the parser is what the parser would have made of it."""
    text = "\n".join(line.strip() for line in text.split("\n"))
    easily = easy_pieces(text, sheet())
    if easily is not None:
        assert spans(easily) == spans(pieces(sheet().parse(text), sheet()))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "plain words.",
            "a [link](https://a.example/b_c?d=e&f=g) and `code`",
            "**Note:** *a* and _b_",
            "snake_case_words",
            "AT & T",
            "5 < 6",
        ),
        *("\\[escaped\\]", "it&#8217;s", "[`code`](b)", "one\ntwo"),
    ],
)
def test_ordinary_text_is_easy(text: str) -> None:
    """What most paragraphs hold needs no parser."""
    assert easy(text) is not None


@pytest.mark.parametrize(
    "text", ["a  \nb", "a\\\nb", "![a](b)", "[a][b]", "[a](b 'c')", "***a***", "<b>", "&copy;", "`` a ` ``", "^[a]", "[^a]", "**a *b* c**"]
)
def test_the_rest_is_left_to_the_parser(text: str) -> None:
    """Whatever takes a rule is not guessed at."""
    assert easy(text) is None
