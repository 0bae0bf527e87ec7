"""Is this request one that has just been answered?"""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from gateway.caching.front import Front
from gateway.documents import FRESH
from index.store.open import open_store
from tests.gateway.caching.conftest import Twins, make
from tests.service import running

LIST = "{ articles { nodes { slug title text } } }"
BOTH = pytest.mark.parametrize("media", ["application/json", "application/graphql-response+json"])


@pytest.fixture
def filled(twins: Twins) -> Twins:
    """An archive with an article long enough to be compressed."""
    twins.library.add([make("a", text="quay " * 1000)])
    twins.library.catch_up()
    return twins


@BOTH
@pytest.mark.parametrize("coding", ["identity", "gzip", "br"])
def test_an_equal_request_gets_the_same_bytes(filled: Twins, media: str, coding: str) -> None:
    """By either method, in each media type and each coding, with the headers of the first; the id is its own."""
    for ask in (filled.kept.post, filled.kept.get):
        first, second = (ask(LIST, accept=media, **{"accept-encoding": coding}) for _ in range(2))
        assert first.content == second.content == ask(LIST).content
        assert second.headers["cache-status"] == "broadsheet; hit"
        own = ("x-request-id", "cache-status")
        assert first.headers["x-request-id"] != second.headers["x-request-id"]
        assert {n: v for n, v in first.headers.items() if n not in own} == {n: v for n, v in second.headers.items() if n not in own}
        assert second.headers["content-type"] == f"{media}; charset=utf-8"
        assert second.headers.get("content-encoding") == first.headers.get("content-encoding")


def test_whoever_asks_the_same_in_other_words_shares_the_execution(filled: Twins) -> None:
    """Another method, another media type, another order of variables."""
    assert filled.kept.how(LIST) == "fwd=miss"
    assert filled.kept.get(LIST).headers["cache-status"] == "broadsheet; hit"
    assert filled.kept.post(LIST, accept="application/graphql-response+json").headers["cache-status"] == "broadsheet; hit"
    query = "query ($a: Int, $b: Int) { articles(first: $a, offset: $b) { totalCount } }"
    filled.kept.post(query, {"a": 1, "b": 2})
    assert filled.kept.post(query, {"b": 2, "a": 1}).headers["cache-status"] == "broadsheet; hit"
    assert filled.kept.post(query, {"a": 2, "b": 2}).headers["cache-status"] == "broadsheet; fwd=miss"


def test_an_origin_has_its_own_headers(filled: Twins) -> None:
    """A page elsewhere may read an answer that was first given to nobody's page."""
    filled.kept.post(LIST)
    assert "access-control-allow-origin" not in filled.kept.post(LIST).headers
    for _ in range(2):
        assert filled.kept.post(LIST, origin="https://front.example").headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    "query",
    [
        "{",
        "{ nothing }",
        "{ articles(first: 1000) { totalCount } site { title } }",
        "query A { site { title } } query B { site { title } }",
    ],
)
def test_errors_are_not_kept(filled: Twins, query: str) -> None:
    """Nor said to be; what they are is as without a cache."""
    for _ in range(2):
        answer = filled.kept.post(query)
        assert not {"etag", "cache-status"} & answer.headers.keys()
        assert answer.json() == filled.computed.post(query).json()


def test_a_caller_that_knows_the_answer_is_told_so(filled: Twins) -> None:
    """By GET, kept or not, by a strong tag or the weak one that a proxy makes of it; the tag is that of the coding."""
    first = filled.kept.get(LIST)
    tag = first.headers["etag"]
    assert tag.startswith('"')
    assert filled.kept.get(LIST, **{"accept-encoding": "br"}).headers["etag"] != tag
    for known in (tag, f'"x", W/{tag}', "*"):
        answer = filled.kept.get(LIST, **{"if-none-match": known})
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", tag)
        assert "content-type" not in answer.headers
        assert answer.headers["vary"] == first.headers["vary"]
    assert filled.kept.get(LIST, **{"if-none-match": '"x"'}).status_code == 200
    assert filled.kept.post(LIST, **{"if-none-match": tag}).status_code == 200
    filled.library.add([make("b")])
    filled.library.catch_up()
    assert filled.kept.get(LIST, **{"if-none-match": tag}).status_code == 200
    filled.library.remove([one["id"] for one in filled.kept.get('{ article(slug: "b") { id } }').json()["data"].values()])
    filled.library.catch_up()
    answer = filled.kept.get(LIST, **{"if-none-match": tag})
    assert (answer.status_code, answer.headers["cache-status"]) == (304, "broadsheet; fwd=miss")


def test_head_says_what_get_would(filled: Twins) -> None:
    """Kept or not, known to its caller or not; what one of them asked for first serves the other."""
    client, own = filled.kept.client, ("x-request-id", "cache-status")

    def ask(method: str, query: str = LIST, **headers: str) -> httpx.Response:
        return filled.kept.send(client.build_request(method, "/graphql", params={"query": query}, headers=headers))[0]

    answers = [ask(method) for method in ("HEAD", "HEAD", "GET")]
    assert [answer.headers["cache-status"].removeprefix("broadsheet; ") for answer in answers] == ["fwd=miss", "hit", "hit"]
    said = [{name: value for name, value in answer.headers.items() if name not in own} for answer in answers]
    assert said[0] == said[1] == said[2]
    assert ask("HEAD", **{"if-none-match": answers[0].headers["etag"]}).status_code == 304
    assert ask("HEAD", "{").headers["cache-control"] == "no-store"


def test_a_request_that_breaks_off_is_no_defect(filled: Twins, caplog: pytest.LogCaptureFixture) -> None:
    """Nobody hears the answer, and nothing is logged as one."""
    headers = [(b"content-type", b"application/json")]
    scope = {"type": "http", "method": "POST", "path": "/graphql", "query_string": b"", "headers": headers}
    for client in (filled.kept, filled.computed):
        waiting: list[Any] = [{"type": "http.request", "body": b"{", "more_body": True}]
        sent: list[Any] = []

        async def receive(waiting: list[Any] = waiting) -> Any:
            return waiting.pop() if waiting else {"type": "http.disconnect"}

        async def send(message: Any, sent: list[Any] = sent) -> None:
            sent.append(message)

        client.loop.run_until_complete(client.app(scope, receive, send))
        assert sent[0]["status"] == 400
        assert b"The connection ended before the body did." in sent[1]["body"]
    assert caplog.text == ""


def test_a_body_that_is_too_large_is_refused_as_ever(filled: Twins) -> None:
    """Whole, and in parts of which the end is not read."""
    large = b'{"query": "' + b" " * 1_100_000 + b'"}'
    headers = {"content-type": "application/json"}

    async def parts() -> object:
        for _ in range(40):
            yield b" " * 100_000

    whole = filled.kept.client.build_request("POST", "/graphql", content=large, headers=headers)
    split = filled.kept.client.build_request("POST", "/graphql", content=parts(), headers=headers)
    assert [answer.status_code for answer in filled.kept.send(whole, split)] == [413, 413]


def test_a_request_in_parts_is_one(filled: Twins) -> None:
    """And an equal one in one part gets its answer."""
    whole = json.dumps({"query": LIST}).encode()

    async def parts() -> object:
        yield whole[:10]
        yield whole[10:]

    for content in (parts(), whole, parts()):
        request = filled.kept.client.build_request("POST", "/graphql", content=content, headers={"content-type": "application/json"})
        (answer,) = filled.kept.send(request)
    assert answer.headers["cache-status"] == "broadsheet; hit"


def test_other_pages_and_methods_pass_by(filled: Twins) -> None:
    """They are not kept."""
    client = filled.kept.client
    answers = filled.kept.send(
        client.build_request("GET", "/healthz"), client.build_request("PUT", "/graphql"), client.build_request("GET", "/")
    )
    assert [answer.status_code for answer in answers] == [200, 405, 200]
    assert all("cache-status" not in answer.headers for answer in answers)


def test_the_callers_own_id_comes_back(filled: Twins) -> None:
    """Where it is plain."""
    filled.kept.post(LIST)
    assert filled.kept.post(LIST, **{"x-request-id": "abc-1"}).headers["x-request-id"] == "abc-1"
    assert len(filled.kept.post(LIST, **{"x-request-id": "a b"}).headers["x-request-id"]) == 16


def test_answers_from_memory_are_logged_where_all_are(tmp_path: Path, sample_archive: Path) -> None:
    """With the id that the caller got; and a service without a cache says nothing of one."""
    with running(tmp_path, sample_archive, BROADSHEET_LOG_REQUESTS="all") as service:
        ids = [service.http.post("/graphql", json={"query": LIST}).headers["x-request-id"] for _ in range(3)]
    logged = [json.loads(line).get("request") for line in service.log().splitlines() if line.startswith("{")]
    assert [one for one in logged if one in ids] == ids
    with running(tmp_path, BROADSHEET_RESPONSE_CACHE="off") as service:
        assert "cache-status" not in service.http.post("/graphql", json={"query": LIST}).headers


def ready_in(twins: Twins) -> dict[object, object]:
    """The responses that are kept."""
    front = twins.kept.app
    assert isinstance(front, Front)
    return dict(front.cache.ready)


def test_a_document_that_is_no_longer_kept_is_no_longer_answered(twins: Twins, tmp_path: Path) -> None:
    """A request that names its document is looked at anew after every write, though its answer is still the same."""

    def asked(id: str) -> httpx.Response:
        request = twins.kept.client.build_request("POST", "/graphql", json={"documentId": id})
        return twins.kept.send(request)[0]

    store = open_store("sqlite:///broadsheet.db", tmp_path)
    store.persist_documents({"one": "{ site { title } }"})
    how = [asked("one").headers["cache-status"] for _ in range(3)]
    assert how == ["broadsheet; fwd=miss", "broadsheet; hit", "broadsheet; hit"]
    assert len(ready_in(twins)) == 0
    time.sleep(FRESH)  # that a look-up in the store is taken to hold
    for _ in range(20):
        assert asked("one").headers["cache-status"] == "broadsheet; hit"
    assert len(ready_in(twins)) == 1
    store.forget_documents(["one"])
    assert asked("one").status_code == 200
    assert len(ready_in(twins)) == 0
    time.sleep(FRESH)  # likewise
    assert asked("one").json()["errors"][0]["extensions"] == {"code": "DOCUMENT_NOT_FOUND"}
    store.close()
