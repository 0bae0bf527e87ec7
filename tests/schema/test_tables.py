"""What does a frontend see of a table?"""

from index.document import Cell, Column, Row, Table
from index.tables import grid
from schema.tables import CellMatch, matching
from tests.schema.conftest import Asker

TABLE = '{ article(slug: "breakwater") { tables { %s } } }'


def test_columns_are_named_and_typed(ask: Asker) -> None:
    """With their values from the top down."""
    (table,) = ask(TABLE % "columns { index name kind values } first: columns { values(first: 1, offset: 1) }")["article"]["tables"]
    assert table["columns"] == [
        {"index": 0, "name": "Fish", "kind": "TEXT", "values": ["Mackerel", "Turbot"]},
        {"index": 1, "name": "Pounds", "kind": "NUMBER", "values": ["1,200", "80"]},
        {"index": 2, "name": "Landed", "kind": "DATE", "values": ["4 March 2024", "5 March 2024"]},
        {"index": 3, "name": "Column 4", "kind": "BOOLEAN", "values": ["yes", "no"]},
    ]
    assert table["first"][0] == {"values": ["Turbot"]}


def test_rows_are_cells_and_records(ask: Asker) -> None:
    """Numbers, dates and truth values are read as such."""
    (table,) = ask(
        TABLE
        % 'rowCount rows { index cells { text header columnSpan rowSpan spans { text } blocks { kind } } cell(column: "pounds") { text } record } records csv'
    )["article"]["tables"]
    record = {"Fish": "Turbot", "Pounds": 80, "Landed": "2024-03-05", "Column 4": False}
    assert table["rowCount"] == 2
    assert table["rows"][1]["record"] == record
    assert table["rows"][1]["cell"] == {"text": "80"}
    assert table["rows"][0]["cells"][0] == {
        "text": "Mackerel",
        "header": False,
        "columnSpan": 1,
        "rowSpan": 1,
        "spans": [{"text": "Mackerel"}],
        "blocks": [],
    }
    assert table["records"][1] == record
    assert table["csv"] == 'Fish,Pounds,Landed,Column 4\r\nMackerel,"1,200",4 March 2024,yes\r\nTurbot,80,5 March 2024,no\r\n'


def test_rows_are_chosen_by_their_cells(ask: Asker) -> None:
    """Equal or containing, case folded; all conditions hold; an unknown column matches nothing."""
    fields = """a: rowCount(where: [{column: "fish", equals: "turbot"}]) b: rowCount(where: [{column: "Fish", contains: "ACK"}, {column: "Column 4", equals: "no"}])
    c: rowCount(where: [{column: "Nothing", equals: "x"}]) d: rows(where: [{column: "Landed", contains: "march"}], first: 1, offset: 1) { index }
    e: records(where: [{column: "Pounds", equals: "80"}], first: 5)"""
    (table,) = ask(TABLE % fields)["article"]["tables"]
    assert (table["a"], table["b"], table["c"], table["d"]) == (1, 0, 0, [{"index": 1}])
    assert table["e"] == [{"Fish": "Turbot", "Pounds": 80, "Landed": "2024-03-05", "Column 4": False}]
    assert (
        ask.refusal(TABLE % 'rowCount(where: [{column: "Fish"}])') == "BAD_USER_INPUT: A condition of `where` needs `equals` or `contains`."
    )


def test_a_line_break_in_a_cell_is_a_space_to_its_condition() -> None:
    """So a cell's own text, or any part of it, finds its row however its words are set apart."""
    places = grid(Table(columns=(Column("Port"),), rows=(Row((Cell("North quay\nof Brill"),)), Row((Cell("South quay"),)))))
    for value in ("quay\nof", "quay of", "QUAY  of"):
        assert list(matching(places, [CellMatch(column="Port", contains=value)])) == [0]
    assert list(matching(places, [CellMatch(column="Port", equals="North quay\nof Brill")])) == [0]
