"""What might a reader type next?"""

from __future__ import annotations

import numpy as np

from index.search.engine import Entry
from index.search.merging import merge
from index.search.segments import Segment, View, build
from index.search.snapshot import State, StateSnapshot
from index.search.synonyms import NONE
from tests.index.search.conftest import entry


def offered(prefix: str, kind: str, *segments: list[Entry], dead: frozenset[int] = frozenset()) -> list[tuple[str, int]]:
    """What completes a beginning, in segments from which the articles of some numbers were deleted."""
    views = []
    for number, entries in enumerate(segments):
        alive = np.array([one.revision not in dead for one in entries])
        views.append(View(Segment(f"{number}", build(entries)), None if alive.all() else alive))
    found = StateSnapshot(State(views, 1), 10, NONE).suggest(prefix, 8, preview=False)
    return [(one.text, one.count) for one in found if one.kind == kind]


def test_a_word_is_completed_once_for_each_stem() -> None:
    """By its commonest form that the reader may see, with the articles that hold any, in one segment or several."""
    some = [entry(0, "x", "ferry"), entry(1, "x", "ferries ferry fern"), entry(2, "x", "ferry ferret", visible=False)]
    assert offered("ferr", "TERM", some) == offered("ferr", "TERM", some[:1], some[1:]) == [("ferry", 2)]
    assert offered("fer", "TERM", some) == offered("fer", "TERM", some[1:], some[:1]) == [("ferry", 2), ("fern", 1)]


def test_a_word_that_two_languages_stem_otherwise_is_completed_once() -> None:
    """With the articles of the stem that it has more often."""
    some = [entry(number, "x", "important", language="es" if number == 3 else "en") for number in range(4)]
    assert offered("impo", "TERM", some) == offered("impo", "TERM", some[:2], some[2:]) == [("important", 3)]


def test_a_word_is_offered_as_it_is_written() -> None:
    """Without accents where it is met so; also in a segment that was merged of others; what stands before it stays as it was typed."""
    some = [entry(0, "x", "L’École Navegação naïve Café"), entry(1, "x", "naive École cafe"), entry(2, "x", "naïve", language="fr")]
    some = [*some, entry(3, "x", "L’École", language="fr")]
    for segments in ([some], [some[:1], some[1:]]):
        assert offered("für nav", "TERM", *segments) == [("für navegação", 1)]
        assert [text for text, _ in offered("naiv", "TERM", *segments)] == ["naive"]
        assert [text for text, _ in offered("caf", "TERM", *segments)] == ["cafe"]
        assert [text for text, _ in offered("ecol", "TERM", *segments)] == ["école"]
    views = [View(Segment(f"{at}", build(part)), None) for at, part in enumerate((some[:1], some[1:]))]
    merged = Segment("merged", merge(views))
    whole = Segment("whole", build(some))
    assert merged.texts("written")[:] == whole.texts("written")[:]


def test_what_only_deleted_articles_held_is_not_offered() -> None:
    """Nor counted."""
    some = [entry(0, "Ferry", "ferry"), entry(1, "Fern", "fern", topics=("ferns",)), entry(2, "x", "ferry")]
    for kind, expected in (("TERM", [("ferry", 1)]), ("TITLE", []), ("CATEGORY", [])):
        assert offered("fer", kind, some, dead=frozenset({0, 1})) == expected
        assert offered("fer", kind, some[:1], some[1:], dead=frozenset({0, 1})) == expected


def test_titles_stand_by_the_alphabet() -> None:
    """Whichever segment they are in; drafts' are left out."""
    some = [entry(0, "Quay north"), entry(1, "Quay east"), entry(2, "Quay at last", visible=False), entry(3, "Quays")]
    expected = [("Quay east", 1), ("Quay north", 1), ("Quays", 1)]
    assert offered("quay", "TITLE", some) == offered("quay", "TITLE", some[:1], some[1:]) == expected


def test_names_of_as_many_articles_stand_by_the_alphabet() -> None:
    """Whichever of their words begins so; those of more articles come first."""
    some = [entry(0, topics=("town walk", "city walks", "walls")), entry(1, topics=("walls",))]
    expected = [("Walls", 2), ("City Walks", 1), ("Town Walk", 1)]
    assert offered("wal", "CATEGORY", some) == offered("wal", "CATEGORY", some[:1], some[1:]) == expected
