"""What does an operation cost before it runs?"""

import pytest
from graphql import parse, validate

from gateway.costs import cost_of
from gateway.formulas import Formula
from schema.build import build

SCHEMA = build()._schema  # Strawberry shows its graphql-core schema under no other name


def formula(document: str) -> Formula:
    """The formula of a document's only operation."""
    parsed = parse(document)
    assert validate(SCHEMA, parsed) == []
    operations = [d for d in parsed.definitions if d.kind == "operation_definition"]
    fragments = {d.name.value: d for d in parsed.definitions if d.kind == "fragment_definition"}  # type: ignore[attr-defined]  # a document's own operations and fragments
    return cost_of(SCHEMA, operations[0], fragments)  # type: ignore[arg-type]  # a document's own operations and fragments


def cost(document: str, **variables: object) -> int:
    """The cost of a document's only operation."""
    return formula(document).at(variables)


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("{ site { title } }", 1),
        ("{ articles { totalCount } }", 1),
        ("{ articles { nodes { slug } } }", 11),
        ("{ articles(first: 50) { nodes { slug authors { name } } } }", 1 + 50 * 2),
        ("{ articles(last: 7) { edges { cursor node { slug } } } }", 1 + 7),
        ("{ articles(first: 5) { nodes { text html sections { heading blocks { html } } } } }", 1 + 5 * 11),
        ("{ articles(first: 3) { nodes { categories { articles(first: 4) { nodes { slug } } } } } }", 1 + 3 * (1 + (1 + 1 + 4))),
        ("{ articles(first: 3) { nodes { slug } facets { categories(first: 6) { count category { name } } } } }", 1 + 3 + 6 * 2),
        ("{ archives { year months { count } } }", 10 * (1 + 12)),
        ("{ search(query: \"x\", first: 4) { totalCount edges { passages { text } node { slug } } } }", 1 + 4 * (10 + 1)),
        ("{ suggest(prefix: \"x\") { text } }", 8),
        ("{ article(slug: \"x\") { sections { article { related(first: 3) { slug } } } } }", 1 + 10 + 10 * (1 + 3)),
        ("{ nodes(ids: [\"a\", \"b\"]) { id } node(id: \"a\") { id } }", 3),
        ("{ __schema { types { name } } __typename }", 0),
        ("{ articles(first: 2) { ...C } } fragment C on ArticleConnection { nodes { ...A } } fragment A on Article { tags { ... on Tag { name } } }", 1 + 2 * 2),
    ],
)  # fmt: skip  # a case on a line
def test_a_cost_counts_what_is_fetched(document: str, expected: int) -> None:
    """Connections multiply; what stands inside one article costs ten in all, once-fields are not multiplied."""
    assert cost(document) == expected
    assert formula(document).fixed == expected  # worked out once


def test_lengths_that_are_variables_are_filled_in_for_each_request() -> None:
    """Their default where they are not given."""
    document = "query ($n: Int, $ids: [ID!]!) { articles(first: $n) { nodes { slug } } nodes(ids: $ids) { id } }"
    assert cost(document, n=40, ids=["a"] * 5) == 1 + 40 + 5
    assert cost(document, ids=[]) == 1 + 10
    assert cost(document, n=None) == 1 + 10 + 1


def test_a_variable_has_the_length_that_graphql_will_read() -> None:
    """Its default where it is not given, a whole float as that number, one value as a list of one; what no list can be counts as the default."""
    document = 'query ($n: Int = 90, $ids: [ID!]! = ["a", "b"]) { articles(first: $n) { nodes { slug } } nodes(ids: $ids) { id } }'
    assert cost(document) == 1 + 90 + 2
    assert cost(document, n=20.0, ids="a") == 1 + 20 + 1
    assert cost(document, n=None, ids=[]) == 1 + 10
    assert cost(document, n=1e300, ids=[]) == 1 + 10
    assert cost(document, n=-5, ids=[]) == 1


def test_a_formula_shows_what_decides() -> None:
    """Variables in brackets with what stands for them, everything else as numbers."""
    document = """query ($n: Int, $m: Int = 3, $ids: [ID!]!) {
      articles(first: $n) { nodes { html tags { name } } facets { tags { count } } }
      nodes(ids: $ids) { id }
      search(query: "x", first: 7, last: $m) { nodes { related(first: $m) { slug } } } }"""
    assert formula(document).text == "11 + [$n, else 10] × 12 + [$ids, else 1] + 1 + [$m, at least 7] × (1 + [$m, else 3])"
