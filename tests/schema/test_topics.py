"""What does a frontend see of authors, categories, tags and the site?"""

import pytest

from index.identity import global_id
from tests.schema.conftest import Asker


def test_a_category_holds_what_its_descendants_hold(ask: Asker) -> None:
    """Each article once; parents and children lead up and down."""
    found = ask(
        """{ category(slug: "town") { id slug name description articleCount parent { slug } children { slug description articleCount parent { slug } }
        articles { totalCount nodes { slug } } archives { year count months { month articles { totalCount } } } } }"""
    )["category"]
    assert found == {
        "id": global_id("Category", "town"),
        "slug": "town",
        "name": "Town",
        "description": None,
        "articleCount": 2,
        "parent": None,
        "children": [{"slug": "harbour", "description": "Ships and quays", "articleCount": 2, "parent": {"slug": "town"}}],
        "articles": {"totalCount": 2, "nodes": [{"slug": "breakwater"}, {"slug": "ferry"}]},
        "archives": [
            {"year": 2024, "count": 1, "months": [{"month": 3, "articles": {"totalCount": 1}}]},
            {"year": 2023, "count": 1, "months": [{"month": 11, "articles": {"totalCount": 1}}]},
        ],
    }


def test_topics_are_listed_by_name_and_by_count(ask: Asker) -> None:
    """With pages, totals and prefixes; without what no visible article names."""
    found = ask(
        """{ categories { totalCount nodes { slug } edges { cursor node { name } } pageInfo { hasNextPage } }
        most: categories(orderBy: COUNT, first: 1) { nodes { slug articleCount } pageInfo { hasNextPage } }
        prefix: categories(prefix: "ha") { totalCount nodes { slug } } authors { totalCount nodes { name bio url image { url } } }
        tags { totalCount nodes { id name articleCount articles { totalCount } } edges { node { slug } } } people: authors { edges { node { slug } } } }"""
    )
    assert [node["slug"] for node in found["categories"]["nodes"]] == ["food", "harbour", "town"]
    assert found["categories"]["totalCount"] == 3
    assert found["most"] == {"nodes": [{"slug": "harbour", "articleCount": 2}], "pageInfo": {"hasNextPage": True}}
    assert found["prefix"] == {"totalCount": 1, "nodes": [{"slug": "harbour"}]}
    assert [node["name"] for node in found["authors"]["nodes"]] == ["Ada Kerr", "Ines Voss"]
    assert found["tags"]["nodes"] == [{"id": global_id("Tag", "fish"), "name": "Fish", "articleCount": 2, "articles": {"totalCount": 2}}]
    assert [edge["node"]["slug"] for edge in found["people"]["edges"]] == ["ada-kerr", "ines-voss"]


@pytest.mark.parametrize("order", ["NAME", "COUNT"])
def test_topics_page_by_cursor(ask: Asker, order: str) -> None:
    """Page by page the whole list, nothing twice."""
    query = "query ($after: String, $order: TopicOrder!) { categories(first: 1, after: $after, orderBy: $order) { nodes { slug } pageInfo { endCursor hasNextPage } } }"
    seen, after = [], None
    while True:
        page = ask(query, after=after, order=order)["categories"]
        seen += [node["slug"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert seen == (["food", "harbour", "town"] if order == "NAME" else ["harbour", "town", "food"])


def test_the_site_has_the_archives_figures(ask: Asker) -> None:
    """As its reader sees them."""
    assert ask("{ site { title description url version articleCount firstPublishedAt lastPublishedAt languages } }")["site"] == {
        "title": "Harbour Post",
        "description": None,
        "url": None,
        "version": "1",
        "articleCount": 4,
        "firstPublishedAt": "2023-11-30T23:30:00-05:00",
        "lastPublishedAt": "2024-03-05T08:00:00+02:00",
        "languages": ["en", "und"],
    }


def test_whatever_has_an_id_can_be_fetched_again_by_it(ask: Asker) -> None:
    """Articles, sections, tables and topics, one by one and together; each only as its own type."""
    things = ask(
        """{ article(slug: "breakwater") { id sections { id } tables { id } blocks { id } authors { id } categories { id } } tag(slug: "fish") { id } }"""
    )
    article = things["article"]
    ids = [
        article["id"],
        article["sections"][0]["id"],
        article["tables"][0]["id"],
        article["authors"][0]["id"],
        article["categories"][0]["id"],
        things["tag"]["id"],
    ]
    query = """query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Article { slug } ... on Section { heading article { slug } } ... on Table { caption }
      ... on Author { name } ... on Category { name } ... on Tag { name } } }"""
    nodes = ask(query, ids=ids)["nodes"]
    assert [node["id"] for node in nodes] == ids
    assert [node["__typename"] for node in nodes] == ["Article", "Section", "Table", "Author", "Category", "Tag"]
    assert nodes[1] == {"__typename": "Section", "id": ids[1], "heading": "What was decided", "article": {"slug": "breakwater"}}
    unknown = [
        article["blocks"][0]["id"],
        global_id("Author", "nobody"),
        global_id("Article", "nobody"),
        global_id("Section", "nobody:x"),
        global_id("Ship", "x"),
    ]
    assert ask(query, ids=unknown)["nodes"] == [None] * 5
    for id in ids:
        assert ask("query ($id: ID!) { node(id: $id) { id } }", id=id) == {"node": {"id": id}}
    some = ask.answer(query, ids=[ids[4], "x", ids[0]])
    assert [node and node["id"] for node in some["data"]["nodes"]] == [ids[4], None, ids[0]]
    assert [(error["path"], error["extensions"]) for error in some["errors"]] == [(["nodes", 1], {"code": "BAD_USER_INPUT"})]
    assert ask.refusal('{ node(id: "x") { id } }') == "BAD_USER_INPUT: 'x' is not an id. Pass one as it came in a field `id`."
    assert ask.refusal("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=ids[:1] * 101).startswith(
        "BAD_USER_INPUT: `ids` names 101 nodes"
    )


def test_drafts_cannot_be_fetched_by_id(ask: Asker, preview: Asker) -> None:
    """What a reader may not see is null."""
    id = preview('{ article(slug: "draft") { id } }')["article"]["id"]
    assert ask("query ($id: ID!) { node(id: $id) { id } }", id=id) == {"node": None}
    assert preview("query ($id: ID!) { node(id: $id) { id } }", id=id) == {"node": {"id": id}}
