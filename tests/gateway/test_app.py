"""Which routes are there, and what do operators see?"""

import json

from graphql import build_schema

from tests.service import Service


def test_the_probes_answer(service: Service) -> None:
    """Alive; ready, with how far store and index have come."""
    assert service.http.get("/healthz").text == "ok\n"
    ready = service.http.get("/readyz").json()
    assert ready["ready"] is True
    assert ready["store"]["revision"] == ready["index"]["revision"] > 0
    assert ready["store"]["version"].startswith("SQLite 3.")


def test_the_schema_is_served(service: Service) -> None:
    """As text that tools read."""
    answer = service.http.get("/schema.graphql")
    assert answer.headers["content-type"] == "application/graphql; charset=utf-8"
    assert "Article" in build_schema(answer.text).type_map


def test_what_does_not_exist_is_said_in_json(service: Service) -> None:
    """With a code and what to do, like every error."""
    answer = service.http.get("/nothing")
    assert answer.status_code == 404
    sentence = "Nothing is at this address. GraphQL is at /graphql, a page for people at /."
    assert answer.json() == {"errors": [{"message": sentence, "extensions": {"code": "NOT_FOUND"}}]}
    posted = service.http.post("/healthz")
    assert (posted.status_code, set(posted.headers["allow"].split(", "))) == (405, {"GET", "HEAD"})
    sentence = "This address is not asked by this method. The header `Allow` names those that it is asked by."
    assert posted.json() == {"errors": [{"message": sentence, "extensions": {"code": "METHOD_NOT_ALLOWED"}}]}


def test_pages_of_other_origins_may_send_headers_of_their_own(service: Service) -> None:
    """As clients do that say their name, pass a trace on or ask for a preflight; by the methods that there are, and without cookies."""
    asks = {"origin": "https://front.example", "access-control-request-method": "POST"}
    theirs = "apollo-require-preflight,apollographql-client-name,authorization,content-type,traceparent"
    allowed = service.http.options("/graphql", headers={**asks, "access-control-request-headers": theirs})
    assert (allowed.status_code, allowed.headers["access-control-allow-headers"]) == (200, theirs)
    assert "access-control-allow-credentials" not in allowed.headers
    assert service.http.options("/graphql", headers={**asks, "access-control-request-method": "DELETE"}).status_code == 400


def test_logs_are_lines_of_json(service: Service) -> None:
    """Every line that is not the greeting."""
    lines = [line for line in service.log().splitlines() if line.startswith("{")]
    assert lines
    for line in lines:
        assert {"time", "level", "logger", "message"} <= json.loads(line).keys()
