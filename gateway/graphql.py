"""How does HTTP become a GraphQL operation, and its answer HTTP again?

GraphQL over HTTP, https://graphql.github.io/graphql-over-http/draft/: GET and POST, both media types, and their status codes. A page on
another site cannot make a browser send what is answered here without asking first: POST takes JSON only, GET runs queries only.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec
import orjson
from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from gateway.loop import roomy
from gateway.operations import Answer, NotAQuery, Operations
from gateway.readers import Readers

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
THREADED = 500  # cost from which on an operation runs beside the event loop, so that nobody else waits for it
AT_ONCE = 2  # threads that run such operations: Python runs one at a time, a second one fills the waits


class BadRequest(Exception):
    """A request that is not GraphQL over HTTP; the message says what to send instead."""

    def __init__(self, message: str, status: int = 400, code: str = "BAD_REQUEST", headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.headers = headers or {}


class Asked(NamedTuple):
    """What a request asks."""

    query: str
    variables: dict[str, Any]
    name: str | None
    by_get: bool


class GraphQLEndpoint:
    """The ASGI application at `/graphql`."""

    def __init__(self, operations: Operations, readers: Readers, most_bytes: int) -> None:
        self.operations = operations
        self.readers = readers
        self.most_bytes = most_bytes
        self._threads: CapacityLimiter | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        response = await self.answer(Request(scope, receive))
        await response(scope, receive, send)

    async def answer(self, request: Request) -> Response:
        """The response to a request."""
        media = accepted(request.headers.get("accept", ""))
        try:
            asked = await self.read(request)
            answer = await self.run(asked, request)
        except NotAQuery:
            error = BadRequest("GET runs queries only. Send this operation by POST.", 405, "METHOD_NOT_ALLOWED", {"allow": "POST"})
            return refusal(error, media)
        except BadRequest as error:
            return refusal(error, media)
        return encoded(answer, media)

    async def read(self, request: Request) -> Asked:
        """What the request asks; raises `BadRequest`."""
        if request.method == "POST":
            return asked_by_post(request, await body_of(request, self.most_bytes))
        return asked_by_get(request)

    async def run(self, asked: Asked, request: Request) -> Answer:
        """Run an operation: here where it is small, else in a thread."""
        reader = self.readers.reader(request)

        def work() -> Answer:
            return self.operations.run(asked.query, asked.variables, asked.name, reader, queries_only=asked.by_get)

        if self.operations.price(asked.query, asked.variables, asked.name) < THREADED and not self.readers.remote:
            return work()
        if self._threads is None:
            self._threads = CapacityLimiter(AT_ONCE)
        return await to_thread.run_sync(roomy, work, limiter=self._threads)


def accepted(accept: str) -> str:
    """The media type to answer with: the one of the two that is wanted most; JSON where neither is."""
    best, wanted = JSON, 0.0
    for part in accept.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        quality = next((parameter[2:] for parameter in parameters if parameter.startswith("q=")), "1")
        try:
            weight = float(quality)
        except ValueError:
            continue
        if name == GRAPHQL and weight >= wanted and weight > 0:
            best, wanted = GRAPHQL, weight
        elif name in (JSON, "application/*", "*/*") and weight > wanted:
            best, wanted = JSON, weight
    return best


async def body_of(request: Request, most: int) -> bytes:
    """A request's body; raises `BadRequest` as soon as it is larger than `most` bytes."""
    too_large = BadRequest(f"The body has over {most:,} bytes. Send less at once.", 413, "LIMIT_EXCEEDED")
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > most:
        raise too_large
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            raise too_large
        parts.append(part)
    return b"".join(parts)


def asked_by_post(request: Request, body: bytes) -> Asked:
    """What a POST asks; raises `BadRequest`."""
    kind, _, parameters = request.headers.get("content-type", "").partition(";")
    if kind.strip().lower() != JSON:
        raise BadRequest(f"Send the request as {JSON}, not as {kind.strip()[:80] or 'an unnamed type'}.", 415, "UNSUPPORTED_MEDIA_TYPE")
    charset = parameters.lower().partition("charset=")[2].strip(' "')
    if charset not in ("", "utf-8", "utf8"):
        raise BadRequest("Send the request in UTF-8.", 415, "UNSUPPORTED_MEDIA_TYPE")
    try:
        given = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise BadRequest(f"The body is not JSON: {error}.") from None
    if isinstance(given, list):
        raise BadRequest("Batches are not answered here. Send one operation a request.")
    if not isinstance(given, dict):
        raise BadRequest("The body must be a JSON object with `query` and maybe `variables`, `operationName` and `extensions`.")
    return checked(given, by_get=False)


def asked_by_get(request: Request) -> Asked:
    """What a GET asks; raises `BadRequest`."""
    given: dict[str, Any] = dict(request.query_params)
    for name in ("variables", "extensions"):
        if given.get(name):
            try:
                given[name] = orjson.loads(given[name])
            except orjson.JSONDecodeError as error:
                raise BadRequest(f"`{name}` is not JSON: {error}.") from None
        else:
            given.pop(name, None)
    return checked(given, by_get=True)


def checked(given: dict[str, Any], *, by_get: bool) -> Asked:
    """The members of a request, each of its type; raises `BadRequest`."""
    query, variables, name = given.get("query"), given.get("variables"), given.get("operationName")
    if not isinstance(query, str) or not query.strip():
        raise BadRequest("The request has no `query`. Send a GraphQL document as a text.")
    if variables is not None and not isinstance(variables, dict):
        raise BadRequest("`variables` must be an object.")
    if name is not None and not isinstance(name, str):
        raise BadRequest("`operationName` must be a text.")
    if given.get("extensions") is not None and not isinstance(given["extensions"], dict):
        raise BadRequest("`extensions` must be an object.")
    return Asked(query, variables or {}, name or None, by_get)


def encode(body: Any) -> bytes:
    """JSON, also of what orjson refuses (integers beyond 64 bits, halves of surrogate pairs)."""
    try:
        return orjson.dumps(body)
    except TypeError:
        return msgspec.json.encode(body)


def encoded(answer: Answer, media: str) -> Response:
    """An answer as HTTP: one that was never run is 400 in GraphQL's own media type, 200 in plain JSON."""
    status = 200 if answer.ran or media == JSON else 400
    return Response(encode(answer.body), status, media_type=f"{media}; charset=utf-8", headers={"vary": "accept"})


def refusal(error: BadRequest, media: str) -> Response:
    """A request that could not be read, as HTTP."""
    body = {"errors": [{"message": str(error), "extensions": {"code": error.code}}]}
    return Response(encode(body), error.status, media_type=f"{media}; charset=utf-8", headers=error.headers)
