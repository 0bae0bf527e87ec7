"""How are queries asked over a WebSocket?

The protocol `graphql-transport-ws` (https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md), on the same path as HTTP and by the
same documents, limits and errors. The schema has no subscriptions: an operation is answered once, and complete. Its law: whatever a client
sends, the socket is answered or closed with a code of the protocol, and what it holds here is bounded.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import orjson
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from gateway.caching.answers import Answers
from gateway.documents import Documents
from gateway.operations import encode
from gateway.requests import JSON, BadRequest, checked
from gateway.running import Runner

PROTOCOL = "graphql-transport-ws"
FAILED = {
    "message": "Something went wrong here that is not your fault. The log has it.",
    "extensions": {"code": "INTERNAL"},
}
log = logging.getLogger("broadsheet.graphql")


class Bounds(NamedTuple):
    """What one socket may do: seconds until it has introduced itself, idle seconds, operations under way, messages in a second."""

    introduction: float = 10
    idle: float = 300
    at_once: int = 100
    messages: int = 100


class Close(Exception):
    """The socket shall be closed, with a code and a reason of the protocol."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class GraphQLSocket:
    """The ASGI application at `/graphql` for WebSockets.

    `origins` are those whose pages may ask, `*` is any; `most` is how many sockets it holds at once.
    """

    def __init__(
        self, documents: Documents, runner: Runner | Answers, origins: Sequence[str], most: int, bounds: Bounds | None = None
    ) -> None:
        self.documents = documents
        self.runner = runner
        self.origins = origins
        self.most = most
        self.bounds = bounds or Bounds()
        self._held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hold one conversation."""
        socket = WebSocket(scope, receive, send)
        if not self.is_allowed(socket):
            await socket.close()  # before it is accepted: 403
        elif self._held >= self.most:
            await socket.send_denial_response(self.no_room())
        else:
            self._held += 1
            try:
                await self.hold(socket)
            finally:
                self._held -= 1

    async def hold(self, socket: WebSocket) -> None:
        """Accept a socket, and answer until it ends."""
        if PROTOCOL not in socket.scope["subprotocols"]:
            await socket.accept()
            await socket.close(4406, "Subprotocol not acceptable")
        else:
            await socket.accept(PROTOCOL)
            await Conversation(socket, self.documents, self.runner, self.bounds).hold()

    def no_room(self) -> Response:
        """The refusal of a socket too many."""
        message = f"{self.most:,} sockets are open here; more are not allowed. Try again later, or ask by HTTP."
        error = BadRequest(message, 503, "LIMIT_EXCEEDED", {"retry-after": "1"})
        return Response(encode({"errors": [error.shown()]}), error.status, media_type=JSON, headers=error.headers)

    def is_allowed(self, socket: WebSocket) -> bool:
        """Whether the page that asks, if it is one, may: browsers do not ask for leave here as they do for HTTP."""
        origin = socket.headers.get("origin")
        return origin is None or bool({"*", origin} & {*self.origins}) or urlsplit(origin).netloc == socket.headers.get("host")


class Conversation:
    """One socket, from its introduction to its end."""

    def __init__(self, socket: WebSocket, documents: Documents, runner: Runner | Answers, bounds: Bounds) -> None:
        self.socket = socket
        self.documents = documents
        self.runner = runner
        self.bounds = bounds
        self._running: dict[str, asyncio.Task[None]] = {}
        self._second, self._messages = 0.0, 0

    async def hold(self) -> None:
        """Answer until either side closes."""
        try:
            await self._introduction()
            while True:
                await self._take(await self._next())
        except Close as close:
            await self._stop()
            await self.socket.close(close.code, close.reason)
        except WebSocketDisconnect:
            pass  # the client has gone, which is how most conversations end
        finally:
            await self._stop()

    async def _introduction(self) -> None:
        try:
            async with asyncio.timeout(self.bounds.introduction):
                while (message := await self._receive())["type"] != "connection_init":
                    if message["type"] not in ("ping", "pong"):
                        raise Close(4401, "Unauthorized")
                    await self._take(message)
        except TimeoutError:
            raise Close(4408, "Connection initialisation timeout") from None
        if not isinstance(message.get("payload", {}), dict | None):
            raise Close(4400, "The payload of connection_init must be an object")
        await self._send({"type": "connection_ack"})

    async def _next(self) -> dict[str, Any]:
        """The next message; raises `Close` where none comes and nothing is under way."""
        while True:
            try:
                async with asyncio.timeout(self.bounds.idle):
                    return await self._receive()
            except TimeoutError:
                if not self._running:
                    raise Close(1000, "Idle") from None

    async def _receive(self) -> dict[str, Any]:
        """A message; raises `Close` where it is none of the protocol's form, or too many come."""
        event = await self.socket.receive()
        if event["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(event.get("code", 1005))
        now = asyncio.get_running_loop().time()
        if now - self._second >= 1:
            self._second, self._messages = now, 0
        self._messages += 1
        if self._messages > self.bounds.messages:
            raise Close(4429, "Too many messages")
        try:
            message = orjson.loads(event.get("text") or b"")
        except orjson.JSONDecodeError:
            raise Close(4400, "Messages must be JSON in text") from None
        if not isinstance(message, dict) or not isinstance(message.get("type"), str):
            raise Close(4400, "Messages must be objects with a type")
        return message

    async def _take(self, message: dict[str, Any]) -> None:
        """Do what a message says; raises `Close`."""
        match message["type"]:
            case "ping":
                await self._send({"type": "pong"})
            case "pong":
                pass
            case "subscribe":
                await self._subscribe(message.get("id"), message.get("payload"))
            case "complete":
                if (task := self._running.pop(str(message.get("id")), None)) is not None:
                    task.cancel()
            case "connection_init":
                raise Close(4429, "Too many initialisation requests")
            case _:
                raise Close(4400, "Unknown type of message")

    async def _subscribe(self, id: Any, payload: Any) -> None:
        if not isinstance(id, str) or not id or not isinstance(payload, dict):
            raise Close(4400, "A subscribe message must have an id and a payload")
        if id in self._running:
            raise Close(4409, f"Subscriber for {id[:20]} already exists")
        most = self.bounds.at_once
        if len(self._running) >= most:
            message = f"The socket has {most} operations under way; more are not allowed. Wait for one of them."
            await self._fail(id, [{"message": message, "extensions": {"code": "LIMIT_EXCEEDED", "limit": most}}])
        else:
            self._running[id] = asyncio.create_task(self._run(id, payload))

    async def _run(self, id: str, payload: dict[str, Any]) -> None:
        """Answer one operation, whatever comes of it."""
        try:
            asked = self.documents.found(checked(payload, by_get=False))
            answer = await self.runner.run(asked, self.socket)
            errors = None if answer.ran else answer.body["errors"]
        except BadRequest as error:
            errors = [error.shown()]
        except Exception:  # a defect of ours: nobody awaits this task, and the client shall not wait for ever
            log.exception("an operation on a socket failed")
            errors = [FAILED]
        self._running.pop(id, None)  # first: the client may use the id again once it has the answer
        if errors is not None:
            await self._fail(id, errors)
        else:
            head = encode({"id": id, "type": "next"})[:-1].decode()
            await self.socket.send_text(f'{head},"payload":{answer.encoded().decode()}}}')
            await self._send({"id": id, "type": "complete"})

    async def _fail(self, id: str, errors: list[dict[str, Any]]) -> None:
        await self._send({"id": id, "type": "error", "payload": errors})

    async def _send(self, message: dict[str, Any]) -> None:
        await self.socket.send_text(encode(message).decode())

    async def _stop(self) -> None:
        """End what is under way: nobody waits for it any more."""
        tasks = [*self._running.values()]
        self._running.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
