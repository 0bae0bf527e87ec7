"""How are many texts kept as arrays, and how is one of them found?"""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from index.search.texts import Ordered, Texts, ordered, strings

alike = st.text("ab\0é", max_size=12).map(str.encode)
"""Texts of few letters: many begin alike, some differ only by what stands after their first eight bytes."""


@given(st.lists(alike, max_size=9))
def test_texts_are_kept_as_one_array(texts: list[bytes]) -> None:
    """Each is found by its place, and so are runs of them."""
    kept = Texts(*strings(texts))
    assert list(kept) == kept[:] == texts
    assert kept[1:3] == texts[1:3]
    assert kept[3:1] == []


@given(st.lists(alike, max_size=30), alike)
@example([b"a", b"a\0"], b"a\0")
def test_sorted_ones_are_found_by_what_they_are_and_how_they_begin(texts: list[bytes], wanted: bytes) -> None:
    """However many begin with the same eight bytes, and where a text ends within these."""
    texts = sorted(texts)
    kept = Ordered.of(ordered("x", texts), "x")
    assert kept[:] == texts
    assert kept.find(wanted) == sum(text < wanted for text in texts)
    start, end = kept.beginning(wanted)
    assert texts[start:end] == [text for text in texts if text.startswith(wanted)]
