"""What tables become."""

from __future__ import annotations

from index.document import Block, Cell, Code, Column, Image, ImageBlock, List, ListItem, Mark, Paragraph, Row, Span, Table
from index.importers.flow import Heading
from index.importers.html import fragment
from index.importers.repairs import Repairs


def read(markup: str) -> list[Heading | Block]:
    """What the markup becomes."""
    return fragment(markup, Repairs())


def rows(*texts: str) -> tuple[Row, ...]:
    """Rows of plain cells, one for each text, cells apart by bars."""
    return tuple(Row(tuple(Cell(cell) for cell in text.split("|"))) for text in texts)


def test_a_head_becomes_the_columns() -> None:
    """The head row is the columns and no row; feet come last; the caption is kept."""
    markup = "<table><caption>Fees</caption><tfoot><tr><td>s<td>3</tfoot><thead><tr><th>A<th>B</thead><tbody><tr><td>a<td>1<tr><td>b<td>2</table>"
    assert read(markup) == [Table("Fees", (Column("A"), Column("B")), rows("a|1", "b|2", "s|3"))]


def test_a_first_row_of_header_cells_is_a_head() -> None:
    """Without `thead`, a first row in which every cell that is not empty is a header."""
    assert read("<table><tr><td><th>B<tr><th>r<td>1</table>") == [
        Table(columns=(Column(""), Column("B")), rows=(Row((Cell("r", header=True), Cell("1"))),))
    ]


def test_a_table_without_a_head_has_no_columns() -> None:
    """Header cells down the side make no columns, and one row is no head."""
    side = (Row((Cell("a", header=True), Cell("1"))), Row((Cell("b", header=True), Cell("2"))))
    assert read("<table><tr><th>a<td>1<tr><th>b<td>2</table>") == [Table(rows=side)]
    assert read("<table><tr><th>a<th>b</table>") == [Table(rows=(Row((Cell("a", header=True), Cell("b", header=True))),))]


def test_header_cells_that_span_name_each_column() -> None:
    """One entry a grid column; names of several header rows are joined down the column."""
    (table,) = read("<table><thead><tr><th rowspan=2>Name<th colspan=2><b>Count</b><tr><th>2010<th>2020</thead><tr><td>a<td>1<td>2</table>")
    assert isinstance(table, Table)
    assert [column.name for column in table.columns] == ["Name", "Count 2010", "Count 2020"]
    assert table.rows == rows("a|1|2")
    (table,) = read("<table><tr><th>Name<th colspan=2><b>Count</b><tr><td>a<td>1<td>2</table>")
    assert isinstance(table, Table)
    strong = Column("Count", (Span("Count", (Mark.STRONG,)),))
    assert table.columns == (Column("Name"), strong, strong)


def test_a_header_over_the_whole_table_is_its_caption() -> None:
    """Where a row of headers follows and there is no other caption; else it is a row."""
    assert read("<table><tr><th colspan=2>T<tr><th>A<th>B<tr><td>1<td>2</table>") == [Table("T", (Column("A"), Column("B")), rows("1|2"))]
    (table,) = read("<table><tr><th colspan=2>T<tr><td>1<td>2</table>")
    assert isinstance(table, Table)
    assert (table.caption, table.columns, table.rows[0].cells[0].header) == (None, (), True)


def test_spans_are_kept_and_clipped() -> None:
    """A cell that spans rows stands in its first; spans end where the table and the group of rows do."""
    assert read("<table><tr><td rowspan=2>a<td>b<tr><td>c</table>") == [
        Table(rows=(Row((Cell("a", row_span=2), Cell("b"))), Row((Cell("c"),))))
    ]
    (table,) = read("<table><tr><td colspan=99>a<tr><td>b<td>c<tr><td rowspan=9>d<td rowspan=0>e</table>")
    assert isinstance(table, Table)
    assert [(cell.column_span, cell.row_span) for row in table.rows for cell in row.cells] == [(2, 1), (1, 1), (1, 1), (1, 1), (1, 1)]


def test_a_row_that_spans_cover_is_kept_and_an_empty_one_is_not() -> None:
    """A row without a cell of its own is one only where a cell above reaches into it."""
    (table,) = read("<table><tr><td rowspan=2>a<td rowspan=2>b<tr></tr><tr></tr><tr><td>c<td>d</table>")
    assert isinstance(table, Table)
    assert [len(row.cells) for row in table.rows] == [2, 0, 2]


def test_cells_hold_lists_and_lines() -> None:
    """Paragraphs of a cell are lines of its text; lists, code and images are its blocks."""
    (table,) = read("<table><tr><td><p>a <b>b</b></p><p>c</p><td>d<ul><li>e</ul><tr><td><pre>f</pre><td>g</table>")
    assert isinstance(table, Table)
    (first, second), (third, _) = (row.cells for row in table.rows)
    assert (first.text, first.spans) == ("a b\nc", (Span("a "), Span("b", (Mark.STRONG,)), Span("\nc")))
    assert (second.text, second.blocks) == ("d", (List(items=(ListItem("e"),)),))
    assert (third.text, third.blocks) == ("", (Code("f"),))


def test_layout_is_seen_through() -> None:
    """A table of one cell, and one whose cells hold headings or tables, is what it holds, in order."""
    assert read("<table><tr><td>a<p>b</p></table>") == [Paragraph("a"), Paragraph("b")]
    assert read("<table><tr><td><h2>H</h2>a<td>b</table>") == [Heading("H"), Paragraph("a"), Paragraph("b")]
    inner = "<table><tr><td>1<td>2<tr><td>3<td>4</table>"
    assert read(f"<table><tr><td>a<td>{inner}</table>") == [Paragraph("a"), Table(rows=rows("1|2", "3|4"))]


def test_nested_data_stays_in_its_cell() -> None:
    """A table with headers is data even where a cell holds a table."""
    (table,) = read("<table><tr><th>A<th>B<tr><td>a<td><table><tr><th>x<th>y<tr><td>1<td>2</table></table>")
    assert isinstance(table, Table)
    assert table.rows[0].cells[1].blocks == (Table(columns=(Column("x"), Column("y")), rows=rows("1|2")),)


def test_a_table_of_one_column_with_a_caption_is_a_picture() -> None:
    """Blogs of one platform caption their images so."""
    assert read('<table class="tr-caption-container"><tr><td><img src=a.png><tr><td class="tr-caption">C</table>') == [
        ImageBlock(Image("a.png"), "C")
    ]


def test_an_empty_table_is_nothing() -> None:
    """A table without text or image is left out."""
    assert read("<table><tr><td><td> </table><table></table>") == []
    assert read("<table><caption>C</caption></table>") == [Paragraph("C")]


def test_cells_outside_of_rows_make_one() -> None:
    """Broken tables keep their cells."""
    assert read("<table><td>a<td>b<tr><td>c<td>d") == [Table(rows=rows("a|b", "c|d"))]


def test_ten_thousand_rows_are_read_whole() -> None:
    """Nothing is cut from a long table."""
    body = "".join(f"<tr><td>{n}<td>{n * n}" for n in range(10_000))
    (table,) = read(f"<table><tr><th>n<th>square{body}</table>")
    assert isinstance(table, Table)
    assert len(table.rows) == 10_000
    assert table.rows[-1] == Row((Cell("9999"), Cell("99980001")))


def test_columns_beyond_all_measure_are_bounded() -> None:
    """A cell that says it spans a million columns spans what HTML allows at most."""
    (table,) = read("<table><tr><td colspan=999999>a<td>b<tr><td>c</table>")
    assert isinstance(table, Table)
    assert table.rows[0].cells[0].column_span == 1000
