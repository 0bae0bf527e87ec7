"""How does a GraphQL answer become HTTP?

GraphQL over HTTP, https://graphql.github.io/graphql-over-http/draft/: both media types, and their status codes.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from gateway.batches import Batches
from gateway.caching.answers import Answers
from gateway.documents import Documents
from gateway.operations import NotAQuery, encode
from gateway.requests import JSON, BadRequest, accepted, asked_by
from gateway.running import Runner


class GraphQLEndpoint:
    """The ASGI application at `/graphql`."""

    def __init__(self, documents: Documents, runner: Runner | Answers, batches: Batches, most_bytes: int) -> None:
        self.documents = documents
        self.runner = runner
        self.batches = batches
        self.most_bytes = most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        response = await self.answer(Request(scope, receive))
        await response(scope, receive, send)

    async def answer(self, request: Request) -> Response:
        """The response to a request."""
        media = accepted(request.headers.get("accept", ""))
        try:
            asked = await asked_by(request, self.most_bytes)
            if isinstance(asked, list):
                return response_of(await self.batches.answer(asked, request), media)
            answer = await self.runner.run(self.documents.found(asked), request)
        except NotAQuery:
            error = BadRequest("GET runs queries only. Send this operation by POST.", 405, "METHOD_NOT_ALLOWED", {"allow": "POST"})
            return refusal(error, media)
        except BadRequest as error:
            return refusal(error, media)
        # one that was never run is 400 in GraphQL's own media type, 200 in plain JSON
        return response_of(answer.encoded(), media, 200 if answer.ran or media == JSON else 400)


def response_of(body: bytes, media: str, status: int = 200) -> Response:
    """An answer as HTTP."""
    return Response(body, status, media_type=f"{media}; charset=utf-8", headers={"vary": "accept"})


def refusal(error: BadRequest, media: str) -> Response:
    """A request that could not be read, as HTTP."""
    return Response(
        encode({"errors": [error.shown()]}), error.status, media_type=f"{media}; charset=utf-8", headers={"vary": "accept", **error.headers}
    )
