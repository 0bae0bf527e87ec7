"""What lists become."""

from __future__ import annotations

from index.document import Blockquote, ImageBlock, List, ListItem, Mark, Paragraph, RepairKind, Span
from index.importers.html import fragment
from index.importers.repairs import Repairs


def one(markup: str) -> object:
    """The one block that the markup becomes."""
    (block,) = fragment(markup, Repairs())
    return block


def test_lists_nest() -> None:
    """An item's running text is its own, lists in it are nested, unclosed items end at the next."""
    assert one("<ul><li>a<ol><li>b<li>c</ol><li><p>d</p><p>e</p></ul>") == List(
        items=(
            ListItem("a", blocks=(List(ordered=True, items=(ListItem("b"), ListItem("c"))),)),
            ListItem("d", blocks=(Paragraph("e"),)),
        )
    )


def test_numbering_starts_where_the_list_says() -> None:
    """`start`, or the first item's value, where it is not 1."""
    assert one("<ol start=3><li>a</ol>") == List(ordered=True, start=3, items=(ListItem("a"),))
    assert one("<ol><li value=7>a</ol>") == List(ordered=True, start=7, items=(ListItem("a"),))
    assert one("<ol start=1><li>a</ol>") == one("<ol start=x><li>a</ol>") == List(ordered=True, items=(ListItem("a"),))


def test_numbers_that_do_not_go_up_by_one_are_named() -> None:
    """A list has only a first number, which may be below 0."""
    assert one("<ol start=-1><li>a</ol>") == List(ordered=True, start=-1, items=(ListItem("a"),))
    for markup, said in (
        ("<ol reversed><li>a<li>b</ol>", 1),
        ("<ol><li>a<li value=7>b</ol>", 1),
        ("<ol start=0><li value=0>a<li value=1>b</ol>", 0),
        ("<ul><li value=3>a</ul>", 0),
    ):
        repairs = Repairs()
        fragment(markup, repairs)
        assert [note.repair.kind for note in repairs.notes] == [RepairKind.MARKUP_DROPPED] * said


def test_tasks_are_ticked_or_not() -> None:
    """A box at the beginning of an item makes it a task."""
    assert one("<ul><li><input type=checkbox checked> a<li><label><input type=checkbox> b</label><li>c<input type=checkbox></ul>") == List(
        items=(ListItem("a", checked=True), ListItem("b", checked=False), ListItem("c"))
    )
    assert one("<ul><li><input type=text>a<li><b>b</b></ul>") == List(items=(ListItem("a"), ListItem("b", (Span("b", (Mark.STRONG,)),))))


def test_what_stands_in_no_item_joins_the_one_before() -> None:
    """A list within a list but not in an item belongs to the item before it; with none before, it is one."""
    assert one("<ul><li>a</li><ul><li>b</li></ul></ul>") == List(items=(ListItem("a", blocks=(List(items=(ListItem("b"),)),)),))
    assert one("<ul>x<li>a</ul>") == List(items=(ListItem("x"), ListItem("a")))


def test_a_list_without_items_is_what_it_holds() -> None:
    """Old pages indent with lists."""
    assert one("<ul>text</ul>") == Paragraph("text")
    assert fragment("<ul><li></li><li> </li></ul>", Repairs()) == []


def test_a_list_of_pictures_alone_is_the_pictures() -> None:
    """A gallery, whatever frames them; an item with words makes it a list again, and a numbered list stays one."""
    pictures = "<li><figure><img src=a.png><figcaption>A</figcaption></figure></li><li><img src=b.png></li>"
    assert [type(block) for block in fragment(f"<ul>{pictures}</ul>", Repairs())] == [ImageBlock, ImageBlock]
    assert isinstance(one(f"<ul>{pictures}<li>c</li></ul>"), List)
    assert isinstance(one(f"<ol>{pictures}</ol>"), List)


def test_definitions_stand_in_their_term() -> None:
    """Terms are strong items, definitions a list in the last term before them, grouped by `div` or not."""
    nested = List(items=(ListItem("d1"), ListItem("d2", blocks=(Blockquote(blocks=(Paragraph("q"),)),))))
    assert one("<dl><dt>a<dt>b<dd>d1<div><dd>d2<blockquote>q</blockquote></div></dl>") == List(
        items=(ListItem("a", (Span("a", (Mark.STRONG,)),)), ListItem("b", (Span("b", (Mark.STRONG,)),), blocks=(nested,)))
    )


def test_definitions_without_a_term_are_items() -> None:
    """Wikis indent with definitions."""
    assert one("<dl><dd>a<dd>b<dt></dl>") == List(items=(ListItem("a"), ListItem("b")))
    assert fragment("<dl></dl>", Repairs()) == []
