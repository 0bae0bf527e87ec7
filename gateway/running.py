"""Where does an operation run?

On the event loop where it is small: that is done in less time than a thread takes to start. Beside it where it is large, so that nobody
waits behind it.
"""

from __future__ import annotations

from anyio import CapacityLimiter, to_thread
from starlette.requests import HTTPConnection

from gateway.loop import roomy
from gateway.operations import Answer, Operations
from gateway.readers import Readers
from gateway.requests import Asked
from schema.holding import Holdings

THREADED = 500  # cost from which on an operation runs beside the event loop
AT_ONCE = 2  # threads that run such operations: Python runs one at a time, a second one fills the waits


class Runner:
    """Runs what requests ask, by whatever protocol they came."""

    def __init__(self, operations: Operations, readers: Readers) -> None:
        self.operations = operations
        self.readers = readers
        self._threads: CapacityLimiter | None = None

    async def run(self, asked: Asked, connection: HTTPConnection, holdings: Holdings | None = None) -> Answer:
        """The answer to a request, what it holds noted in `holdings`; raises `NotAQuery`."""
        reader = self.readers.reader(connection, holdings)

        def work() -> Answer:
            return self.operations.run(asked.query, asked.variables, asked.name, reader, queries_only=asked.by_get)

        if self.operations.price(asked.query, asked.variables, asked.name) < THREADED and not self.readers.remote:
            return work()
        if self._threads is None:
            self._threads = CapacityLimiter(AT_ONCE)
        return await to_thread.run_sync(roomy, work, limiter=self._threads)
