"""`broadsheet search`: how does the archive answer in a terminal?"""

from __future__ import annotations

import json as json_
from typing import Any

import typer
from rich.console import Console
from rich.text import Text

from gateway.limits import Limits
from gateway.opening import open_library, site_settings
from gateway.operations import Operations
from gateway.settings import Settings
from schema.build import build
from schema.context import Reader

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
    """Show the first hits with their passages; exit 1 where nothing answers."""
    library = open_library(settings)
    try:
        library.catch_up()
        reader = Reader(library, site_settings(settings))
        answer = Operations(build(), Limits.of(settings)).run(QUERY, {"query": query, "first": first}, None, reader).body
    finally:
        library.close()
    if answer.get("errors"):
        typer.echo(f"broadsheet: {answer['errors'][0]['message']}", err=True)
        return 1
    found = answer["data"]["search"]
    if json:
        typer.echo(json_.dumps(found, ensure_ascii=False))
    else:
        _show(found, f"http://{settings.text('host')}:{settings.whole('port')}")
    return 0 if found["edges"] else 1


def _show(found: dict[str, Any], base: str) -> None:
    console = Console(highlight=False)
    total = found["totalCount"]
    console.print(
        f"[bold]{total:,}[/] {'article' if total == 1 else 'articles'} for {found['interpretation'] or 'everything'}", markup=True
    )
    if found["suggestion"]:
        console.print(Text(f"Did you mean: {found['suggestion']}?", "yellow"))
    for edge in found["edges"]:
        console.print()
        _show_hit(console, edge, base)
    console.print()
    _show_facets(console, found["facets"])


def _show_hit(console: Console, edge: dict[str, Any], base: str) -> None:
    node = edge["node"]
    by = ", ".join(author["name"] for author in node["authors"])
    console.print(Text.assemble((node["title"], "bold"), (f"  {node['publishedOn'] or ''}  {by}".rstrip(), "dim")))
    for passage in edge["passages"]:
        where = " › ".join(passage["section"]["path"]) if passage["section"] else ""
        label = passage["field"].lower() if passage["row"] is None else f"table, row {passage['row']['index'] + 1}"
        console.print(Text.assemble("  ", (f"{label}{f', {where}' if where else ''}: ", "cyan"), _marked(passage)))
    anchor = next((p["section"]["anchor"] for p in edge["passages"] if p["section"]), "")
    address = node["url"] or f"{base}/articles/{node['slug']}"
    console.print(Text(f"  {address}{f'#{anchor}' if anchor else ''}", "blue"))


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
    return " ".join(units.decode("utf-16-le", "replace").split(" ")).replace("\n", " ")


def _show_facets(console: Console, facets: dict[str, Any]) -> None:
    rows = (
        ("categories", [(one["category"]["name"], one["count"]) for one in facets["categories"]]),
        ("authors", [(one["author"]["name"], one["count"]) for one in facets["authors"]]),
        ("years", [(str(one["year"]), one["count"]) for one in facets["years"][:8]]),
    )
    for name, counts in rows:
        if counts:
            console.print(Text.assemble((f"{name}: ", "dim"), "  ".join(f"{value} ({count:,})" for value, count in counts)))
