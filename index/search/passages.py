"""Which places in an article prove that it answers?

Found in the document from the matched words, by one piece of code for every engine. A place's worth is how many different words of the
query stand there, how rare and how close together; places do not overlap, and the next one is worth more where it holds words that those
before it lack. Words are compared as numbers (`index.search.lexicon`), so that only what is shown is read as text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.document import Article
from index.outline import Outline
from index.search.analysis import DEFAULT, language_of, stems_of, tokens
from index.search.analysis import words_of as known_words
from index.search.arrays import Array
from index.search.excerpts import Passage, cut
from index.search.fields import WEIGHTS, SearchField
from index.search.lexicon import LETTER, Coded, Lexicon, letter
from index.search.places import FIELDS, Place, body, head
from index.search.syntax import Parsed, Phrase, Word, words_of
from index.slugs import fold

__all__ = ["Finder", "Passage", "SearchField"]

NEAR = 3.0  # what it is worth that words stand side by side, in words of the query
BEGIN_OTHERWISE = frozenset({"ga", "id", "nl", "sr", "st"})  # languages in which a stem may begin with another letter than its word
WEIGHED: dict[SearchField, float] = {field: weight**0.25 for field, weight in WEIGHTS.items()}
SPARE = 10_000  # words that may be met before the table of a query's words has to grow


Match = tuple[int, int]
"""A word of the query in a text: which word it is, its place among the text's words."""


class Wanted:
    """What a query's words look like in texts of one language."""

    def __init__(self, query: Parsed, language: str, lexicon: Lexicon) -> None:
        self.language = language
        self.lexicon = lexicon
        self.stems: dict[str, int] = {}
        self.words: dict[str, int] = {}  # folded, for one without its accents may have another stem
        self.prefixes: list[tuple[str, int]] = []
        self.fuzzy: list[tuple[str, int, int]] = []
        number = 0
        for node in words_of(query.node):
            number = self._add(node, number)
        self.anything = bool(self.stems or self.prefixes or self.fuzzy)
        self._letters = self._may_begin()
        self._table = np.zeros(0, np.int16)  # by a word's number: the query's word + 1, -1 where it is none, 0 where that is not known yet

    def _add(self, node: Word | Phrase, number: int) -> int:
        if isinstance(node, Word) and node.prefix:
            self.prefixes.append((fold(node.text), number))
            return number + 1
        if isinstance(node, Word) and node.fuzzy:
            self.fuzzy.append((fold(node.text), node.fuzzy, number))
            return number + 1
        for token in tokens(node.text, self.language):
            for stem in {token.stem, *stems_of(node.text[token.start : token.end], (self.language, DEFAULT))} - {""}:
                self.stems.setdefault(stem, number)
            if token.stem:  # else it is a stop word here
                self.words.setdefault(token.word, number)
            number += 1
        return number

    def _may_begin(self) -> Array:
        """The first letters that a word may have to be one of the query's."""
        out = np.ones(1 << LETTER, np.bool_)
        if not self.fuzzy and self.language not in BEGIN_OTHERWISE:
            out[1:] = False
            out[[letter(word) for word in (*self.stems, *self.words, *(prefix for prefix, _ in self.prefixes))]] = True
        return out

    def find(self, words: Coded) -> list[tuple[int, list[Match]]]:
        """The texts that hold words of the query, with their places."""
        values = self._look_up(words.codes)
        at = np.flatnonzero(values > 0)
        out: list[tuple[int, list[Match]]] = []
        if len(at):
            owners = np.searchsorted(words.starts, at, "right") - 1
            last = -1
            for owner, value, position in zip(owners.tolist(), values[at].tolist(), (at - words.starts[owners]).tolist(), strict=True):
                if owner != last:
                    own: list[Match] = []
                    out.append((owner, own))
                    last = owner
                own.append((value - 1, position))
        return out

    def _look_up(self, codes: Array) -> Array:
        """Of each code the query's word + 1, at most 0 where it is none."""
        known = len(self.lexicon.words)
        if known > len(self._table):
            self._table = np.concatenate([self._table, np.zeros(known + SPARE - len(self._table), np.int16)])
        numbers = codes >> LETTER
        values: Array = self._table[numbers]
        unknown = list(set(numbers[(values == 0) & self._letters[codes & (1 << LETTER) - 1]].tolist()))
        if unknown:
            self._table[unknown] = self._worked_out([self.lexicon.words[number] for number in unknown])
            values = self._table[numbers]
        return values

    def _worked_out(self, raws: Sequence[str]) -> Array:
        """The query's word + 1 that each of some words is; -1 where it is none. What is spelt as asked goes before what is near it."""
        forms = known_words(self.language)
        words = [forms[raw] for raw in raws]
        out = np.array([self._spelt(word, stem) for word, stem in words], np.int16)
        for near, edits, number in self.fuzzy:
            distances = process.cdist([near], [word for word, _ in words], scorer=OSA.distance, score_cutoff=edits)[0]
            out[(distances <= edits) & (out < 0)] = number + 1
        return out

    def _spelt(self, word: str, stem: str) -> int:
        found = self.stems.get(stem, self.words.get(word))
        if found is None:
            found = next((number for prefix, number in self.prefixes if word.startswith(prefix)), -2)
        return found + 1


class Finder:
    """Finds the passages of one query in several articles."""

    def __init__(self, query: Parsed) -> None:
        self.query = query
        self._wanted: dict[tuple[str, Lexicon], Wanted] = {}

    def find(self, article: Article, outline: Outline, first: int) -> list[Passage]:
        """The `first` best places of an article, the best first; its title, summary and names are `article`'s."""
        below = body(outline)
        wanted = self._in(language_of(article.language), below.lexicon)
        if not wanted.anything or first < 1:
            return []
        above = head(article)
        found: list[tuple[SearchField, int | Place, list[Match]]] = []
        for number, matches in wanted.find(below.lexicon.read(place.text for place in above)):
            found.append((above[number].field, above[number], matches))
        for number, matches in wanted.find(below.words):
            found.append((FIELDS[below.field[number]], number, matches))
        out = []
        for _, place, matches in (found[at] for at in best([(field, matches) for field, _, matches in found], first)):
            out.append(cut(place if isinstance(place, Place) else below.place(outline, place), matches))
        return out

    def _in(self, language: str, lexicon: Lexicon) -> Wanted:
        found = self._wanted.get((language, lexicon))
        if found is None:
            found = self._wanted[language, lexicon] = Wanted(self.query, language, lexicon)
        return found


def best(found: Sequence[tuple[SearchField, Sequence[Match]]], first: int) -> list[int]:
    """The indexes of the `first` best places, the best first."""
    words = [frozenset([word for word, _ in matches]) for _, matches in found]
    counts = Counter(chain.from_iterable(words))
    rarity = {word: 1 / (1 + count) ** 0.5 for word, count in counts.items()}
    worths = [worth(field, own, matches, rarity) for (field, matches), own in zip(found, words, strict=True)]
    chosen: list[int] = []
    covered: set[int] = set()
    left, kinds = list(range(len(found))), set(words)
    while left and len(chosen) < first:
        new = {some: 2 * sum([rarity[word] for word in some - covered]) for some in kinds}
        worth_now = [worths[at] + new[words[at]] for at in left]
        added = left.pop(worth_now.index(max(worth_now)))
        covered |= words[added]
        chosen.append(added)
    return chosen


def worth(field: SearchField, words: frozenset[int], matches: Sequence[Match], rarity: Mapping[int, float]) -> float:
    """What a place is worth: its words by their rarity, more where different ones stand close together, by the weight of its part."""
    value = sum([rarity[word] for word in words]) * len(words)
    if len(words) > 1:
        value += NEAR * sum(rarity.values()) * len(words) / len(rarity) / closest(matches, len(words))
    weighed: float = value * WEIGHED[field]
    return weighed


def closest(matches: Sequence[Match], words: int) -> int:
    """The fewest words among which each of the place's different words stands once, at least as many as there are."""
    last: dict[int, int] = {}
    best = matches[-1][1] - matches[0][1] + 1
    for word, position in matches:
        last[word] = position
        if len(last) == words:
            best = min(best, position - min(last.values()) + 1)
    return max(best, words)
