"""Is an answer from memory the one that would be computed?"""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gateway.caching.surrogates import purged
from index.document import ArticleStatus, Author, Category
from index.identity import article_id
from tests.gateway.caching.conftest import Twins, make

NAMES = ["a", "b", "c", "d"]
ALL = "slug title authors { name } categories { name } tags { name }"
QUERIES = [
    *[f'{{ article(slug: "{slug}") {{ {ALL} }} }}' for slug in ("a", "b", "x")],
    '{ article(slug: "a") { title next { slug } previous { slug } } }',
    '{ article(slug: "c") { next { slug title } previous { slug } related(first: 2) { slug } } }',
    '{ article(url: "https://x.example/1") { slug title } }',
    f'{{ node(id: "{article_id("path:b")}") {{ id ... on Article {{ title text }} }} }}',
    "{ articles(first: 3) { nodes { slug title } pageInfo { hasNextPage endCursor } } }",
    '{ articles(filter: {categories: ["p"]}) { totalCount nodes { slug authors { name } } } }',
    '{ articles(filter: {categories: ["q"]}) { nodes { slug title } } }',
    '{ articles(filter: {tags: ["t"], authors: ["ada"]}) { totalCount nodes { slug } } }',
    '{ articles(filter: {not: {tags: ["t"]}}) { totalCount } }',
    '{ articles(filter: {anyOf: [{tags: ["u"]}, {categories: ["q"], year: 2023}]}) { nodes { slug } } }',
    '{ articles(filter: {languages: ["en"]}) { totalCount facets { languages { language count } } } }',
    "{ articles(filter: {year: 2024, month: 3}) { totalCount nodes { slug } } }",
    '{ articles(filter: {publishedFrom: "2024-02-01T00:00:00Z", publishedBefore: "2024-03-01T00:00:00Z"}) { nodes { slug } } }',
    "{ articles(filter: {containing: [PARAGRAPH]}, orderBy: UPDATED) { nodes { slug } } }",
    '{ articles(filter: {tags: ["t"]}) { facets(except: [TAG]) { tags { tag { name } count } categories { category { name } count } } } }',
    "{ archives { year count months { month count } } }",
    '{ category(slug: "p") { name articleCount children { name } archives { year } articles(first: 2) { nodes { slug } } } }',
    '{ category(slug: "q") { name description parent { name } } }',
    '{ author(slug: "ada") { name bio } }',
    '{ author(slug: "ada") { articleCount } }',
    '{ tag(slug: "t") { name articles { totalCount } } }',
    "{ categories { totalCount nodes { name } } }",
    "{ authors(orderBy: COUNT) { nodes { name } edges { cursor } } }",
    '{ search(query: "quay") { totalCount edges { score node { slug } passages { html } } } }',
    '{ search(query: "boat", orderBy: NEWEST) { nodes { slug } suggestion facets { authors { count } } } }',
    '{ suggest(prefix: "b") { text kind count } }',
    "{ site { articleCount firstPublishedAt lastPublishedAt languages } }",
]

some = st.sampled_from
categories = st.sampled_from(
    [
        "p",
        "q",
        "r",
        Category("q", "q", Category("p", "p")),
        Category("Q", "q", Category("r", "r"), "Told"),
        Category("R", "r", Category("q", "q")),
    ]
)
authors = st.sampled_from(["ada", "tom", Author("Ada", "ada"), Author("ada", "ada", "Covers ports."), Author("Tom Hale", "tom")])
writes = st.lists(
    st.builds(
        make,
        some(NAMES),
        some(["", "A boat", "Two boats"]),
        some([None, "2023-12-31", "2024-02-29", "2024-03-05", "2024-03-06", "2999-01-01"]),
        categories=st.lists(categories, max_size=2).map(tuple),
        tags=st.lists(some(["t", "u"]), max_size=2, unique=True).map(tuple),
        authors=st.lists(authors, max_size=2).map(tuple),
        text=some(["quay", "boat and quay", "boat boat"]),
        slug=some(["", "a", "x"]),
        url=some([None, "https://x.example/1", "https://x.example/2"]),
        language=some(["en", "und"]),
        status=some([ArticleStatus.PUBLISHED, ArticleStatus.PUBLISHED, ArticleStatus.DRAFT]),
    ),
    min_size=1,
    max_size=2,
)
removals = st.lists(some(NAMES).map(lambda name: article_id(f"path:{name}")), min_size=1, max_size=2, unique=True)
steps = st.lists(st.tuples(some(["write", "write", "remove", "publish"]), writes, removals, st.booleans()), min_size=2, max_size=6)


def body(answer: Any) -> Any:
    """What an answer says."""
    return answer.status_code, answer.json()


@given(steps)
def test_what_is_kept_is_what_would_be_computed(steps: Any) -> None:
    """After every write, before the index follows and after it did, for every kind of question.

    And where an answer is another one, the changes since name one of the keys that it was given with.
    """
    given: dict[str, tuple[Any, set[str], int]] = {}
    with tempfile.TemporaryDirectory() as folder:
        twins = Twins(Path(folder))
        for kind, written, removed, indexed in steps:
            if kind == "write":
                twins.library.add(written)
            elif kind == "remove":
                twins.library.remove(removed)
            else:
                twins.library.store.publish_due(dt.datetime(3000, 1, 1, tzinfo=dt.UTC))
            for following in (False, True) if indexed else (False,):
                if following:
                    twins.library.catch_up()
                revision = twins.library.store.revision()
                for query in QUERIES:
                    answer = twins.kept.post(query)
                    assert body(answer) == body(twins.computed.post(query)), query
                    if following:
                        said, keys, since = given.get(query, (body(answer), set(), 0))
                        assert body(answer) == said or keys & set(purged(twins.library.store.changes(since))), query
                        given[query] = (body(answer), set(answer.headers.get("surrogate-key", "").split()), revision)
        twins.close()
