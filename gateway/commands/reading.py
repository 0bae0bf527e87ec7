"""`broadsheet read`: what would come out of a source, and what was guessed, mended or dropped on the way?"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer
from rich.console import Console
from rich.markdown import Markdown
from rich.text import Text

from gateway.commands.formats import named
from index.document import Article, RepairKind
from index.encoding import to_json
from index.importers.material import Rejection, Skipped
from index.importers.read import read_all, shown
from schema.renderings.markdown import article_markdown

COLOURS = {
    RepairKind.BOILERPLATE_REMOVED: "red",
    RepairKind.DUPLICATE_REMOVED: "red",
    RepairKind.UNSAFE_REMOVED: "red",
    RepairKind.MARKUP_DROPPED: "red",
}


def run(paths: Sequence[str], format: str | None, *, json: bool) -> int:
    """Print each document; 1 if anything was rejected."""
    rejected = False
    console = Console(highlight=False)
    for outcome in read_all(paths, format=named(format)):
        if isinstance(outcome, Rejection):
            rejected = True
            typer.echo(f"rejected: {outcome}", err=True)
        elif isinstance(outcome, Skipped):
            typer.echo(f"skipped: {outcome.location}: {outcome.reason}", err=True)
        elif json:
            sys.stdout.buffer.write(to_json(shown(outcome)) + b"\n")
        else:
            _show(console, shown(outcome))
    sys.stdout.flush()
    return 1 if rejected else 0


def _show(console: Console, article: Article) -> None:
    """A document for a person: what is known of it, its text, its repairs by line."""
    authors = ", ".join(author.name for author in article.authors)
    topics = ", ".join([*(category.name for category in article.categories), *(tag.name for tag in article.tags)])
    when = article.published_at.isoformat() if article.published_at else "no date"
    console.rule(Text(article.source.location))
    console.print(Text(article.title, "bold"))
    console.print(Text(" · ".join(part for part in (when, authors, topics, article.source.format.value) if part), "dim"))
    console.print(Markdown(article_markdown(article)))
    for repair in article.source.repairs:
        where = f"line {repair.line}" if repair.line else "somewhere"
        console.print(
            Text.assemble((f"{where}: ", "dim"), (repair.kind.value, COLOURS.get(repair.kind, "green")), f" {repair.message}"),
            Text(f"sure to {repair.confidence:.0%}", "dim"),
        )
