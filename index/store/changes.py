"""What has changed since a revision?

The log: one row for each change of an article, appended in the transaction that makes the change. Its law: revisions are given under the
writer's lock, one after the other without a gap, so their order is the order of commits, and whoever has read up to one misses nothing by
asking for what came after it. The oldest entries go as new ones come; whoever asks for one of them is told that it is gone.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import bindparam, delete, func, insert, select, update

from index import keys
from index.store.statements import LARGEST, Access, listed, numbered
from index.store.store import Change, ChangesForgotten, Outcome
from index.store.tables import articles, changes, touches
from index.store.touching import Touched

KEPT = 100_000  # entries at least, some 40 MB: to begin anew is not dearer than to follow as many
CUT_AT = 1_000  # revisions: how often the log is cut
A, C = articles.c, changes.c
NEWEST = select(func.coalesce(func.max(C.revision), 0))
SINCE = (
    select(C.revision, C.id, C.slug, C.outcome, touches.c.touched)
    .select_from(changes.outerjoin(touches, touches.c.revision == C.revision))
    .where(C.revision > bindparam("since"))
    .order_by(C.revision)
    .limit(bindparam("limit"))
)
CUT = (delete(changes).where(C.revision <= bindparam("last")), delete(touches).where(touches.c.revision <= bindparam("last")))
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
    """The log's entries after a revision, oldest first; raises `ChangesForgotten`."""
    since = max(since, 0)
    rows = access.rows(SINCE, since=min(since, LARGEST), limit=min(max(limit, 0), LARGEST))
    if rows and rows[0][0] != since + 1:
        raise ChangesForgotten(f"The log of changes begins with revision {rows[0][0]}; asked was for what came after {since}.")
    return [
        Change(revision, id, slug, Outcome(outcome), (keys.EVERYTHING,) if touched is None else keys_in(touched))
        for revision, id, slug, outcome, touched in rows
    ]


def append(access: Access, entries: Sequence[Change]) -> None:
    """Add entries to the log, whose revisions must follow on from the newest; the oldest go."""
    access.many(APPEND, [{"revision": c.revision, "id": c.id, "slug": c.slug, "outcome": c.outcome.value} for c in entries])
    access.many(APPEND_KEYS, [{"revision": c.revision, "touched": to_json(c.touched).decode()} for c in entries])
    if entries[-1].revision // CUT_AT != (entries[0].revision - 1) // CUT_AT:
        for cut in CUT:
            access.run(cut, last=entries[-1].revision - KEPT)


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
