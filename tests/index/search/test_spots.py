"""Does the index tell where words stand in a document as reading it does?"""

from __future__ import annotations

import random
from collections.abc import Sequence

import msgspec
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.document import Article, Cell, Image, ImageBlock, List, ListItem, Paragraph, Row, Section, Table
from index.identity import article_id
from index.outline import outline
from index.search.analysis import pieces
from index.search.engine import Engine, Entry, Spots
from index.search.merging import merge
from index.search.passages import Document, Finder
from index.search.places import below, names_of
from index.search.segments import Segment, View, build
from index.search.snapshot import State, StateSnapshot
from index.search.synonyms import NONE
from tests.examples import multiple
from tests.index.search.conftest import entry, filled
from tests.strategies import articles

SAID = ["ferry", "ferries", "quay", "the", "night", "Café", "水産市場", "don’t", "l’hôtel"]


def _with_words(article: Article, number: int) -> Article:
    """An article under another number, whose English texts say what is asked for."""
    chance = random.Random(number)
    said = tuple(Paragraph(" ".join(chance.choices(SAID, k=6))) for _ in range(2))
    table = Table("A ferry", (), (Row((Cell("quay", blocks=said), Cell("night"))), Row((Cell("ferry"),))))
    items = List(items=(ListItem("By night", blocks=(*said, table)), ListItem("ferries")))
    section = Section("The ferry at the quay", blocks=(items, *said))
    return msgspec.structs.replace(
        article,
        id=article_id(f"path:{number}"),
        slug=f"article-{number}",
        title=" ".join(chance.choices(SAID, k=4)),
        language="en",
        blocks=(*said, *article.blocks),
        sections=(*article.sections, section),
    )


archives = st.lists(articles, min_size=1, max_size=4).map(
    lambda some: [Entry(_with_words(one, number), True, (), number) for number, one in enumerate(some)]
)
questions = st.lists(
    st.sampled_from([*SAID, '"night ferry"', '"the the"', "-night", "ferry OR 市場", "title:quay"]), min_size=1, max_size=4
).map(" ".join)


def _view(entries: Sequence[Entry], dead: Sequence[int] = ()) -> View:
    alive = np.ones(len(entries), np.bool_)
    alive[list(dead)] = False
    return View(Segment("one", build(entries)), alive if dead else None)


def _same(views: Sequence[View], entries: Sequence[Entry], query: str) -> None:
    """The passages by what the index tells are those by the text, and the index tells of each."""
    snapshot = StateSnapshot(State(views, 1), 10, NONE)
    asked = snapshot.read(query)
    documents = [Document(outline(one.article, one.revision), names_of(one.article)) for one in entries]
    spots = snapshot.spots(asked, [one.article.id for one in entries])
    assert all(spots)
    assert Finder(asked).find(documents, 20, spots) == Finder(asked).find(documents, 20)


@multiple(2)
@given(archives, questions)
def test_passages_by_the_index_are_those_by_the_text(entries: list[Entry], query: str) -> None:
    """In one segment, in two, and where these have been merged and some of it is deleted."""
    half = len(entries) // 2
    _same([_view(entries)], entries, query)
    _same([_view(some) for some in (entries[:half], entries[half:]) if some], entries, query)
    gone = Entry(_with_words(entries[0].article, 99), True, (), 99)
    merged = View(Segment("merged", merge([_view([gone, *entries[:half]], dead=[0]), _view(entries[half:])])), None)
    _same([merged], entries, query)


def test_texts_are_numbered_as_the_document_has_them(engine: Engine) -> None:
    """Cells are of their rows, a picture's description and caption are one text."""
    one = _with_words(entry(1).article, 1)
    texts = [text.text for text in below(one)]
    assert texts.count("By night") == texts.count("ferries") == texts.count("A ferry") == 1
    row = next(at for at, text in enumerate(texts) if text.endswith("· night"))
    (told,) = filled(engine, Entry(one, True, (), 1)).snapshot().spots(engine.snapshot().read("night"), [one.id])
    assert told is not None
    assert (row, len(pieces(texts[row])) - 1) in [(text, place) for text, matches in told.texts for _, place in matches]


def test_what_the_index_does_not_tell_is_read_in_the_text(engine: Engine) -> None:
    """A word by its beginning or nearly so, an article that the index does not hold, and one that it holds at another revision."""
    one, other = entry(1, "A", "The ferry"), entry(2, "B", "No word")
    snapshot = filled(engine, one).snapshot()
    ids = [one.article.id, other.article.id]
    assert snapshot.spots(snapshot.read("ferr*"), ids) == snapshot.spots(snapshot.read("fery~ ferry"), ids) == [None, None]
    assert snapshot.spots(snapshot.read("ferry"), ids) == [Spots(1, above=False, texts=[(0, [(0, 1)])]), None]
    newer = Document(outline(msgspec.structs.replace(one.article, blocks=(Paragraph("Now a ferry"),)), 2), [])
    query = snapshot.read("ferry")
    assert [[one.html for one in some] for some in Finder(query).find([newer], 3, snapshot.spots(query, ids[:1]))] == [
        ["Now a <mark>ferry</mark>"]
    ]


def test_articles_without_a_text_are_told_of(engine: Engine) -> None:
    """Words stand above them or nowhere."""
    named, other = entry(1, "The ferry", blocks=()), entry(2, "B", blocks=())
    snapshot = filled(engine, named, other).snapshot()
    told = snapshot.spots(snapshot.read("ferry"), [named.article.id, other.article.id])
    assert told == [Spots(1, above=True, texts=[]), Spots(2, above=False, texts=[])]


def test_a_word_is_told_in_articles_of_its_languages_alone(engine: Engine) -> None:
    """As it answers in these alone: the English stem of a word is another one's in Hungarian."""
    english, hungarian = entry(1, "A", "The ships"), entry(2, "B", "A ship hajók", language="hu")
    snapshot = filled(engine, english, hungarian).snapshot()
    told = snapshot.spots(snapshot.read("ships hajó"), [english.article.id, hungarian.article.id])
    assert [one and one.texts for one in told] == [[(0, [(0, 1)])], [(0, [(1, 2)])]]


def test_a_picture_is_found_by_its_description_and_its_caption(engine: Engine) -> None:
    """Each once, where they say the same."""
    same = ImageBlock(Image("https://pictures.example/1", "A ferry"), "A ferry")
    both = ImageBlock(Image("https://pictures.example/1", "A ferry"), "The quay")
    one = entry(1, "A", blocks=(same, both))
    snapshot = filled(engine, one).snapshot()
    query = snapshot.read("ferry quay")
    document = Document(outline(one.article, 1), [])
    (found,) = Finder(query).find([document], 3, snapshot.spots(query, [one.article.id]))
    assert [passage.html for passage in found] == ["A <mark>ferry</mark> · The <mark>quay</mark>", "A <mark>ferry</mark>"]
