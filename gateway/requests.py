"""What does a request ask?

GraphQL over HTTP, https://graphql.github.io/graphql-over-http/draft/: the two methods and the two media types. A page on another site
cannot make a browser send what is answered here without asking first: POST takes JSON only, GET runs queries only.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import orjson
from starlette.requests import ClientDisconnect, Request

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
SHA256 = re.compile(r"[0-9a-fA-F]{64}")


class BadRequest(Exception):
    """A request that is not GraphQL over HTTP; the message says what to send instead."""

    def __init__(self, message: str, status: int = 400, code: str = "BAD_REQUEST", headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.headers = headers or {}

    def shown(self) -> dict[str, Any]:
        """The error as a response has it."""
        return {"message": str(self), "extensions": {"code": self.code}}


class Asked(NamedTuple):
    """What a request asks.

    `query` is the document's text; where it is empty, `id` names it: by the name under which it is kept, or by `sha256:` and its hash.
    `automatic`: its client sends the text where the hash is unknown.
    """

    query: str
    id: str
    variables: dict[str, Any]
    name: str | None
    by_get: bool
    automatic: bool = False


async def asked_by(request: Request, most_bytes: int) -> Asked | list[Any]:
    """What a request asks, or the array of a batch as it came; raises `BadRequest`."""
    if request.method == "POST":
        return asked_by_post(request, await body_of(request, most_bytes))
    return asked_by_get(request)


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
    """A request's body; raises `BadRequest` as soon as it is larger than `most` bytes, or where it has no end."""
    too_large = BadRequest(f"The body has over {most:,} bytes. Send less at once.", 413, "LIMIT_EXCEEDED")
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > most:
        raise too_large
    parts, size = [], 0
    try:
        async for part in request.stream():
            size += len(part)
            if size > most:
                raise too_large
            parts.append(part)
    except ClientDisconnect:  # nobody hears it, but it is no defect of ours either
        raise BadRequest("The connection ended before the body did.") from None
    return b"".join(parts)


def asked_by_post(request: Request, body: bytes) -> Asked | list[Any]:
    """What a POST asks, or the array of a batch; raises `BadRequest`."""
    kind, *parameters = request.headers.get("content-type", "").split(";")
    if kind.strip().lower() != JSON:
        raise BadRequest(f"Send the request as {JSON}, not as {kind.strip()[:80] or 'an unnamed type'}.", 415, "UNSUPPORTED_MEDIA_TYPE")
    for name, _, value in (parameter.lower().partition("=") for parameter in parameters):
        if name.strip() == "charset" and value.strip(' "') not in ("utf-8", "utf8"):
            raise BadRequest("Send the request in UTF-8.", 415, "UNSUPPORTED_MEDIA_TYPE")
    if request.headers.get("content-encoding", "").strip().lower() not in ("", "identity"):
        message = "Send the request as it is, not compressed."
        raise BadRequest(message, 415, "UNSUPPORTED_MEDIA_TYPE", {"accept-encoding": "identity"})
    try:
        given = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise BadRequest(f"The body is not JSON: {error}.") from None
    if isinstance(given, list):
        return given
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
    query, variables, name, extensions = (given.get(key) for key in ("query", "variables", "operationName", "extensions"))
    if extensions is not None and not isinstance(extensions, dict):
        raise BadRequest("`extensions` must be an object.")
    hash, id = hash_in(extensions or {}), given.get("documentId") or ""
    if not isinstance(id, str):
        raise BadRequest("`documentId` must be a text.")
    if id and query:
        raise BadRequest("The request has a `query` and a `documentId`. Send one of them.")
    if not ((id or hash) and query in (None, "")) and (not isinstance(query, str) or not query.strip()):
        raise BadRequest("The request has no `query`. Send a GraphQL document as a text.")
    if variables is not None and not isinstance(variables, dict):
        raise BadRequest("`variables` must be an object.")
    if name is not None and not isinstance(name, str):
        raise BadRequest("`operationName` must be a text.")
    return Asked(query or "", id or hash, variables or {}, name or None, by_get, automatic=not id and bool(hash))


def hash_in(extensions: dict[str, Any]) -> str:
    """The identifier, `sha256:` and a hash, by which an automatic persisted query names its document, or nothing; raises `BadRequest`."""
    said = extensions.get("persistedQuery")
    if said is None:
        return ""
    hash = said.get("sha256Hash") if isinstance(said, dict) and said.get("version") == 1 else None
    if not isinstance(hash, str) or not SHA256.fullmatch(hash):
        raise BadRequest("`extensions.persistedQuery` must be an object with `version` 1 and `sha256Hash`, 64 hexadecimal digits.")
    return f"sha256:{hash.lower()}"
