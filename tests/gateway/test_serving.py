"""Where does the service listen, and what does whoever starts it hear of that?"""

import contextlib
import re
import signal
import socket
import subprocess
from pathlib import Path

import httpx
import pytest

from tests.service import COMMAND, ROOT, broadsheet, environment, free_port
from tests.waiting import until


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_free_port_is_said(tmp_path: Path, workers: str) -> None:
    """Where the system chose it, at the start, by one process and by several."""
    said = tmp_path / "said"
    with said.open("wb") as log:
        asked = [*COMMAND, "serve", "--port", "0", "--workers", workers]
        process = subprocess.Popen(asked, cwd=ROOT, env=environment(tmp_path / "home"), stderr=log)

    def answers() -> bool:
        """Whether somebody is at the address that was said."""
        found = re.search(r"GraphQL +(http://127\.0\.0\.1:[1-9]\d*)/graphql\n", said.read_text(encoding="utf-8"))
        with contextlib.suppress(httpx.TransportError):  # not yet
            return found is not None and httpx.get(f"{found[1]}/healthz").text == "ok\n"
        return False

    try:
        assert until(answers, 20), said.read_text(encoding="utf-8")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def test_a_port_that_is_taken_is_said_in_a_sentence(tmp_path: Path) -> None:
    """With what to do, and nothing of an address where another service answers."""
    port = free_port()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        done = broadsheet("serve", "--port", str(port), home=tmp_path / "home")
    assert done.returncode == 2
    assert done.stderr.startswith(f"broadsheet: 127.0.0.1:{port} cannot be listened on")
