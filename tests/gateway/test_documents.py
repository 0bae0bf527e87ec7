"""Which document does a request mean?"""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from gateway.documents import KEPT_CHARACTERS, Documents
from gateway.limits import Limits
from gateway.operations import Operations
from gateway.requests import Asked, BadRequest
from schema.build import build
from tests.service import Service


def sha256(text: str) -> str:
    """Its hash in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def named(hash: str) -> dict[str, Any]:
    """The extensions of an automatic persisted query."""
    return {"persistedQuery": {"version": 1, "sha256Hash": hash}}


def code(answer: Any) -> str:
    """The code of an answer's only error."""
    (error,) = answer.json()["errors"]
    return error["extensions"]["code"]


@pytest.mark.parametrize("media", ["application/json", "application/graphql-response+json"])
def test_a_document_that_was_sent_with_its_hash_is_asked_for_by_it(service: Service, media: str) -> None:
    """Unknown at first, in the protocol's own words; then by POST and by GET."""
    text = f"query ($n: Int) {{ articles(first: $n) {{ nodes {{ __typename }} }} }} # {media}"
    asked = {"variables": {"n": 1}, "extensions": named(sha256(text))}
    headers = {"accept": media}
    unknown = service.http.post("/graphql", json=asked, headers=headers)
    assert (unknown.status_code, unknown.headers["cache-control"]) == (200, "no-store")
    assert unknown.json() == {"errors": [{"message": "PersistedQueryNotFound", "extensions": {"code": "PERSISTED_QUERY_NOT_FOUND"}}]}
    whole = {"data": {"articles": {"nodes": [{"__typename": "Article"}]}}}
    assert service.http.post("/graphql", json={**asked, "query": text}, headers=headers).json() == whole
    assert service.http.post("/graphql", json=asked, headers=headers).json() == whole
    params = {name: json.dumps(value) for name, value in asked.items()}
    assert service.http.get("/graphql", params=params, headers=headers).json() == whole
    assert service.http.get("/graphql", params={**params, "query": ""}, headers=headers).json() == whole


def test_a_get_teaches_a_document_too(service: Service) -> None:
    """Its hash in capitals is the same."""
    text = "{ site { title } } # by GET"
    params = {"query": text, "extensions": json.dumps(named(sha256(text).upper()))}
    assert service.http.get("/graphql", params=params).status_code == 200
    assert service.http.post("/graphql", json={"extensions": named(sha256(text))}).json() == {"data": {"site": {"title": "Broadsheet"}}}


def test_a_hash_of_another_text_is_refused(service: Service) -> None:
    """Nobody's document is replaced."""
    text = "{ site { title } } # mine"
    answer = service.http.post("/graphql", json={"query": "{ site { url } }", "extensions": named(sha256(text))})
    assert (answer.status_code, code(answer)) == (400, "BAD_REQUEST")
    assert code(service.http.post("/graphql", json={"extensions": named(sha256(text))})) == "PERSISTED_QUERY_NOT_FOUND"


def test_a_document_that_is_not_valid_is_not_kept(service: Service) -> None:
    """Its own errors are told."""
    text = "{ nothing }"
    answer = service.http.post("/graphql", json={"query": text, "extensions": named(sha256(text))})
    assert code(answer) == "GRAPHQL_VALIDATION_FAILED"
    assert code(service.http.post("/graphql", json={"extensions": named(sha256(text))})) == "PERSISTED_QUERY_NOT_FOUND"


@pytest.mark.parametrize(
    "said", [1, [], {}, {"version": 2, "sha256Hash": "a" * 64}, {"version": 1}, {"version": 1, "sha256Hash": "x" * 64}]
)
def test_a_persisted_query_of_another_form_is_refused(service: Service, said: Any) -> None:
    """With what to send instead."""
    answer = service.http.post("/graphql", json={"extensions": {"persistedQuery": said}})
    assert (answer.status_code, code(answer)) == (400, "BAD_REQUEST")
    assert "64 hexadecimal digits" in answer.json()["errors"][0]["message"]


def test_what_is_learned_is_bounded() -> None:
    """The document that was not used for longest is forgotten first."""
    documents = Documents(Operations(build(), Limits()))

    def ask(text: str, number: int) -> str:
        return documents.found(Asked(text, sha256(text_of(number)), {}, None, by_get=False)).query

    def text_of(number: int) -> str:
        return f"{{ site {{ title }} }} # {number} " + "x" * 90_000

    for number in range(KEPT_CHARACTERS // 90_000 + 1):
        ask(text_of(number), number)
        assert ask("", 0) == text_of(0)
    with pytest.raises(BadRequest, match="PersistedQueryNotFound"):
        ask("", 1)
    assert ask("", 2) == text_of(2)
