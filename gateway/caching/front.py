"""Is this request one that has just been answered?

The outermost of the service: an equal request (method, body or query string, and the few headers that decide about an answer) gets the
bytes that the first one got, before anything is parsed. Whatever is not in memory goes on to the service behind.
"""

from __future__ import annotations

import itertools
import secrets

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.caching.answers import SLOT, Slot
from gateway.caching.following import Following
from gateway.caching.headers import HIT, is_known, outdated, ready, refused, status
from gateway.caching.kept import Cache, Headers, Ready, Request
from gateway.caching.surrogates import header
from gateway.telemetry import PLAIN

PATH = "/graphql"
METHODS = {"GET": "GET", "HEAD": "GET", "POST": "POST"}
"""How the methods are answered: to HEAD what GET would be, of which the server sends the headers."""
DECIDING = frozenset({b"accept", b"accept-encoding", b"authorization", b"content-encoding", b"content-type", b"cookie", b"origin"})
"""The headers that an answer depends on: those that any part of the service reads for one that it answers with 200."""


class Front:
    """Answers from memory what it can.

    `most_bytes` is how large a body may be; `own_ids`: whether it gives requests their ids; `labels`: the header for an answer's keys.
    """

    def __init__(self, app: ASGIApp, cache: Cache, following: Following, *, most_bytes: int, own_ids: bool, labels: str) -> None:
        self.app = app
        self.cache = cache
        self.following = following
        self.most_bytes = most_bytes
        self.labels = labels
        self.own_ids = own_ids
        self._prefix, self._number = secrets.token_hex(4), itertools.count()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on."""
        if scope["type"] != "http" or scope["path"] != PATH or scope["method"] not in METHODS:
            await self.app(scope, receive, send)
            return
        received: list[Message] = []
        body = b""
        if scope["method"] == "POST":
            body = await self._read(receive, received)
        request, known, id = deciding(METHODS[scope["method"]], scope["query_string"], body, scope["headers"])
        found = self.find(request)
        if found is None:
            await self._pass_on(scope, replayed(received, receive), send, request, known)
            return
        own = [(b"x-request-id", self.id(id))] if self.own_ids else []
        await respond(send, found, known, [HIT, *own])

    def find(self, request: Request) -> Ready | None:
        """The response to an equal request, if it is still true."""
        self.following.look()
        found = self.cache.ready.get(request)
        if found is not None:
            found.kept.used = True
        return found

    def id(self, given: bytes) -> bytes:
        """A request's id: the one that its caller gave it, where that is plain, else a new one."""
        return given if given and PLAIN.fullmatch(given) else f"{self._prefix}{next(self._number):08x}".encode()

    async def _read(self, receive: Receive, received: list[Message]) -> bytes:
        """A body, noting what came; one that is too large is not read to its end, but left to who refuses it."""
        message = await receive()
        received.append(message)
        body: bytes = message.get("body", b"")
        while message.get("more_body") and len(body) <= self.most_bytes:
            message = await receive()
            received.append(message)
            body += message.get("body", b"")
        return body

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send, request: Request, known: bytes) -> None:
        """Have the service behind answer; what may be kept of it is held back until it is whole."""
        slot = Slot()
        start: Message = {}
        parts: list[bytes] = []

        async def collect(message: Message) -> None:
            nonlocal start
            if slot.kept is None or slot.asked > 1:
                if message["type"] == "http.response.start":
                    message["headers"] = refused(message["headers"])
                await send(message)
            elif message["type"] == "http.response.start":
                start = message
            else:
                parts.append(message.get("body", b""))
                if not message.get("more_body"):
                    made = ready(slot.kept, start["headers"], b"".join(parts), header(self.labels, slot.kept))
                    given, how = outdated(made) if slot.stale else (made, [status(slot.status)])
                    await respond(send, given, known, how + [one for one in start["headers"] if one[0] == b"x-request-id"])
                    if not slot.stale:
                        self.cache.keep_ready(request, made, named=slot.named)

        await self.app({**scope, SLOT: slot}, receive, collect)


def deciding(method: str, query: bytes, body: bytes, headers: Headers) -> tuple[Request, bytes, bytes]:
    """All of a request that decides about its answer; the tags that its caller knows, by GET only; the id that they gave it."""
    parts: list[bytes] = []
    known = id = b""
    for name, value in headers:
        if name in DECIDING:
            parts += (name, value)
        elif name == b"if-none-match" and method == "GET":
            known = known + b"," + value if known else value
        elif name == b"x-request-id":
            id = value
    return (method, query, body, *parts), known, id


def replayed(received: list[Message], receive: Receive) -> Receive:
    """What was received already, then what comes."""
    waiting = iter(received)

    async def again() -> Message:
        for message in waiting:
            return message
        return await receive()

    return again


async def respond(send: Send, found: Ready, known: bytes, own: Headers) -> None:
    """Send a response, or say that it is the one that the caller knows."""
    if is_known(found.tag, known):
        await send({"type": "http.response.start", "status": 304, "headers": found.unmodified + own})
        await send({"type": "http.response.body"})
    else:
        await send({"type": "http.response.start", "status": 200, "headers": found.headers + own})
        await send({"type": "http.response.body", "body": found.body})
