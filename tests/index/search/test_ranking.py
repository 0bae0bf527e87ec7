"""What lifts one article above another that holds the same words?"""

from __future__ import annotations

import msgspec
from hypothesis import given

from index.filters import Key, Order, Selection, Window
from index.search.engine import Engine, Entry, Hit
from index.search.ranking import BEST
from index.search.snapshot import StateSnapshot
from index.search.standing import WITHIN
from index.search.syntax import parse
from tests.index.search.archives import queries, snapshots
from tests.index.search.conftest import entry, filled

FAR = " ".join(f"other{number}" for number in range(WITHIN))


def ranked(engine: Engine, query: str, *texts: str) -> list[int]:
    """Which of these texts, of one length, answer a query, the best first."""
    filled(engine, *(entry(number, "x", text) for number, text in enumerate(texts)))
    page = engine.snapshot().find([(Selection(query), Order.RELEVANCE, Window(first=100))])[0]
    number = {entry(number).article.id: number for number in range(len(texts))}
    return [number[hit.id] for hit in page.hits]


def test_words_side_by_side_as_in_the_query_rank_first(engine: Engine) -> None:
    """Then those near, in whatever order; then those far apart."""
    texts = f"night {FAR} ferry", f"night ferry {FAR}", f"ferry night {FAR}"
    assert ranked(engine, "night ferry", *texts) == [1, 2, 0]


def test_stop_words_between_two_words_make_no_difference(engine: Engine) -> None:
    """What stands side by side in the query may stand as far apart in the article."""
    texts = f"ferry night {FAR} in the", f"night in the ferry {FAR}"
    assert ranked(engine, "night in the ferry", *texts) == [1, 0]


def test_a_word_as_it_was_written_ranks_above_others_of_its_stem(engine: Engine) -> None:
    """All are found."""
    assert ranked(engine, "fishing", "fishes", "fishing", "fished")[0] == 1
    assert ranked(engine, "fished", "fishes", "fishing", "fished")[0] == 2


def test_words_that_are_rare_together_lift_more(engine: Engine) -> None:
    """Than those that stand together everywhere."""
    common = [f"harbour master {FAR} ferry"] * 5
    texts = f"harbour master {FAR} ferry", f"harbour {FAR} master ferry"
    assert ranked(engine, "harbour master ferry", *common, *texts)[0] == 6


def test_fields_prefixes_and_spellings_lift_nothing(engine: Engine) -> None:
    """They ask for no word as it stands."""
    filled(engine, entry(0, "night ferry", "night ferry"), entry(1, "quay", "quay"))
    snapshot = engine.snapshot()
    assert isinstance(snapshot, StateSnapshot)
    for query in ("title:night title:ferry", "nigh* ferr*", "nihgt~ fery~", "the"):
        node = parse(query).node
        assert node is not None
        bare = [score for one in snapshot.scorer().find(node) for score in one.scores.tolist()]
        assert [hit.score for hit in snapshot.find([(Selection(query), Order.RELEVANCE, Window())])[0].hits] == bare


def test_only_the_best_are_lifted_and_stay_above_the_rest(engine: Engine) -> None:
    """So that there is one order, whatever the number of articles; ties by id."""
    filled(engine, *(entry(number, "x", "night ferry") for number in range(BEST + 10)))
    page = engine.snapshot().find([(Selection("night ferry"), Order.RELEVANCE, Window(first=BEST + 10))])[0]
    scores = [hit.score for hit in page.hits]
    assert scores[0] == scores[BEST - 1] > scores[BEST] == scores[-1]
    ids = [hit.id for hit in page.hits]
    assert ids[:BEST] == sorted(ids)[:BEST]
    assert ids[BEST:] == sorted(ids)[BEST:]


@given(snapshots(), queries)
def test_nothing_is_lowered(made: tuple[list[Entry], StateSnapshot], query: str) -> None:
    """Nor found by it, nor lost."""
    _, snapshot = made
    node = parse(query).node
    assert node is not None
    matches = snapshot.matches(Selection(query, preview=True))
    for before, after in zip(snapshot.scorer().find(node), matches, strict=True):
        assert before.docs.tolist() == after.docs.tolist()
        scores = [] if after.found is None else after.scores(before.docs)
        assert all(score >= former for score, former in zip(scores, before.scores.tolist(), strict=True))


def test_a_page_begins_where_the_article_stands_that_ended_the_last(engine: Engine) -> None:
    """Though others came, and with them all scores changed; where it has changed itself, or is gone, where it stood."""
    texts = [f"ferry {'ferry ' * number}{FAR}" for number in range(20)]
    archive = [entry(number, "x", text) for number, text in enumerate(texts)]

    def page(after: Key | None, size: int = 5) -> list[Hit]:
        return list(engine.snapshot().find([(Selection("ferry"), Order.RELEVANCE, Window(first=size, after=after))])[0].hits)

    filled(engine, *archive)
    every = page(None, 20)
    order = [hit.id for hit in every]
    last = every[4].key
    assert engine.lock(1)
    engine.apply([entry(number, "x", f"{FAR} ferry") for number in range(20, 23)], [], 100)
    assert [hit.id for hit in page(last)] == order[5:10]
    engine.unlock()
    filled(engine, *archive)
    assert engine.lock(1)
    number = next(at for at, one in enumerate(archive) if one.article.id == order[4])
    best = entry(number, "x", "ferry " * (number + 1 + WITHIN))
    engine.apply([msgspec.structs.replace(best, revision=101)], [], 101)
    assert page(None)[0].id == order[4]
    assert [hit.id for hit in page(last)] == order[5:10]
    engine.apply([], [order[4]], 102)
    assert {hit.id for hit in page(last)} < {*order[:4], *order[5:]}
    engine.unlock()
