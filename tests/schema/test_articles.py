"""What does a frontend see of an article?"""

from tests.schema.conftest import Asker


def test_an_article_is_found_by_slug_with_all_its_plain_fields(ask: Asker) -> None:
    """Times keep the offset that the source gave; counts come from the text."""
    found = ask(
        """{ article(slug: "breakwater") { slug url status title subtitle summary language publishedAt publishedOn updatedAt
        image { url } wordCount readingTime authors { slug name bio } categories { slug name parent { slug } } tags { slug }
        source { format location contentHash repairCount repairs { kind message line confidence blockId } } } }"""
    )["article"]
    assert found == {
        "slug": "breakwater",
        "url": None,
        "status": "PUBLISHED",
        "title": "The northern breakwater",
        "subtitle": None,
        "summary": "Stone against the sea",
        "language": "en",
        "publishedAt": "2024-03-05T08:00:00+02:00",
        "publishedOn": "2024-03-05",
        "updatedAt": None,
        "image": None,
        "wordCount": found["wordCount"],
        "readingTime": 1,
        "authors": [
            {"slug": "ada-kerr", "name": "Ada Kerr", "bio": "Covers ports."},
            {"slug": "ines-voss", "name": "Ines Voss", "bio": None},
        ],
        "categories": [{"slug": "harbour", "name": "Harbour", "parent": {"slug": "town"}}],
        "tags": [],
        "source": {
            "format": "MARKDOWN",
            "location": "breakwater.md",
            "contentHash": "0" * 64,
            "repairCount": 2,
            "repairs": [
                {"kind": "BOILERPLATE_REMOVED", "message": "An advertisement.", "line": 1, "confidence": 1.0, "blockId": None},
                {"kind": "TABLE_TRUNCATED", "message": "A cut row.", "line": 9, "confidence": 0.5, "blockId": None},
            ],
        },
    }
    assert 30 < found["wordCount"] < 50


def test_exactly_one_of_slug_and_url_names_an_article(ask: Asker) -> None:
    """Neither and both are refused; what does not exist is null."""
    sentence = "BAD_USER_INPUT: Pass exactly one of `slug` and `url`."
    assert ask.refusal("{ article { slug } }") == sentence
    assert ask.refusal('{ article(slug: "a", url: "b") { slug } }') == sentence
    assert ask('{ article(slug: "nothing") { slug } }') == {"article": None}
    assert ask('{ article(url: "https://harbour.example") { slug } }') == {"article": None}


def test_drafts_and_future_articles_are_shown_to_nobody_but_with_preview(ask: Asker, preview: Asker) -> None:
    """By slug as in lists, counts, topics."""
    query = """{ draft: article(slug: "draft") { slug } future: article(slug: "future") { slug } articles { totalCount }
      site { articleCount } category(slug: "future") { slug } search(query: "later") { totalCount } archives { year } author(slug: "ada-kerr") { articleCount } }"""
    assert ask(query) == {
        "draft": None,
        "future": None,
        "articles": {"totalCount": 4},
        "site": {"articleCount": 4},
        "category": None,
        "search": {"totalCount": 0},
        "archives": [{"year": 2024}, {"year": 2023}],
        "author": {"articleCount": 2},
    }
    assert preview(query) == {
        "draft": {"slug": "draft"},
        "future": {"slug": "future"},
        "articles": {"totalCount": 6},
        "site": {"articleCount": 6},
        "category": {"slug": "future"},
        "search": {"totalCount": 1},
        "archives": [{"year": 2999}, {"year": 2024}, {"year": 2023}],
        "author": {"articleCount": 3},
    }


def test_the_body_is_blocks_and_nested_sections(ask: Asker) -> None:
    """Each block with its kind, place and section; a section with its path and parent."""
    found = ask(
        """{ article(slug: "breakwater") {
          blocks { kind position section { anchor } text }
          sections { anchor heading level depth path parent { anchor } blocks { kind position } wordCount
            sections { anchor depth path parent { anchor } blocks(kinds: [CODE]) { kind ... on Code { language } section { anchor } } } }
          allSections { anchor article { slug } } allBlocks { kind } codes: allBlocks(kinds: [CODE, TABLE]) { kind }
          section(anchor: "costs") { heading text } none: section(anchor: "nothing") { heading } } }"""
    )["article"]
    assert found["blocks"] == [{"kind": "PARAGRAPH", "position": 0, "section": None, "text": "The council voted for the breakwater."}]
    decided, then = found["sections"]
    assert decided["blocks"] == [{"kind": "LIST", "position": 1}, {"kind": "TABLE", "position": 3}]
    assert (decided["depth"], decided["path"], decided["parent"]) == (0, ["What was decided"], None)
    assert decided["sections"] == [
        {
            "anchor": "costs",
            "depth": 1,
            "path": ["What was decided", "Costs"],
            "parent": {"anchor": "what-was-decided"},
            "blocks": [{"kind": "CODE", "language": "python", "section": {"anchor": "costs"}}],
        }
    ]
    assert (then["anchor"], then["wordCount"]) == ("what-next", 3)
    assert [one["anchor"] for one in found["allSections"]] == ["what-was-decided", "costs", "what-next"]
    assert found["allSections"][0]["article"] == {"slug": "breakwater"}
    assert [one["kind"] for one in found["allBlocks"]] == ["PARAGRAPH", "LIST", "TABLE", "PARAGRAPH", "CODE", "PARAGRAPH"]
    assert [one["kind"] for one in found["codes"]] == ["TABLE", "CODE"]
    assert found["section"] == {"heading": "Costs", "text": "Costs\n\nNobody knows.\n\ncost = 1"}
    assert found["none"] is None


def test_lists_and_tables_are_found_wherever_they_stand(ask: Asker) -> None:
    """Nested ones included; a section has those that stand in it."""
    found = ask(
        """{ article(slug: "breakwater") { lists { position items { text checked spans { text } blocks { ... on List { items { text } } } } }
        tables { caption } allSections { tables { caption } lists { position } } } }"""
    )["article"]
    assert [one["position"] for one in found["lists"]] == [1, 2]
    assert found["lists"][0]["items"][0] == {
        "text": "A fund",
        "checked": None,
        "spans": [{"text": "A fund"}],
        "blocks": [{"items": [{"text": "for boats"}]}],
    }
    assert found["tables"] == [{"caption": "Prices at the auction"}]
    assert found["allSections"] == [
        {"tables": [{"caption": "Prices at the auction"}], "lists": [{"position": 1}, {"position": 2}]},
        {"tables": [], "lists": []},
        {"tables": [], "lists": []},
    ]


def test_text_html_and_markdown_come_from_one_document(ask: Asker) -> None:
    """For the article, a section, a block."""
    found = ask(
        """{ article(slug: "breakwater") { text html markdown excerpt(length: 12) section(anchor: "what-next") { html markdown }
        blocks { html markdown } } pie: article(slug: "pie") { excerpt } }"""
    )
    article = found["article"]
    assert article["text"].startswith("The council voted for the breakwater.\n\nWhat was decided\n\n• A fund")
    assert '<h2 id="what-next">What next</h2>\n<p>Autumn.</p>' in article["html"]
    assert "## What next\n\nAutumn." in article["markdown"]
    assert article["section"] == {"html": '<h2 id="what-next">What next</h2>\n<p>Autumn.</p>', "markdown": "## What next\n\nAutumn."}
    assert article["blocks"][0] == {
        "html": "<p>The council voted for the breakwater.</p>",
        "markdown": "The council voted for the breakwater.",
    }
    assert (article["excerpt"], found["pie"]["excerpt"]) == ("Stone…", "Bake it.")


def test_neighbours_go_by_time(ask: Asker) -> None:
    """The next is newer; the ends and the undated have none; drafts are passed over."""
    found = ask("{ articles(first: 10) { nodes { slug next { slug } previous { slug } } } }")["articles"]["nodes"]
    assert [(one["slug"], *(one[side] and one[side]["slug"] for side in ("next", "previous"))) for one in found] == [
        ("breakwater", None, "pie"),
        ("pie", "breakwater", "ferry"),
        ("ferry", "pie", None),
        ("undated", None, None),
    ]


def test_related_articles_are_never_the_article_itself(ask: Asker) -> None:
    """And no more than asked for, nor of too many at once."""
    found = ask("{ articles { nodes { slug related(first: 2) { slug } } } }")["articles"]["nodes"]
    for one in found:
        assert one["slug"] not in [other["slug"] for other in one["related"]]
        assert len(one["related"]) <= 2
    assert ask.refusal('{ article(slug: "pie") { related(first: 21) { slug } } }').startswith("BAD_USER_INPUT: `first` is 21")


def test_lengths_out_of_bounds_are_refused_with_a_sentence(ask: Asker) -> None:
    """Excerpts and parts of lists alike."""
    assert ask.refusal('{ article(slug: "pie") { excerpt(length: 0) } }') == "BAD_USER_INPUT: `length` is 0; it may be from 1 to 10,000."
    query = '{ article(slug: "breakwater") { source { repairs(%s) { line } } } }'
    assert ask.refusal(query % "first: 1001") == "BAD_USER_INPUT: `first` is 1001; it may be from 0 to 1,000. Use `offset` for more."
    assert ask.refusal(query % "offset: -1") == "BAD_USER_INPUT: `offset` is -1; it may not be below 0."
    assert ask(query % "first: 1, offset: 1")["article"]["source"]["repairs"] == [{"line": 9}]
