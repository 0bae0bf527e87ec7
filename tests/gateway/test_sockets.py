"""How are queries asked over a WebSocket?"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from gateway.documents import Documents
from gateway.limits import Limits
from gateway.opening import open_library, site_settings
from gateway.operations import Operations
from gateway.readers import Readers
from gateway.running import Runner
from gateway.settings import load
from gateway.sockets import PROTOCOL, Bounds, GraphQLSocket
from schema.build import build
from tests.service import Service, running
from tests.waiting import until

TITLE = "{ site { title } }"
INIT = {"type": "connection_init"}
ASK = {"id": "1", "type": "subscribe", "payload": {"query": TITLE}}
ACK = {"type": "connection_ack"}
NEXT = {"id": "1", "type": "next", "payload": {"data": {"site": {"title": "Broadsheet"}}}}
DONE = {"id": "1", "type": "complete"}


def opened(service: Service, **options: Any) -> ClientConnection:
    """A new socket."""
    return connect(service.url.replace("http", "ws") + "/graphql", subprotocols=[PROTOCOL], **options)


def say(socket: ClientConnection, *messages: Any) -> None:
    """Send messages as JSON, bytes and texts as they are."""
    for message in messages:
        socket.send(message if isinstance(message, str | bytes) else json.dumps(message))


def hear(socket: ClientConnection, count: int) -> list[Any]:
    """The next messages."""
    return [json.loads(socket.recv(timeout=20)) for _ in range(count)]


def ending(socket: ClientConnection) -> tuple[int, str]:
    """With which code and reason the service closes."""
    with contextlib.suppress(ConnectionClosed):  # raised by every code but 1000
        for _ in socket:
            pass  # whatever was answered before
    assert socket.close_code is not None
    return socket.close_code, socket.close_reason or ""


@pytest.fixture
def socket(service: Service) -> Iterator[ClientConnection]:
    """A socket that has introduced itself."""
    with opened(service) as socket:
        say(socket, {"type": "ping"}, {"type": "pong"}, {**INIT, "payload": {}})
        assert hear(socket, 2) == [{"type": "pong"}, ACK]
        yield socket


def test_a_query_is_answered_once(socket: ClientConnection) -> None:
    """Its id can be used again; variables and names are as over HTTP."""
    say(socket, ASK)
    assert hear(socket, 2) == [NEXT, DONE]
    query = "query A { __typename } query B($n: Int) { articles(first: $n) { nodes { __typename } } }"
    say(socket, {**ASK, "payload": {"query": query, "operationName": "B", "variables": {"n": 1}}})
    assert hear(socket, 2)[0]["payload"] == {"data": {"articles": {"nodes": [{"__typename": "Article"}]}}}


def test_an_answer_from_memory_is_the_same(socket: ClientConnection) -> None:
    """Whether it was first asked here or over HTTP."""
    say(socket, ASK, {**ASK, "id": "2"})
    heard = hear(socket, 4)
    assert [message["payload"] for message in heard if message["type"] == "next"] == [NEXT["payload"]] * 2
    assert [message["id"] for message in heard if message["type"] == "complete"] == ["1", "2"]


def test_operations_run_beside_each_other(socket: ClientConnection) -> None:
    """A large one, which runs in a thread, holds nobody up, and may be given up."""
    large = "{ articles(first: 100) { nodes { title categories { articles(first: 3) { nodes { title } } } } } }"
    say(socket, {**ASK, "id": "large", "payload": {"query": large}}, {**ASK, "id": "gone", "payload": {"query": large}})
    say(socket, {"id": "gone", "type": "complete"}, {"id": "unknown", "type": "complete"}, ASK)
    heard = hear(socket, 4)
    assert [message for message in heard if message["id"] == "1"] == [NEXT, DONE]
    assert [message["type"] for message in heard if message["id"] == "large"] == ["next", "complete"]


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ({"query": "{"}, "GRAPHQL_PARSE_FAILED"),
        ({"query": "{ nothing }"}, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "subscription { nothing }"}, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "{ a " * 30 + "}" * 30}, "LIMIT_EXCEEDED"),
        ({"query": TITLE, "variables": []}, "BAD_REQUEST"),
        ({"documentId": "nothing"}, "DOCUMENT_NOT_FOUND"),
        ({}, "BAD_REQUEST"),
    ],
)
def test_what_is_refused_is_an_error_of_its_operation(socket: ClientConnection, payload: Any, code: str) -> None:
    """And the socket goes on."""
    say(socket, {**ASK, "payload": payload})
    (error,) = hear(socket, 1)
    assert (error["id"], error["type"]) == ("1", "error")
    assert {one["extensions"]["code"] for one in error["payload"]} == {code}
    say(socket, ASK)
    assert hear(socket, 2) == [NEXT, DONE]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ([INIT], 4429),
        (["x"], 4400),
        ([""], 4400),
        ([b"{}"], 4400),
        (["[" * 100_000], 4400),
        ([[]], 4400),
        ([{"type": 1}], 4400),
        ([{"type": "start"}], 4400),
        ([{**ASK, "id": ""}], 4400),
        ([{**ASK, "id": 1}], 4400),
        ([{**ASK, "payload": None}], 4400),
        ([" " * 1_100_000], 1009),
        ([{"type": "pong"}] * 1_000, 4429),
    ],
)
def test_what_is_not_of_the_protocol_closes_the_socket(socket: ClientConnection, said: list[Any], code: int) -> None:
    """With a code that says what it was."""
    with contextlib.suppress(ConnectionClosed):  # it may be closed while we speak
        say(socket, *said)
    assert ending(socket)[0] == code


def test_an_id_is_one_operations(socket: ClientConnection) -> None:
    """While it is under way."""
    large = {
        **ASK,
        "payload": {"query": "{ articles(first: 100) { nodes { text categories { articles(first: 9) { nodes { title } } } } } }"},
    }
    say(socket, large, large)
    assert ending(socket) == (4409, "Subscriber for 1 already exists")


@pytest.mark.parametrize(("first", "code"), [(ASK, 4401), ({**INIT, "payload": 1}, 4400), ({"type": "nothing"}, 4401)])
def test_a_socket_introduces_itself_first(service: Service, first: Any, code: int) -> None:
    """Before anything is run."""
    with opened(service) as socket:
        say(socket, first)
        assert ending(socket)[0] == code


def test_another_subprotocol_is_not_spoken(service: Service) -> None:
    """Nor the older one, which began before it was introduced."""
    with connect(service.url.replace("http", "ws") + "/graphql", subprotocols=["graphql-ws"]) as socket:  # type: ignore[list-item]  # any text is a name
        assert ending(socket) == (4406, "Subprotocol not acceptable")


def test_pages_of_other_origins_are_refused_where_that_is_set(tmp_path: Path) -> None:
    """Those that are named and our own may ask."""
    with running(tmp_path / "home", BROADSHEET_CORS_ORIGINS="https://front.example") as service:
        for origin in ("https://front.example", service.url):
            with opened(service, origin=origin) as socket:
                say(socket, INIT, ASK)
                assert hear(socket, 3) == [ACK, NEXT, DONE]
        with pytest.raises(InvalidStatus) as refused:
            opened(service, origin="https://other.example")
        assert refused.value.response.status_code == 403
        assert "Traceback" not in service.log()


def test_sockets_are_bounded_in_number(tmp_path: Path) -> None:
    """One too many is refused before it is a socket; when another has ended, the next is held."""
    with running(tmp_path / "home", BROADSHEET_LIMIT_SOCKETS="2") as service:
        with opened(service):
            with opened(service), pytest.raises(InvalidStatus) as refused, opened(service):
                pass
            assert until(lambda: answers(service))
        assert refused.value.response.status_code == 503
        assert refused.value.response.headers["retry-after"] == "1"
        (error,) = json.loads(refused.value.response.body)["errors"]
        assert error["message"].startswith("2 sockets are open here;")
        assert error["extensions"] == {"code": "LIMIT_EXCEEDED"}
        assert "Traceback" not in service.log()


def answers(service: Service) -> bool:
    """Whether a new socket is held, and answered."""
    try:
        with opened(service) as socket:
            say(socket, INIT, ASK)
            return hear(socket, 3) == [ACK, NEXT, DONE]
    except InvalidStatus:
        return False


def talk(tmp_path: Path, bounds: Bounds, *said: Any) -> list[Any]:
    """What a socket with these bounds answers in this process, a closing as its code; for what takes minutes or a defect to see."""
    settings = load({"home": str(tmp_path)}, {})
    library = open_library(settings)
    operations = Operations(build(), Limits())
    runner = Runner(operations, Readers(library, site_settings(settings), 10))
    heard: list[Any] = []
    waiting = [{"type": "websocket.connect"}, *({"type": "websocket.receive", "text": json.dumps(one)} for one in said)]

    async def receive() -> Any:
        await asyncio.sleep(0)  # lets what was asked before run first
        return waiting.pop(0) if waiting else await asyncio.Event().wait()

    async def send(message: Any) -> None:
        if message["type"] == "websocket.send":
            heard.append(json.loads(message["text"]))
        elif message["type"] == "websocket.close":
            heard.append(message["code"])

    scope = {"type": "websocket", "path": "/graphql", "headers": [], "subprotocols": [PROTOCOL]}
    try:
        asyncio.run(GraphQLSocket(Documents(operations, library.store), runner, ["*"], 1, bounds)(scope, receive, send))
    finally:
        library.close()
    return heard


def test_a_socket_that_says_nothing_is_closed(tmp_path: Path) -> None:
    """Before its introduction, and after."""
    assert talk(tmp_path, Bounds(introduction=0.05)) == [4408]
    assert talk(tmp_path, Bounds(idle=0.05), INIT, ASK) == [ACK, NEXT, DONE, 1000]


def test_operations_under_way_are_bounded(tmp_path: Path) -> None:
    """The one too many is told."""
    ack, error, code = talk(tmp_path, Bounds(at_once=0, idle=0.05), INIT, ASK)
    assert (ack, code) == (ACK, 1000)
    assert error["payload"][0]["extensions"] == {"code": "LIMIT_EXCEEDED", "limit": 0}
