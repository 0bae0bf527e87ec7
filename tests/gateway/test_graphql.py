"""How does HTTP become a GraphQL operation, and its answer HTTP again?"""

import gzip
import json
from typing import Any

import pytest

from tests.service import Service

QUERY = "{ site { title } }"
BOTH = pytest.mark.parametrize("media", ["application/json", "application/graphql-response+json"])


def post(service: Service, body: Any, **headers: str) -> Any:
    """A POST of a JSON body, or of bytes as they are."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return service.http.post("/graphql", content=content, headers={"content-type": "application/json", **headers})


@BOTH
def test_a_query_is_answered_in_the_media_type_that_is_wanted(service: Service, media: str) -> None:
    """By POST and by GET."""
    for answer in (
        post(service, {"query": QUERY}, accept=media),
        service.http.get("/graphql", params={"query": QUERY}, headers={"accept": media}),
    ):
        assert answer.status_code == 200
        assert answer.headers["content-type"] == f"{media}; charset=utf-8"
        assert answer.json() == {"data": {"site": {"title": "Broadsheet"}}}


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("application/graphql-response+json, application/json;q=0.9", "application/graphql-response+json"),
        ("application/json, application/graphql-response+json;q=0.9", "application/json"),
        ("application/graphql-response+json;q=x, text/html", "application/json"),
    ],
)
def test_the_media_type_follows_the_accept_header(service: Service, accept: str, media: str) -> None:
    """The weightiest of the two; JSON where neither is named."""
    assert post(service, {"query": QUERY}, accept=accept).headers["content-type"] == f"{media}; charset=utf-8"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ('{ articles(first: "ten") { totalCount } }', "BAD_USER_INPUT"),
        ('{ articles(filter: {publishedFrom: "soon"}) { totalCount } }', "BAD_USER_INPUT"),
        ("{ articles(orderBy: LOUDEST) { totalCount } }", "BAD_USER_INPUT"),
        ("{ articles(firsts: 10) { totalCount } }", "GRAPHQL_VALIDATION_FAILED"),
        ("query A { site { title } } query B { site { title } }", "BAD_USER_INPUT"),
        ("query ($n: Int!) { articles(first: $n) { totalCount } }", "BAD_USER_INPUT"),
        ("{ articles(first: 100) { nodes { categories { articles(first: 100) { nodes { slug } } } } } }", "LIMIT_EXCEEDED"),
        ("{" + "a " * 2100 + "}", "LIMIT_EXCEEDED"),
        ("#" + "a" * 100_001, "LIMIT_EXCEEDED"),
        ("{ a " * 300 + "}" * 300, "LIMIT_EXCEEDED"),
        ("{ a " * 900 + "}" * 900, "LIMIT_EXCEEDED"),
    ],
)
def test_a_request_that_is_not_run_is_400_in_graphqls_own_media_type(service: Service, query: str, code: str) -> None:
    """200 in plain JSON; either way without `data`, and with a code."""
    for media, status in (("application/json", 200), ("application/graphql-response+json", 400)):
        answer = post(service, {"query": query}, accept=media)
        assert answer.status_code == status
        assert "data" not in answer.json()
        assert {error["extensions"]["code"] for error in answer.json()["errors"]} == {code}


@pytest.mark.parametrize(
    "body",
    [
        b"1",
        b"null",
        b'"x"',
        b"true",
        b"{",
        b"",
        b"\xff\xfe",
        b"[" * 5000,
        b'{"query": ' + b"9" * 5000 + b"}",
        b"[]",
        b'[{"query": "{ site { title } }"}]',
        b"{}",
        b'{"query": ""}',
        b'{"query": 1}',
        b'{"query": "{ site { title } }", "variables": 1}',
        b'{"query": "{ site { title } }", "variables": "{}"}',
        b'{"query": "{ site { title } }", "operationName": 1}',
        b'{"query": "{ site { title } }", "extensions": []}',
    ],
)
def test_a_body_that_is_no_request_is_refused_with_a_sentence(service: Service, body: bytes) -> None:
    """Never a failure of ours."""
    answer = post(service, body)
    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert error["extensions"] == {"code": "BAD_REQUEST"}
    assert error["message"].endswith(".")
    assert "accept" in answer.headers["vary"].split(", ")


def test_only_json_in_utf8_is_read(service: Service) -> None:
    """Nothing that a page on another site could send without asking."""
    for kind in (
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "",
        "application/json; charset=latin-1",
    ):
        answer = service.http.post("/graphql", content=b'{"query": "{ site { title } }"}', headers={"content-type": kind})
        assert answer.status_code == 415
    for kind in ("application/json; charset=UTF-8", 'APPLICATION/JSON;charset="utf-8"; profile=x', "application/json; profile=charset=x;"):
        assert post(service, {"query": QUERY}, **{"content-type": kind}).status_code == 200


def test_a_compressed_request_is_refused_with_what_may_be_sent(service: Service) -> None:
    """Whether it is what it says or not, and whether the same was answered before or not."""
    body = json.dumps({"query": QUERY}).encode()
    assert post(service, body, **{"content-encoding": "identity"}).status_code == 200
    for content in (gzip.compress(body), body):
        answer = post(service, content, **{"content-encoding": "gzip"})
        assert (answer.status_code, answer.headers["accept-encoding"]) == (415, "identity")
        assert answer.json()["errors"][0]["message"] == "Send the request as it is, not compressed."


def test_a_body_over_the_limit_is_refused(service: Service) -> None:
    """Whether it says its length or not."""
    large = b'{"query": "' + b" " * 1_100_000 + b'"}'
    assert post(service, large).status_code == 413

    def parts() -> Any:
        for _ in range(20):
            yield b" " * 100_000

    answer = service.http.post("/graphql", content=parts(), headers={"content-type": "application/json"})
    assert answer.status_code == 413
    assert answer.json()["errors"][0]["extensions"]["code"] == "LIMIT_EXCEEDED"


def test_get_takes_variables_and_refuses_what_is_no_query(service: Service) -> None:
    """Broken variables are said so; other methods are not answered."""
    params = {"query": "query Q($s: String!) { article(slug: $s) { slug } }", "variables": '{"s": "nothing"}', "operationName": "Q"}
    assert service.http.get("/graphql", params=params).json() == {"data": {"article": None}}
    assert service.http.get("/graphql", params={"query": QUERY, "variables": "{"}).status_code == 400
    assert service.http.get("/graphql").status_code == 400
    assert service.http.put("/graphql", json={"query": QUERY}).status_code == 405


def test_an_unknown_operation_name_is_refused(service: Service) -> None:
    """With the name that was asked for."""
    answer = post(service, {"query": "query A { site { title } }", "operationName": "B"}).json()
    assert answer["errors"][0]["message"] == "The document has no operation 'B'. Say one of its own with `operationName`."


def test_introspection_is_answered(service: Service) -> None:
    """Whatever a client's tools ask; it costs nothing."""
    from graphql import build_client_schema, get_introspection_query

    answer = post(service, {"query": get_introspection_query()}).json()
    assert "Article" in build_client_schema(answer["data"]).type_map


def test_answers_carry_their_requests_id(service: Service) -> None:
    """The caller's own where it is plain, else a new one."""
    assert post(service, {"query": QUERY}, **{"x-request-id": "abc-1"}).headers["x-request-id"] == "abc-1"
    assert len(post(service, {"query": QUERY}, **{"x-request-id": "a b"}).headers["x-request-id"]) == 16


def test_pages_of_other_origins_may_ask(service: Service) -> None:
    """Without credentials."""
    answer = service.http.options(
        "/graphql",
        headers={
            "origin": "https://front.example",
            "access-control-request-method": "POST",
            "access-control-request-headers": "content-type",
        },
    )
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize(("wanted", "used"), [("gzip, br, zstd", "zstd"), ("gzip, br", "br"), ("gzip", "gzip"), ("identity", None)])
def test_long_answers_are_compressed(service: Service, wanted: str, used: str | None) -> None:
    """By the best that the caller takes; short ones are not."""
    headers = {"accept-encoding": wanted}
    assert (
        post(service, {"query": "{ articles(first: 20) { nodes { id slug title text } } }"}, **headers).headers.get("content-encoding")
        == used
    )
    assert "content-encoding" not in post(service, {"query": QUERY}, **headers).headers


def test_an_answer_packed_by_gzip_does_not_say_when(service: Service) -> None:
    """So that it has one ETag in every process, and whenever it is made."""
    asked, headers = {"query": "{ " + "a" * 2000 + ": __typename }"}, {"accept-encoding": "gzip"}
    with service.http.stream("POST", "/graphql", json=asked, headers=headers) as answer:
        packed = b"".join(answer.iter_raw())
    assert (packed[:2], packed[4:8]) == (b"\x1f\x8b", bytes(4))


@pytest.mark.parametrize("wanted", ["gzip", "br", "zstd"])
def test_only_what_is_over_a_kilobyte_is_compressed(service: Service, wanted: str) -> None:
    """By the byte; caches on the way are told that it varies, and what is sent again is the same."""

    def asked(size: int) -> Any:
        """An answer of this many bytes."""
        answer = post(
            service, {"query": "{ " + "a" * (size - len('{"data":{"":"Query"}}')) + ": __typename }"}, **{"accept-encoding": wanted}
        )
        assert len(answer.content) == size
        return answer

    assert "content-encoding" not in asked(1023).headers
    for _ in range(2):
        answer = asked(1024)
        assert answer.headers["content-encoding"] == wanted
        assert {"accept", "accept-encoding"} <= {part.strip().lower() for part in answer.headers["vary"].split(",")}
        assert int(answer.headers["content-length"]) < 1024
