"""How does a caller write a time?"""

import datetime as dt
from typing import Any

import pytest
from graphql import GraphQLError

from schema.times import read_time
from tests.schema.conftest import Asker

FORMS = 'Write a date such as "2024-05-06", or a time such as "2024-05-06T08:30:00+02:00".'


@pytest.mark.parametrize("given", ["x", "", "2024-13-01", "2024-02-30", "0000-01-01", "5 May 2024", 5, None, ["2024"]])
def test_what_is_no_time_is_refused_with_the_forms_that_are(given: Any) -> None:
    """In one sentence, whatever is wrong with it."""
    with pytest.raises(GraphQLError) as refused:
        read_time(given)
    assert refused.value.message == f"{given!r} is no time. {FORMS}"


def test_what_is_long_is_not_said_whole() -> None:
    """Only its beginning."""
    with pytest.raises(GraphQLError) as refused:
        read_time("9" * 10_000)
    assert len(refused.value.message) < 200


def test_a_time_may_be_a_date_alone_or_have_an_offset() -> None:
    """As ISO 8601 has them."""
    assert read_time("2024-05-06") == dt.datetime.fromisoformat("2024-05-06")
    assert read_time("2024-05-06T08:30:00Z") == dt.datetime(2024, 5, 6, 8, 30, tzinfo=dt.UTC)


def test_the_forms_are_said_of_an_argument_and_of_a_variable(ask: Asker) -> None:
    """That of a variable with its place."""
    assert ask.refusal('{ articles(filter: {publishedFrom: "x"}) { totalCount } }').endswith(f"'x' is no time. {FORMS}")
    query = "query ($filter: ArticleFilter) { articles(filter: $filter) { totalCount } }"
    assert ask.refusal(query, filter={"publishedBefore": "x"}).endswith(f"at .publishedBefore: 'x' is no time. {FORMS}")


def test_where_a_document_has_no_time_is_said(ask: Asker) -> None:
    """By line and column, each of several."""
    query = '{\n  articles(filter: {publishedFrom: "x", publishedBefore: "y"}) { totalCount }\n}'
    errors = ask.answer(query)["errors"]
    assert [error["locations"] for error in errors] == [[{"line": 2, "column": 36}], [{"line": 2, "column": 58}]]
