"""Which words does a reader mean who writes only the beginning of one, or spells it nearly right?"""

from __future__ import annotations

from index.search.expansion import MOST, Spelt, beginning, near
from index.search.segments import Segment, View, build
from tests.index.search.conftest import entry


def view(*texts: str) -> View:
    """A segment of articles with these texts."""
    return View(Segment("x", build([entry(number, "x", text) for number, text in enumerate(texts)])), None)


def test_a_beginning_stands_for_the_commonest_words() -> None:
    """Of however many begin so, and wherever they stand in the alphabet; ties by the alphabet."""
    many = " ".join(f"quay{number:03}" for number in range(5 * MOST))
    views = [view(many, many, "quayzz", "quayzz", "quayzz"), view(f"{many} quayzz", "quayyy")]
    found = beginning(views, "quay")
    assert len(found) == MOST
    assert found[:3] == [Spelt("quayzz", "quayzz", 4), Spelt("quay000", "quay000", 3), Spelt("quay001", "quay001", 3)]
    assert Spelt("quayyy", "quayyy", 1) in beginning(views, "quay", 10_000)
    alone = [view(many, "quayzz quayzz", "quayzz")]
    for most in (2, 10_000):
        assert beginning(alone, "quay", most)[:2] == [Spelt("quayzz", "quayzz", 2), Spelt("quay000", "quay000", 1)]


def test_words_are_near_by_edits_then_by_articles() -> None:
    """To swap two neighbours is one."""
    views = [view("ferry fery ferris", "ferry merry", "frery")]
    assert [one.word for one in near(views, "ferry", 1)] == ["ferry", "fery", "frery", "merry"]
    assert [one.word for one in near(views, "ferry", 2)] == ["ferry", "fery", "frery", "merry", "ferris"]
