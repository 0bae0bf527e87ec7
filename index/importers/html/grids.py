"""Where does each cell of a table stand?

HTML's own algorithm for forming a table, with bounds: columns beyond `WIDEST` hold no spans, and a cell that spans rows ends with its
group of rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from index.importers.html.tree import Node

WIDEST = 1000  # columns that one cell spans: HTML's own limit
CELLS = frozenset(["td", "th"])
NO_ROW = frozenset(["caption", "colgroup", "col"])


@dataclass(slots=True)
class Place:
    """A cell of the page in the grid: its first row and column, and how many of each it takes."""

    node: Node
    row: int
    column: int
    width: int
    height: int


@dataclass(slots=True)
class Grid:
    """The cells of a table by the row that they start in; `head` of these rows, the first ones, are the table's head."""

    rows: list[list[Place]]
    width: int
    head: int

    @property
    def places(self) -> Iterator[Place]:
        """All cells, row by row."""
        for row in self.rows:
            yield from row


def grid_of(table: Node) -> Grid:
    """The grid of a table; rows without a cell that no cell above reaches into are left out."""
    head, body, foot = _groups(table)
    grid = Grid([], 0, 0)
    for number, group in enumerate((head, body, foot)):
        _place(grid, group)
        if number == 0:
            grid.head = len(grid.rows)
    _clip(grid)
    return grid


def _groups(table: Node) -> tuple[list[list[Node]], list[list[Node]], list[list[Node]]]:
    """The rows of head, bodies and foot, each row as its cells."""
    head: list[list[Node]] = []
    body: list[list[Node]] = []
    foot: list[list[Node]] = []

    def gather(node: Node, into: list[list[Node]]) -> None:
        loose: list[Node] | None = None
        for child in node.elements:
            if child.tag in CELLS:
                if loose is None:
                    loose = []
                    into.append(loose)
                loose.append(child)
                continue
            loose = None
            if child.tag == "tr":
                into.append([])
                cells = [cell for cell in child.elements if cell.tag in CELLS]
                into[-1] = cells
            elif child.tag not in NO_ROW and child.tag != "table":
                gather(child, {"thead": head, "tfoot": foot}.get(child.tag, into))

    gather(table, body)
    return head, body, foot


def _place(grid: Grid, group: list[list[Node]]) -> None:
    """Place the rows of one group; `taken` says for how many more rows each column is taken from above."""
    taken: dict[int, int] = {}
    for number, cells in enumerate(group):
        if not cells and not taken:
            continue
        row: list[Place] = []
        here: dict[int, int] = {}
        column = 0
        for cell in cells:
            while column in taken:
                column += 1
            width = min(_count(cell.get("colspan"), 1), max(1, WIDEST - column))
            height = min(_count(cell.get("rowspan"), 0) or len(group), len(group) - number)
            row.append(Place(cell, len(grid.rows), column, width, height))
            if height > 1:
                here.update(dict.fromkeys(range(column, column + width), height))
            column += width
        taken = {at: left - 1 for at, left in (taken | here).items() if left > 1}
        grid.rows.append(row)


def _clip(grid: Grid) -> None:
    """End the last cell of each row where the table ends: at the last column in which some cell begins, or another than a last one lies."""
    for row in grid.rows:
        for place in row:
            grid.width = max(grid.width, place.column + (place.width if place is not row[-1] else 1))
    for row in grid.rows:
        if row:
            row[-1].width = min(row[-1].width, grid.width - row[-1].column)


def _count(text: str, otherwise: int) -> int:
    """How many columns or rows a cell says that it spans; `otherwise` stands for a 0 that is given, 1 for nothing or nonsense."""
    if not text.isascii() or not text.isdecimal():
        return 1
    return int(text[:6]) or otherwise


def is_data(table: Node) -> bool:
    """Whether a table shows data, as far as that is to be seen before its cells are read (Readability's rules and numbers)."""
    if table.get("role") == "presentation" or table.get("datatable") == "0":
        return False
    inside = [node for node in table.walk() if node is not table]
    tags = {node.tag for node in inside}
    if table.get("summary") or tags & {"col", "colgroup", "tfoot", "thead", "th"}:
        return True
    if any(node.tag == "caption" and node.children for node in inside):
        return True
    if "table" in tags:
        return False
    rows = [sum(cell.tag in CELLS for cell in row.elements) for row in inside if row.tag == "tr"]
    widest = max(rows, default=0)
    if len(rows) < 2 or widest < 2:
        return False
    return len(rows) >= 10 or widest > 4 or len(rows) * widest > 10
