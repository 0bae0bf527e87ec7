"""What does a table become?

Its law: every text of a table is in one of its cells, its columns or its caption. A table that only lays out a page is what it holds.
The header row becomes the columns, one a grid column: a cell that spans columns names each of them, and of several header rows the
names down a column are joined.
"""

from __future__ import annotations

from collections.abc import Iterator

from index.document import Block, Cell, Column, Paragraph, Row, Span, Table
from index.importers.html.codes import code_table
from index.importers.html.figures import caption_cells, captioned
from index.importers.html.grids import Grid, Place, grid_of
from index.importers.html.mapper import BREAK, Flow, Mapper, Style
from index.importers.html.names import HEADINGS
from index.importers.html.tree import Node
from index.inline import running, spans_of

MOST_HEADER_ROWS = 4
NOT_IN_CELLS = HEADINGS | {"form", "article", "section", "main"}


def table_of(mapper: Mapper, node: Node, style: Style) -> Flow:
    """A table; or code that is shown as one; or what a table of layout holds."""
    code = code_table(node)
    if code is not None:
        return [code]
    if captions := caption_cells(node):
        return captioned(mapper, node, captions, style)
    grid = grid_of(node)
    if is_layout(node, grid):
        return mapper.flow(_within(node), style)
    caption = next((mapper.line(child.children) for child in node.elements if child.tag == "caption"), "")
    title, header = _header(grid, caption)
    if title is not None:
        caption = mapper.line(title.node.children)
    body = grid.rows[header:]
    rows = tuple(Row(tuple(_cell(mapper, place) for place in row)) for row in body)
    columns = _columns(mapper, grid, 0 if title is None else 1, header)
    if not columns and not any(cell.text or cell.spans or cell.blocks for row in rows for cell in row.cells):
        return []
    return [Table(caption or None, columns, rows)]


def is_layout(table: Node, grid: Grid) -> bool:
    """Whether a table only lays out a page: it has no header, caption or second cell, or holds what no data cell does."""
    places = list(grid.places)
    if not places:
        return True
    given = table.get("summary") or grid.head or any(child.tag == "caption" for child in table.elements)
    if table.get("role") not in ("presentation", "none") and (given or any(place.node.tag == "th" for place in places)):
        return False
    if len(places) <= 1:
        return True
    inside = [inner for place in places for inner in place.node.walk()]
    return any(inner.tag in NOT_IN_CELLS or (inner.tag == "table" and not is_wrapper(inner)) for inner in inside)


def is_wrapper(table: Node) -> bool:
    """Whether a table has one cell, and so is none."""
    cells = 0
    for inner in table.walk():
        if inner.tag in ("td", "th"):
            cells += inner.tag == "th" or not any(above.tag == "table" and above is not table for above in _up_to(inner, table))
            if cells > 1:
                return False
    return True


def _up_to(node: Node, top: Node) -> Iterator[Node]:
    for above in node.above():
        if above is top:
            return
        yield above


def _within(table: Node) -> list[Node | str]:
    """What a table of layout holds, cell by cell."""
    out: list[Node | str] = []
    for child in table.children:
        if isinstance(child, str) or child.tag not in ("tbody", "thead", "tfoot", "tr", "td", "th", "colgroup", "col"):
            out.append(child)
        elif child.tag in ("td", "th"):
            cell = child.copy("div")
            cell.children = child.children
            cell.has_block = child.has_block
            out.append(cell)
        else:
            out += _within(child)
    return out


def _header(grid: Grid, caption: str) -> tuple[Place | None, int]:
    """The cell that stands over the whole table like a title, if any, and how many of the first rows are not the table's body."""
    first = 0
    title = None
    if not caption and len(grid.rows) > 2 and grid.width > 1 and _spans_all(grid, 0) and _is_header(grid, 1):
        title, first = grid.rows[0][0], 1
    if not _is_header(grid, first) or len(grid.rows) - first < 2:
        return None, 0
    end = first + 1
    while end < min(len(grid.rows) - 1, first + MOST_HEADER_ROWS) and _is_header(grid, end) and (end < grid.head or _reaches(grid, end)):
        end += 1
    return title, end


def _is_header(grid: Grid, number: int) -> bool:
    """Whether a row is one of the table's head, or all its cells that are not empty are header cells."""
    row = grid.rows[number]
    if number < grid.head:
        return bool(row) and not (_spans_all(grid, number) and grid.width > 1)
    cells = [place for place in row if place.node.text or place.node.find("img")]
    return bool(cells) and all(place.node.tag == "th" for place in cells) and not (_spans_all(grid, number) and grid.width > 1)


def _spans_all(grid: Grid, number: int) -> bool:
    row = grid.rows[number]
    return len(row) == 1 and row[0].width >= grid.width


def _reaches(grid: Grid, number: int) -> bool:
    """Whether the row above has cells that span: then this row says what they are made of."""
    return any(place.width > 1 or place.height > 1 for place in grid.rows[number - 1])


def _columns(mapper: Mapper, grid: Grid, first: int, end: int) -> tuple[Column, ...]:
    """The columns that the rows from `first` up to `end` name."""
    if end <= first:
        return ()
    names: list[list[Column]] = [[] for _ in range(grid.width)]
    for place in (place for row in grid.rows[first:end] for place in row):
        column = Column(*_run(mapper, place.node))
        for at in range(place.column, min(place.column + place.width, grid.width)):
            if column.name and all(column.name != other.name for other in names[at]):
                names[at].append(column)
    return tuple(_joined(column) for column in names)


def _run(mapper: Mapper, cell: Node) -> tuple[str, tuple[Span, ...]]:
    text, spans = running(mapper.spans(cell.children))
    return text, spans


def _joined(names: list[Column]) -> Column:
    if len(names) == 1:
        return names[0]
    return Column(" ".join(column.name for column in names))


def _cell(mapper: Mapper, place: Place) -> Cell:
    """A cell: its paragraphs are lines of its text, whatever else it holds stands in its blocks."""
    lines: list[Span] = []
    blocks: list[Block] = []
    for block in mapper.nested(place.node.children, loose=False):
        if isinstance(block, Paragraph):
            lines += [BREAK, *spans_of(block.text, block.spans)]
        else:
            blocks.append(block)
    text, spans = running(lines)
    return Cell(text, spans, tuple(blocks), place.node.tag == "th", place.width, place.height)
