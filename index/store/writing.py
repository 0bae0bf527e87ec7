"""How is an article created or replaced?

All of it runs in one transaction of the one writer, and reads all that it needs before it writes. Its law: an article is written whole or
not at all, with its topics, the counts and its entry in the log; a batch likewise; what cannot be stored is named.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update

from index.incoming import Incoming
from index.store import changes, touching
from index.store.counting import Standing, recount
from index.store.filing import Filing, under
from index.store.mentions import Mentions, mentions
from index.store.naming import free_slug, slugs_for, wanted_slug
from index.store.records import Unstorable, article_row, body_row, readdressed, verify, with_anchors
from index.store.resolving import Held, Target, targets
from index.store.statements import Access, among, listed, numbered
from index.store.store import BadArticles, Change, Outcome, Written
from index.store.tables import articles, bodies, links

A = articles.c
NEWEST = select(func.coalesce(func.max(A.number), 0))
HOLDERS = select(A.slug, A.id).where(among(A.slug, "slugs"))
BODIES = select(bodies.c.article, bodies.c.body).where(numbered(bodies.c.article, "numbers"))
LINKS = select(links.c.article, links.c.topic, links.c.spelling).where(numbered(links.c.article, "numbers"))
ADD, ADD_BODY, ADD_LINK = insert(articles), insert(bodies), insert(links)
SET_ASIDE = update(articles).where(numbered(A.number, "numbers")).values(slug="\n" + A.id)
REPLACED = [column.name for column in A if column.name not in ("number", "id")]
REPLACE = update(articles).where(A.number == bindparam("number_")).values({name: bindparam(f"{name}_") for name in REPLACED})
REPLACE_BODY = update(bodies).where(bodies.c.article == bindparam("of")).values(body=bindparam("body_"), repairs=bindparam("repairs_"))
UNLINK = delete(links).where(numbered(links.c.article, "numbers"))
FROM_ELSEWHERE = update(articles).where(A.number == bindparam("number_")).values(origin=bindparam("origin_"))


@dataclass(slots=True)
class Draft:
    """An article on its way into the store."""

    target: Target
    number: int
    revision: int
    slug: str = ""
    mentions: Mentions = field(default_factory=lambda: Mentions([]))
    row: dict[str, Any] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)

    @property
    def outcome(self) -> Outcome:
        """What its writing comes to."""
        return Outcome.CREATED if self.target.held is None else Outcome.UPDATED

    @property
    def written(self) -> Written:
        """The same as the caller gets it."""
        return Written(self.target.id, self.slug, self.outcome, self.revision)


def write(access: Access, incoming: Iterable[Incoming], now: dt.datetime, *, force: bool) -> list[Written]:
    """Create or replace; articles that are one and the same are written one after the other. Raises `BadArticles`."""
    waiting = list(incoming)
    batch = len(waiting)
    written: list[Written] = []
    while waiting:
        ready = targets(access, waiting)
        written += _write(access, ready, now, batch, force=force)
        waiting = waiting[len(ready) :]
    return written


def _write(access: Access, ready: Sequence[Target], now: dt.datetime, batch: int, *, force: bool) -> list[Written]:
    """Write articles of which no two are the same."""
    same = {target.id: target.held for target in ready if target.held and not force and _is_unchanged(target.incoming, target.held)}
    changed = [target for target in ready if target.id not in same]
    written = {id: Written(id, held.slug, Outcome.UNCHANGED, held.revision) for id, held in same.items()}
    _note_origins(access, [target for target in ready if target.id in same])
    if changed:
        drafts = _drafts(access, changed)
        _store(access, drafts, now, batch)
        written |= {draft.target.id: draft.written for draft in drafts}
    return [written[target.id] for target in ready]


def _is_unchanged(incoming: Incoming, held: Held) -> bool:
    """An empty fingerprint says nothing, so it is never the same."""
    return incoming.fingerprint != "" and incoming.fingerprint == held.fingerprint


def _note_origins(access: Access, same: Sequence[Target]) -> None:
    """An unchanged article that came from another path belongs there from now on; readers see no difference, so it is no change."""
    moved = [t for t in same if t.held and t.incoming.origin and t.incoming.origin != t.held.origin]
    access.many(FROM_ELSEWHERE, [{"number_": t.held.number, "origin_": t.incoming.origin} for t in moved if t.held])


# ------------------------------------------------------------- before writing
def _drafts(access: Access, changed: Sequence[Target]) -> list[Draft]:
    """A draft for each, with its number, revision and slug."""
    revision = changes.revision(access)
    number: int = access.rows(NEWEST)[0][0]
    drafts = []
    for place, target in enumerate(changed, 1):
        if target.held is None:
            number += 1
        drafts.append(Draft(target, target.held.number if target.held else number, revision + place))
    _name(access, drafts)
    return drafts


def _name(access: Access, drafts: Sequence[Draft]) -> None:
    """Give each draft its slug: the one that it has, unless its source now gives another. None free: it stays empty."""
    new: dict[str, str] = {}
    for draft in drafts:
        article, held = draft.target.incoming.article, draft.target.held
        if held and (not article.slug or article.slug in (held.given, held.slug)):
            draft.slug = held.slug
        else:
            new[draft.target.id] = wanted_slug(article.slug, article.title)
    candidates = sorted({slug for id, wanted in new.items() for slug in slugs_for(wanted, id)})
    holders: dict[str, str] = dict(access.rows(HOLDERS, slugs=listed(candidates))) if new else {}
    for draft in drafts:
        id = draft.target.id
        if id in new:
            draft.slug = free_slug(new[id], id, holders) or ""
            if draft.target.held:
                holders.pop(draft.target.held.slug, None)
            holders[draft.slug] = id


def _prepare(access: Access, drafts: Sequence[Draft], now: dt.datetime, batch: int) -> Filing:
    """Make the rows of all drafts; raises `BadArticles` with every one that cannot be stored."""
    bad: dict[str, str] = {}
    held = [draft.number for draft in drafts if draft.target.held]
    before: dict[int, bytes] = dict(access.rows(BODIES, numbers=listed(held))) if held else {}
    for draft in drafts:
        try:
            draft.mentions = _mentions(draft)
        except Unstorable as reason:
            bad[draft.target.incoming.key] = str(reason)
    filing = Filing(access, [draft.mentions for draft in drafts])
    for draft in drafts:
        try:
            _make_rows(draft, before.get(draft.number), now)
        except Unstorable as reason:
            bad.setdefault(draft.target.incoming.key, str(reason))
        except RecursionError:
            bad.setdefault(draft.target.incoming.key, "its sections or blocks are nested too deeply")
    if bad:
        raise BadArticles(bad, batch)
    return filing


def _mentions(draft: Draft) -> Mentions:
    try:
        found = mentions(draft.target.incoming.article)
    except UnicodeEncodeError:
        raise Unstorable("an author's image holds half of a surrogate pair") from None
    for mention in found.all:
        verify((mention.place[1], mention.name, mention.text, mention.url, mention.image))
    return found


def _make_rows(draft: Draft, before: bytes | None, now: dt.datetime) -> None:
    """The rows of an article and its body."""
    target = draft.target
    incoming, article = target.incoming, with_anchors(target.incoming.article, before)
    if not draft.slug:
        raise Unstorable(f"other articles have the slug “{article.slug}” and every slug made from it")
    repairs = article.source.repairs
    if article.id != target.id:
        repairs = readdressed(repairs, target.id)
    repairs += tuple(draft.mentions.repairs)
    draft.body = {"article": draft.number, **body_row(article, repairs)}
    own = {
        "number": draft.number,
        "id": target.id,
        "key": target.key,
        "slug": draft.slug,
        "given": article.slug or (target.held.given if target.held else ""),
        "fingerprint": incoming.fingerprint,
        "origin": incoming.origin,
    }
    verify(own.values())
    counted = {"revision": draft.revision, "repair_count": len(repairs)}
    draft.row = own | counted | article_row(article, draft.mentions.spellings(), now)


# -------------------------------------------------------------------- writing
def _store(access: Access, drafts: Sequence[Draft], now: dt.datetime, batch: int) -> None:
    """Write drafts with all that follows from them."""
    filing = _prepare(access, drafts, now, batch)
    own = {draft.number for draft in drafts}
    refiled = under(access, filing.moved) - own
    held = sorted(refiled | {draft.number for draft in drafts if draft.target.held})
    before, stood = Standing(access, held), touching.standing(access, held)
    filing.apply()
    _put(access, drafts)
    renamed = filing.settle(_link(access, drafts, filing))
    toggled = recount(access, before, Standing(access, sorted(refiled | own)))
    rippled = refiled | (under(access, renamed) - own)
    touched = touching.union(stood, touching.standing(access, own | rippled))
    touched[drafts[0].number] |= toggled | touching.themselves(filing.changed) | touching.named(access, renamed)
    changes.append(access, [Change(d.revision, d.target.id, d.slug, d.outcome, tuple(sorted(touched[d.number]))) for d in drafts])
    changes.ripple(access, sorted(rippled), drafts[-1].revision, touched)


def _put(access: Access, drafts: Sequence[Draft]) -> None:
    """Write the rows of articles and bodies. Slugs that change are set aside first, for another draft may get them."""
    new = [draft for draft in drafts if draft.target.held is None]
    old = [draft for draft in drafts if draft.target.held is not None]
    renamed = [draft.number for draft in old if draft.target.held and draft.target.held.slug != draft.slug]
    if renamed:
        access.run(SET_ASIDE, numbers=listed(renamed))
    access.many(REPLACE, [{f"{name}_": value for name, value in draft.row.items()} for draft in old])
    replaced = [{"of": d.number, "body_": d.body["body"], "repairs_": d.body["repairs"]} for d in old]
    access.many(REPLACE_BODY, replaced)
    access.many(ADD, [draft.row for draft in new])
    access.many(ADD_BODY, [draft.body for draft in new])


def _link(access: Access, drafts: Sequence[Draft], filing: Filing) -> set[int]:
    """File articles under their topics; gives those topics that an article no longer names, or names in another way."""
    held = [draft.number for draft in drafts if draft.target.held]
    before = set(access.rows(LINKS, numbers=listed(held))) if held else set()
    after = {
        (draft.number, filing.entities[place].number, spelling)
        for draft in drafts
        for place, spelling in draft.mentions.spellings().items()
    }
    gone = before - after
    moved = {article for article, _, _ in gone}
    if moved:
        access.run(UNLINK, numbers=listed(sorted(moved)))
    added = after - {link for link in before if link[0] not in moved}
    access.many(ADD_LINK, [{"article": article, "topic": topic, "spelling": spelling} for article, topic, spelling in sorted(added)])
    return {topic for _, topic, _ in gone}
