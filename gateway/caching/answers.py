"""Must an operation be run?

Not where its answer is kept, and not where an equal one is being run: then its answer will do. Answers are kept by document, operation,
variables and the caller's scopes. Its law: only what a query gave without an error is kept, and nothing that a change overtook.
While the index is away, an answer that was true before is better than one with a hole in it, if its articles are still the same.
"""

from __future__ import annotations

import asyncio
from collections.abc import Hashable
from typing import NamedTuple

import orjson
from starlette.requests import HTTPConnection

from gateway.caching.following import Following
from gateway.caching.headers import control
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
        self.asked = 0  # operations; a response that carries several answers is not kept
        self.status = "fwd=miss"
        self.stale = False
        self.named = False  # whether the request named its document, so that it depends on more than its answer


class Run(NamedTuple):
    """What came of an operation; `kept` where it may be kept."""

    answer: Answer
    kept: Kept | None


class Answers:
    """Answers operations, from memory where that is the same. `only_named`: whether only documents that the operator keeps are answered."""

    def __init__(self, runner: Runner, cache: Cache, following: Following, *, only_named: bool = False) -> None:
        self.runner = runner
        self.cache = cache
        self.following = following
        self.only_named = only_named
        self._running: dict[Hashable, asyncio.Task[Run]] = {}

    async def run(self, asked: Asked, connection: HTTPConnection) -> Answer:
        """The answer to a request; raises `NotAQuery`."""
        slot: Slot = connection.scope.get(SLOT) or Slot()
        slot.asked += 1
        max_age = self.runner.operations.max_age(asked.query, asked.name)
        if max_age is None:
            return await self.runner.run(asked, connection)
        slot.named = bool(asked.id) or self.only_named
        try:
            key = self._key(asked, connection)
        except TypeError:  # variables nested deeper than orjson writes, though it reads them
            return await self.runner.run(asked, connection)
        self.following.look()
        kept = self.cache.get(key)
        if kept is not None:
            slot.kept, slot.status = kept, "hit"
            return Answer({}, ran=True, json=kept.body)
        run = await self._join(key, asked, connection, slot)
        slot.kept = run.kept
        if slot.kept is not None and not slot.kept.control:
            slot.kept.control = control(max_age, private=bool(self.runner.readers.scopes(connection)))
        if self._is_away(run.answer) and (was := self.cache.get_stale(key)) is not None:
            slot.kept, slot.stale = was, True
            return Answer({}, ran=True, json=was.body)
        return run.answer

    @staticmethod
    def _is_away(answer: Answer) -> bool:
        """Whether part of an answer is missing because the index cannot be asked."""
        return any(error["extensions"].get("code") == "INDEX_UNAVAILABLE" for error in answer.body.get("errors", ()))

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
