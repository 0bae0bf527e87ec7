"""How does text become terms?

A word is folded (case, accents, strokes) and stemmed by the language of its article; both forms are kept: stems are searched, folded words
are completed, corrected and shown. An accent or a vowel sign that stands behind its letter as a character of its own is part of the word.
What is written without spaces (Chinese, Japanese, Thai) becomes pairs of characters (bigrams), Korean as well. Its law: positions count
every word, stop words too, so that a phrase matches where its words really stand.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer  # type: ignore[import-untyped]  # it has no types
from whoosh.lang.stopwords import stoplists

from index.slugs import SPELLED, fold

UNSPACED = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e80-\u0ecf\u1000-\u103f\u1780-\u17d3"  # Thai, Lao, Burmese, Khmer
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"  # kana, Han, Hangul
)
SOFT = "\u00ad"  # where a word may be broken: nothing is written there
IS_UNSPACED = re.compile(f"[{UNSPACED}]")
_MARKS = (sign for sign in map(chr, range(0x300, 0x1E00)) if unicodedata.category(sign) in ("Mn", "Mc"))
SIGNS = SOFT + "".join(sign for sign in _MARKS if not IS_UNSPACED.match(sign))
"""What belongs to the letter before it: accents, points, vowel signs."""
PART = rf"[^\W_{UNSPACED}]+(?:[{SIGNS}]+[^\W_{UNSPACED}]*)*"
SHARP = r"[A-Za-z](?:\+\+|#)(?![\w+#])"
"""`C++` and `C#` are other words than `C`; what follows a longer word is none of it."""
WORD = re.compile(rf"[{UNSPACED}]+|{SHARP}|{PART}(?:['’]{PART})*")
ASCII_WORD = re.compile(rf"{SHARP}|[A-Za-z0-9]+(?:'[A-Za-z0-9]+)*")  # the same in text that is ASCII alone, in half the time
HAS_FIGURE = re.compile("[0-9]")
POSSESSIVE = re.compile(r"['’]s?$")
ELIDED = {
    "ca": re.compile("(?:[dlmnst])['’](?=.)", re.IGNORECASE),
    "fr": re.compile("(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’](?=.)", re.IGNORECASE),
    "it": re.compile("(?:[cdlmstv]|un|(?:a|co|da|de|ne|pe|su)ll|(?:a|da|de|ne|su)?gl)['’](?=.)", re.IGNORECASE),
}
"""What stands before a word and is none of it: `l’hôtel`, `dell'arte`."""
LONGEST = 60  # characters of a term: longer ones are data, not words
MOST_WORDS = 500_000  # that are kept for one language: about 100 MB
DEFAULT = "en"
STOP = " "
"""Before the term of a stop word, which goes by no stem: no stem begins so."""
STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "eo": "esperanto",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "ne": "nepali",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "st": "sesotho",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}


class Token(NamedTuple):
    """A word of a text: its folded form, its stem (empty for a stop word), its position among the words, its place in characters."""

    word: str
    stem: str
    position: int
    start: int
    end: int


def language_of(tag: str) -> str:
    """The language by whose rules a text is read: the one that its tag names, else English."""
    code = tag.partition("-")[0].lower()
    return {"nb": "no", "nn": "no"}.get(code, code if code in STEMMERS else DEFAULT)


def unmarked(text: str) -> str:
    """Text folded as words are compared: letters with a stroke and those that are two in one are spelt without (`lodz` is `Łódź`)."""
    return fold(text) if text.isascii() else fold(text.replace(SOFT, "")).translate(SPELLED)


@lru_cache(maxsize=40)
def _stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(STEMMERS[language])


@lru_cache(maxsize=40)
def stop_words(language: str) -> frozenset[str]:
    """The words of a language that say nothing of a topic, folded."""
    return frozenset(unmarked(word) for word in stoplists.get(language, ()))


def word_and_stem(raw: str, language: str) -> tuple[str, str]:
    """The folded form of a word and its stem, empty for a stop word. Writing without spaces stays as it is."""
    if not raw.isascii() and IS_UNSPACED.match(raw):
        return raw, raw
    if language in ELIDED:
        raw = ELIDED[language].sub("", raw, 1) if ELIDED[language].match(raw) else raw
    word = POSSESSIVE.sub("", unmarked(raw))[:LONGEST]
    if not word or word in stop_words(language):
        return word, ""
    if word.isascii() and HAS_FIGURE.search(word):
        return word, word
    if not raw.isascii():
        raw = unicodedata.normalize("NFC", raw.replace(SOFT, ""))
    stemmed = unmarked(_stemmer(language).stemWord(raw.lower()[:LONGEST].replace("’", "'")))
    return word, POSSESSIVE.sub("", stemmed) or word


def written(raw: str, language: str) -> str:
    """A word in small letters as it is written, accents and all."""
    if raw.isascii() or IS_UNSPACED.match(raw):
        return POSSESSIVE.sub("", raw.lower())[:LONGEST]
    if language in ELIDED and ELIDED[language].match(raw):
        raw = ELIDED[language].sub("", raw, 1)
    return POSSESSIVE.sub("", unicodedata.normalize("NFC", raw.replace(SOFT, "").replace("İ", "i").lower()))[:LONGEST]


class Words(dict[str, tuple[str, str]]):
    """The folded form and the stem of each word of one language, worked out when first met; bounded."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language

    def __missing__(self, raw: str) -> tuple[str, str]:
        """Work out one."""
        if len(self) > MOST_WORDS:
            self.clear()
        self[raw] = found = word_and_stem(raw, self.language)
        return found


@lru_cache(maxsize=40)
def words_of(language: str) -> Words:
    """The words of a language."""
    return Words(language)


def plain_words(text: str) -> list[str] | None:
    """The words of a text as they stand, one a position; None where it holds writing without spaces (then `tokens` tells positions)."""
    if text.isascii():
        return ASCII_WORD.findall(text)
    return None if IS_UNSPACED.search(text) else WORD.findall(text)


def pieces(text: str) -> list[str]:
    """The words of a text as they stand, runs without spaces as pairs; the place in the list is the position."""
    words = plain_words(text)
    return [text[token.start : token.end] for token in tokens(text, DEFAULT)] if words is None else words


def tokens(text: str, language: str) -> Iterator[Token]:
    """The words of a text, at positions 0, 1, 2 and so on."""
    position = 0
    known = words_of(language)
    for match in WORD.finditer(text):
        raw = match[0]
        if IS_UNSPACED.match(raw):
            for token in _bigrams(raw, match.start(), position):
                position = token.position + 1
                yield token
        else:
            word, stem = known[raw]
            yield Token(word, stem, position, match.start(), match.end())
            position += 1


@lru_cache(maxsize=1000)
def words_in(text: str) -> tuple[tuple[str, Token], ...]:
    """The words of a part of a query, each as it stands and as a token, read as English."""
    return tuple((text[token.start : token.end], token) for token in tokens(text, DEFAULT))


def _bigrams(run: str, start: int, position: int) -> Iterator[Token]:
    if len(run) == 1:
        yield Token(run, run, position, start, start + 1)
    for at in range(len(run) - 1):
        pair = run[at : at + 2]
        yield Token(pair, pair, position + at, start + at, start + at + 2)


def stop_term(word: str) -> str:
    """The term of a stop word, by its folded form."""
    return STOP + word if word else ""


def stops_by_language(raw: str, languages: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """The terms of a word where it is a stop word, each with the languages in which it is that."""
    found: dict[str, set[str]] = {}
    for language in languages:
        word, stem = words_of(language)[raw]
        if word and not stem:
            found.setdefault(stop_term(word), set()).add(language)
    return {term: frozenset(some) for term, some in found.items()}


def stems_by_language(raw: str, languages: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """Those stems, each with the languages in which it is the word's: it answers in articles of these alone."""
    found: dict[str, set[str]] = {}
    for language in languages:
        stem = words_of(language)[raw][1]
        if stem:
            found.setdefault(stem, set()).add(language)
    return {stem: frozenset(some) for stem, some in found.items()}
