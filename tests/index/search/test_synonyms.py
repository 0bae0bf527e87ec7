"""Which words are to answer for which others?"""

from pathlib import Path

import pytest

from index.filters import Order, Selection, Window
from index.search.engine import Engine
from index.search.opening import open_engine
from index.search.snapshot import StateSnapshot
from index.search.synonyms import NONE, BadSynonyms, Synonyms, read_synonyms
from index.search.syntax import LONGEST, parse
from tests.index.search.conftest import entry, filled

FILE = """\ufeff# a comment
quay, Wharf, landing stage  # of them

tv, télly => television
new york, big apple => new york, nyc
a\\,b, c\\#d
"""


@pytest.fixture
def synonyms(tmp_path: Path) -> Synonyms:
    """Those of a file."""
    path = tmp_path / "synonyms.txt"
    path.write_text(FILE, encoding="utf-8")
    return read_synonyms(path)


@pytest.mark.parametrize(
    ("query", "interpretation"),
    [
        ("ferry", "ferry"),
        ("QUAY", 'quay Wharf "landing stage"'),
        ("quay fares", '(quay Wharf "landing stage") fares'),
        ("landing stage fares", '(quay Wharf "landing stage") fares'),
        ('"landing stage"', 'quay Wharf "landing stage"'),
        ("landing fares", "landing fares"),
        ("telly AND ferry", "television AND ferry"),
        ("ferry -tv", "ferry -television"),
        ("title:wharf", 'title:quay title:Wharf title:"landing stage"'),
        ("landing title:stage", "landing title:stage"),
        ("(big apple) quay*", '("new york" nyc) quay*'),
        ("new york big apple", '("new york" nyc) ("new york" nyc)'),
        ("quay~ year:2024", "quay~ year:2024"),
        ("a,b", '"a b" "c d"'),
        ("(old tv) OR x", "(old television) x"),
    ],
)
def test_synonyms_are_put_into_the_query(synonyms: Synonyms, query: str, interpretation: str) -> None:
    """And shown; the longest that fits is taken."""
    assert synonyms.read(query).interpretation == interpretation
    assert parse(interpretation).interpretation == interpretation


def test_what_was_left_out_is_still_said(synonyms: Synonyms) -> None:
    """As without synonyms; and without any the query is read as it stands."""
    assert synonyms.read("tv" + " " * LONGEST + "x").interpretation == "television (the rest of the query is left out)"
    assert NONE.read("tv") == parse("tv")
    assert synonyms.read("") == parse("")


def test_a_synonym_finds_its_articles(tmp_path: Path, synonyms: Synonyms) -> None:
    """Without an index that knows of it."""
    engine = open_engine("whoosh:///index", tmp_path, seconds=10, synonyms=synonyms)
    filled(engine, entry(0, "x", "the landing stage"), entry(1, "x", "the stage of landing"), entry(2, "x", "an old wharf"))
    (page,) = engine.snapshot().find([(Selection("quay"), Order.RELEVANCE, Window())])
    assert {hit.id for hit in page.hits} == {entry(0).article.id, entry(2).article.id}
    engine.close()


def test_of_synonyms_the_best_counts(tmp_path: Path, synonyms: Synonyms) -> None:
    """An article that holds several of them is found as well as by the one that is worth most there, and no better."""
    texts = ("a quay", "a quay", "a quay a wharf", "a wharf", "a ferry")
    plain = filled(open_engine("whoosh:///index", tmp_path, seconds=10), *(entry(number, "x", text) for number, text in enumerate(texts)))
    alike = open_engine("whoosh:///index", tmp_path, seconds=10, synonyms=synonyms)
    found = [_scores(engine, query) for engine, query in ((plain, "quay"), (plain, "wharf"), (alike, "quay"))]
    assert set(found[2]) == {*found[0], *found[1]}
    assert found[2] == {id: max(some.get(id, 0) for some in found[:2]) for id in found[2]}


def _scores(engine: Engine, query: str) -> dict[str, float]:
    """The scores before anything is lifted."""
    snapshot = engine.snapshot()
    assert isinstance(snapshot, StateSnapshot)
    node = snapshot.read(query).node
    assert node is not None
    pairs = zip(snapshot.state.views, snapshot.scorer().find(node), strict=True)
    return {view.segment.arrays["id"][d].decode(): s for view, one in pairs for d, s in zip(one.docs, one.scores.tolist(), strict=True)}


def test_a_word_that_another_one_is_searched_for_is_not_corrected(tmp_path: Path, synonyms: Synonyms) -> None:
    """Though no article holds it; others are."""
    engine = filled(open_engine("whoosh:///index", tmp_path, seconds=10, synonyms=synonyms), entry(0, "x", "the tally on television"))
    snapshot = engine.snapshot()
    assert snapshot.correct("telly", preview=False) is None
    assert snapshot.correct("telly televison", preview=False) == "telly television"
    assert open_engine("whoosh:///index", tmp_path, seconds=10).snapshot().correct("telly", preview=False) == "tally"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("a => b => c", "it holds '=>' more than once"),
        ("quay", "it names nothing that could stand for another"),
        ("quay, , wharf", "nothing stands between two signs, or at an end"),
        ("quay =>", "nothing stands between two signs, or at an end"),
        ("quay, !?", "'!?' holds no word"),
        (", ".join(f"word{number}" for number in range(17)), "'word0' stands for more than 16 others"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, why: str) -> None:
    """With its file, its number, and how lines look."""
    path = tmp_path / "synonyms.txt"
    path.write_text(f"# fine\n{line}\n", encoding="utf-8")
    with pytest.raises(BadSynonyms) as refused:
        read_synonyms(path)
    assert str(refused.value) == f"{path}, line 2: {why}. A line is `car, automobile` or `tv => television`; `#` begins a comment."


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """Missing, or no text."""
    with pytest.raises(BadSynonyms, match=r"missing\.txt cannot be read"):
        read_synonyms(tmp_path / "missing.txt")
    (tmp_path / "latin").write_bytes(b"caf\xe9, bar")
    with pytest.raises(BadSynonyms, match="It is a text in UTF-8"):
        read_synonyms(tmp_path / "latin")
