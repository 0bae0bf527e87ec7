"""`broadsheet watch`: how does the archive follow a folder?

Everything is imported once and what is gone removed; from then on what changes. Its laws: no change is missed, for folders are watched
before the first import begins; what cannot be read, a file half written perhaps, leaves the article that was read from it before.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import typer
from watchfiles import Change, watch

from gateway.commands.formats import named
from gateway.commands.importing import counts
from gateway.opening import open_library
from gateway.settings import Misconfigured, Settings
from index.document import SourceFormat
from index.importers.files import hidden, shown
from index.importing import Import, Report
from index.library import Library

QUIET = 200  # milliseconds without a change after which those before are one set: a file is mostly written by then
LONGEST = 2000  # milliseconds that a set is waited for where changes do not end
TICK = 250  # milliseconds after which the watcher hands over nothing; the first time, that is when it is up


class Stopped(Exception):
    """A signal came."""


def run(settings: Settings, paths: Sequence[str], format: str | None) -> int:
    """Follow folders until SIGINT or SIGTERM comes; gives 0."""
    folders = [_folder(path) for path in paths]
    wanted = named(format)
    with _until_stopped() as stop, closing(open_library(settings)) as library, suppress(Stopped):  # how it is meant to end
        following = Following(library, folders, wanted, stop)
        for changed in _changes(folders, settings.home, stop):
            following.take(changed)
    typer.echo("ended")
    return 0


def _folder(path: str) -> str:
    """A folder to be watched; raises `Misconfigured` where there is none."""
    if path != shown(path):
        raise Misconfigured(f"{shown(path)} has a name that is no UTF-8, which cannot be watched. Name a folder above it, or rename it.")
    if not Path(path).is_dir():
        raise Misconfigured(f"{path} is no folder that can be watched. Name one that exists, or use: broadsheet import {path}")
    return os.path.abspath(path)  # noqa: PTH100  (`Path.resolve` follows links, and the articles have the name that was given)


@contextmanager
def _until_stopped() -> Iterator[threading.Event]:
    """An event that SIGINT and SIGTERM set."""
    stop = threading.Event()
    signals = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, lambda *_: stop.set()) for number in signals]
    try:
        yield stop
    finally:
        for number, handler in zip(signals, before, strict=True):
            signal.signal(number, handler)


def _changes(folders: Sequence[str], home: Path, stop: threading.Event) -> Iterator[frozenset[str]]:
    """Absolute paths that changed, set by set; first an empty set, once all that follows is noticed; ends when it is to stop.

    The watcher gives up at a name that is no UTF-8: it is begun anew then, and anything may have changed.
    """
    while not stop.is_set():
        try:
            yield from _watched(folders, home, stop)
        except RuntimeError as error:
            if "decode path" not in str(error):  # the class has no public name
                raise


def _watched(folders: Sequence[str], home: Path, stop: threading.Event) -> Iterator[frozenset[str]]:
    """The same, as long as the watcher goes on."""
    began = False
    for changes in watch(
        *folders,
        watch_filter=_wanted(folders, home.absolute()),
        step=QUIET,
        debounce=LONGEST,
        rust_timeout=TICK,
        yield_on_timeout=True,
        stop_event=stop,
        raise_interrupt=False,
    ):
        if not began:
            began = True
            yield frozenset()
        if changes:
            yield frozenset(path for _, path in changes)


def _wanted(folders: Sequence[str], home: Path) -> Callable[[Change, str], bool]:
    """Whether a change may concern an article: nothing that is hidden, nothing of our own home."""

    def wanted(_: Change, path: str) -> bool:
        if Path(path).is_relative_to(home):
            return False
        folder = max((one for one in folders if Path(path).is_relative_to(one)), key=len, default="")
        return not any(hidden(part) for part in Path(path).parts[len(Path(folder).parts) :])

    return wanted


class Following:
    """The imports of one watch."""

    def __init__(self, library: Library, folders: Sequence[str], format: SourceFormat | None, stop: threading.Event) -> None:
        self.library = library
        self.folders = folders
        self.format = format
        self.stop = stop
        self._began = False

    def take(self, changed: Collection[str]) -> None:
        """Import what changed, remove what vanished, and say so; everything where nothing is named. Raises `Stopped`."""
        for folder in self.folders:
            if not Path(folder).is_dir():
                raise Misconfigured(f"{folder} is gone. What was imported from it stays; bring the folder back, and start again.")
        job = Import(self.library, self._told)
        everything = not changed or self._vanished(changed)
        job.run(self.folders, self.format, only=None if everything else changed)
        job.prune(self.folders if everything else changed)
        self.library.catch_up()
        self._say(job.report)

    def _told(self, _: Report) -> None:
        if self.stop.is_set():
            raise Stopped

    def _vanished(self, changed: Collection[str]) -> bool:
        """Whether articles have lost their source: then all is looked through, for another source may stand for the same article."""
        return any(self.library.store.origins(path) for path in changed if not os.path.lexists(path))

    def _say(self, report: Report) -> None:
        """A line for each rejection, and one for the set unless it held no article."""
        for rejection in report.rejections:
            typer.echo(f"rejected: {rejection}", err=True)
        if report.done or not self._began:
            typer.echo(counts(report))
        if not self._began:
            self._began = True
            typer.echo(f"watching {', '.join(self.folders)}; Ctrl-C ends")
