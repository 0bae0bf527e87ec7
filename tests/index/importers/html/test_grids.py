"""Where cells stand, and which tables are data."""

from __future__ import annotations

import pytest

from index.importers.html.grids import grid_of, is_data
from index.importers.html.parsing import parse
from index.importers.html.tree import Node


def table(markup: str) -> Node:
    """The first table of the markup."""
    found = parse(markup).first("table")
    assert found is not None
    return found


def test_cells_stand_where_html_puts_them() -> None:
    """Beside and below cells that span."""
    grid = grid_of(table("<table><tr><td rowspan=2>a<td colspan=2>b<tr><td>c<td>d<tr><td>e<td>f<td>g</table>"))
    assert [(place.node.text, place.row, place.column) for place in grid.places] == [
        *(("a", 0, 0), ("b", 0, 1)),
        *(("c", 1, 1), ("d", 1, 2)),
        *(("e", 2, 0), ("f", 2, 1), ("g", 2, 2)),
    ]
    assert (grid.width, grid.head) == (3, 0)


@pytest.mark.parametrize(
    ("markup", "data"),
    [
        ("<table><tr><th>a</table>", True),
        ("<table><caption>c</caption><tr><td>a</table>", True),
        ("<table summary=s><tr><td>a</table>", True),
        ("<table role=presentation><tr><th>a</table>", False),
        ("<table datatable=0><tr><th>a</table>", False),
        ("<table><tr><td><table><tr><td>a</table></table>", False),
        ("<table>" + "<tr><td>a<td>b" * 10 + "</table>", True),
        ("<table>" + "<tr><td>a" * 20 + "</table>", False),
        ("<table>" + "<tr><td>a<td>b<td>c<td>d<td>e" * 2 + "</table>", True),
        ("<table>" + "<tr><td>a<td>b" * 2 + "</table>", False),
    ],
)
def test_data_are_told_from_layout(markup: str, data: bool) -> None:
    """By what the table says, by its headers, or by its size."""
    assert is_data(table(markup)) is data
