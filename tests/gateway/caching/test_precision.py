"""Does a change drop no more than it must?"""

from __future__ import annotations

import pytest

from index.document import ArticleStatus, Author, Category
from index.identity import article_id
from tests.gateway.caching.conftest import Twins, make

LIST_A = '{ articles(filter: {categories: ["a"]}) { totalCount nodes { slug title authors { name } categories { name } } } }'
LIST_B = '{ articles(filter: {categories: ["b"]}) { totalCount nodes { slug title authors { name } categories { name } } } }'
FACETS_B = '{ articles(filter: {categories: ["b"], tags: ["t"]}) { facets { tags { tag { name } count } years { year count } } } }'
ARTICLE_B = '{ article(slug: "b1") { title text authors { name bio } } }'
MENU = "{ categories { nodes { slug name } } authors { totalCount } }"
COUNTS = '{ category(slug: "b") { articleCount articles { nodes { slug } } archives { year } } }'
AUTHOR = '{ author(slug: "ada") { name bio } }'
AUTHORS_COUNT = '{ author(slug: "ada") { articleCount } }'
MISS = '{ article(slug: "nothing") { title } category(slug: "none") { name } }'
MONTH = "{ articles(filter: {year: 2023, month: 12}) { nodes { slug } } }"
NEWEST = "{ articles(first: 3) { nodes { slug } } }"
SEARCH = '{ search(query: "quay") { nodes { slug } } }'
SITE = "{ site { title version } }"
EVERY = [LIST_A, LIST_B, FACETS_B, ARTICLE_B, MENU, COUNTS, AUTHOR, AUTHORS_COUNT, MISS, MONTH, NEWEST, SEARCH, SITE]
ADA = Author("Ada", "ada")


@pytest.fixture
def filled(twins: Twins) -> Twins:
    """Two categories, one author, and every question asked once."""
    twins.library.add(
        [
            make("a1", categories=("a",), authors=(ADA,)),
            make("b1", categories=("b",), authors=(ADA,), tags=("t",)),
            make("b2", "", "2023-12-05", categories=("b",)),
        ]
    )
    twins.library.catch_up()
    for query in EVERY:
        assert twins.kept.how(query) == "fwd=miss"
        assert twins.kept.how(query) == "hit"
    return twins


def dropped(twins: Twins) -> set[str]:
    """The questions whose answers are kept no more."""
    return {query for query in EVERY if twins.kept.how(query) != "hit"}


def test_a_new_article_in_one_category_leaves_the_lists_of_another(filled: Twins) -> None:
    """And articles, topics, misses and months that it has nothing to do with, though it is of the same author."""
    filled.library.add([make("a2", categories=("a",), authors=(ADA,))])
    filled.library.catch_up()
    assert dropped(filled) == {LIST_A, AUTHORS_COUNT, NEWEST, SEARCH}


def test_what_the_index_says_is_kept_until_it_has_reached_the_change(filled: Twins) -> None:
    """Else the same would be kept again."""
    filled.library.add([make("a2", categories=("a",), authors=(ADA,))])
    assert dropped(filled) == {AUTHORS_COUNT}
    filled.library.catch_up()
    assert dropped(filled) == {LIST_A, NEWEST, SEARCH}


def test_an_article_that_moves_drops_the_lists_of_both_places(filled: Twins) -> None:
    """And what shows it."""
    filled.library.add([make("b1", categories=("a",), authors=(ADA,), tags=("t",))])
    filled.library.catch_up()
    assert dropped(filled) == {LIST_A, LIST_B, FACETS_B, ARTICLE_B, COUNTS, AUTHORS_COUNT, NEWEST, SEARCH}


def test_a_removal_drops_what_showed_the_article(filled: Twins) -> None:
    """And where it was counted; other months stay."""
    filled.library.remove([article_id("path:b1")])
    filled.library.catch_up()
    assert dropped(filled) == {LIST_B, FACETS_B, ARTICLE_B, COUNTS, AUTHORS_COUNT, NEWEST, SEARCH}


def test_a_draft_drops_no_list(filled: Twins) -> None:
    """Nobody sees it; but every score depends on how many articles the index holds."""
    filled.library.add([make("a3", categories=("a",), status=ArticleStatus.DRAFT)])
    filled.library.catch_up()
    assert dropped(filled) == {SEARCH}


def test_a_new_bio_drops_what_shows_the_author(filled: Twins) -> None:
    """Whoever else they wrote with."""
    filled.library.add([make("c", authors=(Author("Ada", "ada", "Covers ports."),))])
    filled.library.catch_up()
    assert dropped(filled) == {LIST_A, LIST_B, ARTICLE_B, MENU, AUTHOR, AUTHORS_COUNT, NEWEST, SEARCH}


def test_what_was_missed_is_asked_again_when_it_comes(filled: Twins) -> None:
    """A slug, and a topic."""
    filled.library.add([make("nothing")])
    filled.library.catch_up()
    assert MISS in dropped(filled)
    filled.library.add([make("c", categories=(Category("None", "none"),))])
    filled.library.catch_up()
    assert {MISS, MENU} <= dropped(filled)


def test_an_unchanged_import_drops_nothing(filled: Twins) -> None:
    """It is no change."""
    filled.library.add([make("z")])
    filled.library.catch_up()
    dropped(filled)
    filled.library.remove(["nobody"])
    filled.library.catch_up()
    assert dropped(filled) == set()
