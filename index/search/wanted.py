"""What do a query's words look like in texts of one language?

By stem, by folded form, by beginning or by spelling. What is spelt as asked goes before what begins so, and that before what is near it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.search.analysis import IS_UNSPACED, tokens, unmarked
from index.search.arrays import Array
from index.search.engine import Match
from index.search.forms import Forms, distinct
from index.search.lexicon import LETTER, Coded, Lexicon, letter
from index.search.syntax import Parsed, Phrase, Word, words_of

BEGIN_OTHERWISE = frozenset({"ca", "fr", "ga", "id", "it", "nl", "sr", "st"})  # languages in which a stem may begin otherwise than its word


class Wanted:
    """What a query's words look like in texts of one language."""

    def __init__(self, query: Parsed, language: str, lexicon: Lexicon) -> None:
        self.language = language
        self.lexicon = lexicon
        self.stems: dict[str, int] = {}
        self.words: dict[str, int] = {}  # folded, for one without its accents may have another stem
        self.prefixes: list[tuple[str, int]] = []
        self.signs: list[tuple[str, int]] = []  # characters of which a word is one
        self.fuzzy: list[tuple[str, int, int]] = []
        self.phrases: list[list[int]] = []  # of each the numbers of its words, those left out that are asked for before it as well
        number = 0
        for node in words_of(query.node):
            number = self._add(node, number)
        self.anything = bool(self.words or self.prefixes or self.signs or self.fuzzy)
        self._letters = self._may_begin()

    def _add(self, node: Word | Phrase, number: int) -> int:
        if isinstance(node, Word) and node.begins and not node.prefix:
            self.signs.append((node.text, number))
            return number + 1
        if isinstance(node, Word) and node.prefix:
            self.prefixes.append((node.text if IS_UNSPACED.match(node.text) else unmarked(node.text), number))
            return number + 1
        if isinstance(node, Word) and node.fuzzy:
            self.fuzzy.append((unmarked(node.text), node.fuzzy, number))
            return number + 1
        own = []
        for token in tokens(node.text, self.language):
            if token.stem or self.language in node.stopped:  # else it is a stop word that says nothing
                known = {self.words.setdefault(token.word, number)}
                if token.stem:
                    known.add(self.stems.setdefault(token.stem, number))
                if known == {number}:
                    own.append(number)
            number += 1
        if len(own) > 1:
            self.phrases.append(own)
        return number

    def proven(self, matches: Sequence[Match]) -> Sequence[Match]:
        """Those of a text's matches that are no word of a phrase, or stand in the whole of it."""
        held = {word for word, _ in matches}
        for numbers in self.phrases:
            if held.isdisjoint(numbers):
                continue
            first, *rest = numbers
            places = {word: {place - word for other, place in matches if other == word} for word in numbers}
            begins = places[first].intersection(*(places[word] for word in rest))
            matches = [(word, place) for word, place in matches if word not in places or place - word in begins]
        return matches

    def _may_begin(self) -> Array:
        """The first letters that a word may have to be one of the query's."""
        out = np.ones(1 << LETTER, np.bool_)
        if not self.fuzzy and self.language not in BEGIN_OTHERWISE:
            out[1:] = False
            out[[letter(word) for word in (*self.stems, *self.words, *(some for some, _ in (*self.prefixes, *self.signs)))]] = True
        return out

    def find(self, words: Coded) -> list[tuple[int, list[Match]]]:
        """The texts that hold words of the query, with their places."""
        values = self._values(words.codes)
        if self.signs and len(values):
            values = self._signs_once(values, words)
        at = np.flatnonzero(values)
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

    def _signs_once(self, values: Array, words: Coded) -> Array:
        """The same but for pairs that end with a character where the next one begins with it: it is marked there."""
        after = np.append(values[1:], 0)
        after[words.starts[1:] - 1] = 0
        signs = tuple(sign for sign, _ in self.signs)
        twice = np.flatnonzero(np.isin(values, [number + 1 for _, number in self.signs]) & (after == values))
        forms = self.lexicon.forms(self.language)
        values[[at for at in twice.tolist() if not forms.form(int(words.codes[at]) >> LETTER).startswith(signs)]] = 0
        return values

    def _values(self, codes: Array) -> Array:
        """Of each code the query's word + 1, 0 where it is none."""
        numbers = codes >> LETTER
        may_be = numbers[self._letters[codes & (1 << LETTER) - 1]]
        forms, size = self.lexicon.forms(self.language), len(self.lexicon.words)
        forms.look_at(may_be)
        table = np.zeros(size, np.int16)
        if self.prefixes or self.signs or self.fuzzy:
            self._mark_like(table, forms, distinct(may_be, size))
        for found, wanted in ((forms.by_form, self.words), (forms.by_stem, self.stems)):
            for text, number in wanted.items():
                if text in found:
                    table[[one for one in found[text] if one < size]] = number + 1
        values: Array = table[numbers]
        return values

    def _mark_like(self, table: Array, forms: Forms, numbers: Array) -> None:
        """Mark those of some words that begin so, or are near; what was asked first goes before what was asked after it."""
        for near, edits, number in reversed(self.fuzzy):
            some = forms.alike(numbers, near, edits)
            distances = process.cdist([near], [forms.form(one) for one in some.tolist()], scorer=OSA.distance, score_cutoff=edits)[0]
            table[some[distances <= edits]] = number + 1
        for prefix, number in reversed(self.prefixes):
            table[[one for one in numbers.tolist() if forms.form(one).startswith(prefix)]] = number + 1
        for sign, number in reversed(self.signs):
            table[[one for one in numbers.tolist() if sign in forms.form(one)]] = number + 1
