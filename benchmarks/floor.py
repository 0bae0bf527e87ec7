"""The floor: what does uvicorn alone take to read a request and answer ready-made bytes?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import uvicorn

Scope = dict[str, Any]


def application(body: bytes) -> Any:
    """An ASGI application that reads the body and answers these bytes."""
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]

    async def app(scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        while (await receive()).get("more_body"):
            pass
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return app


if __name__ == "__main__":
    uvicorn.run(
        application(Path(sys.argv[1]).read_bytes()),
        port=int(sys.argv[2]),
        loop="gateway.loop:loop",
        http="httptools",
        log_level="error",
        access_log=False,
        lifespan="off",
    )
