"""How are the servers run that are measured beside each other?"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

ROOT = Path(__file__).parent.parent
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


class Server:
    """A server process on a port of 127.0.0.1."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process = process
        self.port = port

    def cpu(self) -> float:
        """Seconds of CPU time that it and all that it has started have used."""
        stats = [Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split() for pid in self.processes()]
        return sum(int(fields[11]) + int(fields[12]) for fields in stats) / TICKS

    def processes(self) -> list[int]:
        """Its process and all that it has started."""
        found = [self.process.pid]
        for pid in found:
            for children in Path(f"/proc/{pid}/task").glob("*/children"):
                found += map(int, children.read_text(encoding="ascii").split())
        return found

    def memory(self) -> float:
        """MiB that it and all that it has started hold, pages that they share counted each time."""
        pages = [int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) for pid in self.processes()]
        return sum(pages) * PAGE / 2**20


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def started(arguments: list[str], port: int, path: str, **variables: str) -> Iterator[Server]:
    """A server process from when it answers at `path` until it is asked to end."""
    environment = {**{k: v for k, v in os.environ.items() if not k.startswith("BROADSHEET_")}, **variables}
    process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 120
        while time.monotonic() < end:
            with contextlib.suppress(httpx.TransportError):  # it does not listen yet
                if httpx.get(f"http://127.0.0.1:{port}{path}").status_code == 200:
                    break
            time.sleep(0.1)  # nothing tells us when it does
        yield Server(process, port)
    finally:
        process.terminate()
        process.wait(30)


@contextlib.contextmanager
def broadsheet(home: Path, **variables: str) -> Iterator[Server]:
    """The service over a home."""
    port = free_port()
    with started(["-m", "gateway.cli", "serve", "--port", str(port)], port, "/readyz", BROADSHEET_HOME=str(home), **variables) as server:
        yield server


@contextlib.contextmanager
def floor(body: Path) -> Iterator[Server]:
    """A plain uvicorn application that answers the bytes of a file to everything."""
    port = free_port()
    with started(["-m", "benchmarks.floor", str(body), str(port)], port, "/") as server:
        yield server


@contextlib.contextmanager
def strawberry(home: Path, loop: str) -> Iterator[Server]:
    """The same schema over a home as Strawberry's own view answers it, in an event loop of this name."""
    port = free_port()
    with started(["-m", "benchmarks.plain", str(home), str(port), loop], port, "/graphql?query=%7B__typename%7D") as server:
        yield server
