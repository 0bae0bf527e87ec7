"""What happens when a pile of articles is imported?

Sources are read by several processes, stored in batches, and indexed by whoever holds the index's lock, while reading goes on. Its law:
every source is answered for, in a count or a rejection; what was said to be stored is on disk.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from index.document import RepairKind, SourceFormat
from index.importers.files import among, place
from index.importers.material import Rejection, Skipped
from index.importers.read import UNCHANGED, read_all
from index.incoming import Incoming
from index.library import Library
from index.store.store import BadArticles, Outcome, Written

BATCH = 200  # articles stored in one transaction
ADVICE = "Import a folder above both."
INDEXED = 1000  # articles after which the index is brought up


@dataclass
class Report:
    """What an import came to so far."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    rejections: list[Rejection] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    repairs: Counter[RepairKind] = field(default_factory=Counter)

    @property
    def done(self) -> int:
        """How many articles were dealt with."""
        return self.outcomes.total() + len(self.rejections)


class Import:
    """One import into a library; `told` is called with the report whenever it has grown."""

    def __init__(self, library: Library, told: Callable[[Report], None], *, force: bool = False, dry_run: bool = False) -> None:
        self.library = library
        self.told = told
        self.force = force
        self.dry_run = dry_run
        self.report = Report()
        self._keys: set[str] = set()
        self._paths: dict[str, str] = {}  # keys that are paths, each with the file that came first
        self._ids: set[str] = set()
        self._batch: list[Incoming] = []
        self._unindexed = 0

    def run(self, paths: Sequence[str], format: SourceFormat | None = None, *, only: Collection[str] | None = None) -> Report:
        """Import what these paths stand for, or of that `only` what is at these absolute paths or under them; returns once it is stored."""
        for outcome in read_all(paths, format=format, stored=self._stored, only=only):
            self._take(outcome)
        self._flush()
        return self.report

    def _stored(self, fingerprints: Sequence[str]) -> dict[str, str]:
        """Which sources need not be read again, and the keys of their articles."""
        if self.force:
            return {}
        found = self.library.store.unchanged(fingerprints)
        self._keys.update(found.values())
        return found

    def _take(self, outcome: Incoming | Rejection | Skipped) -> None:
        if not isinstance(outcome, Rejection) and (first := self._known_by_its_path(outcome)):
            location = outcome.location if isinstance(outcome, Skipped) else outcome.article.source.location
            outcome = Rejection(location, f"It has the same path in what was given as {first}, for which it would be taken. {ADVICE}")
        if isinstance(outcome, Rejection):
            self.report.rejections.append(outcome)
        elif isinstance(outcome, Skipped):
            if outcome.reason == UNCHANGED:
                self.report.outcomes[Outcome.UNCHANGED] += 1
            else:
                self.report.skipped[outcome.reason] += 1
        else:
            self._batch.append(outcome)
            self._keys.add(outcome.key)
            self.report.repairs.update(repair.kind for repair in outcome.article.source.repairs)
            if len(self._batch) >= BATCH:
                self._flush()
        self.told(self.report)

    def _known_by_its_path(self, outcome: Incoming | Skipped) -> str:
        """Another file of this import that an article known by its path alone would be taken to be from, or nothing."""
        kind, _, path = outcome.key.partition(":")
        origin = place(outcome.location) if isinstance(outcome, Skipped) else outcome.origin
        own = (f"/{path}", f"/{path.partition('#')[0]}")
        if kind != "path" or not origin.endswith(own):  # a record may bring an id and so another's path
            return ""
        first = self._paths.setdefault(outcome.key, origin)
        return first if first != origin else ""

    def _flush(self) -> None:
        batch, self._batch = self._batch, []
        if not batch:
            return
        if self.dry_run:
            self._foretell(batch)
        else:
            written = self._write(batch)
            self.report.outcomes.update(one.outcome for one in written)
            self._ids.update(one.id for one in written)
            self._unindexed += len(written)
            if self._unindexed >= INDEXED:
                self.library.catch_up()
                self._unindexed = 0
        self.told(self.report)

    def _write(self, batch: Sequence[Incoming]) -> list[Written]:
        """Store a batch; those of it that cannot be stored are rejected, and the rest lands."""
        try:
            return self.library.add(batch, force=self.force)
        except BadArticles as bad:
            for one in batch:
                if one.key in bad.reasons:
                    self.report.rejections.append(Rejection(one.article.source.location, bad.reasons[one.key]))
            rest = [one for one in batch if one.key not in bad.reasons]
            return self._write(rest) if rest and len(rest) < len(batch) else []

    def _foretell(self, batch: Sequence[Incoming]) -> None:
        """What storing a batch would come to."""
        known = self.library.store.known([one.key for one in batch])
        for one in batch:
            found = known.get(one.key)
            same = found is not None and found.fingerprint == one.fingerprint and not self.force
            outcome = Outcome.CREATED if found is None else Outcome.UNCHANGED if same else Outcome.UPDATED
            self.report.outcomes[outcome] += 1

    def prune(self, paths: Iterable[str]) -> None:
        """Remove the articles whose source under these paths is gone: what could not be read is not, nor is what it may hold."""
        gone = [id for path in paths for id in self._gone(path)]
        if gone and not self.dry_run:
            self.library.remove(gone)
        self.report.outcomes[Outcome.REMOVED] += len(gone)
        self.told(self.report)

    def _gone(self, path: str) -> Iterator[str]:
        unread = {place(rejection.location) for rejection in self.report.rejections if not rejection.is_gone}
        for id, key, origin in self.library.store.origins(place(path)):
            if id not in self._ids and key not in self._keys and not among(origin, unread):
                yield id
