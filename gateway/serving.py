"""How does the service run?"""

from __future__ import annotations

import os
import signal
import socket
import sys

import uvicorn

from gateway.caching.purging import receiver
from gateway.settings import SETTINGS, Misconfigured, Settings

GRACE = 10  # seconds that requests under way are given at shutdown
KEEP_ALIVE = 75  # seconds: longer than the idle time of common proxies (60), so that it is they who close a connection


def serve(settings: Settings) -> None:
    """Answer requests until stopped; raises `Misconfigured` where the address cannot be had."""
    host, port = settings.text("host"), settings.whole("port")
    receiver(settings)  # what is wrong with it is said now, not by each process
    _try_address(host, port)
    for setting in SETTINGS:  # the worker processes read them from there
        if settings.origins[setting.name] != "default":
            os.environ[setting.variable] = str(settings.values[setting.name])
    os.environ["BROADSHEET_HOME"] = str(settings.home)
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


def _try_address(host: str, port: int) -> None:
    """Find out now whether the address is free, to say so in a sentence."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise Misconfigured(
            f"{host}:{port} cannot be listened on ({error.strerror or error}). Is a service running there? Choose another with --port."
        ) from None
