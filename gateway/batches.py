"""How are several operations answered in one request?

Off unless set. A batch is a JSON array of requests and its answer the array of theirs, in order; what is wrong with one of them is an error
of that one. Its law: what is limited for one request is limited for the whole batch.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from typing import Any

from starlette.requests import HTTPConnection, Request

from gateway.caching.answers import Answers
from gateway.documents import Documents
from gateway.limits import Measure
from gateway.operations import Operations, Refused, encode
from gateway.requests import Asked, BadRequest, checked
from gateway.running import Runner


class Batches:
    """Answers batches of `most` operations, each by `runner`, all in `seconds`."""

    def __init__(self, operations: Operations, documents: Documents, runner: Runner | Answers, most: int, seconds: float) -> None:
        self.operations = operations
        self.documents = documents
        self.runner = runner
        self.most = most
        self.seconds = seconds

    async def answer(self, given: Sequence[Any], request: Request) -> bytes:
        """The JSON array of answers; raises `BadRequest` where the batch as a whole is refused."""
        if not self.most:
            raise BadRequest("Batches are not answered here. Send one operation a request.")
        if not 0 < len(given) <= self.most:
            message = f"The batch has {len(given)} operations; allowed are 1 to {self.most}. Send the others in a request of their own."
            raise BadRequest(message, 400, "LIMIT_EXCEEDED")
        batch = [self._asked(one) for one in given]
        self._check([one for one in batch if isinstance(one, Asked)])
        end = time.monotonic() + self.seconds
        # a scope of its own: whoever keeps whole responses notes there which answer one carries, and this carries several
        connection = HTTPConnection({key: value for key, value in request.scope.items() if not key.startswith("broadsheet.")})
        return b"[" + b",".join([await self._one(one, connection, end) for one in batch]) + b"]"

    def _asked(self, one: Any) -> Asked | BadRequest:
        """What one of them asks, or why it cannot be read."""
        try:
            if not isinstance(one, dict):
                raise BadRequest(
                    "Each of a batch must be a JSON object with `query` and maybe `variables`, `operationName` and `extensions`."
                )
            return self.documents.found(checked(one, by_get=False))
        except BadRequest as error:
            return error

    async def _one(self, one: Asked | BadRequest, connection: HTTPConnection, end: float) -> bytes:
        if isinstance(one, Asked) and time.monotonic() > end:
            one = BadRequest(f"The batch took longer than {self.seconds:g} seconds. Ask for less at once.", 400, "TIMEOUT")
        if isinstance(one, BadRequest):
            return encode({"errors": [one.shown()]})
        return (await self.runner.run(one, connection)).encoded()

    def _check(self, batch: Sequence[Asked]) -> None:
        """Raise `BadRequest` where all together have more than one document may, as soon as that is known."""
        sums = Counter(characters=sum(len(asked.query) for asked in batch))
        self._limit(sums)  # before any of them is parsed
        for asked in batch:
            sums += self._size(asked)
            self._limit(sums)

    def _size(self, asked: Asked) -> Counter[str]:
        """What one of them adds; one that is refused by itself costs nothing but what it took to read it."""
        prepared = self.operations.prepare(asked.query)
        if prepared.document is None:
            return Counter()
        size = Counter(tokens=prepared.document.token_count)
        try:
            operation, cost = self.operations.choose(prepared, asked.name, asked.variables)
        except Refused:
            return size
        selected = Measure(prepared.document).selection(operation.selection_set)
        return size + Counter(cost=cost, fields=selected.fields, aliases=selected.aliases, root_fields=sum(selected.keys.values()))

    def _limit(self, sums: Counter[str]) -> None:
        """Raise `BadRequest` where a sum is over its limit."""
        for what, found in sums.items():
            most = getattr(self.operations.limits, what)
            if found > most:
                message = f"The batch is too large, {what.replace('_', ' ')}: {found:,}; allowed are {most:,}. Send fewer at once."
                raise BadRequest(message, 400, "LIMIT_EXCEEDED")
