"""How does an article look on a terminal, with what was guessed, mended and dropped at its place?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich import box
from rich.console import Console, RenderableType
from rich.markdown import Markdown
from rich.segment import SegmentLines
from rich.table import Table as Grid
from rich.text import Text

from gateway.commands.reading_places import Note, Part, Source, in_place
from index.document import Article, RepairKind, Table
from index.encoding import from_json, to_json
from index.importers.flow import Heading
from index.importers.material import one_line
from index.outline import outline
from index.plain import cell_text
from index.tables import grid
from schema.renderings.markdown import block_markdown

COLOURS = {
    RepairKind.BOILERPLATE_REMOVED: "red",
    RepairKind.DUPLICATE_REMOVED: "red",
    RepairKind.UNSAFE_REMOVED: "red",
    RepairKind.MARKUP_DROPPED: "magenta",
    RepairKind.TABLE_TRUNCATED: "magenta",
    RepairKind.TABLE_SPLIT: "cyan",
    RepairKind.HEADING_INFERRED: "yellow",
    RepairKind.LIST_INFERRED: "yellow",
    RepairKind.DATE_INFERRED: "yellow",
    RepairKind.AUTHOR_INFERRED: "yellow",
    RepairKind.OTHER: "blue",
}
SHOWN = 5  # lines of one removed piece
LONGEST = 200  # characters of one of them
CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]")  # with which a text could speak to the terminal


def show(console: Console, article: Article, source: Source) -> None:
    """Print an article: what is known of it, then its parts and repairs in the order of the source."""
    article = from_json(CONTROLS.sub("", to_json(article).decode()).encode())
    outline(article)
    nowhere, parts = in_place(article, source)
    for thing in (*_head(article), *(line for note in nowhere for line in _note(note))):
        console.print(thing)
    for part in parts:
        for thing in _note(part) if isinstance(part, Note) else _part(part, console):
            console.print(thing)
    console.print()


def _head(article: Article) -> Iterator[RenderableType]:
    """Location, title, and what is known besides."""
    when = article.published_at.isoformat() if article.published_at else "no date"
    topics = ", ".join([*(category.name for category in article.categories), *(tag.name for tag in article.tags)])
    authors = ", ".join(author.name for author in article.authors)
    yield Text(f"── {one_line(article.source.location)}", "dim")
    yield Text(article.title, "bold")
    yield Text(" · ".join(part for part in (when, authors, topics, article.source.format.value) if part), "dim")
    if article.summary:
        yield Text(article.summary, "italic")


def _part(part: Part, console: Console) -> Iterator[RenderableType]:
    """A part as a person reads it, an empty line before it unless it goes on with a list."""
    if not part.on:
        yield ""
    if isinstance(part.thing, Heading):
        yield Text(f"{'#' * part.thing.level} {part.thing.text}", "bold underline")
    elif isinstance(part.thing, Table):
        yield _table(part.thing, COLOURS[part.repairs[0].kind] if part.repairs else "none")
    else:
        lines = console.render_lines(Markdown(block_markdown(part.thing), hyperlinks=False), pad=False)
        shown = [number for number, line in enumerate(lines) if any(segment.text.strip() for segment in line)]
        yield SegmentLines(lines[shown[0] : shown[-1] + 1] if shown else [], new_lines=True)


def _table(table: Table, colour: str) -> Grid:
    """A table, drawn; a cell that spans stands in its first place."""
    places = grid(table)
    names = [column.name for column in table.columns] + [""] * (places.width - len(table.columns))
    drawn = Grid(box=box.ROUNDED, border_style=colour, show_header=any(names), title=Text(table.caption) if table.caption else None)
    for name in names:
        drawn.add_column(Text(name), overflow="fold")
    for row in places.rows:
        drawn.add_row(*(Text(cell_text(cell), "bold" if cell.header else "") if cell else Text() for cell in row))
    return drawn


def _note(note: Note) -> Iterator[RenderableType]:
    """What was taken out, struck, and the repair beneath it: kind, line, what was done, and how sure that is."""
    repair, colour = note.repair, COLOURS[note.repair.kind]
    for line in note.gone[:SHOWN]:
        yield _line(("✂", colour), (CONTROLS.sub("", line)[:LONGEST], f"dim strike {colour}"))
    if len(note.gone) > SHOWN:
        yield _line(("✂", colour), (f"… and {len(note.gone) - SHOWN:,} more lines", f"dim {colour}"))
    kind = repair.kind.value.lower().replace("_", " ")
    where = f", line {repair.line:,}: " if repair.line else ": "
    yield _line(
        ("▌", colour), (kind, f"bold {colour}"), (where, colour), (f"{repair.message} ", ""), (f"{repair.confidence:.0%} sure", "dim")
    )


def _line(sign: tuple[str, str], *parts: tuple[str, str]) -> Grid:
    """A sign, and a text beside it."""
    line = Grid.grid(padding=(0, 1, 0, 0))
    line.add_row(Text(*sign), Text.assemble(*parts))
    return line
