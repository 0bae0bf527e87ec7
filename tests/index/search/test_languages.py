"""Are words found in the languages of their articles?"""

from __future__ import annotations

from pathlib import Path

import pytest

from index.filters import Selection
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


def test_stop_words_keep_their_places_in_phrases(engine: Engine) -> None:
    """In articles of their language; elsewhere they are words."""
    filled(engine, entry(0, "Fische die Bucht", language="de"), entry(1, "Fische Bucht", language="de"), entry(2, "Fische x Bucht"))
    assert engine.snapshot().count([Selection('"Fische die Bucht"'), Selection("der"), Selection("die")]) == [1, 0, 0]
    filled(engine, entry(0, "Fische die Bucht", language="de"), entry(1, "Fische die Bucht"), entry(2, "Fische x Bucht"))
    assert engine.snapshot().count([Selection('"Fische die Bucht"')]) == [2]


def test_stop_words_that_have_to_hold_are_passed_over(engine: Engine) -> None:
    """In articles of their language; alone they find nothing."""
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
