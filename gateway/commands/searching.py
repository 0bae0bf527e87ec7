"""`broadsheet search`: how does the archive answer in a terminal?"""

from __future__ import annotations

import json as json_
from collections.abc import Iterator
from typing import Any
from urllib.parse import urldefrag

import typer
from rich.console import Console, Group
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from gateway.limits import Limits
from gateway.opening import open_library, site_settings, tell_if_empty
from gateway.operations import Operations
from gateway.settings import Settings
from schema.build import build
from schema.context import Reader

WIDE = 100  # columns of a terminal from which facets stand at the side
SIDE = 28  # columns that they take

Line = tuple[int, Text]
"""How far a line is indented, and the line."""

QUERY = """
query Search($query: String!, $first: Int!) {
  search(query: $query, first: $first) {
    totalCount interpretation suggestion
    facets {
      categories(first: 5) { count category { name } }
      authors(first: 5) { count author { name } }
      years { year count }
    }
    edges {
      score
      node { slug title url publishedOn authors { name } }
      passages(first: 3) { field text ranges { start end } section { anchor path } row { index } }
    }
  }
}
"""


def run(settings: Settings, query: str, first: int, *, json: bool) -> int:
    """Show the first hits with their passages; exit 1 where nothing answers, 2 where it could not be asked."""
    library = open_library(settings)
    try:
        tell_if_empty(library, settings)
        library.catch_up()
        reader = Reader(library, site_settings(settings))
        answer = Operations(build(), Limits.of(settings)).run(QUERY, {"query": query, "first": first}, None, reader).body
    finally:
        library.close()
    if answer.get("errors"):
        typer.echo(f"broadsheet: {answer['errors'][0]['message']}", err=True)
        return 2
    found = answer["data"]["search"]
    if json:
        typer.echo(json_.dumps(found, ensure_ascii=False))
    else:
        _show(found, f"http://{settings.text('host')}:{settings.whole('port')}")
    return 0 if found["edges"] else 1


def _show(found: dict[str, Any], base: str) -> None:
    console = Console(highlight=False)
    total = found["totalCount"]
    said = f" {'article' if total == 1 else 'articles'} for {_clean(found['interpretation']) or 'everything'}"
    console.print(Text.assemble((f"{total:,}", "bold"), said))
    if found["suggestion"]:
        console.print(Text(f"Did you mean: {_clean(found['suggestion'])}?", "yellow"))
    if not found["edges"]:
        return
    hits = [line for edge in found["edges"] for line in _hit(edge, base)]
    facets = _facets(found["facets"])
    if console.is_terminal and console.width >= WIDE:
        grid = Table.grid(padding=(0, 3), expand=True)
        grid.add_column(ratio=1)
        grid.add_column(width=SIDE)
        grid.add_row(Group(*map(_indented, hits)), Group(*map(_indented, _side(facets))))
        console.print(grid)
        return
    below = [(0, Text.assemble((f"{name}: ", "dim"), "  ".join(values))) for name, values in facets.items()]
    for indent, text in [*hits, (0, Text()), *below]:
        if console.is_terminal:
            console.print(_indented((indent, text)))
        else:  # a line is a line, however long
            console.print(Text(" " * indent) + text, soft_wrap=True)


def _side(facets: dict[str, list[str]]) -> Iterator[Line]:
    for name, values in facets.items():
        yield 0, Text()
        yield 0, Text(name, "dim")
        yield from ((2, Text(value)) for value in values)


def _indented(line: Line) -> Padding:
    indent, text = line
    return Padding(text, (0, 0, 0, indent))


def _hit(edge: dict[str, Any], base: str) -> Iterator[Line]:
    """An empty line, the title, the passages, the address."""
    node = edge["node"]
    by = ", ".join(author["name"] for author in node["authors"])
    yield 0, Text()
    yield 0, Text.assemble((_clean(node["title"]), "bold"), (f"  {node['publishedOn'] or ''}  {_clean(by)}".rstrip(), "dim"))
    for passage in edge["passages"]:
        where = " › ".join(passage["section"]["path"]) if passage["section"] else ""
        label = passage["field"].lower() if passage["row"] is None else f"table, row {passage['row']['index'] + 1}"
        yield 2, Text.assemble((f"{label}{f', {_clean(where)}' if where else ''}: ", "cyan"), _marked(passage))
    anchor = next((p["section"]["anchor"] for p in edge["passages"] if p["section"]), "")
    page = node["url"] or f"{base}/articles/{node['slug']}"
    address = _clean(f"{urldefrag(page).url}#{anchor}" if anchor else page)
    yield 2, Text(address, Style(color="blue", link=address))


def _marked(passage: dict[str, Any]) -> Text:
    """The passage's text with its matches in bold; ranges count UTF-16 code units."""
    units = passage["text"].encode("utf-16-le")
    text, at = Text(), 0
    for span in passage["ranges"]:
        start, end = span["start"] * 2, span["end"] * 2
        text.append(_plain(units[at:start]))
        text.append(_plain(units[start:end]), "bold yellow")
        at = end
    text.append(_plain(units[at:]))
    return text


def _plain(units: bytes) -> str:
    return _clean(units.decode("utf-16-le", "replace"))


def _clean(text: str) -> str:
    """A text without line breaks, and without what could steer a terminal."""
    return "".join(character if character.isprintable() else " " for character in text)


def _facets(facets: dict[str, Any]) -> dict[str, list[str]]:
    """The values of each facet that has some, with their counts."""
    rows = {
        "categories": [(one["category"]["name"], one["count"]) for one in facets["categories"]],
        "authors": [(one["author"]["name"], one["count"]) for one in facets["authors"]],
        "years": [(str(one["year"]), one["count"]) for one in facets["years"][:8]],
    }
    return {name: [f"{_clean(value)} ({count:,})" for value, count in counts] for name, counts in rows.items() if counts}
