"""Which GraphQL documents may a client name instead of sending them?

They have nothing to do with articles: no change is logged, and the index does not know them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, delete, insert, or_, select

from index.store.reading import time_in
from index.store.statements import Access, among, listed
from index.store.store import PersistedDocument
from index.store.tables import persisted_documents

P = persisted_documents.c
ONE = select(P.text).where(or_(P.name == bindparam("id"), P.hash == bindparam("id"))).limit(1)
ALL = select(P.name, P.hash, P.text, P.added_at).order_by(P.name)
NAMED = select(P.name).where(among(P.name, "names")).order_by(P.name)
REMOVE = delete(persisted_documents).where(among(P.name, "names"))
ADD = insert(persisted_documents)


def hash_of(text: str) -> str:
    """A document's identifier by its text: `sha256:` and 64 hexadecimal digits, as GraphQL over HTTP (appendix A) has it."""
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def text_of(access: Access, id: str) -> str | None:
    """The text of the document with this name or hash."""
    row = access.row(ONE, id=id)
    return row[0] if row else None


def every(access: Access) -> list[PersistedDocument]:
    """All of them, by name."""
    return [PersistedDocument(name, hash, text, time_in(added)) for name, hash, text, added in access.rows(ALL)]


def add(access: Access, texts: Mapping[str, str], now: dt.datetime) -> None:
    """Keep texts under names; what had a name before is replaced."""
    remove(access, list(texts))
    rows = [{"name": name, "hash": hash_of(text), "text": text, "added_at": now.isoformat()} for name, text in texts.items()]
    access.many(ADD, rows)


def remove(access: Access, names: Sequence[str]) -> list[str]:
    """Forget documents; gives the names that there were."""
    there = [row[0] for row in access.rows(NAMED, names=listed(names))]
    access.run(REMOVE, names=listed(names))
    return there
