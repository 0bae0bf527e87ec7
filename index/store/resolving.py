"""Which stored article is an incoming one?

One that brings an id of ours is that article, whatever its key. Any other is the one under its key, else the one whose id derives from
its key: after an export and an import into a fresh store the id is all that is left of the key that the source has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import or_, select

from index.identity import article_id, is_article_id
from index.incoming import Incoming
from index.store.statements import Access, among, listed
from index.store.tables import articles

A = articles.c
HELD = (
    select(A.number, A.id, A.key, A.slug, A.given, A.fingerprint, A.origin, A.revision)
    .where(or_(among(A.key, "keys"), among(A.id, "ids")))
    .order_by(A.number)
)


class Held(NamedTuple):
    """What the store holds of an article."""

    number: int
    id: str
    key: str
    slug: str
    given: str
    fingerprint: str
    origin: str
    revision: int


@dataclass(frozen=True, slots=True)
class Target:
    """An incoming article with the id and key under which it will be stored, and what is stored there now."""

    incoming: Incoming
    id: str
    key: str
    held: Held | None


class _Claim(NamedTuple):
    """An incoming article, the id of ours that it brings (else empty), and the one that its key makes."""

    incoming: Incoming
    brought: str
    derived: str


def _claim(incoming: Incoming) -> _Claim:
    derived = article_id(incoming.key)
    id = incoming.article.id
    return _Claim(incoming, id if id != derived and is_article_id(id) else "", derived)


def targets(access: Access, batch: Sequence[Incoming]) -> list[Target]:
    """What the first of a batch are to become: as many as are surely different articles; the rest must wait until these are stored."""
    claims = [_claim(incoming) for incoming in batch]
    ids = {id for claim in claims for id in (claim.brought, claim.derived) if id}
    rows = [Held(*row) for row in access.rows(HELD, keys=listed(sorted({i.key for i in batch})), ids=listed(sorted(ids)))]
    by_key, by_id = {row.key: row for row in rows}, {row.id: row for row in rows}
    found: list[Target] = []
    taken: set[str] = set()
    for claim in claims:
        target = _target(claim, by_key, by_id)
        identities = {claim.incoming.key, target.key, target.id, claim.brought or claim.derived}
        if not taken.isdisjoint(identities):
            break
        taken |= identities
        found.append(target)
    return found


def _target(claim: _Claim, by_key: dict[str, Held], by_id: dict[str, Held]) -> Target:
    incoming = claim.incoming
    if claim.brought:
        held = by_id.get(claim.brought)
        id = claim.brought
    else:
        held = by_key.get(incoming.key) or by_id.get(claim.derived)
        id = claim.derived if held is None else held.id
    return Target(incoming, id, _key(incoming.key, id, held, by_key), held)


def _key(key: str, id: str, held: Held | None, by_key: dict[str, Held]) -> str:
    """The key to store an article under: that which its id derives from if there is one, else its newest, unless another has it."""
    if held is not None and (held.key == key or article_id(held.key) == id):
        return held.key
    if key not in by_key:
        return key
    return f"id:{id}" if held is None else held.key
