"""Must an operation be run?

Not where its answer is kept, and not where an equal one is being run: then its answer will do. Answers are kept by document, operation,
variables and the caller's scopes. Its law: only what a query gave without an error is kept, and nothing that a change overtook.
"""

from __future__ import annotations

import asyncio
from collections.abc import Hashable
from typing import NamedTuple

import orjson
from starlette.requests import HTTPConnection

from gateway.caching.following import Following
from gateway.caching.kept import Cache, Kept
from gateway.operations import Answer
from gateway.requests import Asked
from gateway.running import Runner
from schema.holding import Holdings

SLOT = "broadsheet.answer"
"""Where in an ASGI scope a `Slot` is."""


class Slot:
    """Which answer a response carries, and how it was come by (https://www.rfc-editor.org/rfc/rfc9211)."""

    def __init__(self) -> None:
        self.kept: Kept | None = None
        self.status = "fwd=miss"


class Run(NamedTuple):
    """What came of an operation; `kept` where it may be kept."""

    answer: Answer
    kept: Kept | None


class Answers:
    """Answers operations, from memory where that is the same."""

    def __init__(self, runner: Runner, cache: Cache, following: Following) -> None:
        self.runner = runner
        self.cache = cache
        self.following = following
        self._running: dict[Hashable, asyncio.Task[Run]] = {}

    async def run(self, asked: Asked, connection: HTTPConnection) -> Answer:
        """The answer to a request; raises `NotAQuery`."""
        if not self.runner.operations.is_query(asked.query, asked.name):
            return await self.runner.run(asked, connection)
        slot: Slot = connection.scope.get(SLOT) or Slot()
        key = self._key(asked, connection)
        self.following.look()
        kept = self.cache.get(key)
        if kept is not None:
            slot.kept, slot.status = kept, "hit"
            return Answer({}, ran=True, json=kept.body)
        run = await self._join(key, asked, connection, slot)
        slot.kept = run.kept
        return run.answer

    def _key(self, asked: Asked, connection: HTTPConnection) -> Hashable:
        """All that an answer depends on, besides the archive."""
        variables = orjson.dumps(asked.variables, option=orjson.OPT_SORT_KEYS)
        return asked.query, asked.name, variables, self.runner.readers.scopes(connection)

    async def _join(self, key: Hashable, asked: Asked, connection: HTTPConnection, slot: Slot) -> Run:
        """Run it, or wait for an equal one that began after whatever was written last."""
        flight = (key, self.cache.generation)
        running = self._running.get(flight)
        if running is None:
            running = self._running[flight] = asyncio.create_task(self._run(key, asked, connection))
            running.add_done_callback(lambda _: self._running.pop(flight, None))
        else:
            slot.status = "fwd=miss; collapsed"
        return await asyncio.shield(running)  # whoever goes away while they wait leaves the others theirs

    async def _run(self, key: Hashable, asked: Asked, connection: HTTPConnection) -> Run:
        generation, holdings = self.cache.generation, Holdings()
        answer = await self.runner.run(asked, connection, holdings)
        if not answer.ran or "errors" in answer.body:
            return Run(answer, None)
        body = answer.encoded()
        kept = Kept(key, body, holdings.close())
        self.cache.keep(kept, generation)
        return Run(Answer(answer.body, ran=True, json=body), kept)
