"""What a page says of its article."""

from __future__ import annotations

import json

import pytest

from index.importers.html.facts import Facts
from index.importers.html.parsing import parse


def facts(head: str, body: str = "", location: str = "") -> Facts:
    """The facts of a page."""
    return Facts(parse(f"<html><head>{head}</head><body>{body}</body></html>"), location)


def linked(value: object) -> str:
    """A value as JSON-LD."""
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Breakwater vote put off",
    "alternativeHeadline": "The wall is to be measured again",
    "description": "The council met on Monday.",
    "datePublished": "2025-03-04T06:00:00Z",
    "dateModified": "2025-03-05",
    "author": [{"@type": "Person", "name": "Ada Kerr", "url": "https://example.org/kerr"}, "Bo Lind"],
    "articleSection": "Harbour",
    "keywords": "breakwater, council",
    "inLanguage": "en-GB",
    "image": [{"@type": "ImageObject", "url": "https://example.org/wall.jpg", "caption": "The wall", "width": 1200}],
    "url": "https://example.org/2025/vote/",
}


def test_json_ld_is_read() -> None:
    """Everything that the article's object says."""
    assert facts(linked(ARTICLE)).record() == {
        "title": "Breakwater vote put off",
        "subtitle": "The wall is to be measured again",
        "summary": "The council met on Monday.",
        "datePublished": "2025-03-04T06:00:00Z",
        "dateModified": "2025-03-05",
        "category": "Harbour",
        "tags": "breakwater, council",
        "language": "en-GB",
        "image": {"url": "https://example.org/wall.jpg", "alt": "The wall", "width": 1200, "height": None},
        "url": "https://example.org/2025/vote/",
        "author": [{"name": "Ada Kerr", "url": "https://example.org/kerr"}, "Bo Lind"],
    }


@pytest.mark.parametrize(
    "script",
    [
        '<!--\n{"@type": "Article", "headline": "A, [b]", "author": "Ada Kerr",}\n//-->',
        '//<![CDATA[\n{"@type": "Article", /* who */ "author": ["Ada Kerr",], // when\n"headline": "A, [b]"}\n//]]>',
        "{&quot;@type&quot;: &quot;Article&quot;, &quot;author&quot;: &quot;Ada Kerr&quot;, &quot;headline&quot;: &quot;A, [b]&quot;}",
    ],
)
def test_json_ld_is_read_in_spite_of_comments_commas_and_entities(script: str) -> None:
    """As careless templates write it; texts in it stay as they are."""
    found = facts(f'<script type="application/ld+json">{script}</script>')
    assert found.record() == {"title": "A, [b]", "author": "Ada Kerr"} or found.record() == {"title": "A, [b]", "author": ["Ada Kerr"]}
    assert found.broken == []


def test_graphs_and_references_are_followed() -> None:
    """The article may be one of many objects, its author another; what the article lacks the page may have."""
    graph = {
        "@graph": [
            {"@type": "WebPage", "name": "The page", "inLanguage": "de", "datePublished": "2001-01-01"},
            {"@type": ["Article", "Thing"], "headline": "H", "datePublished": "2025-03-04", "author": {"@id": "#ada"}},
            {"@type": "Person", "@id": "#ada", "name": "Ada &amp; Co"},
        ]
    }
    record = facts(linked(graph)).record()
    assert record["author"] == [{"name": "Ada & Co"}]
    assert (record["title"], record["datePublished"], record["language"]) == ("H", "2025-03-04", "de")


@pytest.mark.parametrize("text", ["{", "[[[[[[" * 10_000, "", "null", '{"@type": 5}', '"text"', "x" * 1_100_000])
def test_broken_json_ld_is_passed_over(text: str) -> None:
    """A block that is no JSON costs nothing but itself."""
    assert facts(f'<title>A title of five words</title><script type="application/ld+json">{text}</script>').title == "A title of five words"


def test_json_ld_in_wrappings_is_read() -> None:
    """Comments and sections around the object, and a list of objects."""
    wrapped = f'<script type="application/ld+json">//<![CDATA[\n[{json.dumps(ARTICLE)}]\n//]]></script>'
    assert facts(wrapped).title == "Breakwater vote put off"


def test_meta_elements_are_read() -> None:
    """Open Graph, Dublin Core and plain names; `property` goes before `name`, several values stay several."""
    record = facts(
        """<meta property="og:title" content="Breakwater vote put off"><meta name="og:title" content="No">
        <meta name="DC.creator" content="Kerr, Ada"><meta name="dc:creator" content="Lind, Bo">
        <meta property="article:published_time" content="2025-03-04"><meta name="lastmod" content="not a date">
        <meta property="article:tag" content="council"><meta property="article:tag" content="wall">
        <meta property="article:section" content="Harbour"><meta name="description" content="Short.">
        <meta property="og:image" content="/wall.jpg"><meta property="og:image:alt" content="The wall">
        <meta property="og:locale" content="en_GB"><link rel="canonical" href="https://example.org/vote">"""
    ).record()
    assert record == {
        "title": "Breakwater vote put off",
        "summary": "Short.",
        "datePublished": "2025-03-04",
        "category": ["Harbour"],
        "tags": ["council", "wall"],
        "language": "en_GB",
        "image": {"url": "/wall.jpg", "alt": "The wall"},
        "url": "https://example.org/vote",
        "author": ["Kerr, Ada", "Lind, Bo"],
    }


def test_microdata_are_read() -> None:
    """Properties of the article, not of a comment on it."""
    record = facts(
        "",
        """<article itemscope><h1 itemprop="headline">Breakwater vote put off</h1>
        <time itemprop="datePublished" datetime="2025-03-04">Tuesday</time><abbr itemprop="dateModified" title="2025-03-05">5 March</abbr>
        <div itemprop="comment" itemscope itemtype="https://schema.org/Comment"><time itemprop="datePublished" datetime="2001-01-01"></time></div>
        <a itemprop="keywords">wall</a></article>""",
    ).record()
    assert (record["title"], record["datePublished"], record["dateModified"], record["tags"]) == (
        "Breakwater vote put off",
        "2025-03-04",
        "2025-03-05",
        "wall",
    )


def test_a_name_that_is_an_address_is_none() -> None:
    """Facebook's author is a page, a handle is not a name; then the next source counts."""
    head = '<meta property="article:author" content="https://facebook.com/x"><meta name="author" content="@kerr">'
    assert facts(head).names == []
    assert facts(linked(ARTICLE | {"author": "https://example.org/kerr"}) + '<meta name="author" content="Ada Kerr">').names == "Ada Kerr"
    assert facts(linked({"@type": "Article", "creator": ["Bo Lind"]})).marked_author() == ["Bo Lind"]
    assert facts("", '<span itemprop="author">Ada Kerr</span>').marked_author() == "Ada Kerr"


@pytest.mark.parametrize(
    ("canonical", "location", "url"),
    [
        ("https://example.org/a", "", "https://example.org/a"),
        ("/a", "https://example.org/b", "https://example.org/a"),
        ("/a", "b.html", ""),
        ("https://example.org/", "https://example.org/b", "https://example.org/b"),
        ("https://example.org/?p=1", "", "https://example.org/?p=1"),
        ("javascript:x", "", ""),
    ],
)
def test_the_address_is_the_canonical_one(canonical: str, location: str, url: str) -> None:
    """Made absolute where it can be; the site's own address is not the page's."""
    assert facts(f'<link rel="canonical" href="{canonical}">', location=location).url == url


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        (
            '<meta property="og:title" content="Vote put off | The Packet"><meta property="og:site_name" content="The Packet">',
            "",
            "Vote put off",
        ),
        (
            '<meta property="og:title" content="The Packet: Vote put off"><meta property="og:site_name" content="The Packet">',
            "",
            "Vote put off",
        ),
        ('<meta property="og:title" content="Vote put off - Harbour">', "<h1>Vote put off</h1>", "Vote put off"),
        ('<meta property="og:title" content="Vote put off - Harbour">', "<h1>Vote put off - Harbour</h1>", "Vote put off - Harbour"),
        ('<meta property="og:title" content="Vote put off - again">', "", "Vote put off - again"),
        (
            linked({"@type": "Article", "headline": "Short", "name": "The whole title of it"}) + "<title>The whole title of it</title>",
            "",
            "The whole title of it",
        ),
        (
            linked({"@type": "Article", "headline": "Vote put off", "name": "The Packet", "publisher": {"name": "The Packet"}}),
            "",
            "Vote put off",
        ),
        ("<title>The council puts off the vote | The Packet</title>", "", "The council puts off the vote"),
        ("<title>The Packet | Vote | The council puts it off again</title>", "", "The Packet | Vote | The council puts it off again"),
        ("<title>Packet | The council puts off the vote</title>", "", "The council puts off the vote"),
        ("<title>Vote off | Packet</title>", "", "Vote off | Packet"),
        ("<title>Harbour » The council votes</title>", "", "The council votes"),
        ("<title>Packet: the council puts off the vote again</title>", "", "the council puts off the vote again"),
        ("<title>The council has put off the vote: why it did</title>", "", "The council has put off the vote: why it did"),
        ("<title>The vote: off</title>", "", "The vote: off"),
        ("<title>Vote: put off until the autumn</title>", "<h1>Vote: put off until the autumn</h1>", "Vote: put off until the autumn"),
        ("<title>Packet</title>", "<h1>The council puts off the vote</h1>", "The council puts off the vote"),
        ("<title>Packet</title>", "<h1>One</h1><h2>Two</h2>", "Packet"),
        ("", "<svg><title>Icon</title></svg>", ""),
    ],
)
def test_the_title_is_without_the_site(head: str, body: str, title: str) -> None:
    """A part goes only where it is shown to be the site's, or by the rules for `title` elements."""
    assert facts(head, body).title == title


@pytest.mark.parametrize(
    ("image", "alt"),
    [
        ("https://example.org/wall.jpg", "The wall"),
        ({"url": "https://example.org/wall.jpg?w=1200"}, "The wall"),
        ({"url": "https://example.org/wall.jpg", "caption": "A wall"}, "A wall"),
        ({"url": "https://example.org/boat.jpg"}, ""),
    ],
)
def test_the_heads_words_for_a_picture_go_to_the_same_picture(image: object, alt: str) -> None:
    """JSON-LD has none as a rule; another picture is not described by them."""
    head = '<meta property="og:image" content="https://example.org/wall.jpg"><meta property="og:image:alt" content="The wall">'
    found = facts(linked({"@type": "Article", "headline": "Tides", "image": image}) + head).record()["image"]
    assert isinstance(found, dict)
    assert found["alt"] == alt
