"""`broadsheet read`: what would come out of a source, and what was guessed, mended or dropped on the way?"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer

from gateway.commands.formats import named
from index.document import SourceFormat
from index.encoding import to_json
from index.importers.material import Rejection, Skipped
from index.importers.read import Finished, read_all, read_each, shown
from index.incoming import Incoming


def run(paths: Sequence[str], format: str | None, *, json: bool) -> int:
    """Print each document; 1 if anything was rejected."""
    wanted = named(format)
    return (_print_json if json else _print_view)(paths, wanted)


def _print_json(paths: Sequence[str], format: SourceFormat | None) -> int:
    """A line of JSON for each document."""
    rejected = 0
    for outcome in read_all(paths, format=format):
        if isinstance(outcome, Incoming):
            sys.stdout.buffer.write(to_json(shown(outcome)) + b"\n")
        else:
            rejected |= _say(outcome)
    sys.stdout.flush()
    return rejected


def _print_view(paths: Sequence[str], format: SourceFormat | None) -> int:
    """Each document for a person, coloured where the output is a terminal."""
    from rich.console import Console

    from gateway.commands.reading_places import Source
    from gateway.commands.reading_view import show

    console = Console(highlight=False)
    rejected = 0
    for piece, outcome in read_each(paths, format=format):
        if isinstance(outcome, Incoming) and piece is not None:
            show(console, shown(outcome), Source(piece.content, piece.format, piece.line))
        else:
            rejected |= _say(outcome)
    return rejected


def _say(outcome: Finished) -> int:
    """What was not read, on standard error; 1 if that is a rejection."""
    if isinstance(outcome, Rejection):
        typer.echo(f"rejected: {outcome}", err=True)
        return 1
    if isinstance(outcome, Skipped):
        typer.echo(f"skipped: {outcome.location}: {outcome.reason}", err=True)
    return 0
