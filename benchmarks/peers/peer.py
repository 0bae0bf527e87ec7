"""What is a peer, to the benchmark?"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

import httpx

from benchmarks.cases import Case, Picks
from benchmarks.peers.material import Flat
from benchmarks.servers import Server, free_port

STARTS = 180.0  # seconds that a peer may take


class Command(NamedTuple):
    """How a peer is started in its folder, and where it answers GraphQL, with which headers, once `ready` answers."""

    arguments: Sequence[str]
    variables: Mapping[str, str]
    ready: str
    graphql: str
    headers: Mapping[str, str] = {}


class Peer(Protocol):
    """One of the content gateways."""

    name: str

    def command(self, port: int) -> Command:
        """How it is started in its folder."""
        ...

    def load(self, folder: Path, articles: Iterable[Flat]) -> None:
        """Define the content model in an installation that holds nothing, and store the articles."""
        ...

    def cases(self, picks: Picks) -> dict[str, Case]:
        """The requests, by the keys of `benchmarks.cases.cases`."""
        ...


@contextlib.contextmanager
def running(peer: Peer, folder: Path) -> Iterator[Server]:
    """A peer's process from when it answers until it is asked to end; raises `RuntimeError` where it does not answer in time."""
    port = free_port()
    command = peer.command(port)
    with (folder / "serve.log").open("wb") as log:
        process = subprocess.Popen(
            command.arguments, cwd=folder, env={**os.environ, **command.variables}, stdout=log, stderr=log, start_new_session=True
        )
        try:
            _wait(process, f"http://127.0.0.1:{port}{command.ready}", folder)
            yield Server(process, port)
        finally:
            os.killpg(process.pid, signal.SIGTERM)  # of all that it has started, for `node` may be a script that starts the program
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:  # it does not listen to being asked
                os.killpg(process.pid, signal.SIGKILL)


def _wait(process: subprocess.Popen[bytes], address: str, folder: Path) -> None:
    end = time.monotonic() + STARTS
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(httpx.TransportError):  # it does not listen yet
            if httpx.get(address, timeout=5).status_code < 500:
                return
        time.sleep(0.2)  # nothing tells us when it does
    raise RuntimeError(f"it did not answer; {folder / 'serve.log'} may say why")
