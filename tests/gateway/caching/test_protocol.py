"""Is this request answered before it is one? Asked over sockets, byte by byte, of a service as it runs."""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import uvicorn
from starlette.responses import PlainTextResponse

from gateway.caching import protocol
from gateway.caching.protocol import Protocol
from tests.service import Service, running
from tests.waiting import until

QUERY = "{ articles(first: 20) { nodes { slug title text } } }"
BODY = json.dumps({"query": QUERY}).encode()
OWN = {"date", "x-request-id", "connection", "cache-status"}
Answer = tuple[int, dict[str, str], bytes]


class Connection:
    """A connection to a service, and the bytes that it gives."""

    def __init__(self, service: Service) -> None:
        self.socket = socket.create_connection(("127.0.0.1", service.port), timeout=20)
        self.file = self.socket.makefile("rb")

    def answer(self) -> Answer:
        """The next answer: its status, headers and body."""
        status = int(self.file.readline().split()[1])
        headers = {}
        while line := self.file.readline().strip():
            name, _, value = line.decode().partition(": ")
            assert name not in headers
            headers[name] = value
        return status, headers, self.file.read(int(headers.get("content-length", 0)))

    def ask(self, request: bytes) -> Answer:
        """The answer to a request."""
        self.socket.sendall(request)
        return self.answer()

    def is_at_end(self) -> bool:
        """Whether the service closes it."""
        try:
            return self.file.read(1) == b""
        except ConnectionError:
            return True

    def close(self) -> None:
        """End."""
        self.file.close()
        self.socket.close()


@pytest.fixture
def connection(service: Service) -> Iterator[Connection]:
    """A connection to the service over the sample archive, which has been asked before."""
    connection = Connection(service)
    for request in (post(), get()):
        connection.ask(request)
    yield connection
    connection.close()


def post(body: bytes = BODY, *lines: str, version: str = "1.1") -> bytes:
    """A POST as bytes."""
    head = [f"POST /graphql HTTP/{version}", "Host: x", "Content-Type: application/json", f"Content-Length: {len(body)}", *lines]
    return "\r\n".join([*head, "", ""]).encode() + body


def get(*lines: str, path: str = f"/graphql?query={quote(QUERY)}", method: str = "GET") -> bytes:
    """A GET as bytes."""
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: x", *lines, "", ""]).encode()


def what(answer: Answer) -> Answer:
    """An answer without what each has of its own."""
    return answer[0], {name: value for name, value in answer[1].items() if name not in OWN}, answer[2]


@pytest.mark.parametrize("coding", ["identity", "gzip", "zstd"])
def test_both_ways_answer_the_same(service: Service, connection: Connection, coding: str) -> None:
    """By either method, where the caller knows the answer and where not; a connection that closes goes uvicorn's way."""
    accept = f"Accept-Encoding: {coding}"
    tag = connection.ask(get(accept))[1]["etag"]
    for make in (lambda *lines: post(BODY, *lines), get, lambda *lines: get(f"If-None-Match: {tag}", *lines)):
        connection.ask(make(accept))
        other = Connection(service)
        slow, fast = other.ask(make(accept, "Connection: close")), connection.ask(make(accept))
        assert slow[1]["connection"] == "close"
        assert what(slow) == what(fast)
        assert slow[1]["cache-status"] == fast[1]["cache-status"] == "broadsheet; hit"
        assert slow[1]["date"][-4:] == fast[1]["date"][-4:] == " GMT"
        assert slow[1]["x-request-id"] != fast[1]["x-request-id"]
        assert other.is_at_end()
        other.close()
    assert fast[0] == 304


def test_a_callers_own_id_comes_back(connection: Connection) -> None:
    """Where it is plain; nothing else of a request stands in its answer."""
    assert connection.ask(post(BODY, "X-Request-Id: abc-1"))[1]["x-request-id"] == "abc-1"
    assert len(connection.ask(post(BODY, "X-Request-Id: a b"))[1]["x-request-id"]) == 16


def test_requests_that_are_sent_at_once_are_answered_in_order(connection: Connection) -> None:
    """Kept ones wait for those before them that are not, and for those that are refused."""
    new = post(json.dumps({"query": "{ site { title } other: site { url } }"}).encode())
    connection.socket.sendall(post() + get() + new + post() + get(path="/healthz") + get() + post(b"{") + post())
    answers = [connection.answer() for _ in range(8)]
    assert [answer[0] for answer in answers] == [200, 200, 200, 200, 200, 200, 400, 200]
    assert list(json.loads(answers[2][2])["data"]) == ["site", "other"]
    assert answers[4][2] == b"ok\n"
    assert answers[0][2] == answers[1][2] == answers[3][2] == answers[5][2] == answers[7][2]


def test_a_request_in_pieces_is_one(connection: Connection) -> None:
    """Byte by byte, and in chunks."""
    whole = connection.ask(post())
    for byte in post():
        connection.socket.send(bytes([byte]))
    assert what(connection.answer()) == what(whole)
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (BODY[:10], BODY[10:])) + b"0\r\n\r\n"
    head = b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert what(connection.ask(head + chunks)) == what(whole)


def test_a_large_body_is_uvicorns(connection: Connection) -> None:
    """One of more than 64 KiB is read as far as it may go: it is answered, or refused before its end."""
    large = BODY + b" " * 200_000
    assert [connection.ask(post(large))[1].get("cache-status") for _ in range(2)] == ["broadsheet; hit", "broadsheet; hit"]
    assert connection.ask(post(BODY + b" " * 1_100_000))[0] == 413


def test_whoever_waits_for_leave_to_send_gets_it(connection: Connection) -> None:
    """`Expect: 100-continue`, then the answer."""
    head, _, body = post(BODY, "Expect: 100-continue").partition(b"\r\n\r\n")
    connection.socket.sendall(head + b"\r\n\r\n")
    assert connection.file.readline() == b"HTTP/1.1 100 Continue\r\n"
    assert connection.file.readline() == b"\r\n"
    assert connection.ask(body)[0] == 200


def test_an_old_client_gets_its_answer_and_the_end(connection: Connection) -> None:
    """HTTP/1.0 keeps no connection."""
    assert connection.ask(post(BODY, version="1.0"))[0] == 200
    assert connection.is_at_end()


def test_what_is_no_get_or_post_of_graphql_is_answered_as_ever(connection: Connection) -> None:
    """Other methods, other paths that begin alike, an address with a part that is not sent, a request that is none."""
    asked = [get(method="PUT"), get(path="/graphql2"), get(path="/graphiql/x"), get(path="/graphql?query=%7B__typename%7D#x")]
    assert [connection.ask(request)[0] for request in asked] == [405, 404, 404, 200]
    assert connection.ask(b"\x00" * 20)[0] == 400
    assert connection.is_at_end()


def test_a_request_that_is_half_read_when_the_service_ends_is_answered(tmp_path: Path, sample_archive: Path) -> None:
    """And then the connection is closed; one without a request is closed at once."""
    with running(tmp_path, sample_archive / "records.jsonl") as service:
        half, idle = Connection(service), Connection(service)
        for connection in (half, idle):
            connection.ask(post())
        half.socket.sendall(post()[:-10])
        assert idle.ask(post())[0] == 200  # so the half has been read
        service.process.send_signal(signal.SIGTERM)
        assert idle.is_at_end()
        status, headers, _ = half.ask(post()[-10:])
        assert (status, headers["connection"]) == (200, "close")
        assert half.is_at_end()
        half.close()
        idle.close()


def test_a_head_that_is_too_long_is_refused(connection: Connection) -> None:
    """However it comes; one of 60 KiB is read, and what came before is answered."""
    assert connection.ask(get(f"X-Long: {'a' * 60_000}"))[0] == 200
    assert connection.ask(get() + get()[:-2] + b"X-Long: ")[0] == 200
    with contextlib.suppress(ConnectionError):  # closed while we speak, it may take the answer with it
        connection.socket.sendall(b"a" * 500_000)
        assert connection.answer()[0] == 431
    assert connection.is_at_end()


@contextlib.contextmanager
def serving(app: Any) -> Iterator[int]:
    """An application behind the protocol, in this process; gives its port."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, http=Protocol, log_config=None, access_log=False, lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    assert until(lambda: server.started)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


def test_a_request_has_to_arrive_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its head and its body; a connection that is silent is closed without a word, one that waits for its answer is not."""
    monkeypatch.setattr(protocol, "LONGEST", 0.3)

    async def app(_scope: Any, receive: Any, send: Any) -> None:
        while (await receive()).get("more_body"):
            pass
        await asyncio.sleep(0.6)
        await PlainTextResponse("late")(_scope, receive, send)

    with serving(app) as port:
        for sent, ending in (
            (b"", b""),
            (b"GET /graphql HTTP/1.1\r\nHost", b"HTTP/1.1 408 Request Timeout"),
            (b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{", b""),
            (b"GET /graphql HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", b"HTTP/1.1 200 OK"),
        ):
            with socket.create_connection(("127.0.0.1", port), timeout=20) as asked:
                asked.sendall(sent)
                assert asked.makefile("rb").read().partition(b"\r\n")[0] == ending
