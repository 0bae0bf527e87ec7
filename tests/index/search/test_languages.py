"""Are words found in the languages of their articles?"""

from __future__ import annotations

from pathlib import Path

import pytest

from index.filters import Order, Selection, Window
from index.search.analysis import STEMMERS, stop_words, word_and_stem
from index.search.engine import Engine
from index.search.opening import open_engine
from tests.index.search.conftest import entry, filled

FORMS = [
    ("de", "Die Verträge der Häfen", ["Vertrag", "vertrage", "vertrag*", "VERTRÄGE", "haf*", "title:verträge"]),
    ("fr", "Les élections municipales", ["élection", "elections", "ELECT*", "municipale", '"élections municipales"']),
    ("es", "Las canciones españolas", ["canción", "cancion*", "española"]),
    ("it", "Le città portuali", ["citta", "portuale", "citt*"]),
    ("pt", "A navegação dos navios", ["navegacao", "navegações", "navio", '"navegacao dos navios"']),
    ("nl", "De vissen en schepen", ["vis", "schepen"]),
    ("sv", "Fiskarna och båtarna", ["fisk", "batar", "båtarna"]),
    ("fi", "Laivoissa ja satamissa", ["laivoissa", "satamassa"]),
    ("ru", "Рыбацкие лодки в порту", ["лодка", "лодк*", "порт"]),
    ("el", "Τα πλοία του λιμανιού", ["πλοια", "λιμανιού"]),
    ("hu", "A hajók kikötői", ["hajó", "hajok", "hajók"]),
    ("tr", "Limanda gemiler", ["liman", "gemiler"]),
    ("ar", "السفن في الميناء", ["السفن"]),
    ("hi", "बंदरगाह की नावें", ["बंदरगाह"]),
    ("id", "Perahu nelayan berlayar", ["layar", "nelayan"]),
    ("cs", "Lodě v přístavech", ["přístav", "pristav*"]),
    ("pl", "Statki w portach", ["portach", "statki"]),
    ("ja", "東京の水産市場は移転した", ["水産市場", "市場", "移転", '"水産市場"', "市"]),
    ("zh", "渔港的早市", ["渔港", "早市"]),
    ("ko", "항구의 어시장", ["어시장", "항구"]),
    ("und", "The ferries of the bay", ["ferry", "ferries"]),
]


@pytest.mark.parametrize(("language", "title", "queries"), FORMS, ids=[language for language, _, _ in FORMS])
def test_other_forms_of_a_word_are_found(tmp_path: Path, language: str, title: str, queries: list[str]) -> None:
    """By its stem, without accents, by its beginning; in an archive of several languages."""
    engine = filled(
        open_engine("whoosh:///index", tmp_path), entry(0, title, language=language), entry(1, "Something else", "of another language")
    )
    assert dict(zip(queries, engine.snapshot().count([Selection(query) for query in queries]), strict=True)) == dict.fromkeys(queries, 1)


def test_a_stem_of_one_language_finds_nothing_in_another(engine: Engine) -> None:
    """`die` is a stop word in German and a word in English."""
    filled(engine, entry(0, "die", language="de"), entry(1, "die", language="en"), entry(2, "dies", language="en"))
    assert engine.snapshot().count([Selection("die"), Selection('"die"'), Selection("die*")]) == [2, 2, 2]


def test_a_phrase_stands_as_it_is_written(engine: Engine) -> None:
    """Its stop words too, in articles of their language; elsewhere they are words."""
    filled(engine, entry(0, "Fische die Bucht", language="de"), entry(1, "Fische Bucht", language="de"), entry(2, "Fische x Bucht"))
    assert engine.snapshot().count([Selection('"Fische die Bucht"'), Selection("der"), Selection("die")]) == [1, 0, 1]
    assert engine.snapshot().count([Selection('"Fische der Bucht"'), Selection('"die Bucht"'), Selection('"die der"')]) == [0, 1, 0]
    filled(engine, entry(0, "Fische die Bucht", language="de"), entry(1, "Fische die Bucht"), entry(2, "Fische x Bucht"))
    assert engine.snapshot().count([Selection('"Fische die Bucht"')]) == [2]


def test_stop_words_are_looked_for_where_nothing_else_is_asked(engine: Engine) -> None:
    """As they stand, those first that hold them side by side; beside another word they are passed over."""
    filled(engine, entry(0, "Who is on the quay?"), entry(1, "A report by the WHO"), entry(2, "The report"), entry(3, "A quay"))
    snapshot = engine.snapshot()

    def found(query: str) -> list[int]:
        (page,) = snapshot.find([(Selection(query), Order.RELEVANCE, Window())])
        return [[entry(number).article.id for number in range(4)].index(hit.id) for hit in page.hits]

    assert sorted(found("WHO")) == sorted(found("title:who")) == [0, 1]
    assert found('"the who"') == [1]
    assert found("the who")[0] == 1
    assert sorted(found("the who")) == [0, 1, 2]
    assert sorted(found("who report")) == [1, 2]
    assert found("who -report") == [0]
    assert sorted(found('"on the" report')) == [0, 1, 2]
    assert snapshot.read("the who").interpretation == 'the who "the who"'


def test_a_stop_word_of_few_articles_language_is_a_word(engine: Engine) -> None:
    """So that `war` does not find all that is written in German; unless nothing else is found by it."""
    german = [entry(number, "Es war einmal", language="de") for number in range(3)]
    english = [entry(number, "The war") for number in range(3, 6)]
    asked = [Selection("war"), Selection('"es war"')]
    assert filled(engine, *german, *english).snapshot().count(asked) == [3, 3]
    assert filled(engine, *german[:1], *[entry(number, "A quay") for number in range(3, 6)]).snapshot().count(asked) == [1, 1]
    assert filled(engine, *german, *english[:2]).snapshot().count(asked) == [5, 3]


def test_a_stop_word_of_most_articles_language_is_not_rare_in_another(engine: Engine) -> None:
    """So that an article whose language is told wrongly is not the first for each English sentence."""
    english = [entry(number, f"The ferry that is in the harbour {'of Mew ' * (number == 1)}") for number in range(1, 6)]
    filled(engine, entry(0, "That which is in the of: the harbour", language="es"), *english)
    (page,) = engine.snapshot().find([(Selection("That is the harbour of the Mew in the bay"), Order.RELEVANCE, Window())])
    assert page.hits[0].id == entry(1).article.id


def test_stop_words_that_have_to_hold_are_passed_over(engine: Engine) -> None:
    """In articles of their language, beside other words."""
    filled(engine, entry(0, "Fische die Bucht", language="de"), entry(1, "Fische die"), entry(2, "Fische x"))
    asked = ["die AND Fische", "der AND Fische", "the AND Fische", "der AND die", "der AND the", "the -x"]
    assert engine.snapshot().count([Selection(query) for query in asked]) == [2, 1, 2, 0, 0, 0]


@pytest.mark.parametrize("language", sorted(STEMMERS))
def test_each_stemmer_folds_what_it_makes(language: str) -> None:
    """So that accents make no difference afterwards; a stop word has no stem."""
    word, stem = word_and_stem("Metrópolis", language)
    assert word == "metropolis"
    assert stem.isascii()
    assert all(word_and_stem(one, language)[1] == "" for one in stop_words(language))


def test_a_character_alone_is_found_wherever_it_stands(engine: Engine) -> None:
    """At the beginning of what is written without spaces, in it and at its end; with a star at beginnings of pairs alone."""
    filled(engine, *[entry(number, "x", text, language="ja") for number, text in enumerate(["図書", "地図", "地図帳", "図", "地球"])])
    assert engine.snapshot().count([Selection("図"), Selection("図*"), Selection("球"), Selection("帳 球")]) == [4, 3, 1, 2]
