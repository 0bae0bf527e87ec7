"""How does the service run?"""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Callable

import uvicorn

from gateway.caching.purging import receiver
from gateway.settings import SETTINGS, Misconfigured, Settings

GRACE = 10  # seconds that requests under way are given at shutdown
KEEP_ALIVE = 75  # seconds: longer than the idle time of common proxies (60), so that it is they who close a connection


def serve(settings: Settings, tell: Callable[[str], None]) -> None:
    """Answer requests until stopped; `tell` hears at which address. Raises `Misconfigured` where that cannot be had."""
    host = settings.text("host")
    receiver(settings)  # what is wrong with it is said now, not by each process
    for setting in SETTINGS:  # the worker processes read them from there
        if settings.origins[setting.name] != "default":
            os.environ[setting.variable] = str(settings.values[setting.name])
    os.environ["BROADSHEET_HOME"] = str(settings.home)
    with _taken(host, settings.whole("port")) as place:
        port = place.getsockname()[1]
        tell(f"http://{f'[{host}]' if ':' in host else host}:{port}")
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # uvicorn raises it once more when all is shut down
        uvicorn.run(
            "gateway.app:from_environment",
            factory=True,
            host=host,
            port=port,
            workers=settings.whole("workers"),
            loop="gateway.loop:loop",
            http="gateway.caching.protocol:Protocol",
            ws="websockets-sansio",
            ws_max_size=settings.whole("limit_body"),
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,  # behind the cache, where somebody asks for them
            timeout_keep_alive=KEEP_ALIVE,
            timeout_graceful_shutdown=GRACE,
        )


def _taken(host: str, port: int) -> socket.socket:
    """The address, bound but not listened on: it is known now, and nobody is given it before uvicorn listens there."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        place = socket.socket(family, socket.SOCK_STREAM)
        try:
            place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            place.bind((host, port))
        except OSError:
            place.close()
            raise
    except OSError as error:
        raise Misconfigured(
            f"{host}:{port} cannot be listened on ({error.strerror or error}). Is a service running there? Choose another with --port."
        ) from None
    return place
