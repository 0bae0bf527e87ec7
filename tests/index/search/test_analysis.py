"""How does text become terms?"""

from index.search.analysis import language_of, plain_words, stems_of, tokens, words_of


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


def test_a_language_is_known_by_its_tag() -> None:
    """Regions and scripts make no difference; an unknown one is read as English."""
    assert [language_of(tag) for tag in ("de-AT", "nb", "pt-BR", "und", "tlh")] == ["de", "no", "pt", "en", "en"]


def test_a_querys_word_has_the_stems_of_all_languages() -> None:
    """Each once; a stop word has none."""
    assert stems_of("Verträge", ("en", "de")) == ("vertrag",)
    assert stems_of("the", ("en",)) == ()


def test_writing_without_spaces_is_left_to_tokens() -> None:
    """Everything else is a run of words."""
    assert plain_words("Café 水") is None
    assert plain_words("Café au lait") == ["Café", "au", "lait"]
    assert words_of("en")["Ferries"] == ("ferries", "ferri")
