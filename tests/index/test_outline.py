"""Where does each section and block of an article stand?"""

import gc
import weakref

import msgspec
import pytest
from hypothesis import given

from index.anchors import anchored
from index.document import (
    Article,
    Block,
    Blockquote,
    Cell,
    List,
    ListItem,
    Paragraph,
    Row,
    Section,
    Source,
    SourceFormat,
    Table,
    ThematicBreak,
)
from index.encoding import from_json, to_json
from index.identity import article_id
from index.outline import outline
from tests.strategies import articles


def article(*blocks: Block, sections: tuple[Section, ...] = ()) -> Article:
    """A document as it is read back, each value standing in it once."""
    return from_json(to_json(Article("T", Source(SourceFormat.JSON), id=article_id("path:t"), blocks=blocks, sections=sections)))


@pytest.mark.parametrize("block", [Paragraph("a"), ThematicBreak(), List(items=(ListItem("a", blocks=(Paragraph("b"),)),)), None])
def test_a_document_that_nobody_needs_any_more_is_let_go(block: Block | None) -> None:
    """Values and places hold one another, and the garbage collector sees both."""
    found = outline(article(*([block] if block else []), sections=(Section("Empty"), Section("Full", blocks=(Paragraph("c"),)))))
    alive = weakref.ref(found)
    del found
    gc.collect()
    assert alive() is None


def test_positions_count_nested_blocks_in_reading_order() -> None:
    """A list's nested paragraph stands between the list and what follows it."""
    nested = List(items=(ListItem("a", blocks=(Paragraph("b"),)),))
    table = Table(rows=(Row((Cell("c", blocks=(Paragraph("d"),)),)),))
    found = outline(article(nested, Blockquote(blocks=(table,)), Paragraph("e")))
    assert [(block.position, type(block).__name__) for block in found.blocks] == [
        (0, "List"),
        (1, "Paragraph"),
        (2, "Blockquote"),
        (3, "Table"),
        (4, "Paragraph"),
        (5, "Paragraph"),
    ]
    assert [block.position for block in found.direct_blocks] == [0, 2, 5]
    assert [table.position for table in found.tables] == [3]
    assert [one.position for one in found.lists] == [0]


def test_sections_know_their_parent_depth_and_path() -> None:
    """The headings lead from the top down."""
    inner = Section("Inner", 3, "inner", (Paragraph("x"),))
    found = outline(article(sections=(Section("Outer", 2, "outer", sections=(inner,)),)))
    outer, inner = found.sections
    assert (outer.depth, outer.path, outer.parent) == (0, ("Outer",), None)
    assert (inner.depth, inner.path, inner.parent) == (1, ("Outer", "Inner"), outer)
    assert inner.blocks[0].section is inner
    assert found.by_anchor["inner"] is inner


def test_equal_blocks_have_ids_of_their_own() -> None:
    """The occurrence tells two rules apart."""
    found = outline(article(ThematicBreak(), ThematicBreak()))
    first, second = found.blocks
    assert first.id != second.id
    assert found.block(second.id) is second
    assert found.block("no such id") is None


def test_a_blocks_id_survives_a_move() -> None:
    """Ids come from the content, never from the position."""
    before = outline(article(Paragraph("a"), Paragraph("b")))
    after = outline(article(Paragraph("new"), sections=(Section("H", 2, "h", (Paragraph("b"),)),)))
    assert before.blocks[1].id == after.blocks[1].id


@given(articles)
def test_every_id_of_an_article_is_unique(given: Article) -> None:
    """Whatever stands in an article, no two things share an id or an anchor."""
    found = outline(from_json(to_json(anchored(given))))
    ids = [*found.block_ids, *(section.id for section in found.sections)]
    assert len(set(ids)) == len(ids)
    assert [block.position for block in found.blocks] == list(range(len(found.blocks)))


def test_places_take_no_part_in_equality() -> None:
    """A placed document equals the one it was read from."""
    plain = article(Paragraph("a"))
    placed = msgspec.structs.replace(plain)
    outline(placed)
    assert placed == plain
    assert to_json(placed) == to_json(plain)
