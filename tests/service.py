"""How do tests run the program as its users do? As processes of their own, the service on a free port of 127.0.0.1."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
from starlette.types import ASGIApp

from tests.waiting import until

COMMAND = [sys.executable, "-m", "gateway.cli"]
ROOT = Path(__file__).parent.parent


def broadsheet(*arguments: str | Path, home: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the command line to its end."""
    return subprocess.run(
        [*COMMAND, *map(str, arguments)], cwd=ROOT, env=environment(home, **variables), capture_output=True, text=True, timeout=300
    )


def environment(home: Path, **variables: str) -> dict[str, str]:
    """The environment that tests run in, with a home, and nothing else of ours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BROADSHEET_")}
    return {**kept, "BROADSHEET_HOME": str(home), "COLUMNS": "200", **variables}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def asked(app: ASGIApp, path: str) -> httpx.Response:
    """What an application in this process answers to a GET: for what no service that is set up as it should be can show."""

    async def get() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as client:
            return await client.get(path)

    return asyncio.run(get())


class Service:
    """A running service."""

    def __init__(self, home: Path, process: subprocess.Popen[bytes], port: int) -> None:
        self.home = home
        self.process = process
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self.http = httpx.Client(base_url=self.url, timeout=30)

    def ask(self, query: str, **variables: Any) -> Any:
        """The data that a query gives; fails on any error."""
        answer = self.http.post("/graphql", json={"query": query, "variables": variables}).json()
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    def errors(self, query: str, **variables: Any) -> list[dict[str, Any]]:
        """The errors that a query gives."""
        errors: list[dict[str, Any]] = self.http.post("/graphql", json={"query": query, "variables": variables}).json()["errors"]
        return errors

    def wait_until_ready(self) -> None:
        """Wait until it answers, or fail with what it said."""
        if not until(lambda: self.process.poll() is not None or self.is_ready()) or not self.is_ready():
            self.process.kill()
            raise AssertionError(f"the service did not come up: {self.log()}")

    def is_ready(self) -> bool:
        """Whether it answers, and says that it is ready."""
        try:
            return self.http.get("/readyz").status_code == 200
        except httpx.TransportError:
            return False

    def log(self) -> str:
        """What it wrote to standard error."""
        return (self.home / "service.log").read_text(encoding="utf-8", errors="replace")

    def stop(self) -> int:
        """Ask it to end, and wait; gives its exit status."""
        self.http.close()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)


def start(home: Path, **variables: str) -> Service:
    """Start the service over a home."""
    home.mkdir(parents=True, exist_ok=True)
    port = free_port()
    with (home / "service.log").open("ab") as log:
        process = subprocess.Popen(
            [*COMMAND, "serve", "--port", str(port)], cwd=ROOT, env=environment(home, **variables), stdout=log, stderr=log
        )
    service = Service(home, process, port)
    service.wait_until_ready()
    return service


@contextlib.contextmanager
def running(home: Path, *imported: Path, **variables: str) -> Iterator[Service]:
    """A service over a home into which these paths were imported first."""
    if imported:
        done = broadsheet("import", *imported, home=home, **variables)
        assert done.returncode == 0, done.stdout + done.stderr
    service = start(home, **variables)
    try:
        yield service
    finally:
        service.stop()
