"""Where items of feeds and exports begin and end."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.importers import items as cutting
from index.importers.items import Cut, Item, cut
from index.importers.material import Unreadable


def split(content: str) -> tuple[str, list[tuple[str, int]]]:
    """The head of a file, and each item with its line."""
    head, *rest = cut(io.BytesIO(content.encode()))
    assert head.head is not None
    return head.head.decode(), [(part.item.content.decode(), part.item.line) for part in rest if part.item is not None]


def test_a_file_is_its_head_and_its_items() -> None:
    """Tags included; what stands between and behind items is none of them."""
    head, items = split("<rss>\n<channel>\n<item>1</item> x\n\n<item a='b'>2</item>\n</channel><link/></rss>")
    assert head == "<rss>\n<channel>\n"
    assert items == [("<item>1</item>", 3), ("<item a='b'>2</item>", 5)]


@pytest.mark.parametrize("name", ["item", "entry", "rss:item", "atom:entry", "ns1:entry"])
def test_items_have_several_names(name: str) -> None:
    """With prefixes or without; `items` of RDF is none."""
    assert split(f"<rdf><items><li/></items><{name}>1</{name}></rdf>")[1] == [(f"<{name}>1</{name}>", 1)]


def test_an_item_that_is_not_closed_ends_where_the_next_begins() -> None:
    """Or with the channel, or the file."""
    assert split("<c><item>1<item>2</channel>x<item>3")[1] == [("<item>1", 1), ("<item>2", 1), ("<item>3", 1)]


def test_a_file_without_items_is_all_head() -> None:
    """Whatever is closed in it."""
    assert split("<rss><channel></channel></rss>") == ("<rss><channel></channel></rss>", [])


def test_tags_within_text_are_text() -> None:
    """In CDATA and comments, though these hold `]]>` as it is, or never end."""
    inside = "<item><a><![CDATA[</item><item>]]></a><!-- </item> --><b><![CDATA[x ]]> y</b></item>"
    assert split(f"<c><!-- <item> -->{inside}</c>")[1] == [(inside, 1)]
    raw = "<item><a><![CDATA[an ]]> and a <b> ]]></a></item>"
    assert split(raw)[1] == [(raw, 1)]
    assert split("<item><![CDATA[ x")[1] == [("<item><![CDATA[ x", 1)]


def test_an_item_beyond_all_size_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next is read."""
    monkeypatch.setattr(cutting, "LONGEST_ITEM", 2000)
    monkeypatch.setattr(cutting, "CHUNK", 1000)
    _, long, short = cut(io.BytesIO(b"<c>\n<item>" + b"x" * 9000 + b"</item>\n<item>2</item>"))
    assert long == Cut(item=Item(b"", 2, "This item is longer than 0 MiB, and was left out."))
    assert short.item is not None
    assert short.item.content == b"<item>2</item>"


def test_a_section_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """After as many bytes as an item may have."""
    monkeypatch.setattr(cutting, "LONGEST_ITEM", 2000)
    monkeypatch.setattr(cutting, "CHUNK", 1000)
    content = b"<item><![CDATA[" + b"x" * 5000 + b"<item>2</item>"
    assert [part.item.content for part in cut(io.BytesIO(content)) if part.item and not part.item.fault] == [b"<item>2</item>"]


def test_a_head_beyond_all_size_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would have to be held as a whole."""
    monkeypatch.setattr(cutting, "LONGEST_HEAD", 2000)
    monkeypatch.setattr(cutting, "CHUNK", 1000)
    with pytest.raises(Unreadable, match="before its first item"):
        list(cut(io.BytesIO(b"x" * 5000)))


texts = st.text("ab<>&]\n", max_size=30).filter(lambda text: "<!" not in text)
safe = texts.map(lambda text: text.replace("<", "&lt;"))
bodies = (
    safe | texts.map(lambda text: f"<x><![CDATA[{text.replace(']', '')}]]></x>") | safe.map(lambda text: f"<!--{text.replace('>', '')}-->")
)


@given(st.lists(bodies, max_size=5), safe, st.sampled_from([1, 2, 5, 50, 2000]))
def test_items_come_out_as_they_went_in(written: list[str], between: str, chunk: int) -> None:
    """Wherever the pieces end in which they are read; lines are right."""
    content = "<c>" + "".join(f"{between}<item>{body}</item>" for body in written) + "</channel>"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cutting, "CHUNK", chunk)
        items = split(content)[1]
    assert [text for text, _ in items] == [f"<item>{body}</item>" for body in written]
    lines = content.split("\n")
    assert all("<item>" in lines[line - 1] for _, line in items)
