"""Which articles of a view hold a term, and how much does it weigh in each?"""

from __future__ import annotations

import pytest

from index.search.segments import Segment, View, build
from index.search.snapshot import State, StateSnapshot
from index.search.synonyms import NONE
from index.search.syntax import parse
from tests.index.search.conftest import entry
from tests.index.search.plain import Plain
from tests.index.search.test_scoring import scores

WORDS = ("experiment", "experimental", "modules", "publishing", "happening")


@pytest.mark.parametrize(("common", "rare"), [("en", "es"), ("es", "en")])
@pytest.mark.parametrize("each", [50, 3])
def test_a_stem_answers_in_articles_of_its_languages_alone(common: str, rare: str, each: int) -> None:
    """However many these are: one in fifty of all, or one in three."""
    texts = [" ".join(WORDS[(number + at) % len(WORDS)] for at in range(number % 4 + 1)) for number in range(200)]
    archive = [entry(number, "x", text, language=common if number % each else rare) for number, text in enumerate(texts)]
    snapshot = StateSnapshot(State([View(Segment("x", build(archive)), None)], 1), seconds=10, synonyms=NONE)
    for query in (*WORDS, "experiment AND modules", '"modules publishing"'):
        node = parse(query).node
        assert node is not None
        assert scores(snapshot, query) == pytest.approx(Plain(archive).find(node), rel=1e-4)


def test_another_word_of_the_same_stem_is_not_spelt_so() -> None:
    """Nor where a segment holds that one alone: `fery~` is `ferry`, `ferries` is two letters further."""
    archive = [entry(1, "x", "ferry"), entry(2, "x", "ferries"), entry(3, "x", "ferry ferries")]
    views = [View(Segment(one.article.id, build([one])), None) for one in archive]
    snapshot = StateSnapshot(State(views, 1), seconds=10, synonyms=NONE)
    for query, expected in (("fery~", {1, 3}), ("ferrie*", {2, 3})):
        assert {one.article.id for one in archive if one.revision in expected} == scores(snapshot, query).keys()
