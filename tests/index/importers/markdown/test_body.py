"""What are the headings and blocks of a Markdown text?"""

from hypothesis import given
from hypothesis import strategies as st

from index.document import Article, List, Mark, Paragraph, Repair, RepairKind, Source, SourceFormat, Span
from index.importers.flow import Heading, nest
from index.importers.markdown import body
from index.importers.repairs import Repairs
from index.outline import outline

WORDS = st.from_regex(r"[a-z]{1,8}(?: [a-z]{1,8}){0,4}", fullmatch=True)


def test_containers() -> None:
    """The fences of a container go, its title is strong, what it holds stays Markdown."""
    repairs = Repairs()
    assert body("a\n\n:::tip Low *water*\n\n- b\n\n:::\n\n::: warning\n\nc\n\n:::\n\n:::note[d]{.e}\n\n:::", repairs, first_line=5) == [
        Paragraph("a"),
        Paragraph("Low water", (Span("Low ", (Mark.STRONG,)), Span("water", (Mark.STRONG, Mark.EMPHASIS)))),
        *body("- b\n\nc", Repairs()),
        Paragraph("d", (Span("d", (Mark.STRONG,)),)),
    ]
    assert [note.repair for note in repairs.notes] == [
        Repair(RepairKind.MARKUP_DROPPED, f"The container “{kind}” is left out, and what it holds stays.", line, 0.8)
        for kind, line in (("tip", 7), ("warning", 13), ("note", 19))
    ]


def test_containers_in_code() -> None:
    """In code a fence of colons stays."""
    assert "::: a" in repr(body("```\n::: a\n```", Repairs()))


def test_two_texts_share_nothing() -> None:
    """References, notes and calls of one text are none of the next one's."""
    body("[a]: b\n\n[^c]: d\n\n{{< youtube abc >}}", Repairs())
    assert body("[a] [^c]", Repairs()) == [Paragraph("[a] [^c]")]


def test_the_same_text_becomes_the_same() -> None:
    """Reading twice gives the same, repairs included."""
    text = "# a\n\n<b>c</b> {{ d }} [e](javascript:f)[^1]\n\n[^1]: g"
    one, other = Repairs(), Repairs()
    assert body(text, one) == body(text, other)
    assert [note.repair for note in one.notes] == [note.repair for note in other.notes]


@given(st.lists(st.tuples(st.integers(1, 6), WORDS), max_size=8))
def test_headings_come_back(headings: list[tuple[int, str]]) -> None:
    """Headings of any levels in any order are the headings of the text."""
    text = "\n\n".join(f"{'#' * level} {words}" for level, words in headings)
    assert body(text, Repairs()) == [Heading(words, level) for level, words in headings]


@given(st.lists(WORDS, min_size=1, max_size=8), st.booleans())
def test_lists_come_back(items: list[str], ordered: bool) -> None:
    """The items of a list are its lines."""
    text = "\n".join(f"{f'{number}.' if ordered else '-'} {item}" for number, item in enumerate(items, 1))
    found = body(text, Repairs())
    assert len(found) == 1
    assert isinstance(found[0], List)
    assert (found[0].ordered, [item.text for item in found[0].items]) == (ordered, items)


@given(st.lists(st.tuples(WORDS, st.sampled_from(["", "*", "**", "~~", "`"])), min_size=1, max_size=8))
def test_marks_come_back(runs: list[tuple[str, str]]) -> None:
    """Words in marks are spans with those marks."""
    marks = {"": (), "*": (Mark.EMPHASIS,), "**": (Mark.STRONG,), "~~": (Mark.STRIKETHROUGH,), "`": (Mark.CODE,)}
    found = body(" + ".join(f"{mark}{words}{mark}" for words, mark in runs), Repairs())
    assert len(found) == 1
    assert isinstance(found[0], Paragraph)
    assert found[0].text == " + ".join(words for words, _ in runs)
    assert [span.marks for span in found[0].spans if span.marks] == [marks[mark] for _, mark in runs if mark]


@given(st.text())
def test_any_text_at_all(text: str) -> None:
    """Nothing makes it fail, and what comes out is a document whose every block has a place."""
    blocks, sections = nest(body(text, Repairs()))
    article = Article("a", Source(SourceFormat.MARKDOWN), blocks=blocks, sections=sections)
    assert all(block.place for block in outline(article).blocks)
