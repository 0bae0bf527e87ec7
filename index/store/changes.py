"""What has changed since a revision?

The log: one row for each change of an article, appended in the transaction that makes the change. Its law: revisions are given under the
writer's lock, so their order is the order of commits, and whoever has read up to one misses nothing by asking for what came after it.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import bindparam, func, insert, select, update

from index import keys
from index.store.statements import LARGEST, Access, listed, numbered
from index.store.store import Change, Outcome
from index.store.tables import articles, changes, touches
from index.store.touching import Touched

A, C = articles.c, changes.c
NEWEST = select(func.coalesce(func.max(C.revision), 0))
SINCE = (
    select(C.revision, C.id, C.slug, C.outcome, touches.c.touched)
    .select_from(changes.outerjoin(touches, touches.c.revision == C.revision))
    .where(C.revision > bindparam("since"))
    .order_by(C.revision)
    .limit(bindparam("limit"))
)
APPEND, APPEND_KEYS = insert(changes), insert(touches)
REVISED = update(articles).where(A.number == bindparam("article")).values(revision=bindparam("new_revision"))
RIPPLED = select(A.number, A.id, A.slug).where(numbered(A.number, "numbers")).order_by(A.number)
keys_in = msgspec.json.Decoder(tuple[str, ...]).decode
to_json = msgspec.json.Encoder().encode


def revision(access: Access) -> int:
    """The newest revision; 0 in an empty store."""
    found: int = access.rows(NEWEST)[0][0]
    return found


def since(access: Access, since: int, limit: int) -> list[Change]:
    """The log's entries after a revision, oldest first."""
    rows = access.rows(SINCE, since=min(since, LARGEST), limit=min(max(limit, 0), LARGEST))
    return [
        Change(revision, id, slug, Outcome(outcome), (keys.EVERYTHING,) if touched is None else keys_in(touched))
        for revision, id, slug, outcome, touched in rows
    ]


def append(access: Access, entries: Sequence[Change]) -> None:
    """Add entries to the log; their revisions must follow on from the newest."""
    access.many(APPEND, [{"revision": c.revision, "id": c.id, "slug": c.slug, "outcome": c.outcome.value} for c in entries])
    access.many(APPEND_KEYS, [{"revision": c.revision, "touched": to_json(c.touched).decode()} for c in entries])


def ripple(access: Access, numbers: Sequence[int], newest: int, touched: Touched) -> list[Change]:
    """Log a change of each of these articles, whose own rows stay as they are but for the revision."""
    if not numbers:
        return []
    rows = access.rows(RIPPLED, numbers=listed(numbers))
    made = [
        (number, Change(newest + place, id, slug, Outcome.UPDATED, tuple(sorted(touched[number]))))
        for place, (number, id, slug) in enumerate(rows, 1)
    ]
    access.many(REVISED, [{"article": number, "new_revision": change.revision} for number, change in made])
    append(access, [change for _, change in made])
    return [change for _, change in made]
