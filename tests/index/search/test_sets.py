"""How do sets of articles of one view become one?"""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.search.arrays import Array
from index.search.found import Dense, Found, Listed, Weighed, among, bm25f, highest
from index.search.segments import Segment, View, build
from index.search.sets import every, joined, some
from tests.index.search.conftest import entry

SIZE = 400
VIEW = View(Segment("x", build([entry(number, "x", "quay") for number in range(SIZE)])), None)
NORMS = np.linspace(1, 9, SIZE, dtype=np.float32)


@st.composite
def holdings(draw: st.DrawFn) -> tuple[Array, Array]:
    """Articles, few or many, and weights of theirs."""
    chance = np.random.default_rng(draw(st.integers(0, 2**32)))
    count = draw(st.sampled_from([0, 1, 2, 9, 40, 200, SIZE]))
    docs = np.sort(chance.choice(SIZE, count, replace=False)).astype(np.int32)
    return docs, chance.integers(1, 90, count).astype(np.uint16)


def as_found(holding: tuple[Array, Array], kind: str) -> Found:
    """The same articles with the same scores, kept in one of three ways."""
    docs, weights = holding
    scores = bm25f(weights, NORMS[docs], np.float32(2))
    if kind == "dense":
        values = np.zeros(SIZE, np.float32)
        values[docs] = scores
        return Dense(values)
    return Weighed(docs, weights, np.float32(2), NORMS) if kind == "weighed" else Listed(docs, scores)


def scores(found: Found) -> dict[int, float]:
    """The score of each."""
    return dict(zip(found.docs.tolist(), found.scores.tolist(), strict=True))


parts = st.tuples(holdings(), st.sampled_from(["dense", "weighed", "listed"])).map(lambda pair: as_found(*pair))


@given(st.lists(holdings(), max_size=4))
def test_weights_of_several_lists_add_up(lists: list[tuple[Array, Array]]) -> None:
    """Whether a short list is put into a long one, short ones are sorted, or all articles are looked at."""
    expected: Counter[int] = Counter()
    for docs, weights in lists:
        expected.update(dict(zip(docs.tolist(), weights.tolist(), strict=True)))
    docs, weights = joined(VIEW, lists)
    assert docs.tolist() == sorted(expected)
    assert dict(zip(docs.tolist(), weights.tolist(), strict=True)) == expected


@given(st.lists(parts, min_size=1, max_size=4))
def test_scores_of_several_parts_add_up(found: list[Found]) -> None:
    """Of what any of them hold, and of what all hold, however each is kept."""
    each = [scores(one) for one in found]
    any_of = {doc: sum(one.get(doc, 0) for one in each) for doc in sorted(set().union(*each))}
    all_of = {doc: score for doc, score in any_of.items() if all(doc in one for one in each)}
    for joined_, expected in ((some(VIEW, found), any_of), (every(VIEW, found), all_of)):
        assert joined_.docs.tolist() == list(expected)
        assert np.allclose(joined_.scores, list(expected.values()), rtol=1e-5)
        assert joined_.count() == len(expected)
        assert np.flatnonzero(joined_.mask(SIZE)).tolist() == list(expected)


@given(parts, holdings(), st.integers(1, 30), st.booleans())
def test_the_best_are_the_best_whether_they_were_lifted_or_not(found: Found, mask: tuple[Array, Array], needed: int, lifted: bool) -> None:
    """And what a mask keeps has the scores that it had."""
    passing = np.zeros(SIZE, np.bool_)
    passing[mask[0]] = True
    kept = found.kept(passing)
    assert scores(kept) == {doc: score for doc, score in scores(found).items() if passing[doc]}
    assert np.allclose(found.times(2).scores, found.scores * 2)
    if lifted and found.count():
        top = found.best(20).docs
        found.lift(top, np.arange(len(top), dtype=np.float32))
    best = scores(found.best(needed))
    ordered = sorted(scores_now(found).items(), key=lambda pair: -pair[1])
    assert all(best[doc] == score for doc, score in ordered[:needed] if score > ordered[:needed][-1][1])
    assert len(best) >= min(needed, found.count())


def scores_now(found: Found) -> dict[int, float]:
    """The scores as they are after a lift."""
    docs = np.flatnonzero(found.mask(SIZE))
    return dict(zip(docs.tolist(), found.scores_of(docs).tolist(), strict=True))


@given(st.lists(st.floats(0, 1, width=32), min_size=1, max_size=300), st.integers(1, 4))
def test_the_highest_are_found_block_by_block(values: list[float], needed: int) -> None:
    """And all that are equal to the lowest of them."""
    edge = sorted(values, reverse=True)[:needed][-1]
    found = highest(np.array(values, np.float32), needed)
    assert found.tolist() == [at for at, value in enumerate(values) if value >= edge]


@given(holdings(), holdings())
def test_numbers_are_found_among_others(some_: tuple[Array, Array], others: tuple[Array, Array]) -> None:
    """Of whatever type these are."""
    assert among(some_[0].astype(np.int64), others[0]).tolist() == [doc in set(others[0].tolist()) for doc in some_[0].tolist()]
