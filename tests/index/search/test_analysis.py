"""How does text become terms?"""

import unicodedata

import pytest

from index.search.analysis import language_of, plain_words, stems_by_language, tokens, word_and_stem, words_of


def test_words_are_folded_and_stemmed_by_their_language() -> None:
    """Case and accents go; stop words have no stem, and keep their position."""
    found = [(token.word, token.stem, token.position) for token in tokens("The Ferries’ CAFÉS in München's 2nd harbour", "en")]
    assert found == [
        ("the", "", 0),
        ("ferries", "ferri", 1),
        ("cafes", "cafe", 2),
        ("in", "", 3),
        ("munchen", "munchen", 4),
        ("2nd", "2nd", 5),
        ("harbour", "harbour", 6),
    ]
    assert [token.stem for token in tokens("Verträge Vertrag", "de")] == ["vertrag", "vertrag"]


def test_characters_of_a_word_are_counted_in_the_text() -> None:
    """So that passages can mark them."""
    text = "A ferry, 水産市場 too"
    assert [text[token.start : token.end] for token in tokens(text, "en")] == ["A", "ferry", "水産", "産市", "市場", "too"]


@pytest.mark.parametrize("before", ["", "é "])
def test_a_letter_with_signs_after_it_is_a_word_of_its_own(before: str) -> None:
    """In a text that is ASCII and in another; after a longer word, and before a further sign or letter, they are none of it."""
    text = f"{before}C++, (C#) C Notepad++ page# a++b C+++ F#m"
    found = [token.word for token in tokens(text, "en")][len(before) // 2 :]
    assert found == ["c++", "c#", "c", "notepad", "page", "a", "b", "c", "f", "m"]
    assert [word.lower() for word in plain_words(text) or []][len(before) // 2 :] == found


@pytest.mark.parametrize(
    ("text", "language", "stem"),
    [
        (unicodedata.normalize("NFD", "Été"), "fr", word_and_stem("été", "fr")[1]),
        ("Hyphen\u00ada\u00adtion", "en", word_and_stem("hyphenation", "en")[1]),
        ("कहानियाँ", "hi", word_and_stem("कहानी", "hi")[1]),
        ("மீன்களை", "ta", word_and_stem("மீன்கள்", "ta")[1]),
        ("المَدْرَسَةِ", "ar", word_and_stem("المدرسة", "ar")[1]),
        ("L'Hôtel", "fr", word_and_stem("hôtel", "fr")[1]),
        ("dell'Arte", "it", word_and_stem("arte", "it")[1]),
        ("d’aigua", "ca", word_and_stem("aigua", "ca")[1]),
        ("Łódź", "pl", word_and_stem("lodz", "pl")[1]),
        ("IŞIK", "tr", word_and_stem("ışık", "tr")[1]),
        ("Cæsar", "en", word_and_stem("Caesar", "en")[1]),
    ],
)
def test_signs_behind_a_letter_are_part_of_its_word(text: str, language: str, stem: str) -> None:
    """And one word however it is spelt: accents as characters of their own, strokes, ligatures, an article before an apostrophe."""
    assert [token.stem for token in tokens(text, language)] == [stem]


def test_an_article_before_an_apostrophe_is_no_part_of_the_word_that_is_completed() -> None:
    """In languages that elide it; elsewhere a name stays whole."""
    assert word_and_stem("L’Hôtel", "fr")[0] == "hotel"
    assert [word_and_stem(word, "en") for word in ("O'Brien", "l'hôtel")] == [("o'brien", "o'brien"), ("l'hotel", "l'hotel")]
    assert [word_and_stem(word, "fr")[0] for word in ("d'", "qu'aujourd'hui")] == ["d", "aujourd'hui"]


def test_thai_is_read_by_pairs() -> None:
    """As it is written without spaces, signs above the letters included."""
    assert [token.word for token in tokens("ท่าเรือ 5", "th")] == ["ท่", "่า", "าเ", "เร", "รื", "ือ", "5"]


def test_a_language_is_known_by_its_tag() -> None:
    """Regions and scripts make no difference; an unknown one is read as English."""
    assert [language_of(tag) for tag in ("de-AT", "nb", "pt-BR", "und", "tlh")] == ["de", "no", "pt", "en", "en"]


def test_a_querys_word_has_the_stems_of_all_languages() -> None:
    """Each once; a stop word has none."""
    assert set(stems_by_language("Verträge", ("en", "de"))) == {"vertrag"}
    assert stems_by_language("the", ("en",)) == {}


def test_writing_without_spaces_is_left_to_tokens() -> None:
    """Everything else is a run of words."""
    assert plain_words("Café 水") is None
    assert plain_words("Café au lait") == ["Café", "au", "lait"]
    assert words_of("en")["Ferries"] == ("ferries", "ferri")
