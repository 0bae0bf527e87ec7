"""How does a page that was scraped flat become an article?"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import List, RepairKind, Section, Table
from index.importers import text
from index.importers.material import Material, Reading, Unreadable
from tests.gateway.test_cli import FLAT

FLATTENED = Path(__file__).parents[4] / "examples" / "archive" / "flattened"


def read(page: str | bytes) -> Reading:
    """What becomes of a page."""
    return text.read(Material(page.encode() if isinstance(page, str) else page, "page.txt", "page.txt"))


def rows(table: Table) -> list[list[str]]:
    """A table's texts, its header first."""
    return [[column.name for column in table.columns], *([cell.text for cell in row.cells] for row in table.rows)]


def tables(reading: Reading) -> list[Table]:
    """All tables of an article that stand in its sections or before them."""

    def walk(sections: tuple[Section, ...]) -> list[Table]:
        return [b for s in sections for b in (*(x for x in s.blocks if isinstance(x, Table)), *walk(s.sections))]

    return [b for b in reading.article.blocks if isinstance(b, Table)] + walk(reading.article.sections)


def test_a_page_becomes_the_article_that_it_was() -> None:
    """Title, date, author with bio, two sections, a list, a table; repairs name what was removed, with their lines."""
    reading = read(FLAT)
    article = reading.article
    assert article.title == "Harbour Council Approves the Northern Breakwater"
    assert str(article.published_at) == "2025-03-04 00:00:00+00:00"
    assert [(author.name, author.bio) for author in article.authors] == [("Ada Kerr", "Covers ports and the people who work in them.")]
    assert [section.heading for section in article.sections] == ["What the council decided", "What Happens Next"]
    (found,) = (block for block in article.sections[0].blocks if isinstance(block, List))
    assert [item.text for item in found.items] == ["A fund for the fishing fleet", "Night work only outside the breeding season"]
    (table,) = tables(reading)
    assert rows(table) == [
        ["Measure", "Lead Office", "Deadline"],
        ["Fleet Fund", "Treasury", "Q3 2025"],
        ["Night Work", "Port Authority", "Ongoing"],
    ]
    made = {(note.repair.kind, note.repair.line) for note in reading.repairs.notes}
    assert {
        (RepairKind.BOILERPLATE_REMOVED, 1),
        (RepairKind.BOILERPLATE_REMOVED, 24),
        (RepairKind.DUPLICATE_REMOVED, 18),
        (RepairKind.TABLE_TRUNCATED, 20),
    } <= made


@pytest.mark.parametrize("page", sorted(FLATTENED.glob("*.txt")), ids=lambda page: page.stem)
def test_the_sample_archives_pages_are_whole(page: Path) -> None:
    """Each has a title, a date, an author with a bio, sections, and tables whose rows are all as wide as their headers; no furniture is left."""
    reading = read(page.read_bytes())
    article = reading.article
    assert article.title
    assert article.published_at is not None
    assert article.authors
    assert article.authors[0].bio
    assert article.sections
    assert tables(reading)
    for table in tables(reading):
        assert {len(row) for row in rows(table)} == {len(table.columns)}
    headings = {section.heading for section in article.sections}
    assert not headings & {"ADVERTISEMENT", "Categories", "Archives", article.authors[0].name, article.title}


def test_lists_nest_by_how_far_they_are_set_in() -> None:
    """Bullets of any kind; numbers make an ordered list."""
    reading = read("A title\n\nSome words to begin with.\n\n  • One\n    • Inner\n  • Two\n\nMore words here.\n\n  1. First\n  2. Second\n")
    first, second = (block for block in reading.article.blocks if isinstance(block, List))
    assert [item.text for item in first.items] == ["One", "Two"]
    assert [item.text for item in first.items[0].blocks[0].items] == ["Inner"]  # type: ignore[union-attr]  # a list
    assert second.ordered
    assert [item.text for item in second.items] == ["First", "Second"]


@pytest.mark.parametrize("page", ["", " \n\t\n", "\x00"])
def test_a_page_that_says_nothing_is_refused(page: str) -> None:
    """With what to do."""
    with pytest.raises(Unreadable, match=r"\.$"):
        read(page)


lines = st.sampled_from(
    ["ADVERTISEMENT", "Categories", "Archives", "1 - 2 - 3", "By Ada Kerr", "Ada Kerr", "March 4, 2025", "  • item", "    1. item", "", "",
     "NameAge", "Ada36", "A sentence that ends.", "What Happens Next", "NameAgeWhat Happens", "Read also: more", "é水\u2028x"]
)  # fmt: skip  # kinds of line side by side


@given(st.lists(lines | st.text(max_size=40), max_size=40).map("\n".join))
def test_any_page_is_read_or_refused(page: str) -> None:
    """And the same page always in the same way."""
    outcomes = []
    for _ in range(2):
        try:
            reading = read(page)
            outcomes.append(str((reading.article, [note.repair for note in reading.repairs.notes])))
        except Unreadable as refused:
            outcomes.append(refused.reason)
    assert outcomes[0] == outcomes[1]


def test_a_long_page_is_read_in_one_go() -> None:
    """Ten thousand lines of every kind."""
    page = "A title\n\n" + "\n".join(
        f"Paragraph {n} says something of its own, at some length.\n\n  • item {n}\nNameAge\nAda{n}\nInes{n}\n" for n in range(2000)
    )
    assert len(tables(read(page))) > 100
