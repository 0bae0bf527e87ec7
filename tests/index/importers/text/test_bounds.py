"""What a page may cost: every bound of the text importer is reached, said and survived."""

from __future__ import annotations

import pytest

from index.document import RepairKind, Table
from index.importers.material import Material, Unreadable
from index.importers.repairs import Repairs
from index.importers.text import read
from index.importers.text.lines import MOST, numbered
from index.importers.text.tables import NAMED, Budget, is_table, read_table
from index.importers.text.words import words_of

ROWS = ["NameColourCount", *(f"Boat {number}Red{number}" for number in range(100, 200))]


def test_a_page_of_too_many_lines_is_refused_with_its_bound() -> None:
    """Lines are counted while they are read, and the refusal says what to do."""
    with pytest.raises(Unreadable, match=r"more than 500,000 lines\. Split it"):
        read(Material(b"x\n" * (MOST + 1)))


def test_rows_that_there_is_no_budget_for_stay_whole_and_are_said() -> None:
    """A table costs no more than its page has left: the rest of its rows are kept whole, the first of them named one by one."""
    repairs = Repairs()
    table = read_table(numbered("\n".join(ROWS)), words_of([]), repairs, Budget(20))
    assert [len(row.cells) for row in table.rows[-2:]] == [1, 1]
    assert table.rows[-1].cells[0].column_span == len(table.columns)
    assert len([note for note in repairs.notes if "kept whole" in note.repair.message]) == NAMED + 1


def test_without_a_budget_lines_are_not_looked_at_for_cells() -> None:
    """Where nothing may be spent, lines that only odds would tell from text are text."""
    lines = numbered("one lamp\ntwo lamps\nred buoy")
    assert not is_table(lines, words_of([]), Budget(0))


def test_a_table_within_the_budget_is_cut_to_its_last_row() -> None:
    """The rows after the sample are cut as the sample taught."""
    reading = read(Material(("Boats of the harbour\n\nThey are counted in spring.\n\n" + "\n".join(ROWS)).encode()))
    (table,) = (block for block in reading.article.blocks if isinstance(block, Table))
    assert [cell.text for cell in table.rows[-1].cells] == ["Boat 199", "Red", "199"]
    assert [note.repair.kind for note in reading.repairs.notes] == [RepairKind.TABLE_SPLIT]
