"""Which document does a request mean?

Most send its text. Others name one that the operator keeps in the store. Automatic persisted queries
(https://www.apollographql.com/docs/apollo-server/performance/apq) send its hash, and the text only where the hash is answered with
`PersistedQueryNotFound`: so a query is a short GET that caches on the way can keep.
"""

from __future__ import annotations

import time
from collections import OrderedDict

from gateway.operations import Operations
from gateway.requests import Asked, BadRequest
from index.store.persisted import hash_of
from index.store.store import Store, StoreError

KEPT_CHARACTERS = 5_000_000  # of learned documents, the newest used; a client sends again what is forgotten
FRESH = 1.0  # seconds that a look-up in the store is taken to hold
LOOKED_UP = 1_000  # look-ups that are kept


class Documents:
    """The documents that requests may name. `only`: no others are answered, by their text neither.

    What is learned from clients is kept in this process, and only what is valid: a stranger's rubbish takes nobody's place.
    """

    def __init__(self, operations: Operations, store: Store, *, only: bool = False) -> None:
        self.operations = operations
        self.store = store
        self.only = only
        self._learned: OrderedDict[str, str] = OrderedDict()
        self._characters = 0
        self._looked_up: OrderedDict[str, tuple[str | None, float]] = OrderedDict()

    def found(self, asked: Asked) -> Asked:
        """The request with its document's text; raises `BadRequest`."""
        if not asked.query:
            return asked._replace(query=self._named(asked.id, automatic=asked.automatic))
        if self.only:
            if self._kept(hash_of(asked.query)) is None:
                raise not_allowed()
        elif asked.id:
            self._learn(asked.id, asked.query)
        return asked

    def _named(self, id: str, *, automatic: bool) -> str:
        text = self._learned.get(id)
        if text is not None:
            self._learned.move_to_end(id)
            return text
        text = self._kept(id)
        if text is not None:
            return text
        if not automatic:
            raise BadRequest(
                f"No document is kept as {id[:100]!r}. Send its text as `query`, if that is allowed here.", 400, "DOCUMENT_NOT_FOUND"
            )
        if self.only:
            raise not_allowed()
        # 200 and these very words are what the protocol's clients look for, to send the text then
        raise BadRequest("PersistedQueryNotFound", 200, "PERSISTED_QUERY_NOT_FOUND", {"cache-control": "no-store"})

    def _kept(self, id: str) -> str | None:
        """The text that the store keeps under a name or a hash, as it was a second ago at most."""
        now = time.monotonic()
        text, until = self._looked_up.get(id, (None, 0.0))
        if until > now:
            return text
        try:
            text = self.store.persisted_document(id)
        except StoreError:
            raise BadRequest("The document store cannot answer now. Try again in a moment.", 503, "STORE_UNAVAILABLE") from None
        self._looked_up[id] = (text, now + FRESH)
        self._looked_up.move_to_end(id)
        if len(self._looked_up) > LOOKED_UP:
            self._looked_up.popitem(last=False)
        return text

    def _learn(self, id: str, text: str) -> None:
        if self._learned.get(id) == text:
            return
        if id != hash_of(text):
            raise BadRequest("`sha256Hash` is not the hash of `query`. Send the SHA-256 of its UTF-8 bytes in hexadecimal digits.")
        if self.operations.prepare(text).document is None:
            return  # running it says why
        self._learned[id] = text
        self._characters += len(text)
        while self._characters > KEPT_CHARACTERS:
            self._characters -= len(self._learned.popitem(last=False)[1])


def not_allowed() -> BadRequest:
    """The refusal of what the operator does not keep."""
    message = "Only documents that are kept here are answered. Name one by `documentId`, or have this one added: broadsheet documents add."
    return BadRequest(message, 403, "DOCUMENT_NOT_ALLOWED")
