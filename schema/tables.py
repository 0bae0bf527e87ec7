"""What does a frontend see of a table?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, cast

import strawberry
from strawberry.scalars import JSON

from index import document
from index.inline import spans_of
from index.tables import Grid, grid
from schema.blocks import Block, Span, over
from schema.describing import argument, described, field
from schema.enums import ColumnKind
from schema.errors import BadUserInput
from schema.nodes import Node
from schema.paging import part

SPACE = re.compile(r"\s+")


@argument
class CellMatch:
    """A row matches where the named column's text equals, or contains, the value (case folded)."""

    column: str
    equals: str | None = None
    contains: str | None = None


@described
class TableCell:
    """A table cell; spans count in cells, as in HTML."""

    text: str
    blocks: list[Block] = strawberry.field(description="What the cell holds beyond running text: lists, code, images, further paragraphs.")
    header: bool
    column_span: int
    row_span: int

    @field
    def spans(root: strawberry.Parent[document.Cell]) -> list[Span]:
        """The text in runs of equal marks."""
        return spans_of(root.text, root.spans)  # type: ignore[return-value]  # values of the model stand for their GraphQL types


@described
class TableRow:
    """A table row."""

    index: int = strawberry.field(description="0-based, header rows excluded.")
    grid: strawberry.Private[Grid]

    @field
    def cells(self) -> list[TableCell]:
        """The cells that start in this row."""
        return cast("list[TableCell]", self.grid.table.rows[self.index].cells)

    @field
    def cell(self, column: str) -> TableCell | None:
        """The cell in the column of this name, one that spans into it included."""
        place = self.grid.column(column)
        return None if place is None else cast("TableCell | None", self.grid.rows[self.index][place])

    @field
    def record(self) -> JSON:
        """One object keyed by column name, with numbers, dates (ISO 8601) and booleans read as such."""
        return JSON(self.grid.record(self.index))


@described
class TableColumn:
    """A column. Names are unique in a table: an empty one is `Column 2`, a repeated one `Name (2)`."""

    index: int = strawberry.field(description="0-based.")
    grid: strawberry.Private[Grid]

    @field
    def name(self) -> str:
        """Unique in the table."""
        return self.grid.names[self.index]

    @field
    def kind(self) -> ColumnKind:
        """What all its cells that say something can be read as."""
        return self.grid.kinds[self.index]

    @field
    def values(self, first: int | None = None, offset: int | None = None) -> list[str]:
        """Its cells' texts from the top down; at most 1,000 at once."""
        return [row[self.index] for row in part(self.grid.texts, first, offset)]


@described
class Table(Block, Node):
    """A table, with header, spans and typed columns."""

    caption: str | None

    is_type_of = over(document.Table)

    @field
    def columns(root: strawberry.Parent[document.Table]) -> list[TableColumn]:
        """The columns, named by the header row."""
        places = grid(root)
        return [TableColumn(index=place, grid=places) for place in range(places.width)]

    @field
    def rows(
        root: strawberry.Parent[document.Table], first: int | None = None, offset: int | None = None, where: list[CellMatch] | None = None
    ) -> list[TableRow]:
        """Header rows excluded; at most 1,000 at once."""
        return [TableRow(index=index, grid=grid(root)) for index in part(matching(grid(root), where), first, offset)]

    @field
    def row_count(root: strawberry.Parent[document.Table], where: list[CellMatch] | None = None) -> int:
        """How many rows match."""
        return len(matching(grid(root), where))

    @field
    def records(
        root: strawberry.Parent[document.Table], first: int | None = None, offset: int | None = None, where: list[CellMatch] | None = None
    ) -> list[JSON]:
        """One object a row, keyed by column name, with numbers, dates (ISO 8601) and booleans read as such; at most 1,000 at once."""
        return [JSON(grid(root).record(index)) for index in part(matching(grid(root), where), first, offset)]

    @field
    def csv(root: strawberry.Parent[document.Table]) -> str:
        """The whole table, RFC 4180."""
        return grid(root).csv()


def matching(places: Grid, where: Sequence[CellMatch] | None) -> Sequence[int]:
    """The indexes of the rows that all conditions hold for; an unknown column matches nothing; raises `BadUserInput`."""
    found: Sequence[int] = range(len(places.rows))
    for match in where or ():
        if match.equals is None and match.contains is None:
            raise BadUserInput("A condition of `where` needs `equals` or `contains`.")
        column = places.column(match.column)
        found = [] if column is None else [index for index in found if _holds(places.texts[index][column], match)]
    return found


def _holds(text: str, match: CellMatch) -> bool:
    """Whatever white space stands between two words is one space, as a cell with a line break is written by hand."""
    folded = SPACE.sub(" ", text.strip()).casefold()
    equal = match.equals is None or folded == SPACE.sub(" ", match.equals.strip()).casefold()
    return equal and (match.contains is None or SPACE.sub(" ", match.contains).casefold() in folded)


def as_row(table: document.Table, index: int) -> TableRow:
    """The row of a table that a passage speaks of."""
    return TableRow(index=index, grid=grid(table))


TYPES: list[Any] = [Table]
