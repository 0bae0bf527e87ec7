"""How does a frontend page, choose and count?"""

import pytest

from tests.schema.conftest import Asker


def slugs(ask: Asker, arguments: str) -> list[str]:
    """The slugs of a list of articles."""
    return [node["slug"] for node in ask(f"{{ articles({arguments}) {{ nodes {{ slug }} }} }}")["articles"]["nodes"]]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("NEWEST", ["breakwater", "pie", "ferry", "undated"]),
        ("OLDEST", ["ferry", "pie", "breakwater", "undated"]),
        ("UPDATED", ["breakwater", "pie", "ferry", "undated"]),
        ("TITLE", ["pie", "undated", "ferry", "breakwater"]),
    ],
)
def test_lists_are_ordered(ask: Asker, order: str, expected: list[str]) -> None:
    """Articles without a date last."""
    assert slugs(ask, f"orderBy: {order}") == expected


@pytest.mark.parametrize(
    ("filter", "expected"),
    [
        ("slugs: [\"pie\", \"nothing\"]", ["pie"]),
        ("categories: [\"town\"]", ["breakwater", "ferry"]),
        ("categories: [\"food\", \"harbour\"]", ["breakwater", "pie", "ferry"]),
        ("tags: [\"fish\"], authors: [\"ada-kerr\"]", ["ferry"]),
        ("authors: []", []),
        ("languages: [\"en\"]", ["breakwater", "pie"]),
        ("languages: [\"EN\", \"Und\"]", ["breakwater", "pie", "ferry", "undated"]),
        ("year: 2024", ["breakwater", "pie"]),
        ("year: 2023, month: 11", ["ferry"]),
        ("month: 3", ["breakwater", "pie"]),
        ("publishedFrom: \"2024-03-01\", publishedBefore: \"2024-03-05T06:00:00Z\"", ["pie"]),
        ("publishedBefore: \"2024-03-05T06:00:01+00:00\"", ["breakwater", "pie", "ferry"]),
        ("containing: [TABLE, LIST]", ["breakwater"]),
        ("not: {year: 2024}", ["ferry", "undated"]),
        ("anyOf: [{tags: [\"fish\"]}, {slugs: [\"undated\"]}], not: {slugs: [\"pie\"]}", ["ferry", "undated"]),
        ("anyOf: []", []),
        ("categories: [\"no such\"]", []),
    ],
)  # fmt: skip  # a case on a line
def test_all_fields_of_a_filter_hold(ask: Asker, filter: str, expected: list[str]) -> None:
    """Within a list any one is enough; a category stands for its descendants; what does not exist matches nothing."""
    assert slugs(ask, f"filter: {{{filter}}}") == expected
    assert ask(f"{{ articles(filter: {{{filter}}}) {{ totalCount }} }}")["articles"]["totalCount"] == len(expected)


def test_pages_follow_each_other_in_both_directions(ask: Asker) -> None:
    """Cursors lead on and back; offset counts; page info says where one stands."""
    query = """query ($first: Int, $after: String, $last: Int, $before: String, $offset: Int) {
      articles(first: $first, after: $after, last: $last, before: $before, offset: $offset) {
        nodes { slug } edges { cursor node { slug } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""
    first = ask(query, first=2)["articles"]
    assert [node["slug"] for node in first["nodes"]] == ["breakwater", "pie"]
    assert [edge["node"] for edge in first["edges"]] == first["nodes"]
    info = first["pageInfo"]
    assert (info["hasNextPage"], info["hasPreviousPage"]) == (True, False)
    assert (info["startCursor"], info["endCursor"]) == tuple(edge["cursor"] for edge in first["edges"])
    second = ask(query, first=2, after=info["endCursor"])["articles"]
    assert [node["slug"] for node in second["nodes"]] == ["ferry", "undated"]
    assert (second["pageInfo"]["hasNextPage"], second["pageInfo"]["hasPreviousPage"]) == (False, True)
    assert ask(query, last=2, before=second["pageInfo"]["startCursor"])["articles"]["nodes"] == first["nodes"]
    assert ask(query, last=1)["articles"]["nodes"] == [{"slug": "undated"}]
    assert ask(query, first=1, offset=2)["articles"]["nodes"] == [{"slug": "ferry"}]
    empty = ask(query, first=0)["articles"]
    assert (empty["nodes"], empty["pageInfo"]["startCursor"]) == ([], None)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("first: 101", "`first` is 101; it may be from 0 to 100. Page on with a cursor for more."),
        ("last: -1", "`last` is -1; it may be from 0 to 100. Page on with a cursor for more."),
        ("first: 1, last: 1", "Pass either `first` or `last`, not both."),
        ('offset: 1, after: "x"', "Pass either `offset` or a cursor, not both."),
        ("offset: 1, last: 1", "Pass `offset` with `first`; `last` counts from the end."),
        ("offset: 10001", "`offset` is 10001; it may be from 0 to 10,000. Page with cursors to go farther."),
        ('after: "x"', "`after` is not a cursor. Pass one as it came in `pageInfo` or `edges`."),
        ('before: "WyJORVdFU1QiLCJ4IiwieSJd"', "`before` is not a cursor. Pass one as it came in `pageInfo` or `edges`."),
        ("filter: {month: 13}", "`month` is 13; it may be from 1 to 12."),
    ],
)
def test_arguments_that_cannot_be_answered_are_refused_with_a_sentence(ask: Asker, arguments: str, sentence: str) -> None:
    """Refused, never clipped."""
    assert ask.refusal(f"{{ articles({arguments}) {{ nodes {{ slug }} }} }}") == f"BAD_USER_INPUT: {sentence}"


def test_a_cursor_of_another_order_is_refused(ask: Asker) -> None:
    """It would be a place in another list."""
    cursor = ask("{ articles(orderBy: TITLE) { pageInfo { endCursor } } }")["articles"]["pageInfo"]["endCursor"]
    refused = ask.refusal("query ($c: String) { articles(after: $c) { nodes { slug } } }", c=cursor)
    assert refused.startswith("BAD_USER_INPUT: `after` is a cursor of the order TITLE; this list is ordered by NEWEST.")


def test_filters_that_nest_without_end_are_refused(ask: Asker) -> None:
    """Eight deep is more than a person writes."""
    deep = "{year: 2024}"
    for _ in range(8):
        deep = f"{{not: {deep}}}"
    assert ask.refusal(f"{{ articles(filter: {deep}) {{ totalCount }} }}").startswith("BAD_USER_INPUT: `filter` nests")
    many = ", ".join(['"x"'] * 201)
    assert ask.refusal(f"{{ articles(filter: {{slugs: [{many}]}}) {{ totalCount }} }}").startswith(
        "BAD_USER_INPUT: `slugs` names 201 values"
    )


def test_archives_count_years_and_months(ask: Asker) -> None:
    """By the calendar date that the source showed; their articles are as many as they say."""
    found = ask(
        "{ archives { year count articles { totalCount nodes { slug } } months { year month count articles { totalCount nodes { slug } } } } }"
    )
    assert found["archives"] == [
        {
            "year": 2024,
            "count": 2,
            "articles": {"totalCount": 2, "nodes": [{"slug": "breakwater"}, {"slug": "pie"}]},
            "months": [
                {"year": 2024, "month": 3, "count": 2, "articles": {"totalCount": 2, "nodes": [{"slug": "breakwater"}, {"slug": "pie"}]}}
            ],
        },
        {
            "year": 2023,
            "count": 1,
            "articles": {"totalCount": 1, "nodes": [{"slug": "ferry"}]},
            "months": [{"year": 2023, "month": 11, "count": 1, "articles": {"totalCount": 1, "nodes": [{"slug": "ferry"}]}}],
        },
    ]


def test_an_archive_keeps_to_its_filter(ask: Asker) -> None:
    """And to one year, null where it holds nothing."""
    found = ask(
        """{ archives(filter: {tags: ["fish"]}) { year count articles { totalCount } months { articles(filter: {authors: ["ada-kerr"]}) { totalCount } } }
        archive(year: 2024) { count months { month } } none: archive(year: 1900) { count } }"""
    )
    assert found["archives"] == [
        {"year": 2024, "count": 1, "articles": {"totalCount": 1}, "months": [{"articles": {"totalCount": 0}}]},
        {"year": 2023, "count": 1, "articles": {"totalCount": 1}, "months": [{"articles": {"totalCount": 1}}]},
    ]
    assert found["archive"] == {"count": 2, "months": [{"month": 3}]}
    assert found["none"] is None


def test_facets_count_all_that_matches(ask: Asker) -> None:
    """Not only the page; categories with their ancestors."""
    found = ask(
        """{ articles(first: 1) { facets { categories { count category { slug } } tags { count tag { slug } } authors(first: 1) { count author { slug } }
        years { year count months { month count } articles { totalCount } } languages { language count } blockKinds { kind count } } } }"""
    )["articles"]["facets"]
    assert found == {
        "categories": [
            {"count": 2, "category": {"slug": "harbour"}},
            {"count": 2, "category": {"slug": "town"}},
            {"count": 1, "category": {"slug": "food"}},
        ],
        "tags": [{"count": 2, "tag": {"slug": "fish"}}],
        "authors": [{"count": 2, "author": {"slug": "ada-kerr"}}],
        "years": [
            {"year": 2024, "count": 2, "months": [{"month": 3, "count": 2}], "articles": {"totalCount": 2}},
            {"year": 2023, "count": 1, "months": [{"month": 11, "count": 1}], "articles": {"totalCount": 1}},
        ],
        "languages": [{"language": "en", "count": 2}, {"language": "und", "count": 2}],
        "blockKinds": [
            {"kind": "PARAGRAPH", "count": 4},
            {"kind": "CODE", "count": 1},
            {"kind": "LIST", "count": 1},
            {"kind": "TABLE", "count": 1},
        ],
    }


def test_a_facet_in_except_keeps_its_other_values(ask: Asker) -> None:
    """The filter on it is left out of its own counts, and of the lists behind them, but of no other's."""
    query = """{ articles(filter: {year: 2023, tags: ["fish"]}) { totalCount facets(except: [DATE]) {
      years { year count articles { totalCount } } tags { count tag { slug } } categories { count } } } }"""
    assert ask(query)["articles"] == {
        "totalCount": 1,
        "facets": {
            "years": [{"year": 2024, "count": 1, "articles": {"totalCount": 1}}, {"year": 2023, "count": 1, "articles": {"totalCount": 1}}],
            "tags": [{"count": 1, "tag": {"slug": "fish"}}],
            "categories": [{"count": 1}, {"count": 1}],
        },
    }


def test_what_a_place_holds_stays_whatever_facets_leave_out(ask: Asker) -> None:
    """An author's list stays the author's."""
    query = """{ author(slug: "ines-voss") { articles(filter: {authors: ["ada-kerr"]}) { totalCount facets(except: [AUTHOR]) { authors { count author { slug } } } } } }"""
    found = ask(query)["author"]["articles"]
    assert found["totalCount"] == 1
    assert found["facets"]["authors"] == [{"count": 2, "author": {"slug": "ines-voss"}}, {"count": 1, "author": {"slug": "ada-kerr"}}]
