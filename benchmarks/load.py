"""How is a server asked, and what did it take?

A client of raw sockets in one thread, so that it costs little beside what it measures: each of `concurrency` connections sends its next
request when it has its answer.
"""

from __future__ import annotations

import asyncio
import itertools
import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import urlencode

from benchmarks.servers import Server

LONGEST = 600.0  # seconds


class Result(NamedTuple):
    """Requests a second, milliseconds at two percentiles, microseconds of the server's CPU time a request, bytes of an answer."""

    rate: float
    p50: float
    p99: float
    cpu: float
    size: int


def get(path: str, query: dict[str, str], **headers: str) -> bytes:
    """A GET as bytes."""
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"GET {path}?{urlencode(query)} HTTP/1.1\r\nhost: 127.0.0.1\r\n{lines}\r\n".encode()


def request(path: str, body: bytes, headers: Mapping[str, str] = MappingProxyType({})) -> bytes:
    """A POST as bytes."""
    sent = {"host": "127.0.0.1", "content-type": "application/json", "content-length": str(len(body)), **headers}
    lines = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
    return f"POST {path} HTTP/1.1\r\n{lines}\r\n".encode() + body


class _Asker(asyncio.Protocol):
    """One connection, made anew where the server closes it after an answer: counts answers by their content length."""

    def __init__(self, port: int, messages: Iterator[bytes], end: float, times: list[float]) -> None:
        self.port, self.messages, self.end, self.times = port, messages, end, times
        self.done = asyncio.get_running_loop().create_future()
        self.started = 0.0
        self.buffer = b""
        self.size = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        if self.started:
            self._send()
        else:
            self._ask()

    def _ask(self) -> None:
        message = next(self.messages, None)
        if message is None:
            self._end()
            return
        self.message, self.started = message, time.perf_counter()
        if self.transport.is_closing():
            self.connecting = asyncio.ensure_future(self.connect())
        else:
            self._send()

    def _send(self) -> None:
        self.transport.write(self.message)  # type: ignore[attr-defined]  # of a TCP connection, so it can be written to

    async def connect(self) -> None:
        """Open a connection, and ask there."""
        await asyncio.get_running_loop().create_connection(lambda: self, "127.0.0.1", self.port)

    def _end(self) -> None:
        if not self.done.done():
            self.done.set_result(None)
            self.transport.close()

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head, found, _ = self.buffer.partition(b"\r\n\r\n")
        if not found:
            return
        if not head.startswith((b"HTTP/1.1 200", b"HTTP/1.1 304")):
            self.done.set_exception(RuntimeError(self.buffer[:300].decode(errors="replace")))
            return
        length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0] or 0)  # 304 has none
        if len(self.buffer) < len(head) + 4 + length:
            return
        self.size, self.buffer = length, b""
        now = time.perf_counter()
        self.times.append(now - self.started)
        if b"connection: close" in head.lower():
            self.transport.close()
        if now < self.end:
            self._ask()
        else:
            self._end()


async def _run(server: Server, messages: Iterator[bytes], concurrency: int, seconds: float) -> tuple[list[float], int]:
    times: list[float] = []
    end = time.perf_counter() + seconds
    askers = [_Asker(server.port, messages, end, times) for _ in range(concurrency)]
    async with asyncio.timeout(seconds + LONGEST):
        await asyncio.gather(*(asker.connect() for asker in askers))
        await asyncio.gather(*(asker.done for asker in askers))
    return times, askers[0].size


def measure(server: Server, messages: bytes | Sequence[bytes], concurrency: int = 1, seconds: float = 3, warm: float = 0.25) -> Result:
    """Ask for some seconds, after some that do not count: one thing, or several in turn."""
    asked = itertools.cycle([messages] if isinstance(messages, bytes) else messages)
    if warm:
        asyncio.run(_run(server, asked, concurrency, warm))
    return _measured(server, asked, concurrency, seconds)


def measure_once(server: Server, messages: Sequence[bytes]) -> Result:
    """Ask each once."""
    return _measured(server, iter(messages), 1, LONGEST)


def _measured(server: Server, messages: Iterator[bytes], concurrency: int, seconds: float) -> Result:
    before, started = server.cpu(), time.perf_counter()
    times, size = asyncio.run(_run(server, messages, concurrency, seconds))
    took, cpu = time.perf_counter() - started, server.cpu() - before
    times.sort()
    p99 = times[min(len(times) - 1, int(len(times) * 0.99))]
    return Result(len(times) / took, statistics.median(times) * 1000, p99 * 1000, cpu / len(times) * 1e6, size)
