"""Is what compiled selections answer graphql-core's own, to the last error?"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from graphql import parse

from gateway.limits import Limits
from gateway.opening import open_library
from gateway.operations import Operations
from gateway.settings import load
from index.library import Library
from schema.build import build
from schema.context import Reader, SiteSettings
from schema.explaining import explain
from schema.inputs import KEPT
from tests.operations import Named, RandomOperation
from tests.service import Service
from tests.test_docs import QUERIES

SLICE = 50  # operations of one test
IN_ALL = 20_000 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 300
UNLIMITED = Limits(aliases=10**6, cost=10**9, fields=10**6, tokens=10**5)
PATIENCE = 600  # seconds that a request may take: a machine that stands still makes no difference between the answers
GUESSES = {"String": "breakwater", "Int": 2018, "ID": "x"}  # values of variables that an operation needs, by type
KNOWN = """{ articles(first: 30) { pageInfo { endCursor } nodes { id slug url language authors { slug } categories { slug id } tags { slug }
  allSections { id anchor } tables { id columns { name } } } } }"""


def known_of(operations: Operations, reader: Callable[[], Reader]) -> Named:
    """Values of arguments that find something in an archive."""
    page = operations.run(KNOWN, {}, None, reader()).body["data"]["articles"]
    nodes = page["nodes"]
    sections, tables = ([one for node in nodes for one in node[name]] for name in ("allSections", "tables"))
    topics = {kind: [one["slug"] for node in nodes for one in node[kind]] for kind in ("authors", "categories", "tags")}
    ids = [one["id"] for one in (*nodes[:5], *sections[:5], *tables[:5], *nodes[0]["categories"])]
    slugs = [node["slug"] for node in nodes]
    return {
        "id": [*ids, "x"],
        "ids": [*ids, "VGFnOm5vdGhpbmc="],
        "slug": [*slugs, *topics["authors"][:9], *topics["categories"][:9], *topics["tags"][:9], "nothing"],
        "slugs": slugs,
        "url": ["https://nowhere.example/", *[node["url"] for node in nodes if node["url"]][:3]],
        "anchor": [*[one["anchor"] for one in sections[:20]], "nothing"],
        "column": [*[column["name"] for one in tables[:9] for column in one["columns"]], "nothing"],
        "languages": ["en", "und"],
        "after": [page["pageInfo"]["endCursor"], "x"],
        **topics,
    }


@pytest.fixture(scope="session")
def archive(service: Service) -> Iterator[Library]:
    """The sample archive, opened beside the service."""
    library = open_library(load({"home": str(service.home)}))
    yield library
    library.close()


class Ways:
    """Answers over an archive with plans and without."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.compiled, self.plain = (Operations(build(), UNLIMITED, compiled=way) for way in (True, False))
        self.known = known_of(self.plain, self.reader)

    def reader(self) -> Reader:
        """A reader without scopes."""
        return Reader(self.library, SiteSettings(title="Harbour Post", version="1"), seconds=PATIENCE)

    def both(self, text: str, variables: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        """The answer with plans, and graphql-core's own."""
        one, other = (operations.run(text, variables, None, self.reader()).body for operations in (self.compiled, self.plain))
        return one, other


@pytest.fixture(scope="session")
def ways(archive: Library) -> Ways:
    """Both ways over the sample archive."""
    return Ways(archive)


@pytest.mark.parametrize("start", range(0, IN_ALL, SLICE))
def test_compiled_answers_equal_graphql_cores(ways: Ways, start: int) -> None:
    """Data, errors and the order of keys, on random operations and variables, some of which surprise no plan."""
    unsurprised = 0
    for seed in range(start, start + SLICE):
        asked = RandomOperation(ways.compiled.schema, seed, ways.known)
        before = ways.compiled.plans.surprised
        one, other = ways.both(asked.text, asked.variables)
        assert "data" in one, (seed, one)
        assert str(one) == str(other), (seed, asked.text, asked.variables)
        unsurprised += ways.compiled.plans.surprised == before
    assert unsurprised > SLICE / 4


@pytest.mark.parametrize(("name", "query"), QUERIES, ids=[name for name, _ in QUERIES])
def test_every_example_query_runs_compiled(ways: Ways, name: str, query: str) -> None:
    """At least 90 % of its fields, as `broadsheet explain` counts them; no value of the sample archive surprises its plans."""
    operations = ways.compiled
    prepared = operations.prepare(query)
    for called, operation in prepared.operations.items():
        variables = {
            one.variable.name.value: GUESSES[one.type.type.name.value]  # type: ignore[attr-defined]  # every one is a named type
            for one in operation.node.variable_definitions or ()
            if one.type.kind == "non_null_type"
        }
        executor = operations.executor.build(
            operations.schema, prepared.document, raw_variable_values=variables, operation_name=called or None
        )
        explained = explain(operations.plans, executor)
        assert explained.compiled >= 0.9 * explained.fields, explained.why
        before = operations.plans.surprised
        answer = operations.run(query, variables, called or None, ways.reader()).body
        assert answer == ways.plain.run(query, variables, called or None, ways.reader()).body
        assert "errors" not in answer
        assert operations.plans.surprised == before


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{ __schema { queryType { name } } site { title } }", "__schema, which graphql-core answers itself"),
        ("fragment F($n: Int) on Query { articles(first: $n) { totalCount } } query { ...F(n: 1) }", "a fragment has variables of its own"),
    ],
)
def test_what_is_not_plain_is_left_to_graphql_core_and_said(ways: Ways, text: str, why: str) -> None:
    """With the reason."""
    one, other = ways.both(text, {})
    assert one == other
    operations = ways.compiled
    document = parse(text, experimental_fragment_arguments=True)
    explained = explain(operations.plans, operations.executor.build(operations.schema, document))
    assert (explained.why, explained.source, explained.compiled) == (why, None, 0)


def test_likenesses_are_counted_once_though_a_plan_was_surprised(ways: Ways) -> None:
    """Fifteen articles' are allowed, also where graphql-core asks again what the plan has asked."""
    one, other = ways.both("{ articles(first: 15) { nodes { related(first: 1) { slug } excerpt(length: 0) } } }", {})
    assert str(one) == str(other)
    assert {error["extensions"]["code"] for error in one["errors"]} == {"BAD_USER_INPUT"}


def test_arguments_are_those_of_each_requests_own_variables(ways: Ways) -> None:
    """Of one operation that is asked again and again: what is equal, null, not given, by default, a list of one, long, or wrong."""
    text = """query ($f: ArticleFilter, $tags: [String!] = ["storm"], $first: Int, $year: Int) {
      articles(filter: $f, first: $first) { totalCount }
      tagged: articles(filter: {tags: $tags, year: $year}) { totalCount nodes { slug } } }"""
    asked: list[dict[str, Any]] = [
        {},
        {"f": None, "tags": None, "first": None, "year": None},
        {"f": {}, "tags": [], "first": 0},
        {"f": {"year": 2018}, "tags": "storm", "year": 2018},
        {"f": {"year": 2018, "month": 1}, "first": 1},
        {"f": {"not": {"year": 2018}}, "first": 1.0},
        {"f": {"slugs": [f"slug-{number}" for number in range(150)]}},
        {"f": {"month": 13}},
        {"first": True},
        {"first": 1000},
        *({"first": number, "year": 2000 + number} for number in range(2 * KEPT)),
    ]
    for variables in (*asked, *asked):
        one, other = ways.both(text, variables)
        assert str(one) == str(other), variables
