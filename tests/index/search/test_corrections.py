"""What did the reader mean?"""

from __future__ import annotations

import pytest

from index.search.corrections import RARER
from index.search.engine import Engine, Snapshot
from tests.index.search.conftest import entry, filled

TEXT = "The breakwater and the information office: mackerel rail main night work harbour crossing boundary"


@pytest.fixture
def snapshot(engine: Engine) -> Snapshot:
    """An index of two articles and a draft."""
    filled(engine, entry(0, "One", TEXT), entry(1, "Two", "night harbour"), entry(2, "Draft", "secretword harbours", visible=False))
    return engine.snapshot()


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("infomation", "information"),
        ("mackrel office", "mackerel office"),
        ("Mackrel", "mackerel"),
        ("mian", "main"),
        ("nihgtwatch nihgt", "nihgtwatch night"),
        ("nightwork", "night work"),
        ("breakwaterharbour", "breakwater harbour"),
        ("infromatoin", "information"),
        ('"nihgt work"', '"night work"'),
        ("e-mail", None),
        ("mail", None),
        ("bain", None),
        ("information", None),
        ("harbours", None),
        ("jackerel", None),
        ("bondry", None),
        ("infomat*", None),
        ("infomation~", None),
        ("-infomation office", None),
        ("the", None),
        ("", None),
        ("secretwrod", None),
        ("secretwordharbour", None),
    ],
)
def test_only_what_is_misspelt_is_corrected(snapshot: Snapshot, query: str, meant: str | None) -> None:
    """Known words stay; short ones are never taken for others; drafts' words help nobody."""
    assert snapshot.correct(query, preview=False) == meant


def test_with_preview_words_of_drafts_help(snapshot: Snapshot) -> None:
    """As they are found."""
    assert snapshot.correct("secretwrod", preview=True) == "secretword"


def test_a_form_that_only_drafts_hold_is_not_offered(snapshot: Snapshot) -> None:
    """Though its stem stands elsewhere."""
    assert [one.text for one in snapshot.suggest("harbour", 8, preview=False)] == ["harbour"]
    assert snapshot.correct("harbourx", preview=False) == "harbour"


def test_a_long_word_that_is_far_rarer_is_corrected(engine: Engine) -> None:
    """Where another, one letter away, stands in very many articles; a short one is not."""
    common = [entry(number, "x", "information main") for number in range(RARER)]
    filled(engine, *common, entry(1000, "x", "infomation mein"))
    assert engine.snapshot().correct("infomation", preview=False) == "information"
    assert engine.snapshot().correct("mein", preview=False) is None
    filled(engine, *common, entry(1000, "x", "infomation"), entry(1001, "x", "infomation"))
    assert engine.snapshot().correct("infomation", preview=False) is None


def test_a_word_is_offered_as_it_is_written(engine: Engine) -> None:
    """With its accents, where no article has it without."""
    snapshot = filled(engine, entry(0, "Die Fischverträge von Łódź", language="de")).snapshot()
    found = [snapshot.correct(query, preview=False) for query in ("fischvertrege", "fischvertragelodz")]
    assert found == ["fischverträge", "fischverträge łódź"]
