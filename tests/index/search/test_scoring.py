"""How well does each article answer a query?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import index as contents
from whoosh import scoring
from whoosh.query import compound, terms

from index.filters import Order, Selection, Window
from index.search.engine import Engine, Entry
from index.search.found import Found
from index.search.manifest import read_manifest
from index.search.opening import open_engine
from index.search.snapshot import StateSnapshot
from index.search.statistics import K1, B
from index.search.syntax import Some, Word, parse
from index.search.whoosh import INDEX, MAIN
from tests.index.search.archives import archives, queries, snapshots
from tests.index.search.conftest import entry, filled
from tests.index.search.plain import Plain


def scores(snapshot: StateSnapshot, text: str) -> dict[str, float]:
    """The scores of what answers a query, before anything is lifted."""
    node = parse(text).node
    return {} if node is None else by_id(snapshot, snapshot.scorer().find(node))


def by_id(snapshot: StateSnapshot, found: Sequence[Found]) -> dict[str, float]:
    """The scores of what was found."""
    return {
        view.segment.arrays["id"][doc].decode(): score
        for view, one in zip(snapshot.state.views, found, strict=True)
        for doc, score in zip(one.docs.tolist(), one.scores.tolist(), strict=True)
    }


def test_scores_are_bm25f(engine: Engine) -> None:
    """As the formula has them, to rounding; a word that stands nowhere otherwise than it was written lifts none above another."""
    filled(engine, entry(0, "x", "quay quay ferry"), entry(1, "y", "ferry"))
    hit = engine.snapshot().find([(Selection("quay"), Order.RELEVANCE, Window())])[0].hits[0]
    lengths = [3.0 + 3, 3.0 + 1]
    weight, norm = 2.0, 1.2 * (1 - 0.75 + 0.75 * lengths[0] / (sum(lengths) / 2))
    assert hit.score == pytest.approx(math.log(1 + (2 - 1 + 0.5) / (1 + 0.5)) * weight * 2.2 / (weight + norm), rel=1e-5)


@given(snapshots(), queries)
def test_scores_equal_a_plain_count(made: tuple[list[Entry], StateSnapshot], text: str) -> None:
    """Of any query, over several segments and what was deleted from them."""
    archive, snapshot = made
    node = parse(text).node
    assert node is not None
    assert scores(snapshot, text) == pytest.approx(Plain(archive).find(node), rel=1e-4)


class Lucene(scoring.BM25F):
    """Whoosh's own scorer, with Lucene's idf, and with the lengths of articles as they are, which Whoosh keeps in a byte each."""

    def __init__(self, lengths: Sequence[float]) -> None:
        super().__init__(B=B, K1=K1)
        self.lengths = lengths

    def scorer(self, searcher: Any, fieldname: str, text: Any, qf: int = 1) -> Any:
        """Scores one term."""
        scorer: Any = super().scorer(searcher, fieldname, text, qf)
        scorer.dfl = self.lengths.__getitem__
        return scorer

    def idf(self, searcher: Any, fieldname: str, text: Any) -> float:
        """How much a term is worth."""
        count, held = searcher.doc_count_all(), searcher.doc_frequency(fieldname, text)
        return math.log(1 + (count - held + 0.5) / (held + 0.5))


@given(archives(), st.lists(st.sampled_from(["ferri", "ferry", "quay", "night", "work", "cafe", "水産", "news"]), min_size=1, unique=True))
def test_scores_equal_whooshs_own(tmp_path_factory: pytest.TempPathFactory, archive: list[Entry], stems: list[str]) -> None:
    """Which reads the same index with its own searcher, by the same formula."""
    folder = tmp_path_factory.mktemp("index")
    snapshot = filled(open_engine("whoosh:///index", folder, seconds=10), *archive).snapshot()
    assert isinstance(snapshot, StateSnapshot)
    build = folder / "index" / read_manifest(folder / "index").build
    lengths = [length for view in snapshot.state.views for length in view.segment.arrays["length"].tolist()]
    with contents.open_dir(str(build), INDEX).searcher(weighting=Lucene(lengths)) as searcher:
        asked = compound.Or([terms.Term(MAIN, stem.encode()) for stem in stems])
        theirs = {hit["id"]: hit.score for hit in searcher.search(asked, limit=None)}
    scorer = snapshot.scorer()
    every = frozenset(scorer.statistics.languages)
    found = scorer.any_of([scorer.terms({stem: every}) for stem in stems])
    assert by_id(snapshot, found) == pytest.approx(theirs, rel=1e-4)


def test_words_of_one_stem_said_again_count_less(engine: Engine) -> None:
    """A word that is said twice is worth 2^¾ words."""
    filled(engine, entry(0, "x", "ferry"), entry(1, "y", "quay"))
    snapshot = engine.snapshot()
    assert isinstance(snapshot, StateSnapshot)
    (once,), (twice,) = (scores(snapshot, text).values() for text in ("ferry", "ferries ferry"))
    assert twice == pytest.approx(once * 2**0.75)
    assert parse("ferry ferry").node == Some((Word("ferry"), Word("ferry")))
