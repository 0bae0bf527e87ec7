"""Which routes and middleware are there, as a list?"""

from __future__ import annotations

import contextlib
import gc
import logging
import os
from collections.abc import AsyncIterator, Sequence
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp
from starlette_compress import CompressMiddleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from gateway import graphiql
from gateway.batches import Batches
from gateway.caching.caching import Caching
from gateway.documents import Documents
from gateway.explorer import Explorer
from gateway.graphql import GraphQLEndpoint
from gateway.health import Health
from gateway.limits import Limits
from gateway.opening import open_library, site_settings
from gateway.operations import Operations
from gateway.readers import Readers
from gateway.running import Runner
from gateway.settings import Settings, load
from gateway.sockets import GraphQLSocket
from gateway.telemetry import RequestLog, log_as_json
from index.library import Follower, Library
from schema.build import build, printed

REFUSALS = {
    404: ("NOT_FOUND", "Nothing is at this address. GraphQL is at /graphql, a page for people at /."),
    405: ("METHOD_NOT_ALLOWED", "This address is not asked by this method. The header `Allow` names those that it is asked by."),
}
COLLECTED_FROM = 20_000  # objects made and not let go: a request makes some hundreds; Python's usual 700 looks at every page several times
COMPRESSED_FROM = 1024  # bytes
ZSTD, BROTLI, GZIP = 3, 1, 4  # levels: a 26 KB answer in 44, 63 and 118 µs; gzip's usual 9 takes 740 µs


def create(settings: Settings, library: Library) -> ASGIApp:
    """The service over an open library, which it closes at its end."""
    schema = build()
    text = printed(schema)
    operations = Operations(schema, Limits.of(settings), compiled=settings.text("compiled") == "on")
    readers = Readers(library, site_settings(settings), settings.number("limit_request_seconds"))
    follower = Follower(library)
    health = Health(library, follower)
    runner = Runner(operations, readers)
    caching = Caching(settings, library, runner) if settings.text("response_cache") == "on" else None
    slow, log_all = settings.number("slow_request"), settings.text("log_requests") == "all"

    def schema_text(_request: Request) -> Response:
        return PlainTextResponse(text, media_type="application/graphql; charset=utf-8")

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        follower.start()
        if caching:
            caching.start()
        gc.freeze()  # what start-up made lives as long as the process: no collection needs to look at it again
        gc.set_threshold(COLLECTED_FROM)
        try:
            yield
        finally:
            if caching:
                caching.stop()
            follower.stop()
            library.close()

    documents = Documents(operations, library.store, only=settings.text("documents_only") == "on")
    answers = caching.answers if caching else runner
    batches = Batches(operations, documents, answers, settings.whole("batching"), settings.number("limit_request_seconds"))
    endpoint = GraphQLEndpoint(documents, answers, batches, settings.whole("limit_body"))
    origins = [origin.strip() for origin in settings.text("cors_origins").split(",") if origin.strip()]
    routes = [
        Route("/graphql", endpoint, methods=["GET", "POST"]),
        WebSocketRoute("/graphql", GraphQLSocket(documents, answers, origins, settings.whole("limit_sockets"))),
        Route("/schema.graphql", schema_text),
        Route("/healthz", health.alive),
        Route("/readyz", health.ready),
        *graphiql.routes(),
        *Explorer(operations, readers).routes(),
    ]
    handlers: dict[Any, Any] = {HTTPException: refused, Exception: failed}  # each takes the exceptions of its own kind
    middleware = _middleware(origins, [] if log_all else [Middleware(RequestLog, slow=slow, every=False)])
    app = Starlette(routes=routes, middleware=middleware, exception_handlers=handlers, lifespan=lifespan)
    service = caching.front(app, own_ids=not log_all) if caching else app
    return RequestLog(service, slow=slow, every=True) if log_all else service  # what comes from memory is logged only there


def _middleware(origins: Sequence[str], log: Sequence[Middleware]) -> list[Middleware]:
    """What every request goes through, the outermost first."""
    return [
        Middleware(ProxyHeadersMiddleware, trusted_hosts=os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1,::1")),
        *log,
        Middleware(
            CORSMiddleware,
            allow_origins=origins,
            allow_methods=["GET", "POST"],
            allow_headers=["*"],  # clients send some of their own; no cookie goes with them
            expose_headers=["x-request-id", "etag"],
            max_age=86_400,
        ),
        Middleware(CompressMiddleware, minimum_size=COMPRESSED_FROM, zstd_level=ZSTD, brotli_quality=BROTLI, gzip_level=GZIP),
    ]


def refused(_request: Request, error: HTTPException) -> Response:
    """No such page, or not by this method."""
    code, message = REFUSALS.get(error.status_code, ("BAD_REQUEST", f"{error.detail}."))
    body = {"errors": [{"message": message, "extensions": {"code": code}}]}
    return JSONResponse(body, error.status_code, headers=error.headers)


def failed(_request: Request, error: Exception) -> Response:
    """A defect of ours: logged with all that is known, shown as a sentence."""
    logging.getLogger("broadsheet").error("a request failed", exc_info=error)
    message = "Something went wrong here that is not your fault. The log has it under this request's id."
    return JSONResponse({"errors": [{"message": message, "extensions": {"code": "INTERNAL"}}]}, 500)


def from_environment() -> ASGIApp:
    """The service as the environment sets it: what each worker process of `broadsheet serve` runs."""
    log_as_json()
    settings = load()
    return create(settings, open_library(settings, serving=True))
