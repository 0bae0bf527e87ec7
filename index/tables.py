"""What does a table hold, as a grid of named and typed columns?

Its law: whatever spans in the source, every row of the grid has as many places as the table has columns, and a cell that spans stands
in each place it covers.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from enum import Enum
from functools import cached_property

from index.document import Cell, Row, Table
from index.importers.dates import parse_date
from index.plain import cell_text

WIDEST = 1000  # grid columns: the most that HTML lets a cell span, https://html.spec.whatwg.org/multipage/tables.html
NOTHING = frozenset({"", "-", "–", "—", "n/a", "N/A", "n.a.", "…", "..."})
TRUE = frozenset({"yes", "true", "✓", "✔", "✅", "☑"})
FALSE = frozenset({"no", "false", "✗", "✘", "❌", "☐"})
BLANK = r"[ \u00a0\u202f\u2009]"
NUMBER = re.compile(
    rf"(?P<sign>[+\-−–]?){BLANK}?(?P<currency>[$€£¥₹]?){BLANK}?"
    rf"(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d{{1,3}}(?:{BLANK}\d{{3}})+(?:[.,]\d+)?|\d+(?:\.\d+)?|\d+,\d{{1,2}}|\.\d+)"
    rf"{BLANK}?(?P<unit>[%‰$€£¥₹])?"
)
GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
CODE = re.compile(r"0\d+")  # a post code, a number of a form: digits, not a quantity


class ColumnKind(Enum):
    """What all cells of a column that hold something can be read as."""

    TEXT = "TEXT"
    NUMBER = "NUMBER"
    DATE = "DATE"
    BOOLEAN = "BOOLEAN"
    EMPTY = "EMPTY"


def number(text: str) -> int | float | None:
    """The number that a cell's text is: digits grouped by commas or spaces, a currency sign or per cent passed over; else None."""
    match = NUMBER.fullmatch(text.strip())
    if match is None or CODE.fullmatch(match["digits"]):
        return None
    digits = re.sub(BLANK, "", match["digits"])
    digits = digits.replace(",", "") if GROUPED.fullmatch(digits) else digits.replace(",", ".")
    if len(digits) > 300:
        return None
    value = float(digits) if "." in digits or len(digits) > 15 else int(digits)
    return -value if match["sign"] in ("-", "−", "–") else value


def date(text: str) -> str | None:
    """The date that a cell's text is, in ISO 8601, with its time where it has one; else None."""
    if not any(c.isdigit() for c in text) or len(text) > 40:
        return None
    found = parse_date(text)
    if found is None:
        return None
    return found.value.isoformat() if found.has_time else found.value.date().isoformat()


def boolean(text: str) -> bool | None:
    """The truth value that a cell's text is; else None."""
    folded = text.strip().casefold()
    return True if folded in TRUE else False if folded in FALSE else None


READERS = ((ColumnKind.BOOLEAN, boolean), (ColumnKind.NUMBER, number), (ColumnKind.DATE, date))


def kind_of(values: Iterable[str]) -> ColumnKind:
    """The kind of a column with these texts: the first as which every one of them that says something can be read."""
    said = [value for value in values if value.strip() not in NOTHING]
    if not said:
        return ColumnKind.EMPTY
    for kind, read in READERS:
        if all(read(value) is not None for value in said):
            return kind
    return ColumnKind.TEXT


def typed(text: str, kind: ColumnKind) -> str | int | float | bool | None:
    """A cell's text as its column's kind reads it; None where it says nothing."""
    if text.strip() in NOTHING:
        return text if kind is ColumnKind.TEXT and text.strip() else None
    return next((read(text) for of, read in READERS if of is kind), text)


class Grid:
    """A table's places: `width` columns, and for each row the cell in each place (None where the source has none)."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.rows = _spread(table.rows)
        self.width = max([len(table.columns), *map(len, self.rows)], default=0)
        for row in self.rows:
            row.extend([None] * (self.width - len(row)))

    @cached_property
    def names(self) -> list[str]:
        """The columns' names, no two alike: an empty one is `Column 2`, a repeated one `Name (2)`."""
        given = [" ".join(column.name.split()) for column in self.table.columns]
        given += [""] * (self.width - len(given))
        names: list[str] = []
        for place, name in enumerate(given, 1):
            plain = name or f"Column {place}"
            number = 2
            unique = plain
            while unique in names or (unique != plain and unique in given):
                unique = f"{plain} ({number})"
                number += 1
            names.append(unique)
        return names

    @cached_property
    def texts(self) -> list[list[str]]:
        """The text in each place, row by row."""
        return [["" if cell is None else cell_text(cell) for cell in row] for row in self.rows]

    @cached_property
    def kinds(self) -> list[ColumnKind]:
        """The columns' kinds."""
        return [kind_of(row[place] for row in self.texts) for place in range(self.width)]

    def column(self, name: str) -> int | None:
        """The place of a column by its name, else by its name with case folded."""
        if name in self.names:
            return self.names.index(name)
        folded = " ".join(name.split()).casefold()
        return next((place for place, own in enumerate(self.names) if own.casefold() == folded), None)

    def record(self, row: int) -> dict[str, str | int | float | bool | None]:
        """A row as an object keyed by column name."""
        return {name: typed(text, kind) for name, text, kind in zip(self.names, self.texts[row], self.kinds, strict=True)}

    def csv(self) -> str:
        """The whole table as RFC 4180 has it: header first, lines ended by CRLF."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(self.names)
        writer.writerows(self.texts)
        return out.getvalue()


def _spread(rows: Sequence[Row]) -> list[list[Cell | None]]:
    """The rows' cells in their places, as HTML's table model forms them."""
    out: list[list[Cell | None]] = []
    hanging: dict[int, tuple[Cell, int]] = {}  # place: the cell that reaches down into the next rows, and into how many
    for row in rows:
        line: list[Cell | None] = []
        below = {}
        for cell in row.cells:
            _fill(line, hanging)
            for _ in range(min(max(cell.column_span, 1), WIDEST - len(line))):
                if cell.row_span > 1:
                    below[len(line)] = (cell, cell.row_span - 1)
                line.append(cell)
        while hanging and len(line) <= max(hanging):
            line.append(hanging[len(line)][0] if len(line) in hanging else None)
        hanging = {place: (cell, left - 1) for place, (cell, left) in hanging.items() if left > 1} | below
        out.append(line)
    return out


def _fill(line: list[Cell | None], hanging: dict[int, tuple[Cell, int]]) -> None:
    """Put the cells that hang down into the next places, up to the first free one."""
    while len(line) in hanging:
        line.append(hanging[len(line)][0])


def grid(table: Table) -> Grid:
    """The table's grid, formed once and kept with it."""
    kept: Grid | None = table.__dict__.get("grid")
    if kept is None:
        kept = table.__dict__["grid"] = Grid(table)
    return kept
