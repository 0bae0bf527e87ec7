"""Is this request answered before it is one?

uvicorn makes a task of each request and looks at every byte of an answer's headers, which takes longer than to look the answer up. So this
protocol waits until a request is whole, and looks first. Its law: it answers only what is kept, with the bytes that the service behind it
(`front.py`) would send; all else goes uvicorn's own way from its beginning, as if nobody had looked.

A head that is too long, or a request that does not come to its end, closes the connection: uvicorn has no bounds for either.

The methods of uvicorn's protocol that are overridden, or called late, are not promised to stay: it is pinned, and both ways are compared.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.flow_control import HIGH_WATER_LIMIT
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from gateway.caching.front import PATH, Front, deciding
from gateway.caching.headers import is_known

URL = PATH.encode()
LONGEST_HEAD = 65_536  # bytes, about: 8 to 32 KiB are usual
LONGEST = 60.0  # seconds in which a request must have arrived


class Protocol(HttpToolsProtocol):
    """HTTP/1.1 as uvicorn speaks it, before a service that is a `Front`: one that sees every request first, and gives it its id."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        service = self.app
        self._front = service if isinstance(service, Front) and service.own_ids and not self.access_log else None
        self._waiting = False  # whether uvicorn has not been told of the request that is being read
        self._body = b""
        self._in_head, self._heads, self._head = True, 0, 0  # whether a head is being read, how many were, bytes of this one so far
        self._late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Begin; the first request has to be in time."""
        super().connection_made(transport)
        self._late = self.loop.call_later(LONGEST, self._refuse, b"408 Request Timeout")

    def data_received(self, data: bytes) -> None:
        """Read on; a request of which more is to come has to be in time, and its head may not be too long."""
        began_in_head, heads = self._in_head, self._heads
        super().data_received(data)
        self._head = self._head + len(data) if began_in_head and self._in_head and heads == self._heads else 0
        if self._head > LONGEST_HEAD:
            self._refuse(b"431 Request Header Fields Too Large")
        elif self._late is None and (self._head or not self._in_head):
            self._late = self.loop.call_later(LONGEST, self._refuse, b"408 Request Timeout")

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing comes any more."""
        self._in_time()
        super().connection_lost(exc)

    def _in_time(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _refuse(self, status: bytes) -> None:
        """End the connection, and say why where a request has begun that uvicorn does not know of."""
        if not self.transport.is_closing():
            if self._waiting or self._head:
                self.transport.write(b"HTTP/1.1 %b\r\ncontent-length: 0\r\nconnection: close\r\n\r\n" % status)
            self.transport.close()

    def on_headers_complete(self) -> None:
        """Tell uvicorn of a request, or wait until it is whole."""
        self._in_head, self._heads = False, self._heads + 1
        self._waiting = self._front is not None and self._is_plain()
        self._body = b""
        if not self._waiting:
            super().on_headers_complete()

    def _is_plain(self) -> bool:
        """Whether a request may be answered from memory, and this connection is free for the answer, and for others after it."""
        parser, cycle = self.parser, self.cycle
        return (
            self.url.partition(b"?")[0] == URL
            and b"#" not in self.url
            and not self.root_path
            and not self.expect_100_continue
            and (cycle is None or cycle.response_complete)
            and not self.flow.write_paused
            and parser.get_http_version() == "1.1"
            and parser.get_method() in (b"GET", b"POST")
            and parser.should_keep_alive()
            and not parser.should_upgrade()
        )

    def on_body(self, body: bytes) -> None:
        """Take a part of a body; a large one is uvicorn's, who knows when to stop reading."""
        if not self._waiting:
            super().on_body(body)
            return
        self._body += body
        if len(self._body) > HIGH_WATER_LIMIT:
            self._let_go()

    def on_message_complete(self) -> None:
        """Answer a request, or tell uvicorn of it now."""
        self._in_head = True
        self._in_time()
        if self._waiting and self._answer():
            self._waiting = False
            self.on_response_complete()
            return
        self._let_go()
        super().on_message_complete()

    def _let_go(self) -> None:
        """Leave the request to uvicorn."""
        if self._waiting:
            self._waiting = False
            super().on_headers_complete()
            if self._body:
                super().on_body(self._body)

    def _answer(self) -> bool:
        """Whether the answer to the request is kept, and sent."""
        front = self._front
        if front is None or self.transport.is_closing():
            return False
        method, query = self.parser.get_method().decode("ascii"), self.url[len(URL) + 1 :]
        request, known, id = deciding(method, query, self._body, self.headers)
        found = front.find(request)
        if found is None:
            return False
        own = [b"%b: %b\r\n" % header for header in self.server_state.default_headers]
        rest = (*own, b"x-request-id: ", front.id(id), b"\r\n\r\n")
        if is_known(found.tag, known):
            self.transport.write(b"".join((found.unmodified_head, *rest)))
        else:
            self.transport.writelines((b"".join((found.head, *rest)), found.body))
        return True

    def shutdown(self) -> None:
        """End the connection; a request that is half read is finished first, as uvicorn would."""
        self._let_go()
        super().shutdown()
