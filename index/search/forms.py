"""Which words of a numbering have a stem in one language, and which look like another?

A word is looked at when a query may want it, once: from then on it is found by its stem and by its folded form.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np

from index.search.analysis import words_of
from index.search.arrays import Array
from index.search.postings import letters

SPARE = 10_000  # words that may be met before the arrays have to grow


class Forms:
    """What has been looked at of `words`, the words of a numbering, by their numbers."""

    def __init__(self, words: Sequence[str], language: str) -> None:
        self.words = words
        self.known = words_of(language)
        self.by_stem: dict[str, list[int]] = {}
        self.by_form: dict[str, list[int]] = {}
        self._seen = np.zeros(0, np.bool_)
        self._signs = np.zeros(0, np.uint64)
        self._lock = threading.Lock()

    def look_at(self, numbers: Array) -> None:
        """Take in those of some words that have not been looked at."""
        if len(self._seen) >= len(self.words) and self._seen[numbers].all():
            return
        with self._lock:
            self._grow()
            new = distinct(numbers[~self._seen[numbers]], len(self.words))
            forms = []
            for number in new.tolist():
                form, stem = self.known[self.words[number]]
                forms.append(form)
                self.by_form.setdefault(form, []).append(number)
                if stem:
                    self.by_stem.setdefault(stem, []).append(number)
            self._signs[new] = letters(forms)
            self._seen[new] = True

    def _grow(self) -> None:
        more = len(self.words) + SPARE - len(self._seen)
        if more > SPARE:
            self._signs = np.concatenate([self._signs, np.zeros(more, np.uint64)])
            self._seen = np.concatenate([self._seen, np.zeros(more, np.bool_)])

    def form(self, number: int) -> str:
        """A word's folded form."""
        return self.known[self.words[number]][0]

    def alike(self, numbers: Array, word: str, edits: int) -> Array:
        """Those of some words that were looked at whose letters are another's but for so many edits: what is so near it is among them."""
        changed = np.bitwise_count(self._signs[numbers] ^ letters([word])[0])
        found: Array = numbers[changed <= 2 * edits]
        return found


def distinct(numbers: Array, size: int) -> Array:
    """Numbers below `size` in order, each once."""
    there = np.zeros(size, np.bool_)
    there[numbers] = True
    return np.flatnonzero(there)
