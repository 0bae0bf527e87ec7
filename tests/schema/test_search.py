"""What does a frontend see of a search?"""

import pytest

from tests.schema.conftest import Asker


def test_a_hit_leads_on_into_the_graph(ask: Asker) -> None:
    """Its score, its place, and the passages that prove it."""
    found = ask(
        """{ search(query: "breakwater") { totalCount interpretation suggestion nodes { slug } pageInfo { hasNextPage }
        edges { score cursor node { slug authors { name } } passages { field text html ranges { start end } section { anchor } block { kind } row { index } } } } }"""
    )["search"]
    assert (found["totalCount"], found["interpretation"], found["suggestion"]) == (1, "breakwater", None)
    assert found["nodes"] == [{"slug": "breakwater"}]
    (edge,) = found["edges"]
    assert edge["score"] > 0
    assert edge["node"]["authors"] == [{"name": "Ada Kerr"}, {"name": "Ines Voss"}]
    places = {passage["field"]: passage for passage in edge["passages"]}
    assert places["TITLE"]["html"] == "The northern <mark>breakwater</mark>"
    body = places["BODY"]
    assert (body["block"], body["section"], body["row"]) == ({"kind": "PARAGRAPH"}, None, None)
    assert [body["text"][one["start"] : one["end"]] for one in body["ranges"]] == ["breakwater"]


def test_words_that_stand_together_in_one_table_row_find_that_row(ask: Asker) -> None:
    """With its section, its index and the ranges of both words."""
    found = ask(
        """{ search(query: "turbot 80") { edges { node { slug } passages(first: 1) { field text ranges { start end } section { path }
        block { ... on Table { caption } } row { index record } } } } }"""
    )["search"]
    edge = found["edges"][0]
    (passage,) = edge["passages"]
    assert edge["node"] == {"slug": "breakwater"}
    assert (passage["field"], passage["section"]) == ("TABLE", {"path": ["What was decided"]})
    assert passage["block"] == {"caption": "Prices at the auction"}
    assert passage["row"] == {"index": 1, "record": {"Fish": "Turbot", "Pounds": 80, "Landed": "2024-03-05", "Column 4": False}}
    assert {passage["text"][one["start"] : one["end"]] for one in passage["ranges"]} == {"Turbot", "80"}


def test_a_search_is_filtered_counted_and_ordered_like_a_list(ask: Asker) -> None:
    """Facets stand over all hits; dates order where they are asked to."""
    found = ask(
        """{ search(query: "mackerel OR boats", orderBy: NEWEST) { totalCount nodes { slug } facets { tags { count tag { slug } } years { year count articles { totalCount } } } }
        filtered: search(query: "mackerel", filter: {tags: ["fish"]}) { totalCount nodes { slug } }
        all: search(query: "") { totalCount } none: search(query: "xyzzy") { totalCount edges { node { slug } } } }"""
    )
    assert [node["slug"] for node in found["search"]["nodes"]] == ["breakwater", "pie", "ferry"]
    assert found["search"]["facets"] == {
        "tags": [{"count": 2, "tag": {"slug": "fish"}}],
        "years": [{"year": 2024, "count": 2, "articles": {"totalCount": 2}}, {"year": 2023, "count": 1, "articles": {"totalCount": 1}}],
    }
    assert found["filtered"] == {"totalCount": 1, "nodes": [{"slug": "pie"}]}
    assert (found["all"]["totalCount"], found["none"]) == (4, {"totalCount": 0, "edges": []})


def test_years_that_are_joined_by_or_are_alternatives(ask: Asker) -> None:
    """Alone, and for the words beside them; next to each other both would have to hold."""
    found = ask(
        """{ alone: search(query: "year:2024 OR year:2023") { totalCount } beside: search(query: "mackerel OR boats year:2023 OR year:2022") { nodes { slug } }
        both: search(query: "year:2024 year:2023") { totalCount } out: search(query: "-(year:2024 OR year:2023)") { nodes { slug } } }"""
    )
    assert (found["alone"]["totalCount"], found["both"]["totalCount"]) == (3, 0)
    assert (found["beside"]["nodes"], found["out"]["nodes"]) == ([{"slug": "ferry"}], [{"slug": "undated"}])


def test_suggestions_name_titles_topics_and_authors(ask: Asker) -> None:
    """Each with the thing that it names."""
    found = ask(
        """{ a: suggest(prefix: "ad") { text kind count node { __typename ... on Author { slug } } }
        f: suggest(prefix: "fis") { kind node { __typename ... on Tag { slug } } }
        t: suggest(prefix: "the nor") { text kind node { ... on Article { slug } } } none: suggest(prefix: "xyzzy") { text } }"""
    )
    assert {"text": "Ada Kerr", "kind": "AUTHOR", "count": 2, "node": {"__typename": "Author", "slug": "ada-kerr"}} in found["a"]
    assert {"kind": "TAG", "node": {"__typename": "Tag", "slug": "fish"}} in found["f"]
    assert {"text": "The northern breakwater", "kind": "TITLE", "node": {"slug": "breakwater"}} in found["t"]
    assert found["none"] == []
    assert ask.refusal('{ suggest(prefix: "a", first: 51) { text } }') == "BAD_USER_INPUT: `first` is 51; it may be from 0 to 50."


def test_passages_out_of_bounds_are_refused(ask: Asker) -> None:
    """At most twenty a hit."""
    refused = ask.refusal('{ search(query: "breakwater") { edges { passages(first: 21) { text } } } }')
    assert refused == "BAD_USER_INPUT: `first` is 21; it may be from 0 to 20."


@pytest.mark.parametrize("query", ["", "-turbot"])
def test_a_search_without_words_is_paged_past_articles_without_a_date(ask: Asker, query: str) -> None:
    """They come last, and their cursors lead on and back like others."""
    page = """query ($words: String!, $first: Int, $after: String, $last: Int, $before: String) {
      search(query: $words, first: $first, after: $after, last: $last, before: $before) {
        nodes { slug } pageInfo { startCursor endCursor } } }"""
    whole = ask(page, words=query, first=100)["search"]
    slugs = [node["slug"] for node in whole["nodes"]]
    assert slugs[-1] == "undated"
    end = whole["pageInfo"]["endCursor"]
    assert ask(page, words=query, first=10, after=end)["search"]["nodes"] == []
    assert [node["slug"] for node in ask(page, words=query, last=2, before=end)["search"]["nodes"]] == slugs[-3:-1]
