"""What is worked out once, when a segment is written?"""

from __future__ import annotations

from hypothesis import given

from index.search import shortcuts
from index.search.columns import NAMED, READINGS
from index.search.engine import Entry
from index.search.segments import Segment, build
from tests.index.search.archives import archives


@given(archives())
def test_shortcuts_say_what_the_other_columns_say(archive: list[Entry]) -> None:
    """Of every word, term, month, order and value."""
    arrays = build(archive)
    segment = Segment("x", arrays)
    readings = arrays["reading"].tolist()
    for place in range(len(segment.words)):
        docs = segment.holding(place).tolist()
        assert arrays["word_counts"][place] == len(docs)
        assert segment.word_languages(place) == {READINGS[readings[doc]] for doc in docs}
    for number in range(len(segment.terms)):
        assert segment.term_languages(number) == {READINGS[readings[doc]] for doc in segment.postings(number)[0].tolist()}
        assert arrays["spellings"][number] == arrays["word_terms"].tolist().count(number)
    counts = arrays["word_counts"].tolist()
    assert arrays["by_articles"].tolist() == sorted(range(len(counts)), key=lambda place: (-counts[place], place))
    assert arrays["by_articles_ranks"][arrays["by_articles"]].tolist() == list(range(len(counts)))
    for order in shortcuts.ORDERS:
        assert arrays[f"{order}_ranks"][arrays[order]].tolist() == list(range(len(archive)))
    for column in NAMED:
        for code in range(len(segment.names(column))):
            holders = segment.holders(column, code).tolist()
            assert segment.newest(column, code).tolist() == [doc for doc in arrays["by_newest"].tolist() if doc in holders]
    starts, first = arrays["month_starts"].tolist(), int(arrays["month_first"][0])
    for doc, (month, code) in enumerate(zip(arrays["month"].tolist(), arrays["month_codes"].tolist(), strict=True)):
        assert code == (month - first + 1 if month >= 0 else 0)
        assert doc in arrays["month_docs"][starts[code] : starts[code + 1]].tolist()
