"""What does one segment of the index hold?

A segment is a number of articles, each known by its ordinal: postings (`index.search.postings`) and columns (`index.search.columns`), as
arrays that are written once and mapped into memory. What is deleted from it later is a list beside it; a `View` is the segment as one state
of the index sees it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property, lru_cache, partial

import numpy as np

from index.filters import ArticleFilter
from index.search.arrays import Array, Damaged
from index.search.columns import MANY, READINGS, columns
from index.search.engine import Entry
from index.search.found import SPARSE, among
from index.search.postings import Batch
from index.search.shortcuts import shortcuts
from index.search.texts import Ordered, Texts

KEPT_LANGUAGES = 16  # sets of languages whose articles are kept: nine bytes an article each
KEPT_TERMS = 10_000  # whose numbers are kept: about 1 MB
KEPT_WORDS = 1000  # of which it is kept where they stand: a word of a query is asked for more than once


def build(entries: Sequence[Entry]) -> dict[str, Array]:
    """The arrays of a segment of these articles."""
    batch = Batch()
    for entry in entries:
        batch.add(entry.article)
    arrays = batch.arrays() | columns(entries)
    return arrays | shortcuts(arrays)


@lru_cache(maxsize=1000)
def languages_of(bits: int) -> frozenset[str]:
    """The languages that are told by bits."""
    return frozenset(language for number, language in enumerate(READINGS) if bits >> number & 1)


class Segment:
    """An open segment."""

    def __init__(self, name: str, arrays: dict[str, Array]) -> None:
        self.name = name
        self.arrays = arrays
        self.size = len(arrays["length"])
        self.ranks = arrays["by_id_ranks"]
        self.texts = lru_cache(None)(self._texts)
        self.ordered = lru_cache(None)(partial(Ordered.of, arrays))
        self.terms = self.ordered("terms")
        self.words = self.ordered("words")
        self.sort_titles = self.ordered("sort_titles")
        self.masks: OrderedDict[ArticleFilter, Array] = OrderedDict()
        self._starts, self._places_at = arrays["starts"].data, arrays["places_at"].data
        self._word_starts, self._word_terms = arrays["word_starts"].data, arrays["word_terms"].data
        self._read_in = lru_cache(KEPT_LANGUAGES)(self._find_read_in)
        self._numbers: dict[str, int | None] = {}
        self.spelt = lru_cache(KEPT_WORDS)(self._spelt)

    def _texts(self, column: str) -> Texts:
        return Texts(self.arrays[column], self.arrays[f"{column}_at"])

    def term(self, term: str) -> int | None:
        """A term's number."""
        try:
            return self._numbers[term]
        except KeyError:
            if len(self._numbers) > KEPT_TERMS:
                self._numbers.clear()
        wanted = term.encode("utf-8", "replace")
        found = self.terms.find(wanted)
        number = found if found < len(self.terms) and self.terms[found] == wanted else None
        self._numbers[term] = number
        return number

    def postings(self, number: int) -> tuple[Array, Array]:
        """The articles and the weights, in quarters, of a term."""
        start, end = self._starts[number], self._starts[number + 1]
        return self.arrays["docs"][start:end], self.arrays["weights"][start:end]

    def listed(self, word: int) -> Array | None:
        """The articles that hold a word just as it is; None where those are the ones of its stem."""
        start, end = self._word_starts[word], self._word_starts[word + 1]
        return self.arrays["word_docs"][start:end] if end > start else None

    def pairs_ending(self, sign: bytes) -> Array:
        """The words of two characters of which a character, of as many bytes as the other, is the second."""
        data, at = self.arrays["words"], self.arrays["words_at"]
        found = np.flatnonzero(np.diff(at) == 2 * len(sign))
        for byte, value in enumerate(sign):
            found = found[data.take(at.take(found) + (len(sign) + byte)) == value]
        return found

    def written(self, word: int) -> str:
        """A word as it is written, in small letters."""
        return (self.texts("written")[word] or self.words[word]).decode()

    def holding(self, word: int) -> Array:
        """The articles that hold a word just as it is."""
        own = self.listed(word)
        return self.postings(self._word_terms[word])[0] if own is None else own

    def _spelt(self, word: bytes) -> list[tuple[int, int]]:
        """Where a word just as it is stands among the words: for each of its stems once, with the number of that term."""
        at = self.words.find(word)
        found = []
        while at < len(self.words) and self.words[at] == word:
            found.append((at, self._word_terms[at]))
            at += 1
        return found

    def held(self, number: int, docs: Array, languages: frozenset[str]) -> tuple[Array, Array]:
        """Which of some articles, ascending, hold a term and are of some languages; and the place of each among the term's postings."""
        own = self.postings(number)[0]
        wanted = docs.astype(own.dtype, copy=False)  # else all of its own would be made into the type of these
        at = own.searchsorted(wanted)
        there = own.take(at, mode="clip") == wanted
        if not self.readings <= languages:
            there &= self.read_in(languages).take(docs)
        here = np.flatnonzero(there)
        return here, at.take(here)

    def places(self, number: int, chosen: Array, keys: Array) -> Array:
        """Where a term stands by some of its postings, ascending: of each place the sum of it and of its article's key."""
        ends = self.arrays["ends"][self._starts[number] : self._starts[number + 1]]
        begins = ends.take(chosen - 1, mode="wrap")
        if len(chosen) and not chosen[0]:
            begins[0] = 0
        counts = ends.take(chosen) - begins
        begins = begins + (self._places_at[number] - (counts.cumsum(dtype=np.int64) - counts))
        at = begins.repeat(counts)
        at += np.arange(len(at))
        out: Array = keys.repeat(counts) + self.arrays["places"].take(at)
        return out

    @cached_property
    def readings(self) -> frozenset[str]:
        """The languages by whose rules its articles are read."""
        return frozenset(READINGS[number] for number in np.flatnonzero(np.bincount(self.arrays["reading"])).tolist())

    def word_languages(self, word: int) -> frozenset[str]:
        """Those of the articles that hold a word, alive or not."""
        return languages_of(int(self.arrays["word_readings"][word]))

    def term_languages(self, term: int) -> frozenset[str]:
        """Those of the articles that hold a term, alive or not."""
        return languages_of(int(self.arrays["term_readings"][term]))

    def _find_read_in(self, languages: frozenset[str]) -> tuple[Array, Array, Array]:
        mask = np.array([language in languages for language in READINGS]).take(self.arrays["reading"])
        docs = np.arange(self.size, dtype=np.int32)
        return mask, docs[mask], docs[~mask]

    def read_in(self, languages: frozenset[str]) -> Array:
        """The mask of its articles that are read by the rules of one of some languages."""
        return self._read_in(languages)[0]

    def listed_in(self, languages: frozenset[str]) -> tuple[Array, Array]:
        """Its articles that are read by the rules of one of some languages, and the others, as ordinals."""
        return self._read_in(languages)[1:]

    def names(self, column: str) -> list[str]:
        """The values that a column of several holds, by code."""
        return self._names[column]

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        return {column: [text.decode() for text in self.ordered(f"{column}_names")[:]] for column in MANY}

    def code(self, column: str, value: str) -> int | None:
        """The code of a value."""
        names = self.names(column)
        found = bisect_left(names, value)
        return found if found < len(names) and names[found] == value else None

    def holders(self, column: str, code: int) -> Array:
        """The articles that hold a value."""
        start, end = self.arrays[f"{column}_starts"][code : code + 2].tolist()
        return self.arrays[f"{column}_docs"][start:end]

    def newest(self, column: str, code: int) -> Array:
        """The same, the newest first."""
        start, end = self.arrays[f"{column}_starts"][code : code + 2].tolist()
        return self.arrays[f"{column}_newest"][start:end]

    def in_month(self, month: int) -> Array:
        """The articles of a calendar month, as year × 12 + month − 1."""
        starts = self.arrays["month_starts"]
        code = month - int(self.arrays["month_first"][0]) + 1
        return self.arrays["month_docs"][starts[code] : starts[code + 1]] if 0 < code < len(starts) - 1 else self.arrays["month_docs"][:0]

    def ids(self, docs: Array) -> list[str]:
        """The ids of some articles."""
        return [id.decode() for id in self.arrays["id"].take(docs).tolist()]

    def ordinals(self, ids: Sequence[str]) -> Array:
        """Those of these articles that it holds, alive or not."""
        wanted = np.array([id.encode("utf-8", "replace") for id in ids], np.bytes_)
        own, order = self.arrays["id"], self.arrays["by_id"]
        if not len(wanted) or not self.size:
            return np.zeros(0, np.int64)
        place = np.minimum(np.searchsorted(own, wanted, sorter=order), self.size - 1)
        found = order[place]
        out: Array = found[own[found] == wanted].astype(np.int64)
        return out


class View:
    """A segment, and which of its articles are alive (None: all)."""

    def __init__(self, segment: Segment, alive: Array | None) -> None:
        if alive is not None and len(alive) != segment.size:
            raise Damaged(f"{segment.name} has another size than it should")
        self.segment = segment
        self.alive = alive
        self.size = segment.size
        self.count = self.size if alive is None else int(np.count_nonzero(alive))
        lengths = segment.arrays["length"]
        self.total_length = float((lengths if alive is None else lengths[alive]).sum(dtype=np.float64))

    @cached_property
    def living(self) -> Array:
        """The mask of what is alive."""
        return np.ones(self.size, np.bool_) if self.alive is None else self.alive

    @cached_property
    def visible(self) -> Array:
        """The mask of what readers without scopes see."""
        visible = self.segment.arrays["visible"]
        out: Array = visible if self.alive is None else visible & self.alive
        return out

    @cached_property
    def drafts(self) -> int:
        """How many articles are alive that readers without scopes do not see."""
        return self.count - int(np.count_nonzero(self.visible))

    def seen(self, *, preview: bool) -> Array:
        """The mask of what a reader may see."""
        return self.living if preview else self.visible

    def hides(self, *, preview: bool) -> bool:
        """Whether there is an article that a reader may not see."""
        return len(self._hidden[preview]) > 0

    def shown(self, docs: Array, *, preview: bool) -> int:
        """How many of some articles, ascending, a reader may see."""
        hidden = self._hidden[preview]
        if not len(hidden):
            return len(docs)
        if len(hidden) * SPARSE < len(docs):
            return len(docs) - int(np.count_nonzero(among(hidden, docs)))
        return int(np.count_nonzero(self.seen(preview=preview).take(docs)))

    def holding(self, stem: str, *, preview: bool) -> int:
        """How many articles that a reader may see hold a stem."""
        number = self.segment.term(stem)
        return 0 if number is None else self.shown(self.segment.postings(number)[0], preview=preview)

    @cached_property
    def _hidden(self) -> tuple[Array, Array]:
        """What readers do not see: those without scopes, and those with."""
        return np.flatnonzero(~self.visible), np.flatnonzero(~self.living)

    def only_alive(self, docs: Array) -> Array:
        """Those of some articles that are alive."""
        return docs if self.alive is None else docs.take(np.flatnonzero(self.alive.take(docs)))
