"""What each pass over a flattened page does, where pages differ from the usual one."""

from __future__ import annotations

import datetime as dt

import pytest

from index.document import List, Paragraph, RepairKind, Table
from index.importers.material import Material, Reading, Unreadable
from index.importers.repairs import Repairs
from index.importers.text import read as read_material
from index.importers.text.headings import likelihoods
from index.importers.text.lines import numbered
from index.importers.text.signs import Page

LONG = "The keepers wrote down every ship that passed the lamp, with its flag, its load and the wind, in books that fill two rooms. " * 2


def read(page: str) -> Reading:
    """The reading of a page's text."""
    return read_material(Material(page.encode()))


def kinds(reading: Reading) -> list[RepairKind]:
    """The kinds of what was done to a page."""
    return [note.repair.kind for note in reading.repairs.notes]


def test_the_months_of_the_archive_say_which_number_of_a_date_is_the_month() -> None:
    """`04/05/2024` is the fifth of April on a page whose archive begins with April: no guess."""
    reading = read(f"04/05/2024\n\nThe lamp is lit\n\n{LONG}\n\nArchives\n\n  • April 2024\n  • March 2024\n")
    assert reading.article.published_at == dt.datetime(2024, 4, 5, tzinfo=dt.UTC)
    assert RepairKind.DATE_INFERRED not in kinds(reading)


def test_where_nothing_says_so_a_date_filled_up_with_noughts_has_the_day_first_and_is_a_guess() -> None:
    """The rule is said in a repair."""
    reading = read(f"04/05/2024\n\nThe lamp is lit\n\n{LONG}")
    assert reading.article.published_at == dt.datetime(2024, 5, 4, tzinfo=dt.UTC)
    assert RepairKind.DATE_INFERRED in kinds(reading)


def test_date_and_byline_may_share_a_line_under_the_title() -> None:
    """The title then is the line before them, and the menu goes."""
    reading = read(f"Menu\n\nThe lamp is lit\n\nBy Ada Kerr | March 4, 2025\n\n{LONG}")
    article = reading.article
    assert (article.title, [author.name for author in article.authors]) == ("The lamp is lit", ["Ada Kerr"])
    assert article.published_at == dt.datetime(2025, 3, 4, tzinfo=dt.UTC)
    assert kinds(reading) == [RepairKind.BOILERPLATE_REMOVED]


DAYS = [
    (f"March 4\n\nThe lamp is lit\n\n{LONG}", "2013/lamp.txt", "2013-03-04"),
    (f"The Packet\n\nThe lamp is lit\n\nBy Ada Kerr | March 4\n\n{LONG}", "2013/lamp.txt", "2013-03-04"),
    (f"The lamp is lit\n\nPosted on March 4\n\n{LONG}", "2013/03/lamp.txt", "2013-03-04"),
    (f"The lamp is lit\n\nMarch 4\n\n{LONG}", "lamp.txt", None),
    (f"The lamp is lit\n\nMarch 4\n\n{LONG}", "2013/04/lamp.txt", "2013-04-01"),
    (f"The lamp is lit\n\nMarch 4\n\n{LONG}\n\nMarch 5\n\n{LONG}", "2013/lamp.txt", None),
    (f"The lamp is lit\n\n{LONG}\n\nMarch 4\n\n{LONG}", "2013/lamp.txt", None),
    (f"The lamp is lit\n\nMarch 4\n\nApril 5, 2012\n\n{LONG}", "2013/lamp.txt", "2012-04-05"),
    (f"The lamp is lit\n\n{LONG}", "2013-03-04-lamp.txt", "2013-03-04"),
]


@pytest.mark.parametrize(("page", "path", "day"), DAYS)
def test_a_day_without_a_year_in_the_masthead_has_that_of_the_pages_path(page: str, path: str, day: str | None) -> None:
    """As a guess, unless the path names another month or day, or such days are headings; a date with a year goes before."""
    reading = read_material(Material(page.encode(), path, path))
    found = reading.article.published_at
    assert (found and found.date().isoformat()) == day
    assert (RepairKind.DATE_INFERRED in kinds(reading)) == (day is not None and not day.startswith("2012"))


def test_a_day_without_a_year_has_that_of_the_pages_address() -> None:
    """Where the page was read from one; the line goes, and the title is found beside it."""
    article = read_material(Material(f"The lamp is lit\n\nMarch 4\n\n{LONG}".encode(), "https://example.org/2013/lamp")).article
    assert (article.title, str(article.published_at)) == ("The lamp is lit", "2013-03-04 00:00:00+00:00")
    assert article.blocks == (Paragraph(LONG.strip()),)


def test_a_page_without_a_title_is_named_by_its_first_words() -> None:
    """And that is said."""
    reading = read(LONG)
    assert reading.article.title.startswith("The keepers wrote down every ship")
    assert kinds(reading) == [RepairKind.HEADING_INFERRED]


ABOVE = [
    (f"The lamp is lit\n\n{LONG}\n\n4 March 2025\n\nThe wind", "The lamp is lit", LONG),
    (f"The Packet\n\nThe lamp is lit\n\nShips saw it.\n\nBy Ada Kerr\n\n4 March 2025\n\n{LONG}", "The lamp is lit", "Ships saw it."),
    (f"{LONG}\n\n4 March 2025\n\nMore of it.", "The keepers wrote down every ship that passed the lamp, with its", LONG),
    (f"The wind fell, so it was lit.\n\n4 March 2025\n\n{LONG}", "The wind fell, so it was lit.", LONG),
    (f"We keep your visit in mind. {'And more. ' * 9}\n\n4 March 2025\n\nThe lamp is lit\n\n{LONG}", "The lamp is lit", LONG),
]


@pytest.mark.parametrize(("page", "title", "first"), ABOVE)
def test_text_above_the_date_is_neither_title_nor_menu(page: str, title: str, first: str) -> None:
    """It stays under the title; above a title it goes, and a short sentence is the title where nothing else can be."""
    article = read(page).article
    assert (article.title, str(article.published_at)) == (title, "2025-03-04 00:00:00+00:00")
    assert article.blocks[0] == Paragraph(first.strip())


DATES = [
    "The lamp is lit\n\nPublished 4 March 2025\nUpdated 5 March 2025",
    "The lamp is lit\n\nLast modified: 5 March 2025\n\n4 March 2025",
    "Published: 4 March 2025\nLast updated: 5 March 2025\n\nThe lamp is lit",
    "The lamp is lit\n\nBy Ada Kerr | 4 March 2025 | Updated 5 March 2025",
    "The lamp is lit\n\nBy Ada Kerr | 4 March 2025\n\nRevised on March 5, 2025",
]


@pytest.mark.parametrize("head", DATES)
def test_the_day_of_the_last_change_stands_beside_the_first(head: str) -> None:
    """In the same line or the next, on either side; neither is the title, nor is anything else of it text."""
    reading = read(f"{head}\n\n{LONG}")
    article = reading.article
    assert (article.title, article.blocks, article.sections) == ("The lamp is lit", (Paragraph(LONG.strip()),), ())
    assert [str(date)[:10] for date in (article.published_at, article.updated_at)] == ["2025-03-04", "2025-03-05"]
    assert kinds(reading) == []


def test_the_day_of_the_last_change_stands_for_the_first_where_that_is_not_known() -> None:
    """Two days that nothing announces are not a pair."""
    article = read(f"The lamp is lit\n\nUpdated 5 March 2025\n\n{LONG}").article
    assert (article.published_at, article.title) == (article.updated_at, "The lamp is lit")
    article = read(f"The lamp is lit\n\n4 March 2025\n\n5 March 2025\n\n{LONG}").article
    assert (str(article.published_at)[:10], article.updated_at, article.sections[0].heading) == ("2025-03-04", None, "5 March 2025")


def test_a_date_under_text_is_a_guess() -> None:
    """For it may head a part of the text."""
    assert kinds(read(f"The lamp is lit\n\n{LONG}\n\n4 March 2025\n\nThe wind fell.")) == [RepairKind.DATE_INFERRED]


@pytest.mark.parametrize(("marks", "ordered"), [("123", True), ("---", False), ("•••", False)])
def test_items_between_gaps_are_one_list(marks: str, ordered: bool) -> None:
    """A list whose items stand apart is still one."""
    items = "\n\n".join(f"{mark}{'.' if ordered else ''} lamp {at}" for at, mark in enumerate(marks))
    (block,) = read(f"The lamps\n\n{LONG}\n\n{items}").article.blocks[1:]
    assert isinstance(block, List)
    assert (block.ordered, [item.text for item in block.items]) == (ordered, ["lamp 0", "lamp 1", "lamp 2"])


def test_an_item_that_goes_on_in_the_next_line_is_one() -> None:
    """Lines set in deeper than a mark belong to its item."""
    (block,) = read(f"The lamps\n\n{LONG}\n\n  • the red lamp\n    of the pier\n  • the white lamp").article.blocks[1:]
    assert isinstance(block, List)
    assert [item.text for item in block.items] == ["the red lamp of the pier", "the white lamp"]


@pytest.mark.parametrize("between", ["\t", " | ", "   "])
def test_cells_that_stand_apart_are_taken_as_they_are(between: str) -> None:
    """Tabs, bars and wide spaces part cells; a missing last cell is empty."""
    page = "\n".join([between.join(["Lamp", "Colour"]), between.join(["Pier", "red"]), *[between.join(["Mole", "green"])] * 8, "Bar"])
    (table,) = read(f"The lamps\n\n{LONG}\n\n{page}").article.blocks[1:]
    assert isinstance(table, Table)
    assert [column.name for column in table.columns] == ["Lamp", "Colour"]
    assert [cell.text for cell in table.rows[-1].cells] == ["Bar", ""]


def test_numbered_rows_under_a_header_are_a_table() -> None:
    """Cells that ran together in header and rows tell them from a list."""
    page = "Lamp SeenKeeper Named\n1) Pier lampOld Sorley\n2) Mole lampYoung Marsh\n3) Bar lampTall Finn"
    (table,) = read(f"The lamps\n\n{LONG}\n\n{page}").article.blocks[1:]
    assert isinstance(table, Table)
    assert [cell.text for cell in table.rows[0].cells] == ["1) Pier lamp", "Old Sorley"]


def test_text_broken_at_a_margin_is_one_paragraph_and_short_lines_keep_their_breaks() -> None:
    """Neither is a table."""
    broken = "the keepers of the lamp wrote down the ships\nthat passed it by day and by night in winter\nand in summer."
    first, second = read(f"The lamps\n\n{LONG}\n\n{broken}\n\nthe lamp house\nupper pier").article.blocks[1:]
    assert first == Paragraph(broken.replace("\n", " "))
    assert second == Paragraph("the lamp house\nupper pier")


def test_a_heading_right_above_its_paragraph_heads_it() -> None:
    """No empty line is needed between a short line and a long one that ends."""
    (section,) = read(f"The lamps\n\n{LONG}\n\nWhat the keepers saw\n{LONG}").article.sections
    assert section.heading == "What the keepers saw"


def test_headings_that_are_written_alike_vouch_for_each_other() -> None:
    """A line that is as likely no heading as one becomes one among lines that begin and end like it."""
    alone = [numbered("Rule: a keeper writes what the keeper saw")]
    alike = [numbered(f"Rule: {what}") for what in ("lamps", "the northern pier", "boats in winter")]
    text = numbered(LONG)
    by_itself = likelihoods([*alone, text], Repairs())[0]
    among_others = likelihoods([*alone, text, *(run for heading in alike for run in (heading, text))], Repairs())[0]
    assert by_itself < among_others


def test_a_heading_shares_words_with_the_text_under_it() -> None:
    """What it names is what is spoken of, up to the next line that may be a heading."""
    runs = [*map(numbered, ("Keepers of the lantern", "The lantern was lit by two keepers.", "• Keepers\n• Lanterns", "Boats", LONG))]
    page = Page(runs, [0, 3])
    assert (page.around(0).shared_after, page.around(3).shared_after) == (3, 0)


def test_a_repeat_that_is_nothing_but_a_cut_line_goes() -> None:
    """What hung on it stays."""
    reading = read(
        f"The lamps\n\n{LONG}\n\n  • the white lamp of the northern mole\n\n  • the white lamp of theWhat Came Next\n\n{LONG}End."
    )
    assert [section.heading for section in reading.article.sections] == ["What Came Next"]
    assert {RepairKind.DUPLICATE_REMOVED, RepairKind.TABLE_TRUNCATED} <= set(kinds(reading))


def test_a_repeated_short_line_is_no_repeat() -> None:
    """`Code:` twice is how a page looks whose code was lost."""
    assert read(f"The lamps\n\n{LONG}\n\nCode:\n\nCode:\n\n{LONG}End.").article.blocks.count(Paragraph("Code:")) == 2


def test_a_row_that_reads_as_well_in_other_ways_stays_whole() -> None:
    """Figures that may part anywhere part nowhere, at a low confidence."""
    reading = read(f"The lamps\n\n{LONG}\n\nLampShipsBoatsWrecks\nPier24956144\nMole295710628\nBar1169620058")
    table = reading.article.blocks[-1]
    assert isinstance(table, Table)
    assert [len(row.cells) for row in table.rows] == [1, 1, 1]
    assert [note.repair.confidence for note in reading.repairs.notes].count(0.2) == 3


def test_a_text_over_the_bound_is_refused() -> None:
    """With the bound, and what to do."""
    with pytest.raises(Unreadable, match="longer than 64 MiB"):
        read_material(Material(bytes(2**26 + 1)))


@pytest.mark.parametrize(
    "box",
    [
        "Ada Kerr\n\nAda Kerr\n\nAda Kerr keeps the light.",
        "Ada Kerr\n\nAda Kerr\n\nAda Kerr Ada Kerr keeps the light.",
        "Ada Kerr\n\nAda Kerr Ada Kerr keeps the light.",
        "Ada Kerr\n\nAda KerrAda Kerr keeps the light.",
    ],
)
def test_an_author_box_does_not_begin_with_the_name_twice(box: str) -> None:
    """Whether the name stands before the line about the author or in it; the box itself is left out."""
    article = read(f"March 4, 2025\n\nThe lamp is lit\n\n{LONG}\n\n{box}\n\nCategories\n\nArchives\n").article
    assert [(author.name, author.bio) for author in article.authors] == [("Ada Kerr", "Ada Kerr keeps the light.")]
    assert article.blocks == (Paragraph(LONG.strip()),)


def test_a_repeat_is_found_after_lines_that_only_began_like_one() -> None:
    """Lines are compared once for each distance at which they might repeat others, wherever they stop to agree."""
    block = [f"Line {number} of the harbour book" for number in range(6)]
    lines = [*block, *block[:5], "Another line", *block, *block, "The end"]
    reading = read("A title\n\nWords to begin with.\n\n" + "\n\n".join(lines))
    (duplicate,) = (note.repair for note in reading.repairs.notes if note.repair.kind is RepairKind.DUPLICATE_REMOVED)
    assert duplicate.message.startswith("6 lines that repeat")
    assert duplicate.line == 5 + 2 * 18
