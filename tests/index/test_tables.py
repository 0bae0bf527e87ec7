"""What does a table hold, as a grid of named and typed columns?"""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import Cell, Column, List, ListItem, Paragraph, Row, Table
from index.tables import ColumnKind, boolean, date, grid, kind_of, number, typed
from tests.strategies import blocks


def table(header: str, *rows: str) -> Table:
    """A table of texts apart by bars."""
    cut = [tuple(map(str.strip, row.split("|"))) for row in rows]
    columns = tuple(Column(name.strip()) for name in header.split("|")) if header else ()
    return Table(columns=columns, rows=tuple(Row(tuple(map(Cell, row))) for row in cut))


def test_columns_are_named_uniquely() -> None:
    """An empty name is by its place, a repeated one by its count, and neither meets a name that is given."""
    assert grid(table("Port||Port|Port (2)|Port", "a|b|c|d|e|f")).names == [
        "Port",
        "Column 2",
        "Port (3)",
        "Port (2)",
        "Port (4)",
        "Column 6",
    ]


def test_a_cell_that_spans_stands_in_every_place_it_covers() -> None:
    """Down and across, as HTML forms a table."""
    tall, wide = Cell("tall", row_span=2), Cell("wide", column_span=2)
    found = grid(Table(rows=(Row((tall, Cell("b"), Cell("c"))), Row((wide,)), Row((Cell("d"),)))))
    assert found.texts == [["tall", "b", "c"], ["tall", "wide", "wide"], ["d", "", ""]]
    assert found.rows[2] == [Cell("d"), None, None]


def test_a_span_beyond_all_bounds_is_cut() -> None:
    """A hostile table costs no more than a wide one."""
    found = grid(Table(rows=(Row((Cell("a", column_span=10**9, row_span=10**9), Cell("b"))), Row(()))))
    assert found.width == 1000
    assert found.texts[1] == ["a"] * 1000


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234", 1234),
        ("1 234,5", 1234.5),
        ("−3.50", -3.5),
        ("+4", 4),
        ("12 %", 12),
        ("€3.50", 3.5),
        ("3,5", 3.5),
        ("$1,200.75", 1200.75),
        (".5", 0.5),
        ("0", 0),
        ("0.25", 0.25),
        ("007", None),
        ("1,2,3", None),
        ("12 km", None),
        ("", None),
        ("٣x", None),
        ("9" * 400, None),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, value: float | None) -> None:
    """Grouped, signed, with a currency or per cent; a code with leading zeros is no quantity."""
    assert number(text) == value


def test_dates_and_truth_values_are_read() -> None:
    """In ISO 8601; yes and no in words or marks."""
    assert date("4 March 2025") == "2025-03-04"
    assert date("2025-03-04T10:00:00+02:00") == "2025-03-04T10:00:00+02:00"
    assert date("Ferry") is None
    assert date("4" * 50) is None
    assert (boolean("Yes"), boolean("✗"), boolean("maybe")) == (True, False, None)


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["1", "2,000", "–"], ColumnKind.NUMBER),
        (["4 March 2025", "2025-03-05"], ColumnKind.DATE),
        (["yes", "No"], ColumnKind.BOOLEAN),
        (["", "n/a"], ColumnKind.EMPTY),
        (["1", "two"], ColumnKind.TEXT),
        ([], ColumnKind.EMPTY),
    ],
)
def test_a_column_is_of_the_kind_that_every_cell_can_be_read_as(values: list[str], kind: ColumnKind) -> None:
    """Cells that say nothing do not count."""
    assert kind_of(values) is kind


def test_records_are_typed_by_their_column() -> None:
    """Numbers, dates and truth values as such; nothing is null."""
    found = grid(table("Ship|Tons|Due|Ice", "Ada|1,200|4 March 2025|yes", "Ines|–|5 March 2025|no"))
    assert found.record(0) == {"Ship": "Ada", "Tons": 1200, "Due": "2025-03-04", "Ice": True}
    assert found.record(1) == {"Ship": "Ines", "Tons": None, "Due": "2025-03-05", "Ice": False}
    assert typed("–", ColumnKind.TEXT) == "–"
    assert typed("", ColumnKind.TEXT) is None


def test_a_column_is_found_by_its_name_whatever_its_case() -> None:
    """The exact name first."""
    found = grid(table("ship|Ship", "a|b"))
    assert (found.column("Ship"), found.column("SHIP"), found.column("Tons")) == (1, 0, None)


def test_csv_follows_rfc_4180() -> None:
    """Header first, quotes doubled, lines ended by CRLF."""
    assert grid(table("a|b", 'x "y"|1,2')).csv() == 'a,b\r\n"x ""y""","1,2"\r\n'


def test_what_a_cell_holds_is_part_of_its_text() -> None:
    """Lists and paragraphs inside a cell are read on one line."""
    cell = Cell("a", blocks=(Paragraph("b"), List(items=(ListItem("c"),))))
    assert grid(Table(rows=(Row((cell,)),))).texts == [["a b • c"]]


@given(blocks.filter(lambda block: isinstance(block, Table)))
def test_every_row_of_a_grid_is_as_wide_as_the_table(found: Table) -> None:
    """Whatever spans, and the CSV reads back."""
    places = grid(found)
    assert all(len(row) == places.width for row in places.rows)
    assert len(set(places.names)) == places.width
    assert places is grid(found)
    if places.width > 1:
        assert list(csv.reader(io.StringIO(places.csv(), newline="")))[1:] == places.texts


@given(st.text(max_size=30))
def test_any_text_can_be_read(text: str) -> None:
    """Neither reader ever fails."""
    number(text)
    date(text)
