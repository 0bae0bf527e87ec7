"""How does an article appear when its time has come, and how does it go?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import bindparam, delete, select, update

from index.store import changes, touching
from index.store.counting import Standing, recount
from index.store.filing import under
from index.store.reading import time_in
from index.store.records import instant_of
from index.store.spellings import settle
from index.store.statements import Access, among, listed, numbered
from index.store.store import Change, Outcome
from index.store.tables import articles, links, waiting

A = articles.c
NEXT = select(A.published_at).where(waiting).order_by(A.instant).limit(1)
DUE = select(A.number).where(waiting, A.instant <= bindparam("now")).order_by(A.instant, A.id)
SHOW = update(articles).where(numbered(A.number, "numbers")).values(visible=1)
GOING = select(A.number, A.id, A.slug).where(among(A.id, "ids")).order_by(A.number)
NAMED = select(links.c.topic).where(numbered(links.c.article, "numbers")).distinct()
REMOVE = delete(articles).where(numbered(A.number, "numbers"))


def next_due(access: Access) -> dt.datetime | None:
    """When the next future article becomes visible."""
    row = access.row(NEXT)
    return time_in(row[0]) if row else None


def publish_due(access: Access, now: dt.datetime) -> list[Change]:
    """Make visible whatever's time has come, with a change for each."""
    numbers = [row[0] for row in access.rows(DUE, now=instant_of(now))]
    if not numbers:
        return []
    before = Standing(access, numbers)
    access.run(SHOW, numbers=listed(numbers))
    toggled = recount(access, before, Standing(access, numbers))
    touched = touching.standing(access, numbers)
    touched[min(numbers)] |= toggled
    return changes.ripple(access, numbers, changes.revision(access), touched)


def remove(access: Access, ids: Sequence[str]) -> list[Change]:
    """Remove articles with whatever only they had; gives a change for each. What else is touched (a topic's name) is logged after them."""
    rows = access.rows(GOING, ids=listed(ids))
    if not rows:
        return []
    numbers = [number for number, _, _ in rows]
    before, touched = Standing(access, numbers), touching.standing(access, numbers)
    named = {row[0] for row in access.rows(NAMED, numbers=listed(numbers))}
    access.run(REMOVE, numbers=listed(numbers))
    toggled = recount(access, before, Standing())
    renamed = settle(access, named, {})
    touched[numbers[0]] |= toggled | touching.named(access, renamed)
    first = changes.revision(access) + 1
    removed = [
        Change(first + place, id, slug, Outcome.REMOVED, tuple(sorted(touched[number]))) for place, (number, id, slug) in enumerate(rows)
    ]
    changes.append(access, removed)
    rippled = sorted(under(access, renamed))
    changes.ripple(access, rippled, removed[-1].revision, touching.standing(access, rippled))
    return removed
