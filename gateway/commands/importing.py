"""`broadsheet import`: how does a person watch an import, and what does it say at its end?"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from gateway.commands.formats import named
from gateway.opening import open_library
from gateway.settings import Settings
from index.importing import Import, Report
from index.store.store import Outcome

SHOWN = (Outcome.CREATED, Outcome.UPDATED, Outcome.UNCHANGED, Outcome.REMOVED)


def run(settings: Settings, paths: Sequence[str], format: str | None, *, dry_run: bool, prune: bool, force: bool) -> int:
    """Import, with progress on standard error; 1 if anything was rejected."""
    wanted = named(format)
    library = open_library(settings)
    try:
        with _progress() as progress:
            task = progress.add_task("reading", total=None, said="")

            def told(report: Report) -> None:
                progress.update(task, said=counts(report), completed=report.done)

            job = Import(library, told, force=force, dry_run=dry_run)
            job.run(paths, wanted)
            if prune:
                job.prune(paths)
            if not dry_run:
                progress.update(task, description="indexing")
                library.catch_up()
    finally:
        library.close()
    _say(job.report, dry_run=dry_run)
    return 1 if job.report.rejections else 0


def _progress() -> Progress:
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TextColumn("{task.fields[said]}"), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True, disable=not sys.stderr.isatty())


def counts(report: Report) -> str:
    """What an import came to, as one phrase."""
    counts = [f"{report.outcomes[outcome]:,} {outcome.value.lower()}" for outcome in SHOWN if outcome is not Outcome.REMOVED]
    if report.outcomes[Outcome.REMOVED]:
        counts.append(f"{report.outcomes[Outcome.REMOVED]:,} removed")
    return ", ".join([*counts, f"{len(report.rejections):,} rejected"])


def _say(report: Report, *, dry_run: bool) -> None:
    """A line for each rejection, what was skipped and repaired, and the counts last."""
    for rejection in report.rejections:
        typer.echo(f"rejected: {rejection}", err=True)
    if report.skipped:
        typer.echo("skipped: " + ", ".join(f"{count:,} × {reason}" for reason, count in sorted(report.skipped.items())))
    if report.repairs:
        said = ", ".join(f"{count:,} {kind.value.lower().replace('_', ' ')}" for kind, count in report.repairs.most_common())
        typer.echo(f"repairs: {said} (broadsheet read PATH shows them)")
    typer.echo(f"{'would be ' if dry_run else ''}{counts(report)}")
