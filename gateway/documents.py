"""Which document does a request mean?

Most send its text. Automatic persisted queries (https://www.apollographql.com/docs/apollo-server/performance/apq) send its hash, and the
text only where the hash is answered with `PersistedQueryNotFound`: so a query is a short GET that caches on the way can keep.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict

from gateway.operations import Operations
from gateway.requests import Asked, BadRequest

KEPT_CHARACTERS = 5_000_000  # of learned documents, the newest used; a client sends again what is forgotten


def hash_of(text: str) -> str:
    """A document's hash, as requests say it."""
    return hashlib.sha256(text.encode()).hexdigest()


class Documents:
    """The documents that this process has learned by their hashes. Only valid ones are: a stranger's rubbish takes nobody's place."""

    def __init__(self, operations: Operations) -> None:
        self.operations = operations
        self._learned: OrderedDict[str, str] = OrderedDict()
        self._characters = 0

    def found(self, asked: Asked) -> Asked:
        """The request with its document's text; raises `BadRequest`."""
        if not asked.query:
            return asked._replace(query=self._named(asked.hash))
        if asked.hash:
            self._learn(asked.hash, asked.query)
        return asked

    def _named(self, hash: str) -> str:
        text = self._learned.get(hash)
        if text is None:  # 200 and these very words are what the protocol's clients look for, to send the text then
            raise BadRequest("PersistedQueryNotFound", 200, "PERSISTED_QUERY_NOT_FOUND", {"cache-control": "no-store"})
        self._learned.move_to_end(hash)
        return text

    def _learn(self, hash: str, text: str) -> None:
        if hash in self._learned and self._learned[hash] == text:
            return
        if hash != hash_of(text):
            raise BadRequest("`sha256Hash` is not the hash of `query`. Send the SHA-256 of its UTF-8 bytes in hexadecimal digits.")
        if self.operations.prepare(text).document is None:
            return  # running it says why
        self._learned[hash] = text
        self._characters += len(text)
        while self._characters > KEPT_CHARACTERS:
            self._characters -= len(self._learned.popitem(last=False)[1])
