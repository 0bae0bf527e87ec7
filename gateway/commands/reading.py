"""`broadsheet read`: what would come out of a source, and what was guessed, mended or dropped on the way?"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence

import typer

from gateway.commands.formats import named
from index.document import SourceFormat
from index.encoding import to_json
from index.importers.material import Rejection, Skipped, one_line
from index.importers.read import Finished, read_all, read_each, shown
from index.incoming import Incoming


class Told:
    """What has been said of sources that are no article: on standard error, parts of a file as a count for each reason."""

    def __init__(self) -> None:
        self.status = 0
        self.parts: Counter[tuple[str, str]] = Counter()

    def say(self, outcome: Finished) -> None:
        """A rejection, which counts for the exit status, or what was skipped."""
        if isinstance(outcome, Rejection):
            typer.echo(f"rejected: {outcome}", err=True)
            self.status = 1
        elif isinstance(outcome, Skipped) and outcome.line is not None:
            self.parts[outcome.location, outcome.reason] += 1
        elif isinstance(outcome, Skipped):
            typer.echo(f"skipped: {one_line(outcome.location)}: {outcome.reason}", err=True)

    def sum_up(self) -> int:
        """The counts, and the exit status."""
        for (location, reason), count in self.parts.items():
            typer.echo(f"skipped: {one_line(location)}: {count:,} × {reason}", err=True)
        return self.status


def run(paths: Sequence[str], format: str | None, *, json: bool) -> int:
    """Print each document; 1 if anything was rejected."""
    told = Told()
    (_print_json if json else _print_view)(paths, named(format), told)
    return told.sum_up()


def _print_json(paths: Sequence[str], format: SourceFormat | None, told: Told) -> None:
    """A line of JSON for each document."""
    for outcome in read_all(paths, format=format):
        if isinstance(outcome, Incoming):
            sys.stdout.buffer.write(to_json(shown(outcome)) + b"\n")
        else:
            told.say(outcome)
    sys.stdout.flush()


def _print_view(paths: Sequence[str], format: SourceFormat | None, told: Told) -> None:
    """Each document for a person, coloured where the output is a terminal."""
    from rich.console import Console

    from gateway.commands.reading_places import Source
    from gateway.commands.reading_view import show

    console = Console(highlight=False)
    for piece, outcome in read_each(paths, format=format):
        if isinstance(outcome, Incoming) and piece is not None:
            show(console, shown(outcome), Source(piece.content, piece.format, piece.line))
        else:
            told.say(outcome)
