"""Which document does a request mean?"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gateway.documents import FRESH, KEPT_CHARACTERS, LOOKED_UP, Documents
from gateway.limits import Limits
from gateway.operations import Operations
from gateway.requests import Asked, BadRequest
from index.store.open import open_store
from index.store.persisted import hash_of
from index.store.store import Store
from schema.build import build
from tests.service import Service, broadsheet, running

TITLE = "{ site { title } }"
ANSWER = {"data": {"site": {"title": "Broadsheet"}}}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    store = open_store("sqlite:///x.db", tmp_path)
    yield store
    store.close()


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


def test_what_is_learned_is_bounded(store: Store) -> None:
    """The document that was not used for longest is forgotten first."""
    documents = Documents(Operations(build(), Limits()), store)

    def ask(text: str, number: int) -> str:
        return documents.found(Asked(text, "sha256:" + sha256(text_of(number)), {}, None, by_get=False, automatic=True)).query

    def text_of(number: int) -> str:
        return f"{{ site {{ title }} }} # {number} " + "x" * 90_000

    for number in range(KEPT_CHARACTERS // 90_000 + 1):
        ask(text_of(number), number)
        assert ask("", 0) == text_of(0)
    with pytest.raises(BadRequest, match="PersistedQueryNotFound"):
        ask("", 1)
    assert ask("", 2) == text_of(2)


def test_a_document_that_is_kept_is_named(tmp_path: Path) -> None:
    """By its name or its hash, by POST and GET, and by Apollo's protocol; beside the running service it comes and goes."""
    home = tmp_path / "home"
    (tmp_path / "site-title.graphql").write_text(TITLE, encoding="utf-8")
    with running(home) as service:

        def asked(id: str) -> Any:
            return service.http.get("/graphql", params={"documentId": id})

        assert (asked("site-title").status_code, code(asked("site-title"))) == (400, "DOCUMENT_NOT_FOUND")
        added = broadsheet("documents", "add", tmp_path / "site-title.graphql", home=home)
        assert (added.returncode, added.stdout) == (0, "site-title: added\n")
        time.sleep(FRESH)  # so long a name is taken to be what it was
        assert asked("site-title").json() == ANSWER
        assert asked(hash_of(TITLE)).json() == ANSWER
        assert service.http.post("/graphql", json={"documentId": "site-title"}).json() == ANSWER
        assert service.http.post("/graphql", json={"extensions": named(sha256(TITLE))}).json() == ANSWER
        assert broadsheet("documents", "list", home=home).stdout.split()[:2] == ["site-title", hash_of(TITLE)]
        removed = broadsheet("documents", "remove", "site-title", "other", home=home)
        assert (removed.returncode, removed.stdout) == (1, "site-title: removed\n")
        assert removed.stderr == "There is no document 'other'. `broadsheet documents list` shows them all.\n"
        time.sleep(FRESH)  # likewise
        assert code(asked(hash_of("{ other }"))) == "DOCUMENT_NOT_FOUND"
        assert broadsheet("documents", "list", home=home).stdout == ""


def test_only_kept_documents_are_answered_where_that_is_set(tmp_path: Path) -> None:
    """By name, by hash or by the very text; whatever else is asked is refused, and nothing is learned."""
    home = tmp_path / "home"
    (tmp_path / "title.graphql").write_text(TITLE, encoding="utf-8")
    assert broadsheet("documents", "add", tmp_path / "title.graphql", home=home).returncode == 0
    with running(home, BROADSHEET_DOCUMENTS_ONLY="on") as service:
        other = "{ site { url } }"
        for body in (
            {"documentId": "title"},
            {"documentId": hash_of(TITLE)},
            {"query": TITLE},
            {"extensions": named(sha256(TITLE))},
        ):
            assert service.http.post("/graphql", json=body).json() == ANSWER
        for body in ({"query": other}, {"query": other, "extensions": named(sha256(other))}, {"extensions": named(sha256(other))}):
            answer = service.http.post("/graphql", json=body)
            assert (answer.status_code, code(answer)) == (403, "DOCUMENT_NOT_ALLOWED")
        assert code(service.http.post("/graphql", json={"documentId": "other"})) == "DOCUMENT_NOT_FOUND"
        assert service.http.get("/").status_code == 200


@pytest.mark.parametrize("body", [{"documentId": 1}, {"documentId": "a", "query": TITLE}])
def test_a_document_is_named_or_sent(service: Service, body: Any) -> None:
    """Not both, and by a text."""
    answer = service.http.post("/graphql", json=body)
    assert (answer.status_code, code(answer)) == (400, "BAD_REQUEST")


def test_a_store_that_does_not_answer_is_said(store: Store) -> None:
    """With a code that a client can wait by."""
    store.close()
    documents = Documents(Operations(build(), Limits()), store)
    with pytest.raises(BadRequest, match="Try again in a moment") as raised:
        documents.found(Asked("", "title", {}, None, by_get=True))
    assert (raised.value.status, raised.value.code) == (503, "STORE_UNAVAILABLE")


def test_what_was_looked_up_is_bounded(store: Store) -> None:
    """Whatever strangers ask for."""
    documents = Documents(Operations(build(), Limits()), store)
    for number in range(LOOKED_UP + 10):
        with pytest.raises(BadRequest, match="No document is kept"):
            documents.found(Asked("", f"name-{number}", {}, None, by_get=True))
    assert len(documents._looked_up) == LOOKED_UP


def test_faults_of_documents_are_named_with_file_and_line(tmp_path: Path) -> None:
    """All of them, and nothing is added."""
    texts = {
        "good": TITLE,
        "unclosed": "{\n  site {",
        "unknown": "{\n  site { title }\n  nothing\n}",
        "deep": "{ a " * 30 + "}" * 30,
        "dear": "{ articles(first: 100) { nodes { categories { articles(first: 100) { nodes { slug } } } } } }",
        "two words": TITLE,
    }
    files = []
    for name, text in texts.items():
        files.append(tmp_path / f"{name}.graphql")
        files[-1].write_text(text, encoding="utf-8")
    (tmp_path / "bytes.graphql").write_bytes(b"\xff")
    (tmp_path / "again").mkdir()
    (tmp_path / "again" / "good.graphql").write_text("{ site { url } }", encoding="utf-8")
    files += [tmp_path / "bytes.graphql", tmp_path / "again" / "good.graphql", tmp_path / "missing.graphql"]
    done = broadsheet("documents", "add", *files, home=tmp_path / "home")
    assert (done.returncode, done.stdout) == (1, "")
    lines = [line.removeprefix(f"{tmp_path}/") for line in done.stderr.splitlines()]
    for begins in (
        "unclosed.graphql:2:9: Syntax Error",
        "unknown.graphql:3:3: Cannot query field 'nothing' on type 'Query'.",
        "deep.graphql: The operation has too many levels: 30; allowed are 20.",
        "dear.graphql: The operation costs ",
        "two words.graphql: A name may have letters",
        "bytes.graphql: ",
        "again/good.graphql: Another document has this name",
        "missing.graphql: ",
    ):
        assert [line for line in lines if line.startswith(begins)], (begins, lines)
    assert lines[-1] == "Nothing was added."
    assert broadsheet("documents", "list", home=tmp_path / "home").stdout == ""


def test_lists_that_clients_builds_write_are_read(tmp_path: Path) -> None:
    """Apollo's manifest and Relay's object of texts: requests name what is in them as those clients do, where nothing else is answered."""
    home, body, text = tmp_path / "home", "query Title {\n  site {\n    title\n  }\n}", "query PageQuery { site { title } }"
    operations = [{"id": sha256(body), "name": "Title", "type": "query", "body": body}]
    apollo = {"format": "apollo-persisted-query-manifest", "version": 1, "operations": operations}
    relay = {hashlib.md5(text.encode(), usedforsecurity=False).hexdigest(): text}
    files = [tmp_path / "manifest.json", tmp_path / "relay.json", tmp_path / "again.json"]
    for file, content in zip(files, (apollo, relay, relay), strict=True):
        file.write_text(json.dumps(content), encoding="utf-8")
    done = broadsheet("documents", "add", *files, home=home)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [f"{sha256(body)}: added", f"{next(iter(relay))}: added"]
    with running(home, BROADSHEET_DOCUMENTS_ONLY="on") as service:
        for asked in ({"extensions": named(sha256(body))}, {"documentId": next(iter(relay))}):
            assert service.http.post("/graphql", json=asked).json() == ANSWER


def test_faults_of_a_list_are_named(tmp_path: Path) -> None:
    """With the document's id, or with what is wrong with the whole."""
    faulty = {
        "unknown": {"one": TITLE, "two": "{\n nothing }"},
        "spaced": {"a b": TITLE},
        "numbers": {"one": 1},
        "array": [TITLE],
        "empty": {},
        "version": {"format": "apollo-persisted-query-manifest", "version": 2, "operations": []},
        "bodiless": {"format": "apollo-persisted-query-manifest", "version": 1, "operations": [{"id": "x"}]},
        "twice": {
            "format": "apollo-persisted-query-manifest",
            "version": 1,
            "operations": [{"id": "x", "body": t} for t in (TITLE, "{ a }")],
        },
    }
    for name, content in faulty.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    done = broadsheet("documents", "add", *(tmp_path / f"{name}.json" for name in (*faulty, "broken")), home=tmp_path / "home")
    assert (done.returncode, done.stdout) == (1, "")
    assert [line.removeprefix(f"{tmp_path}/")[:70] for line in done.stderr.splitlines()] == [
        line[:70]
        for line in (
            "unknown.json, two:2:2: Cannot query field 'nothing' on type 'Query'.",
            "spaced.json, a b: A name may have letters, digits, and any of . _ ~ -, 100 at most",
            "numbers.json: It is no list of persisted queries, Apollo's or Relay's: Expected",
            "array.json: It is no list of persisted queries, Apollo's or Relay's: Expected `",
            "empty.json: It lists no documents.",
            "version.json: It is a manifest of version 2; only 1 is read here.",
            "bodiless.json: It is no list of persisted queries, Apollo's or Relay's: Object m",
            "twice.json, x: Another document has this name; rename one of them.",
            "broken.json: It is no list of persisted queries, Apollo's or Relay's: Input dat",
            "Nothing was added.",
        )
    ]


def test_a_name_that_is_taken_gets_the_new_text(tmp_path: Path) -> None:
    """An equal text stays."""
    home, file = tmp_path / "home", tmp_path / "a.graphql"
    said = []
    for text in (TITLE, TITLE, "{ site { url } }"):
        file.write_text(text, encoding="utf-8")
        said.append(broadsheet("documents", "add", file, home=home).stdout)
    assert said == ["a: added\n", "a: unchanged\n", "a: replaced\n"]
