"""What the fields of an export are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.importers.wxr.fields import Field, fields


def said(markup: str) -> list[tuple[str, str]]:
    """Names and texts."""
    return [(field.name, field.text) for field in fields(markup)]


def test_fields_have_names_attributes_and_texts() -> None:
    """WordPress's own lose their prefix, others keep it."""
    markup = "<title>A &amp; B</title><wp:status>publish</wp:status><dc:creator>ada</dc:creator><a/>"
    assert said(markup) == [("title", "A & B"), ("status", "publish"), ("dc:creator", "ada"), ("a", "")]
    (field,) = fields("<category domain='category' nicename=\"a-b\">A &amp; B</category>")
    assert field == Field("category", {"domain": "category", "nicename": "a-b"}, "A &amp; B")


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<![CDATA[<p>a &amp; b</p>]]>", "<p>a &amp; b</p>"),
        ("\n<![CDATA[one]]><![CDATA[two]]>\n", "onetwo"),
        ("<![CDATA[one]]> <![CDATA[two]]>", "one two"),
        ("<![CDATA[a ]]]]><![CDATA[> b]]>", "a ]]> b"),
        ("<![CDATA[a ]]> b <![CDATA[ c ]]>", "a ]]> b <![CDATA[ c "),
        ("<![CDATA[ends ]] >]]>", "ends ]] >"),
        ("<![CDATA[]]>", ""),
        ("a &lt;b&gt; &nbsp;c", "a <b> \xa0c"),
        ("a <![CDATA[&amp;]]> &amp;", "a &amp; &"),
        ("Tom & Jerry &unknown;", "Tom & Jerry &unknown;"),
    ],
)
def test_the_text_of_a_field_is_what_was_meant(inside: str, text: str) -> None:
    """Sections that hold `]]>` raw or escaped, several sections, entities of HTML, bare ampersands."""
    assert said(f"<content:encoded>{inside}</content:encoded><wp:post_id>1</wp:post_id>") == [("content:encoded", text), ("post_id", "1")]


def test_a_field_that_is_not_closed_ends_where_the_next_begins() -> None:
    """It is told apart."""
    found = list(fields("<title>Broken\n<wp:post_id>1</wp:post_id>"))
    assert [(field.name, field.text, field.closed) for field in found] == [("title", "Broken", False), ("post_id", "1", True)]
    found = list(fields("<title>Broken <wp:post_id>1</wp:post_id> <x></title>"))
    assert [(field.name, field.closed) for field in found] == [("title", False), ("post_id", True), ("x", False)]
    assert said("<content:encoded><![CDATA[never closed") == [("content:encoded", "never closed")]


def test_fields_within_fields_are_theirs() -> None:
    """They are read from what stands inside."""
    (meta,) = fields("<wp:postmeta><wp:meta_key>k</wp:meta_key><wp:meta_value><![CDATA[<wp:x>]]></wp:meta_value></wp:postmeta>")
    assert said(meta.inside) == [("meta_key", "k"), ("meta_value", "<wp:x>")]


def test_comments_are_passed_over() -> None:
    """Whatever is in them."""
    assert said("<!-- <title>no</title> --><title>yes</title><!-- never closed <a>") == [("title", "yes")]


@given(st.text("<>/![]-& ab:=\"'", max_size=60))
def test_any_markup_comes_to_an_end(markup: str) -> None:
    """And every field has a name."""
    assert all(field.name for field in fields(markup))
