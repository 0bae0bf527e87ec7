"""Which words stand in a document, as numbers?

A word is numbered when it is first met, as it is written. A document is read once: its text is cut at its blanks, where no word goes on,
and each piece is looked up. What a word's stem is, is asked only where a query may want to know: a code tells a word's first letter too.
Its law: the words of a text, and their order, are those of `analysis.tokens`.
"""

from __future__ import annotations

import threading
from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, chain
from typing import NamedTuple

import numpy as np

from index.search.analysis import pieces
from index.search.arrays import Array
from index.search.forms import Forms

MOST_WORDS = 300_000  # of a numbering, about 40 MB: then another is begun
MOST_PIECES = 200_000  # that are kept, about 40 MB: a piece is a word with the marks around it
LETTER = 8  # bits of a code that tell the first letter: its lower case where it is ASCII, else 0


class Coded(NamedTuple):
    """Words of several texts: those of text t are `codes[starts[t]:starts[t + 1]]`; a word's number is above its first letter."""

    codes: Array
    starts: Array


def joined(some: Sequence[Coded]) -> Coded:
    """The words of several groups of texts, one group after another."""
    firsts = [0, *accumulate(len(one.codes) for one in some)]
    starts = [one.starts[:-1] + first for one, first in zip(some, firsts[:-1], strict=True)]
    return Coded(np.concatenate([one.codes for one in some]), np.concatenate([*starts, firsts[-1:]]))


class Lexicon:
    """The numbers of words."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._forms: dict[str, Forms] = {}
        self._codes: dict[str, int] = {}
        self._pieces = _Pieces(self)
        self._lock = threading.Lock()

    @property
    def full(self) -> bool:
        """Whether another is to be begun."""
        return len(self.words) > MOST_WORDS

    def read(self, texts: Iterable[str]) -> Coded:
        """The words of some texts."""
        piece, codes, starts = self._pieces.__getitem__, array("i"), [0]
        for text in texts:
            codes.extend(chain.from_iterable(map(piece, text.split())))
            starts.append(len(codes))
        return Coded(np.array(codes, np.int32), np.array(starts, np.int32))

    def forms(self, language: str) -> Forms:
        """What is known of them in a language."""
        found = self._forms.get(language)
        return self._forms.setdefault(language, Forms(self.words, language)) if found is None else found

    def code(self, word: str) -> int:
        """The code of a word."""
        found = self._codes.get(word)
        if found is None:
            with self._lock:
                found = self._codes.get(word)
                if found is None:
                    self.words.append(word)
                    found = self._codes[word] = len(self.words) - 1 << LETTER | letter(word)
        return found


def letter(word: str) -> int:
    """The first letter as a code tells it."""
    first = word[0]
    return ord(first.lower()) if first.isascii() else 0


class _Pieces(dict[str, tuple[int, ...]]):
    """The words of what stands between two blanks, looked at when first met."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self.lexicon = lexicon

    def __missing__(self, piece: str) -> tuple[int, ...]:
        """Look at one."""
        if len(self) > MOST_PIECES:
            self.clear()
        self[piece] = found = tuple(map(self.lexicon.code, pieces(piece)))
        return found


@lru_cache(maxsize=1)
def _lexicons() -> list[Lexicon]:
    return [Lexicon()]


def lexicon() -> Lexicon:
    """The numbering that is in use now; what was read by an older one is read again."""
    kept = _lexicons()
    if kept[0].full:
        kept[0] = Lexicon()
    return kept[0]
