"""How are several operations answered in one request?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.service import Service, running

TITLE = {"query": "{ site { title } }"}
ANSWER = {"data": {"site": {"title": "Broadsheet"}}}


@pytest.fixture(scope="module")
def batching(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service that answers three at once."""
    with running(
        tmp_path_factory.mktemp("home"), BROADSHEET_BATCHING="3", BROADSHEET_LIMIT_CHARACTERS="9000", BROADSHEET_LIMIT_TOKENS="1800"
    ) as service:
        yield service


def errors(body: Any) -> list[tuple[str, str]]:
    """Codes and sentences."""
    return [(error["extensions"]["code"], error["message"]) for error in body["errors"]]


def test_answers_stand_in_the_order_of_the_batch(batching: Service) -> None:
    """What is wrong with one is told of that one."""
    asked = [{"query": "query ($n: Int) { articles(first: $n) { nodes { id } } }", "variables": {"n": 1}}, {"query": "{"}, TITLE]
    answer = batching.http.post("/graphql", json=asked)
    assert answer.status_code == 200
    first, second, third = answer.json()
    assert (first, third) == ({"data": {"articles": {"nodes": []}}}, ANSWER)
    assert errors(second)[0][0] == "GRAPHQL_PARSE_FAILED"
    assert [errors(one)[0][0] for one in batching.http.post("/graphql", json=[1, {"query": 1}]).json()] == ["BAD_REQUEST"] * 2


@pytest.mark.parametrize(
    ("batch", "sentence"),
    [
        ([], "The batch has 0 operations; allowed are 1 to 3."),
        ([TITLE] * 4, "The batch has 4 operations; allowed are 1 to 3."),
        (
            [{"query": "{ articles(first: 80) { nodes { categories { articles(first: 50) { nodes { slug } } } } } }"}] * 3,
            "too large, cost: ",
        ),
        ([{"query": "{ " + " ".join(f"a{n}: __typename" for n in range(15)) + " }"}] * 2, "too large, root fields: 30; allowed are 20."),
        (
            [{"query": "{ articles(filter: {slugs: [" + '"" ' * 900 + "]}) { totalCount } }"}] * 3,
            "too large, tokens: 1,832; allowed are 1,800.",
        ),
        ([{"query": "{ site { title } } #" + "x" * 5_000}] * 2, "too large, characters: 10,040; allowed are 9,000."),
    ],
)
def test_the_limits_of_a_request_are_those_of_the_batch(batching: Service, batch: Any, sentence: str) -> None:
    """It is refused as a whole."""
    answer = batching.http.post("/graphql", json=batch)
    assert answer.status_code == 400
    ((code, message),) = errors(answer.json())
    assert code == "LIMIT_EXCEEDED"
    assert sentence in message


def test_a_batch_has_the_time_of_one_request(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What is left of it is told so."""
    variables = {"BROADSHEET_BATCHING": "50", "BROADSHEET_LIMIT_REQUEST_SECONDS": "0.01", "BROADSHEET_LIMIT_ROOT_FIELDS": "50"}
    with running(tmp_path_factory.mktemp("home"), BROADSHEET_COMPILED="off", BROADSHEET_RESPONSE_CACHE="off", **variables) as service:
        introspection = {"query": "{ __schema { types { name description fields { name description type { name } args { name } } } } }"}
        answers = service.http.post("/graphql", json=[introspection] * 40).json()
        assert "data" in answers[0]
        assert errors(answers[-1])[0][0] == "TIMEOUT"


def test_batches_are_refused_unless_they_are_set(service: Service) -> None:
    """With what to do instead."""
    answer = service.http.post("/graphql", json=[TITLE])
    assert (answer.status_code, errors(answer.json())) == (
        400,
        [("BAD_REQUEST", "Batches are not answered here. Send one operation a request.")],
    )
