"""How does a relational database do what a store must?

Every method is one or a few statements that all such databases share; a database itself only says how to reach it: which connections
read, which one writes, and what of its own there is to check.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from index.document import Article
from index.incoming import Incoming
from index.store import changes, checking, counting, lifecycle, persisted, reading, topics, whole, writing
from index.store.records import aware
from index.store.statements import Access, Statements
from index.store.store import (
    Change,
    Document,
    Known,
    PersistedDocument,
    SiteFigures,
    Summary,
    Topic,
    TopicKind,
    TopicPage,
    TopicWindow,
    Written,
)


class Database(Protocol):
    """Connections to one database. What goes wrong in any of them is raised as `StoreError`."""

    statements: Statements

    def reading(self, *, snapshot: bool = False) -> AbstractContextManager[Access]:
        """A connection that reads, under the time limit; `snapshot`: all that is read belongs to one moment."""

    def writing(self) -> AbstractContextManager[Access]:
        """The connection that writes, in a transaction that ends with the block."""

    def alone(self) -> AbstractContextManager[Access]:
        """A connection of one's own that reads one moment, for as long as it takes."""

    def faults(self, access: Access) -> Iterator[str]:
        """A sentence for each fault that only this database can have."""

    def pulse(self) -> bytes | None:
        """Something that is another one once a write was acknowledged; None where this database has no such thing."""

    def version(self) -> str:
        """The database and its version."""

    def close(self) -> None:
        """Let go of all connections."""


class RelationalStore:
    """A store in a relational database. `database.statements.executed` counts the statements run so far, for tests."""

    def __init__(self, database: Database) -> None:
        self.database = database

    # ------------------------------------------------------------ reading
    def summaries(self, ids: Sequence[str]) -> dict[str, Summary]:
        """By id, in the order asked; unknown ids are left out."""
        with self.database.reading() as access:
            return reading.summaries(access, ids)

    def by_slug(self, slug: str) -> Summary | None:
        """The article with this slug."""
        with self.database.reading() as access:
            return reading.by_slug(access, slug)

    def by_url(self, url: str) -> Summary | None:
        """The article with this address; of several one that every reader may see, then the first stored."""
        with self.database.reading() as access:
            return reading.by_url(access, url)

    def documents(self, ids: Sequence[str]) -> dict[str, Document]:
        """Decoded bodies by id, in the order asked."""
        with self.database.reading() as access:
            return reading.documents(access, ids)

    def neighbours(self, ids: Sequence[str], *, preview: bool) -> dict[str, tuple[str | None, str | None]]:
        """For each article that has a date and that this reader may see, the ids of the next newer and of the next older one."""
        with self.database.reading() as access:
            return reading.neighbours(access, ids, preview=preview)

    def topics(self, kind: TopicKind, slugs: Sequence[str], *, preview: bool) -> dict[str, Topic]:
        """By slug, in the order asked; those that this reader may not see are left out."""
        with self.database.reading() as access:
            return topics.by_slug(access, kind, slugs, preview=preview)

    def topic_counts(self, kind: TopicKind, slugs: Sequence[str], *, preview: bool) -> dict[str, int]:
        """How many articles each stands for, each article once, descendants included; those without any are left out."""
        with self.database.reading() as access:
            return topics.counts(access, kind, slugs, preview=preview)

    def topic_page(self, kind: TopicKind, window: TopicWindow, *, preview: bool) -> TopicPage:
        """A part of all topics of a kind whose folded name begins with the folded prefix, or whose slug begins with the prefix."""
        with self.database.reading(snapshot=True) as access:
            return topics.page(access, kind, window, preview=preview)

    def topic_total(self, kind: TopicKind, prefix: str | None, *, preview: bool) -> int:
        """How many topics of a kind there are."""
        with self.database.reading() as access:
            return topics.total(access, kind, prefix, preview=preview)

    def children(self, slugs: Sequence[str], *, preview: bool) -> dict[str, tuple[Topic, ...]]:
        """The child categories of each, by name."""
        with self.database.reading() as access:
            return topics.children(access, slugs, preview=preview)

    def site(self, *, preview: bool) -> SiteFigures:
        """The archive's figures; languages by falling count, then tag."""
        with self.database.reading(snapshot=True) as access:
            return counting.site(access, preview=preview)

    # ------------------------------------------------------- the change log
    def revision(self) -> int:
        """The newest revision; 0 in an empty store."""
        with self.database.reading() as access:
            return changes.revision(access)

    def pulse(self) -> bytes | None:
        """Something that is another one once a write was acknowledged, by whomever; None where only `revision` tells."""
        return self.database.pulse()

    def changes(self, since: int, limit: int = 1000) -> list[Change]:
        """The log's entries after a revision, oldest first; raises `ChangesForgotten` where the next of them is there no more."""
        with self.database.reading() as access:
            return changes.since(access, since, limit)

    def entries(self, ids: Sequence[str]) -> list[whole.Entry]:
        """Whole articles for the index, in the order asked; unknown ids are left out. Without a time limit, as no reader waits for it."""
        with self.database.alone() as access:
            return whole.entries(access, ids)

    def everything(self, batch: int = 200) -> Iterator[tuple[Article, bool, tuple[str, ...], int]]:
        """All of them, in the order in which they were first stored, from one snapshot; without a time limit."""
        with self.database.alone() as access:
            entries, number = whole.after(access, -1, batch)
            while entries:
                yield from entries
                entries, number = whole.after(access, number, batch)

    # ------------------------------------------------------------- writing
    def unchanged(self, fingerprints: Sequence[str]) -> dict[str, str]:
        """The keys of what is stored, by these fingerprints; unknown ones are left out."""
        with self.database.reading() as access:
            return reading.unchanged(access, fingerprints)

    def known(self, keys: Sequence[str]) -> dict[str, Known]:
        """What is stored under these keys."""
        with self.database.reading() as access:
            return reading.known(access, keys)

    def write(self, incoming: Iterable[Incoming], *, force: bool = False, now: dt.datetime | None = None) -> list[Written]:
        """Create or replace, in one transaction; raises `BadArticles`, which names every article that cannot be stored."""
        batch = list(incoming)
        with self.database.writing() as access:
            return writing.write(access, batch, _now(now), force=force)

    def remove(self, ids: Sequence[str]) -> list[Change]:
        """Remove articles; unknown ids are passed over."""
        with self.database.writing() as access:
            return lifecycle.remove(access, ids)

    def publish_due(self, now: dt.datetime) -> list[Change]:
        """Make visible whatever's time has come, with a change for each."""
        with self.database.writing() as access:
            return lifecycle.publish_due(access, _now(now))

    def next_due(self) -> dt.datetime | None:
        """When the next future article becomes visible."""
        with self.database.reading() as access:
            return lifecycle.next_due(access)

    def origins(self, prefix: str) -> list[tuple[str, str, str]]:
        """(id, key, origin) of the articles whose origin is this absolute path or stands under it, in the order first stored.

        Without a time limit: pruning a large archive may take its time.
        """
        with self.database.alone() as access:
            return reading.origins(access, prefix)

    # ------------------------------------------------- persisted documents
    def persisted_document(self, id: str) -> str | None:
        """The text of the GraphQL document with this name or hash."""
        with self.database.reading() as access:
            return persisted.text_of(access, id)

    def persisted_documents(self) -> list[PersistedDocument]:
        """All of them, by name."""
        with self.database.reading() as access:
            return persisted.every(access)

    def persist_documents(self, texts: Mapping[str, str], now: dt.datetime | None = None) -> None:
        """Keep texts under names, in one transaction; what had a name before is replaced."""
        with self.database.writing() as access:
            persisted.add(access, texts, _now(now))

    def forget_documents(self, names: Sequence[str]) -> list[str]:
        """Remove GraphQL documents; gives the names that there were."""
        with self.database.writing() as access:
            return persisted.remove(access, names)

    # ----------------------------------------------------------- operating
    def check(self) -> list[str]:
        """A sentence for each fault that is found; reads all of it."""
        with self.database.alone() as access:
            faults = list(self.database.faults(access))
            return faults or list(checking.check(access))

    def version(self) -> str:
        """The database and its version, as an operator names it."""
        return self.database.version()

    def close(self) -> None:
        """Let go of connections."""
        self.database.close()


def _now(now: dt.datetime | None) -> dt.datetime:
    return dt.datetime.now(dt.UTC) if now is None else aware(now)
