"""Which blocks are set in under a line that names them, and what becomes of those?"""

import pytest

from index.document import Block, Code, List, ListItem, Mark, Paragraph, RepairKind, Span, Table
from index.importers.flow import Heading
from index.importers.markdown import body
from index.importers.repairs import Repairs


def read(text: str) -> tuple[list[Heading | Block], list[tuple[int | None, RepairKind, str]]]:
    """What a text becomes, and what has to be said of it."""
    repairs = Repairs()
    out = body(text, repairs)
    return out, [(note.repair.line, note.repair.kind, note.repair.message) for note in repairs.notes]


def strong(text: str) -> Paragraph:
    """A title."""
    return Paragraph(text, (Span(text, (Mark.STRONG,)),))


def test_what_is_set_in_is_what_it_would_be_by_itself() -> None:
    """Under its title, strong; blocks within blocks too, and code keeps its own indent, tabs as well."""
    found, said = read(
        'Before.\n\n!!! note "A *title*"\n    One\n    two.\n\n    ```\n    a\n      b\n    \tc\n    ```\n\n    ??? tip\n\n        - d\n\n    Three.\n\nAfter.'
    )
    assert found == [
        Paragraph("Before."),
        strong("A title"),
        Paragraph("One two."),
        Code("a\n  b\n\tc"),
        strong("Tip"),
        List(items=(ListItem("d"),)),
        Paragraph("Three."),
        Paragraph("After."),
    ]
    assert said == [
        (3, RepairKind.MARKUP_DROPPED, "The container “note” is left out, and what it holds stays."),
        (13, RepairKind.MARKUP_DROPPED, "The container “tip” is left out, and what it holds stays."),
    ]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("??? danger", "Danger"),
        ('???+ danger "Mind the step"', "Mind the step"),
        ('!!! info inline end "X"', "X"),
        ("!!! info inline", "Info"),
        ('=== "C++"', "C++"),
        ('===+ "C"', "C"),
        ('!!! note ""', ""),
    ],
)
def test_heads(head: str, title: str) -> None:
    """A title in quotes, else the kind; an empty one is none."""
    assert read(f"{head}\n\n    Text.\n")[0] == [*([strong(title)] if title else []), Paragraph("Text.")]
    assert read(f"{head}\n\tText.\n")[0] == [*([strong(title)] if title else []), Paragraph("Text.")]


def test_tabs_hold_tables_and_items_hold_blocks() -> None:
    """In an item a block begins where the item's text does."""
    (tab, table), _ = read('=== "A"\n\n    | a |\n    |---|\n    | b |\n')
    assert (tab, isinstance(table, Table)) == (strong("A"), True)
    assert read("- a\n\n    !!! note\n        b\n\n    c\n")[0] == [
        List(items=(ListItem("a", blocks=(strong("Note"), Paragraph("b"), Paragraph("c"))),))
    ]


@pytest.mark.parametrize(
    "text",
    [
        "```\n!!! note\n    a\n```",
        "    !!! note\n        a",
        "!!! note\na",
        "What???\n    a",
        "!!! note\n\n\n    a",
        "=== a\n    b",
        "```\n\ta\n```\n\n!!! ",
    ],
)
def test_what_is_none_stays(text: str) -> None:
    """Code, lines that only look so, and what nothing is set in under."""
    assert read(text)[1] == []
    assert "note" not in text or "!!! note" in str(read(text)[0])
