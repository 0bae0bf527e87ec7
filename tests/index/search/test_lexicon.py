"""Which words stand in a document, as numbers?"""

import random
import string
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search.analysis import STEMMERS, pieces, word_and_stem
from index.search.lexicon import LETTER, MOST_PIECES, MOST_WORDS, Lexicon, letter, lexicon
from index.search.wanted import BEGIN_OTHERWISE

ACCENTED = "áéíóúäöüñçåæøßőűêèàâşčđ"


@given(st.lists(st.text() | st.text("ab 'é’-_东京にกx\u00a0\u2028\u0301\u00ad\u093f", max_size=30)))
def test_the_words_of_texts_are_those_that_are_indexed_in_their_order(texts: list[str]) -> None:
    """Whatever stands between and around them; the same when they are read again."""
    words = Lexicon()
    for _ in range(2):
        read = words.read(texts)
        found = [words.words[code >> LETTER] for code in read.codes.tolist()]
        starts = read.starts.tolist()
        assert [found[start:end] for start, end in pairwise(starts)] == [pieces(text) for text in texts]
        assert [code & 255 for code in read.codes.tolist()] == [letter(word) for word in found]


@pytest.mark.parametrize("language", sorted(STEMMERS.keys() - BEGIN_OTHERWISE))
def test_a_stem_begins_with_its_words_first_letter(language: str) -> None:
    """Where a word begins with an ASCII letter: so words with other first letters need not be stemmed to be left out."""
    chance = random.Random(language)
    letters = string.ascii_lowercase * 2 + ACCENTED
    words = {chance.choice(string.ascii_letters) + "".join(chance.choices(letters, k=chance.randrange(10))) for _ in range(3000)}
    words |= {word[:cut] + end for word in words for cut in (2, 3) for end in ("ing", "ying", "ies", "ando", "ungen", "ově", "lar")}
    words |= {f"{before}'{word}" for word in sorted(words)[::20] for before in ("l", "d", "dell", "qu", "b", "m")}
    for word in words:
        stem = word_and_stem(word, language)[1]
        assert not stem or letter(stem) == letter(word), (word, stem)


def test_a_numbering_that_is_full_makes_way_for_another() -> None:
    """What it gave out stays as it was."""
    first = lexicon()
    assert lexicon() is first
    kept = first.read(["the harbour"])
    first.words.extend([""] * (MOST_WORDS + 1))
    assert lexicon() is not first
    assert [first.words[code >> LETTER] for code in kept.codes.tolist()] == ["the", "harbour"]
    assert lexicon().words == []


def test_pieces_are_forgotten_when_they_are_many() -> None:
    """Words keep their numbers."""
    words = Lexicon()
    before = words.read(["harbour"]).codes.tolist()
    words.read([" ".join(map(str, range(MOST_PIECES + 2)))])
    assert len(words._pieces) < 10
    assert words.read(["harbour,"]).codes.tolist() == before
