"""What is said of what was guessed, mended, dropped."""

from __future__ import annotations

from index.document import Article, Blockquote, Paragraph, Repair, RepairKind, Source, SourceFormat
from index.importers.repairs import Repairs
from index.outline import outline


def test_repairs_stand_by_line_and_those_without_one_last() -> None:
    """In the order in which they were said, where they are of one line."""
    repairs = Repairs()
    for line, message in [(None, "a"), (9, "b"), (2, "c"), (2, "d")]:
        repairs.add(RepairKind.OTHER, message, line)
    placed = repairs.placed(outline(Article("One", Source(SourceFormat.TEXT))))
    assert [(repair.line, repair.message) for repair in placed] == [(2, "c"), (2, "d"), (9, "b"), (None, "a")]


def test_a_repair_names_the_block_that_came_of_it() -> None:
    """Nested or not; one that did not make it into the document is not named."""
    inner, lost = Paragraph("a"), Paragraph("b")
    article = outline(Article("One", Source(SourceFormat.TEXT), blocks=(Blockquote(blocks=(inner,)),)))
    repairs = Repairs()
    repairs.add(RepairKind.OTHER, "m", block=inner)
    repairs.add(RepairKind.OTHER, "n", block=lost)
    assert [repair.block_id for repair in repairs.placed(article)] == [article.block_ids[1], None]


def test_repairs_of_a_body_stand_where_that_does() -> None:
    """Those that were said before keep their lines."""
    repairs = Repairs()
    repairs.add(RepairKind.OTHER, "m", 3, 0.5)
    repairs.add(RepairKind.OTHER, "n", 1)
    repairs.stand_at(40, since=1)
    assert [note.repair for note in repairs.notes] == [Repair(RepairKind.OTHER, "m", 3, 0.5), Repair(RepairKind.OTHER, "n", 40)]
