"""What does Strawberry take alone?

The service's own schema, types and resolvers over the same store and index, behind `strawberry.asgi.GraphQL` as Strawberry has it: each
request is parsed, validated and executed by graphql-core, with no prepared document, no compiled plan and no kept answer. What the store
and the index keep of rows, decoded documents and counts they keep here too, so this is the GraphQL part alone that differs.

python -m benchmarks.plain HOME PORT LOOP
"""

from __future__ import annotations

import sys
from typing import Any

import uvicorn
from strawberry.asgi import GraphQL

from gateway.opening import open_library
from gateway.settings import load
from index.library import Library
from schema.build import build
from schema.context import Reader, SiteSettings


class View(GraphQL):
    """Strawberry's view; to what its resolvers are handed, the reader is added that they ask for."""

    def __init__(self, library: Library) -> None:
        super().__init__(build())
        self.library = library

    async def get_context(self, request: Any, response: Any) -> Any:
        """The context of a request."""
        return {"request": request, "response": response, "reader": Reader(self.library, SiteSettings())}


if __name__ == "__main__":
    home, port, loop = sys.argv[1:]
    view = View(open_library(load(environment={"BROADSHEET_HOME": home})))
    uvicorn.run(view, port=int(port), loop=loop, log_level="error", access_log=False, lifespan="off")
