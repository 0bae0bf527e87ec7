"""How do paths become articles that can be stored?

The whole way: files are found, cut into pieces, read by several processes, finished. Its law: the order of the outcomes is that of the
input, whatever runs in parallel, and every source is answered for: by an article, a rejection, or a count of what was skipped.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future

from index.document import SourceFormat
from index.importers.dispatch import read
from index.importers.finish import finish, renamed, shown
from index.importers.material import Rejection, Skipped
from index.importers.pieces import Entry, Piece, pieces
from index.importers.workers import PATIENCE, Finished, Worker, Workers
from index.incoming import Incoming

__all__ = ["UNCHANGED", "Finished", "finish", "read", "read_all", "read_each", "shown"]

BATCH = 2**18  # bytes of one hand-over: a tenth of a second's work
MOST = 16  # pieces of one hand-over
AHEAD = 4  # batches under way for each process
UNCHANGED = "unchanged"

Stored = Callable[[Sequence[str]], Mapping[str, str]]
"""Fingerprints → those of them that are stored, each with the key of its article."""


def read_all(
    paths: Iterable[str],
    *,
    format: SourceFormat | None = None,
    processes: int | None = None,
    stored: Stored | None = None,
    patience: float = PATIENCE,
    only: Collection[str] | None = None,
) -> Iterator[Incoming | Rejection | Skipped]:
    """All articles that these paths stand for, with what was rejected and skipped in between, in the order of the paths.

    `processes` read at once, by default one for each core. `stored` says of fingerprints which are in the store already, and under which
    keys: their sources are not read again, but skipped as `UNCHANGED`. An article that takes longer than `patience` seconds is rejected.
    `only` leaves out every file that is neither at one of these absolute paths nor under one.
    """
    processes = processes or len(os.sched_getaffinity(0))  # the cores that we may use, which in a container are not all
    workers = Workers(processes, patience)
    try:
        yield from _distinct(_in_order(workers, _batches(pieces(paths, format, only), stored), AHEAD * processes))
    finally:
        workers.close()


def read_each(
    paths: Iterable[str], *, format: SourceFormat | None = None, patience: float = PATIENCE
) -> Iterator[tuple[Piece | None, Finished]]:
    """The same one after the other, each with the piece that it was read from: for showing what became of a source."""
    worker = Worker(patience)
    try:
        for entry in pieces(paths, format):
            for outcome in worker.read([entry]):
                yield entry if isinstance(entry, Piece) else None, outcome
    finally:
        worker.stop()


def _in_order(workers: Workers, batches: Iterable[list[Entry]], most: int) -> Iterator[Finished]:
    """What the batches come to, in order; no more than `most` are under way."""
    under_way: deque[Future[list[Finished]]] = deque()
    for batch in batches:
        under_way.append(workers.submit(batch))
        while len(under_way) >= most or (under_way and under_way[0].done()):
            yield from under_way.popleft().result()
    while under_way:
        yield from under_way.popleft().result()


def _batches(entries: Iterable[Entry], stored: Stored | None) -> Iterator[list[Entry]]:
    """Entries in hand-overs of a sensible size; those with the same things beside them stand together."""
    batch: list[Entry] = []
    size = 0
    beside = b""
    for entry in entries:
        if isinstance(entry, Piece) and entry.beside is not beside and batch:
            yield _without_stored(batch, stored)
            batch, size = [], 0
        if isinstance(entry, Piece):
            beside = entry.beside
            size += len(entry.content)
        batch.append(entry)
        if size >= BATCH or len(batch) >= MOST:
            yield _without_stored(batch, stored)
            batch, size = [], 0
    if batch:
        yield _without_stored(batch, stored)


def _without_stored(batch: list[Entry], stored: Stored | None) -> list[Entry]:
    """A batch in which what the store holds as it is has become a `Skipped`."""
    marks = [entry.fingerprint for entry in batch if isinstance(entry, Piece) and entry.fingerprint]
    if stored is None or not marks:
        return batch
    there = stored(marks)
    return [
        Skipped(entry.location, UNCHANGED, entry.line if entry.part else None, there[entry.fingerprint])
        if isinstance(entry, Piece) and entry.fingerprint in there
        else entry
        for entry in batch
    ]


def _distinct(outcomes: Iterable[Finished]) -> Iterator[Finished]:
    """The same, where articles of one file that only path and title tell apart have a number where those are alike as well.

    What is stored keeps its number; a record that is repeated byte for byte is skipped.
    """
    file, taken = "", dict[str, str]()  # keys of one file, each with the fingerprint of its source
    for outcome in outcomes:
        key = outcome.key if isinstance(outcome, Incoming | Skipped) else ""
        if not key.startswith("path:") or "#" not in key:
            yield outcome
            continue
        if key.partition("#")[0] != file:
            file, taken = key.partition("#")[0], {}
        if isinstance(outcome, Incoming):
            yield _numbered(outcome, taken)
        else:
            taken[key] = ""
            yield outcome


def _numbered(incoming: Incoming, taken: dict[str, str]) -> Incoming | Skipped:
    """The article under the first free one of its key, its key with 2, with 3, and so on."""
    key, number = incoming.key, 1
    while key in taken:
        if taken[key] == incoming.fingerprint:
            return Skipped(incoming.article.source.location, "repeated record")
        number += 1
        key = f"{incoming.key}-{number}"
    taken[key] = incoming.fingerprint
    return incoming if number == 1 else renamed(incoming, key)
