"""How do paths become articles that can be stored?

The whole way: files are found, cut into pieces, read by several processes, finished. Its law: the order of the outcomes is that of the
input, whatever runs in parallel, and every source is answered for: by an article, a rejection, or a count of what was skipped.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from concurrent.futures import Future

from index.document import SourceFormat
from index.importers.dispatch import read
from index.importers.finish import finish, renamed, shown
from index.importers.material import Rejection, Skipped
from index.importers.pieces import Entry, Piece, pieces
from index.importers.workers import PATIENCE, Finished, Workers
from index.store.store import Incoming

__all__ = ["UNCHANGED", "finish", "read", "read_all", "shown"]

BATCH = 2**18  # bytes of one hand-over: a tenth of a second's work
MOST = 16  # pieces of one hand-over
AHEAD = 4  # batches under way for each process
UNCHANGED = "unchanged"


def read_all(
    paths: Iterable[str],
    *,
    format: SourceFormat | None = None,
    processes: int | None = None,
    stored: Callable[[Sequence[str]], Container[str]] | None = None,
    patience: float = PATIENCE,
) -> Iterator[Incoming | Rejection | Skipped]:
    """All articles that these paths stand for, with what was rejected and skipped in between, in the order of the paths.

    `processes` read at once, by default one for each core. `stored` says which of some fingerprints are in the store already: their
    sources are not read again, but skipped as `UNCHANGED`. An article that takes longer than `patience` seconds is rejected.
    """
    workers = Workers(processes or os.cpu_count() or 1, patience)
    try:
        yield from _distinct(_in_order(workers, _batches(pieces(paths, format), stored), AHEAD * (processes or os.cpu_count() or 1)))
    finally:
        workers.close()


def _in_order(workers: Workers, batches: Iterable[list[Entry]], most: int) -> Iterator[Finished]:
    """What the batches come to, in order; no more than `most` are under way."""
    under_way: deque[Future[list[Finished]]] = deque()
    for batch in batches:
        under_way.append(workers.submit(batch))
        while len(under_way) >= most or (under_way and under_way[0].done()):
            yield from under_way.popleft().result()
    while under_way:
        yield from under_way.popleft().result()


def _batches(entries: Iterable[Entry], stored: Callable[[Sequence[str]], Container[str]] | None) -> Iterator[list[Entry]]:
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


def _without_stored(batch: list[Entry], stored: Callable[[Sequence[str]], Container[str]] | None) -> list[Entry]:
    """A batch in which what the store holds as it is has become a `Skipped`."""
    marks = [entry.fingerprint for entry in batch if isinstance(entry, Piece) and entry.fingerprint]
    if stored is None or not marks:
        return batch
    there = stored(marks)
    return [
        Skipped(entry.location, UNCHANGED, entry.line if entry.part else None, entry.fingerprint)
        if isinstance(entry, Piece) and entry.fingerprint and entry.fingerprint in there
        else entry
        for entry in batch
    ]


def _distinct(outcomes: Iterable[Finished]) -> Iterator[Finished]:
    """The same, where articles of one file that only their path and title tell apart are numbered if those are alike as well."""
    origin, seen = "", dict[str, int]()
    for outcome in outcomes:
        if not isinstance(outcome, Incoming) or not outcome.key.startswith("path:") or "#" not in outcome.key:
            yield outcome
            continue
        if outcome.origin != origin:
            origin, seen = outcome.origin, {}
        count = seen[outcome.key] = seen.get(outcome.key, 0) + 1
        yield outcome if count == 1 else renamed(outcome, f"{outcome.key}-{count}")
