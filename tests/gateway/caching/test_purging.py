"""How does a cache on the way hear of a change?"""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from gateway.caching.purging import Purger, Receiver, receiver
from gateway.caching.surrogates import spelt
from gateway.settings import Misconfigured, load
from index.library import Library
from index.search.opening import open_engine
from index.store.open import open_store
from tests.gateway.caching.conftest import make
from tests.service import broadsheet, running
from tests.waiting import until

SECRET = "a secret"


class Receiving:
    """A real server that takes messages; `statuses` is what it answers first, then 204."""

    def __init__(self) -> None:
        self.statuses: list[int] = []
        self.tried = 0
        self.messages: list[dict[str, Any]] = []
        self.elsewhere = 0
        receiving = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                self.answer(receiving.take(self.headers["broadsheet-signature"], body))

            def do_GET(self) -> None:  # where a redirection would lead
                receiving.elsewhere += 1
                self.answer(200)

            def answer(self, status: int) -> None:
                self.send_response(status)
                self.send_header("location", "/elsewhere")
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Nowhere."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/purge"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    def take(self, signed: str, body: bytes) -> int:
        """Check a message as the docs say."""
        self.tried += 1
        when, given = (part.partition("=")[2] for part in signed.split(","))
        assert abs(time.time() - int(when)) < 60
        assert hmac.compare_digest(given, hmac.new(SECRET.encode(), f"{when}.".encode() + body, hashlib.sha256).hexdigest())
        status = self.statuses.pop(0) if self.statuses else 204
        if status < 300:
            self.messages.append(json.loads(body))
        return status

    @property
    def keys(self) -> set[str]:
        """All that has arrived."""
        return {key for message in self.messages for key in message["keys"]}

    def stop(self) -> None:
        """End."""
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def receiving() -> Iterator[Receiving]:
    """A receiver."""
    receiving = Receiving()
    yield receiving
    receiving.stop()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """A library with one article."""
    library = Library(open_store("sqlite:///broadsheet.db", tmp_path), open_engine("whoosh:///index", tmp_path))
    library.add([make("a")])
    library.catch_up()
    yield library
    library.close()


def told(folder: Path) -> str:
    """How far it got, as the home has it."""
    file = folder / "purged"
    return file.read_text() if file.exists() else ""


def test_changes_are_told_once_the_index_has_reached_them(library: Library, receiving: Receiving, tmp_path: Path) -> None:
    """Signed; nothing of what was there before; and no more than so many keys at once."""
    purger = Purger(library, Receiver(receiving.url, SECRET.encode()), tmp_path)
    purger.start()
    assert until(lambda: told(tmp_path) == "1\n")
    library.add([make("b", tags=("t",))])
    time.sleep(0.3)  # in which it would have told, if it went by the store
    assert receiving.messages == []
    library.catch_up()
    assert until(lambda: told(tmp_path) == "2\n")
    assert receiving.messages[0]["revision"] == 2
    assert {*map(spelt, ["slug:b", "in-tag:t", "tag:t", "tags", "seen", "articles"]), "too-many"} <= receiving.keys
    library.add([make(f"c{number}") for number in range(150)])
    library.catch_up()
    assert until(lambda: told(tmp_path) == "152\n")
    assert [len(message["keys"]) <= 256 for message in receiving.messages] == [True] * 3
    assert {spelt(f"slug:c{number}") for number in range(150)} <= receiving.keys
    purger.stop()


def test_a_message_that_did_not_arrive_is_sent_again(
    library: Library, receiving: Receiving, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Until it has; a redirection is not followed."""
    receiving.statuses = [500, 302]
    (tmp_path / "purged").write_text("0\n")
    purger = Purger(library, Receiver(receiving.url, SECRET.encode()), tmp_path)
    purger.start()
    assert until(lambda: told(tmp_path) == "1\n")
    purger.stop()
    assert (receiving.tried, receiving.elsewhere, len(receiving.messages)) == (3, 0, 1)
    assert "a purge was not delivered and is tried again in 1 s: HTTP Error 500" in caplog.text


def test_a_receiver_that_speaks_no_http_is_tried_again(
    library: Library, receiving: Receiving, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """As one that is away is."""
    receiving.statuses = [7]
    (tmp_path / "purged").write_text("0\n")
    purger = Purger(library, Receiver(receiving.url, SECRET.encode()), tmp_path)
    purger.start()
    assert until(lambda: told(tmp_path) == "1\n")
    purger.stop()
    assert receiving.tried == 2
    assert "tried again in 1 s: HTTP/1.0 7" in caplog.text


@pytest.mark.parametrize("noted", ["", "one\n", "\0\0"])
def test_where_it_is_not_known_how_far_it_got_everything_is_dropped(
    library: Library, receiving: Receiving, tmp_path: Path, noted: str
) -> None:
    """For a power cut may leave that file empty."""
    (tmp_path / "purged").write_text(noted)
    purger = Purger(library, Receiver(receiving.url, SECRET.encode()), tmp_path)
    purger.start()
    assert until(lambda: told(tmp_path) == "1\n")
    purger.stop()
    assert receiving.messages == [{"revision": 1, "keys": ["broadsheet"]}]


def test_one_of_several_processes_tells(library: Library, receiving: Receiving, tmp_path: Path) -> None:
    """Another takes over when it ends."""
    one, other = (Purger(library, Receiver(receiving.url, SECRET.encode()), tmp_path) for _ in range(2))
    one.start()
    assert until(lambda: told(tmp_path) == "1\n")
    other.start()
    library.add([make("b")])
    library.catch_up()
    assert until(lambda: told(tmp_path) == "2\n")
    one.stop()
    library.add([make("c")])
    library.catch_up()
    assert until(lambda: told(tmp_path) == "3\n")
    other.stop()
    assert [message["revision"] for message in receiving.messages] == [2, 3]


def test_a_restored_store_drops_everything(library: Library, receiving: Receiving, tmp_path: Path) -> None:
    """Its revisions say something else."""
    (tmp_path / "purged").write_text("99\n")
    purger = Purger(library, Receiver(receiving.url, SECRET.encode()), tmp_path)
    purger.start()
    assert until(lambda: told(tmp_path) == "1\n")
    purger.stop()
    assert receiving.messages == [{"revision": 1, "keys": ["broadsheet"]}]


def test_changes_that_the_log_has_forgotten_drop_everything(
    library: Library, receiving: Receiving, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where nobody served for long."""
    monkeypatch.setattr("index.store.changes.KEPT", 2)
    monkeypatch.setattr("index.store.changes.CUT_AT", 1)
    (tmp_path / "purged").write_text("0\n")
    library.add([make(name) for name in ("b", "c")])
    library.catch_up()
    purger = Purger(library, Receiver(receiving.url, SECRET.encode()), tmp_path)
    purger.start()
    assert until(lambda: told(tmp_path) == "3\n")
    purger.stop()
    assert receiving.messages == [{"revision": 3, "keys": ["broadsheet"]}]


def test_a_service_tells_what_an_import_beside_it_changed(receiving: Receiving, tmp_path: Path) -> None:
    """As the settings say; the secret is not shown."""
    home = tmp_path / "home"
    with running(home, BROADSHEET_PURGE_URL=receiving.url, BROADSHEET_PURGE_SECRET=SECRET):
        assert until(lambda: told(home) == "0\n")
        (tmp_path / "new.md").write_text("# New\n\nText.\n", encoding="utf-8")
        assert broadsheet("import", tmp_path / "new.md", home=home).returncode == 0
        assert until(lambda: spelt("slug:new") in receiving.keys)
    shown = broadsheet("settings", home=home, BROADSHEET_PURGE_SECRET=SECRET).stdout
    assert "•••" in shown
    assert SECRET not in shown


@pytest.mark.parametrize(
    ("url", "secret", "why"),
    [
        ("ftp://x.example/", "s", "it must be an address"),
        ("https:///x", "s", "it must be an address"),
        ("https://x.example/", "", "Set one"),
    ],
)
def test_a_receiver_that_cannot_be_is_refused(url: str, secret: str, why: str) -> None:
    """With what to write instead."""
    with pytest.raises(Misconfigured, match=why):
        receiver(load({"purge_url": url, "purge_secret": secret}, {}))


def test_nobody_is_told_where_nobody_is_set() -> None:
    """That is how it comes."""
    assert receiver(load({}, {})) is None


def test_a_service_does_not_start_with_half_of_it(tmp_path: Path) -> None:
    """It says what is missing, before any process is started."""
    done = broadsheet("serve", home=tmp_path, BROADSHEET_PURGE_URL="https://cdn.example/purge", BROADSHEET_WORKERS="2")
    assert (done.returncode, "purge_url is set without purge_secret" in done.stderr) == (2, True)
