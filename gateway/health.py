"""Is it alive, and can it answer?"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from index.library import Follower, Library
from index.search.engine import IndexUnavailable
from index.store.store import StoreError


class Health:
    """The answers to an operator's probes."""

    def __init__(self, library: Library, follower: Follower | None = None) -> None:
        self.library = library
        self.follower = follower

    def alive(self, _request: Request) -> Response:
        """`/healthz`: the process answers."""
        return PlainTextResponse("ok\n")

    def ready(self, _request: Request) -> Response:
        """`/readyz`: store and index are open and in step; 503 says why not."""
        why = self.reasons()
        figures = {"ready": not why, **({"reasons": why} if why else {}), **self.figures()}
        return JSONResponse(figures, 503 if why else 200)

    def reasons(self) -> list[str]:
        """A sentence for each thing that keeps this process from answering."""
        why = []
        try:
            self.library.store.revision()
        except StoreError as error:
            why.append(f"The store does not answer: {error}")
        try:
            self.library.snapshot()
        except IndexUnavailable as error:
            why.append(f"The index does not answer: {error}")
        if self.follower is not None and self.follower.trouble is not None and not why:
            why.append(f"The index does not follow the store: {self.follower.trouble}")
        return why

    def figures(self) -> dict[str, object]:
        """How far store and index have come."""
        try:
            return {
                "store": {"version": self.library.store.version(), "revision": self.library.store.revision()},
                "index": {"revision": self.library.engine.revision()},
            }
        except StoreError:
            return {}
