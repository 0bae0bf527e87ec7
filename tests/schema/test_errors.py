"""What can go wrong with a request, and what does the caller read?"""

from __future__ import annotations

import pytest
from graphql import GraphQLError

from index.library import Library
from index.search.engine import IndexUnavailable, SearchTimeout
from index.store.store import StoreError, StoreTimeout
from schema.context import Reader, SiteSettings
from schema.errors import BadUserInput, LimitExceeded, NotNow, is_ours, shown
from tests.schema.conftest import Asker


@pytest.mark.parametrize(
    ("original", "code", "message"),
    [
        (BadUserInput("Say it so."), "BAD_USER_INPUT", "Say it so."),
        (LimitExceeded("Too many.", 5), "LIMIT_EXCEEDED", "Too many."),
        (NotNow("Later.", "TIMEOUT"), "TIMEOUT", "Later."),
        (IndexUnavailable("There is no index yet."), "INDEX_UNAVAILABLE", "There is no index yet."),
        (SearchTimeout("Too slow."), "TIMEOUT", "Too slow."),
        (StoreTimeout(""), "TIMEOUT", "This took longer than one search or read may take. Ask for less."),
        (StoreError("/var/secret is full"), "STORE_UNAVAILABLE", "The document store cannot answer now. Try again in a moment."),
        (KeyError("secret"), "INTERNAL", "Something went wrong here that is not your fault. The log has it under this request's id."),
    ],
)
def test_every_error_has_a_code_and_a_sentence(original: Exception, code: str, message: str) -> None:
    """And none shows our insides."""
    error = GraphQLError(str(original), original_error=original)
    found = shown(error)
    assert (found["extensions"]["code"], found["message"]) == (code, message)
    assert is_ours(error) is (code == "INTERNAL")


def test_a_value_that_is_not_of_its_type_is_the_callers_to_mend() -> None:
    """As graphql-core says it."""
    assert shown(GraphQLError("Int cannot represent 'x'"))["extensions"] == {"code": "BAD_USER_INPUT"}


def test_without_an_index_its_fields_are_null_and_articles_still_come(library: Library) -> None:
    """With the code that paging clients take for a failed fetch."""

    def away() -> None:
        raise IndexUnavailable("The index is being built.")

    library.engine.snapshot = away  # type: ignore[method-assign, assignment]  # a real engine that is away
    body = Asker(library).answer(
        '{ article(slug: "pie") { title related { slug } } articles { nodes { slug } totalCount } archives { year } site { articleCount } }'
    )
    assert body["data"] == {
        "article": {"title": "A mackerel pie", "related": None},
        "articles": None,
        "archives": None,
        "site": {"articleCount": 4},
    }
    assert {error["extensions"]["code"] for error in body["errors"]} == {"INDEX_UNAVAILABLE"}
    assert {tuple(error["path"])[:2] for error in body["errors"]} >= {("article", "related"), ("archives",)}


def test_a_request_whose_time_is_up_says_so(library: Library) -> None:
    """Instead of going on."""
    reader = Reader(library, SiteSettings(), seconds=-1)
    body = Asker(library).operations.run('{ article(slug: "pie") { title } }', {}, None, reader).body
    assert body["errors"][0]["extensions"] == {"code": "TIMEOUT"}


def test_related_is_asked_of_few_articles_at_once(library: Library) -> None:
    """The number that was exceeded is named."""
    from index.document import Paragraph
    from tests.schema.conftest import make

    library.add(make(f"more-{n}", f"More {n}", "2020-01-01", Paragraph("x")) for n in range(30))
    library.catch_up()
    for compiled in (True, False):
        (error,) = {
            e["message"]
            for e in Asker(library, compiled=compiled).answer("{ articles(first: 21) { nodes { related { slug } } } }")["errors"]
        }
        assert error == "`related` is asked of 21 articles in this request; allowed are 20. Ask it of fewer."


def test_an_error_of_ours_is_logged_with_all_that_is_known(library: Library, caplog: pytest.LogCaptureFixture) -> None:
    """And shown as a sentence."""

    def broken(*_: object, **__: object) -> None:
        raise KeyError("our insides")

    library.outlines = broken  # type: ignore[method-assign, assignment]  # what must not happen, happens
    (error,) = Asker(library).answer('{ article(slug: "pie") { text } }')["errors"]
    assert error["extensions"] == {"code": "INTERNAL"}
    assert "our insides" not in str(error)
    assert "our insides" in caplog.text
