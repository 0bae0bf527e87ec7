"""What a page may cost: every bound of the text importer is reached, said and survived."""

from __future__ import annotations

import pytest

from index.document import RepairKind, Table
from index.importers.material import Material, Unreadable
from index.importers.repairs import Repairs
from index.importers.text import headings, read
from index.importers.text.lines import MOST, numbered
from index.importers.text.tables import NAMED, Budget, is_table, read_table
from index.importers.text.words import words_of

ROWS = ["NameColourCount", *(f"Boat {number}Red{number}" for number in range(100, 200))]


def test_a_page_of_too_many_lines_is_refused_with_its_bound() -> None:
    """Lines are counted while they are read, and the refusal says what to do."""
    with pytest.raises(Unreadable, match=r"more than 500,000 lines\. Split it"):
        read(Material(b"x\n" * (MOST + 1)))


def whole(table: Table) -> int:
    """How many rows are one cell over all columns."""
    return sum(len(row.cells) == 1 and row.cells[0].column_span == len(table.columns) for row in table.rows)


@pytest.mark.parametrize(
    ("units", "kept"),
    [(1_000_000, 0), (20_000, 33), (4_500, 52)],
)
def test_what_there_is_no_budget_for_stays_whole_and_is_said(units: int, kept: int) -> None:
    """Rows that have to be weighed, and then those after the first, as the page has left; the first of those that are not cut are named."""
    repairs = Repairs()
    rows = [ROWS[0], *(f"boat {at} red no {at} x" if at % 3 == 2 else row for at, row in enumerate(ROWS[1:]))]
    table = read_table(numbered("\n".join(rows)), words_of([]), repairs, Budget(units))
    assert whole(table) == kept
    assert [column.name for column in table.columns] == ["Name", "Colour", "Count"]
    said = [note for note in repairs.notes if "kept whole" in note.repair.message]
    assert len(said) == min(kept, NAMED) + (kept > NAMED)


def test_without_a_budget_a_table_has_one_column() -> None:
    """With one repair for all of it."""
    repairs = Repairs()
    table = read_table(numbered("\n".join(ROWS)), words_of([]), repairs, Budget(100))
    assert [column.name for column in table.columns] == ["NameColourCount"]
    assert [row.cells[0].text for row in table.rows] == ROWS[1:]
    assert [note.repair.message[:45] for note in repairs.notes] == ["The cells of 101 lines may have run together;"]


def test_without_a_budget_lines_are_not_looked_at_for_cells() -> None:
    """Where nothing may be spent, lines that only odds would tell from text are text."""
    lines = numbered("one lamp\ntwo lamps\nred buoy")
    assert not is_table(lines, words_of([]), Budget(0))


def test_lines_beyond_the_bound_are_not_looked_at_for_headings(monkeypatch: pytest.MonkeyPatch) -> None:
    """And the first of them is named."""
    monkeypatch.setattr(headings, "MOST", 2)
    page = "The harbour\n\n" + "".join(
        f"What Happens {what}\n\nThey are counted in spring, {what} by {what}.\n\n" for what in ("Now", "Next", "Then")
    )
    reading = read(Material(page.encode()))
    assert [section.heading for section in reading.article.sections] == ["What Happens Now"]
    (note,) = (note.repair for note in reading.repairs.notes if note.repair.kind is RepairKind.OTHER)
    assert (note.line, note.message) == (7, "More than 2 lines stand alone; from here on they were not looked at for headings.")


def test_a_table_within_the_budget_is_cut_to_its_last_row() -> None:
    """The rows after the sample are cut as the sample taught."""
    reading = read(Material(("Boats of the harbour\n\nThey are counted in spring.\n\n" + "\n".join(ROWS)).encode()))
    (table,) = (block for block in reading.article.blocks if isinstance(block, Table))
    assert [cell.text for cell in table.rows[-1].cells] == ["Boat 199", "Red", "199"]
    assert [note.repair.kind for note in reading.repairs.notes] == [RepairKind.TABLE_SPLIT]
