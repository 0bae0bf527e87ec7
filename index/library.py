"""How do store and index stay in step?

The one class above both: it adds, removes, gets, finds and counts, so that nobody can update one and forget the other. Its law: the store
is the truth; the index follows the store's change log, from whatever revision it has reached, so any process can be killed at any moment.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from typing import cast

import msgspec

from index.document import Article, Source
from index.incoming import Incoming
from index.outline import Outline, outline
from index.recent import Recent, RecentStore
from index.search.engine import Changes, Engine, Entry, Snapshot
from index.store.store import Change, ChangesForgotten, Document, Store, Summary, Written

BATCH = 1000  # changes that one commit of the index takes in
KEPT_BLOCKS = 100_000  # of decoded documents: about 100 MB
POLL = 0.1  # seconds between looks at the store's revision
PATIENCE = 0.5  # seconds to wait for the index's lock before looking whether another process has done the work


class Behind(Exception):
    """The index did not reach a revision in time; another process is still at work on it, or died at it."""


class Library:
    """A store and the index that follows it."""

    def __init__(self, store: Store, engine: Engine) -> None:
        self.store = store
        self.engine = engine
        self.recent = Recent()
        self._kept: OrderedDict[str, Outline] = OrderedDict()
        self._kept_blocks = 0
        self._lock = threading.Lock()

    # ------------------------------------------------------------- reading
    def snapshot(self) -> Snapshot:
        """The index at its newest revision; raises `IndexUnavailable`."""
        return self.engine.snapshot()

    def reading(self) -> Store:
        """The store as one request reads it: through what is kept, as fresh as its first read."""
        return cast("Store", RecentStore(self.store, self.recent))

    def outlines(self, summaries: Sequence[Summary]) -> dict[str, Outline]:
        """The documents of these articles, decoded and outlined, through a bounded cache by id and revision."""
        found: dict[str, Outline] = {}
        missing: dict[str, Summary] = {}
        with self._lock:
            for summary in summaries:
                kept = self._kept.get(summary.id)
                if kept is not None and kept.revision == summary.revision:
                    self._kept.move_to_end(summary.id)
                    found[summary.id] = kept
                else:
                    missing[summary.id] = summary
        if missing:
            documents = self.store.documents(list(missing))
            for id, summary in missing.items():
                document = documents.get(id)
                found[id] = self._keep(_whole(summary, document), summary.revision if document is None else document.revision)
        return found

    def _keep(self, article: Article, revision: int) -> Outline:
        made = outline(article, revision)
        with self._lock:
            before = self._kept.pop(article.id, None)
            self._kept_blocks += len(made.blocks) - (len(before.blocks) if before else 0)
            self._kept[article.id] = made
            while self._kept_blocks > KEPT_BLOCKS and len(self._kept) > 1:
                self._kept_blocks -= len(self._kept.popitem(last=False)[1].blocks)
        return made

    # ------------------------------------------------------------- writing
    def add(self, incoming: Iterable[Incoming], *, force: bool = False) -> list[Written]:
        """Store articles in one transaction; the index follows with `catch_up`, here or wherever its lock is held."""
        return self.store.write(incoming, force=force)

    def remove(self, ids: Sequence[str]) -> list[Change]:
        """Remove articles from the store; the index follows."""
        return self.store.remove(ids)

    def publish_due(self) -> list[Change]:
        """Make visible whatever's time has come."""
        due = self.store.next_due()
        now = dt.datetime.now(dt.UTC)
        return self.store.publish_due(now) if due is not None and due <= now else []

    # ------------------------------------------------------ the index follows
    def catch_up(self, timeout: float = 600) -> int:
        """Bring the index to the store's revision, and say which; raises `Behind` where that takes longer than `timeout` seconds.

        Whoever holds the index's lock does the work; the others wait for it.
        """
        target = self.store.revision()
        end = time.monotonic() + timeout
        while (reached := self.engine.revision()) is None or reached < target or self._is_ahead(reached):
            if self.engine.lock(PATIENCE):
                try:
                    self._follow()
                finally:
                    self.engine.unlock()
            elif time.monotonic() > end:
                raise Behind(f"The index is at revision {reached}, the store at {target}. Is a process that indexes stuck?")
        return reached

    def _is_ahead(self, reached: int) -> bool:
        """Whether the index was built from another store than this one, or from a later state of it that was lost."""
        return reached > self.store.revision()

    def _follow(self) -> None:
        """Apply the change log from where the index stands; build it anew where that is not to be had. The lock is held."""
        reached = self.engine.revision()
        if reached is None or self._is_ahead(reached):
            reached = self._rebuild()
        try:
            self._apply_since(reached)
        except ChangesForgotten:
            self._apply_since(self._rebuild())

    def _apply_since(self, reached: int) -> None:
        while (changes := self._since(reached)) is not None:
            self.engine.apply(*changes)
            reached = changes[2]

    def _since(self, revision: int) -> Changes | None:
        """The next articles to index or to remove after a revision, and the revision reached with them; None where nothing has changed."""
        changes = self.store.changes(revision, BATCH)
        if not changes:
            return None
        ids = list(dict.fromkeys(change.id for change in changes))
        entries = [Entry(*entry) for entry in self.store.entries(ids)]
        removed = set(ids) - {entry.article.id for entry in entries}
        return entries, removed, changes[-1].revision

    def reindex(self) -> int:
        """Build the index anew from the store, while the old one goes on answering; says the revision that it reached."""
        self._rebuild()
        return self.catch_up()

    def _rebuild(self) -> int:
        """Build the index anew; gives the revision that it reached."""
        revision = self.store.revision()  # read first: what is written from here on is in the log, and applied again without harm
        self.engine.rebuild(self._entries(), revision, self._since)
        return self.engine.revision() or 0

    def _entries(self) -> Iterator[Entry]:
        for entry in self.store.everything():
            yield Entry(*entry)

    # ----------------------------------------------------------- operating
    def check(self) -> list[str]:
        """A sentence for each fault in store, index, or between them; reads all of both."""
        faults = self.store.check()
        faults += self.engine.check()
        if not faults:
            faults += self._compare()
        return faults

    def _compare(self) -> list[str]:
        """What differs between store and index."""
        stored, reached = self.store.revision(), self.engine.revision()
        if stored != reached:
            return [f"The index is at revision {reached}, the store at {stored}. Start the service or run `broadsheet reindex`."]
        ours = {entry.article.id: entry.revision for entry in self._entries()}
        theirs = self.engine.ids()
        indexed = dict(theirs)
        faults = [f"The article {id} is more than once in the index." for id in _repeated(theirs)]
        faults += [f"The article {id} is in the store but not in the index." for id in ours.keys() - indexed.keys()]
        faults += [f"The article {id} is in the index but not in the store." for id in indexed.keys() - ours.keys()]
        faults += [
            f"The article {id} is at revision {revision} in the store and at {indexed[id]} in the index."
            for id, revision in ours.items()
            if id in indexed and indexed[id] != revision
        ]
        return sorted(faults)

    def close(self) -> None:
        """Let go of store and index."""
        self.engine.close()
        self.store.close()


def _repeated(pairs: Sequence[tuple[str, int]]) -> list[str]:
    """The ids that stand more than once."""
    seen: set[str] = set()
    return [id for id, _ in pairs if id in seen or seen.add(id)]  # type: ignore[func-returns-value]  # adds, and is never true


def _whole(summary: Summary, document: Document | None) -> Article:
    """The article of a summary and its body, its authors and topics left to their own look-ups."""
    source = Source(
        summary.format,
        summary.publication,
        summary.location,
        summary.imported_at,
        summary.content_hash,
        () if document is None else document.repairs,
    )
    article = Article(summary.title, source, id=summary.id, slug=summary.slug, summary=summary.summary, language=summary.language)
    return article if document is None else msgspec.structs.replace(article, blocks=document.body.blocks, sections=document.body.sections)


class Follower(threading.Thread):
    """Keeps the index in step with the store, and publishes what is due, until it is stopped."""

    def __init__(self, library: Library) -> None:
        super().__init__(name="follower", daemon=True)
        self.library = library
        self.trouble: Exception | None = None
        self._ended = threading.Event()

    def run(self) -> None:
        """Follow until stopped; what goes wrong is kept in `trouble` and tried again."""
        while not self._ended.wait(POLL if self.trouble is None else 1):
            try:
                self.library.publish_due()
                self.library.catch_up(timeout=1)
                self.trouble = None
            except Exception as trouble:  # noqa: BLE001  (whatever it is, the service goes on, says so and tries again)
                self.trouble = trouble

    def stop(self) -> None:
        """Finish the commit at hand, and end."""
        self._ended.set()
        self.join()
