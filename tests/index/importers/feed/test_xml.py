"""How the XML of feeds is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.importers.feed.xml import Name, children, family_of, fit, markup_in, name_of, open_tags, parsed, text_of


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("a &amp; b &lt; &#65; &#x42;", "a &amp; b &lt; &#65; &#x42;"),
        ("&nbsp;&eacute;", "\xa0é"),
        ("&AMP;", "&amp;"),
        ("a & b &; &unknown; &x", "a &amp; b &amp;; &amp;unknown; &amp;x"),
        ("<![CDATA[a & b &nbsp;]]> &", "<![CDATA[a & b &nbsp;]]> &amp;"),
        ("<![CDATA[a & b", "<![CDATA[a & b]]>"),
        ("a\0b\x1fc\ufffe", "abc"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><a>&a;</a>', "<a>&amp;a;</a>"),
        ('<?xml version="1.0"?><a><?php x ?></a>', "<a></a>"),
    ],
)
def test_what_reaches_the_parser_is_harmless(markup: str, expected: str) -> None:
    """No document type, no entities but XML's, no characters that it forbids; CDATA stays, and is closed."""
    assert fit(markup) == expected


def test_the_tags_that_stand_open_are_found() -> None:
    """Those that are closed again, and others than a feed's frame, are not among them."""
    markup = "<!-- <feed> --><rss a='b'><x><channel><title><![CDATA[<rdf>]]></title><channel/><feed></feed>"
    assert open_tags(markup) == [("<rss a='b'>", "rss"), ("<channel>", "channel")]
    assert open_tags("<rdf:RDF><channel></channel>") == [("<rdf:RDF>", "rdf:RDF")]
    assert open_tags("<rss><channel></rss></channel>") == []


@pytest.mark.parametrize(
    ("markup", "name"),
    [
        ('<a xmlns="http://www.w3.org/2005/Atom"/>', Name("atom", "a")),
        ('<a xmlns="http://purl.org/atom/ns#"/>', Name("atom", "a")),
        ('<x:PubDate xmlns:x="http://purl.org/rss/1.0/"/>', Name("", "pubdate")),
        ('<x:encoded xmlns:x="http://purl.org/rss/1.0/modules/content/"/>', Name("content", "encoded")),
        ('<x:a xmlns:x="http://purl.org/rss/1.0/modules/slash/"/>', Name("?", "a")),
        ('<x:a xmlns:x="HTTPS://purl.org/DC/elements/1.1"/>', Name("dc", "a")),
        ('<a xmlns="http://nobody.example"/>', Name("", "a")),
        ("<content:encoded/>", Name("content", "encoded")),
        ("<a10:updated/>", Name("atom", "updated")),
        ("<what:ever/>", Name("?", "ever")),
        ("<title/>", Name("", "title")),
    ],
)
def test_names_are_known_by_namespace_or_prefix(markup: str, name: Name) -> None:
    """However either is written; what is no module of feeds is nobody's."""
    tree = parsed("", [], markup)
    assert tree is not None
    assert name_of(tree[0]) == name


def test_no_namespace_is_that_of_rss() -> None:
    """And one of nobody's is unknown."""
    assert [family_of(space) for space in ("", " ", "urn:x")] == ["", "", "?"]


def test_the_text_and_the_markup_of_an_element_are_its_own() -> None:
    """Markup without its namespaces, as HTML has it."""
    tree = parsed("", [], '<a xmlns:h="http://www.w3.org/1999/xhtml">x &lt; <h:p>b<h:br/>c</h:p> d</a>')
    assert tree is not None
    assert text_of(tree[0]) == "x < bc d"
    assert markup_in(tree[0]) == "x &lt; <p>b<br>c</p> d"


def test_an_element_whose_name_is_broken_keeps_its_text() -> None:
    """As one that says nothing."""
    tree = parsed("", [], "<a><br http://www.x>b</a>")
    other = parsed("", [], "<a><http: x='1'>b</http:> <x:é>c</x:é></a>")
    assert tree is not None
    assert other is not None
    assert "b" in markup_in(tree)
    assert markup_in(other[0]).replace(' x="1"', "") == "<span>b</span> <span>c</span>"


def test_broken_markup_gives_what_can_be_had() -> None:
    """Elements that are not closed, attributes without quotes, comments."""
    tree = parsed("<rss>", ["rss"], "<item><title>A<link>b</item><!-- x --><item a=b>")
    assert tree is not None
    found = [name.local for name, _ in children(tree[0])]
    assert found[0] == "item"
    assert parsed("", [], "") is not None


def test_entities_within_entities_are_not_expanded() -> None:
    """There is nothing left to expand."""
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><item>&b;</item>'
    tree = parsed("", [], bomb)
    assert tree is not None
    assert text_of(tree) == "&b;"


@given(st.text("<>/![]-& abx:=\"'?#;\0\ud800", max_size=60))
def test_any_markup_is_read(markup: str) -> None:
    """Or is none."""
    tree = parsed("<rss>", ["rss"], markup)
    assert tree is None or (isinstance(text_of(tree), str) and isinstance(markup_in(tree), str))
