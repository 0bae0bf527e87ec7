"""What do scores, and the reading of queries, need to know of all articles?

How many there are, how long they are, by whose languages they are read, what a word may be in these. What is deleted does not count, so
that scores are those of an index built anew.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property, lru_cache, partial

import numpy as np

from index.search.analysis import DEFAULT, STOP, stems_by_language, stops_by_language, words_in, words_of
from index.search.arrays import Array
from index.search.columns import READINGS
from index.search.expansion import beginning
from index.search.facets import values
from index.search.fields import QUARTERS
from index.search.matches import Matches
from index.search.phrases import Stems
from index.search.segments import View
from index.search.stopped import with_stops
from index.search.syntax import Parsed, Phrase, Word

K1 = 1.2  # how soon more of the same word count less
B = 0.75  # how much longer articles count less
NONE: frozenset[str] = frozenset()
KEPT = 500  # words whose stems are kept, and beginnings whose words are: those of one or two letters are asked for most, and hold most


class Statistics:
    """What is known of the articles of some views."""

    def __init__(self, views: Sequence[View]) -> None:
        self.views = views
        self.count = sum(view.count for view in views)
        self.average = sum(view.total_length for view in views) / max(1, self.count) or 1.0
        self._totals: dict[tuple[str, bool], dict[str, int]] = {}
        self.stems = lru_cache(KEPT)(self._stems)
        self.stops = lru_cache(KEPT)(self._stops)
        self.unstemmed = lru_cache(KEPT)(self._unstemmed)
        self.read = lru_cache(KEPT)(self._read)
        self.beginning = lru_cache(KEPT)(partial(beginning, tuple(views)))

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """By whose rules articles are read."""
        return tuple(sorted({language for view in self.views for language in view.segment.readings}))

    def _stems(self, raw: str) -> Stems:
        """What a word of a query may be: its stem by each language, and those of the same word where it was met with other accents."""
        found = stems_by_language(raw, self.languages)
        word = words_of(DEFAULT)[raw][0].encode("utf-8", "replace")
        for view in self.views:
            for place, number in view.segment.spelt(word):
                stem = view.segment.terms[number].decode()
                known = found.get(stem, NONE)
                if view.segment.word_languages(place) <= known:
                    continue
                met = np.bincount(view.segment.arrays["reading"].take(view.only_alive(view.segment.holding(place))))
                languages = {READINGS[reading] for reading in np.flatnonzero(met).tolist()}
                if languages:
                    found[stem] = known | languages
        return found

    def _stops(self, raw: str) -> Stems:
        """The terms of a word of a query where it is a stop word."""
        return stops_by_language(raw, self.languages)

    def stopped(self, raw: str, languages: frozenset[str]) -> Stems:
        """The terms of a word of a query where it is a stop word, in some languages."""
        return {term: own & languages for term, own in self.stops(raw).items()} if languages else {}

    def _unstemmed(self, part: Word | Phrase) -> frozenset[str]:
        """The languages in which a part of a query is nothing but stop words."""
        if isinstance(part, Word) and (part.prefix or part.fuzzy):
            return NONE
        return frozenset(self.languages).difference(*(some for raw, _ in words_in(part.text) for some in self.stems(raw).values()))

    def _read(self, query: Parsed) -> Parsed:
        """A query as these articles' languages have it."""
        return with_stops(query, self.unstemmed, self.mostly, self.met)

    def met(self, raw: str) -> bool:
        """Whether articles may hold a word by one of its stems (they may have been deleted since)."""
        return any(
            view.segment.term_languages(number) & languages
            for stem, languages in self.stems(raw).items()
            for view in self.views
            if (number := view.segment.term(stem)) is not None
        )

    def mostly(self, languages: frozenset[str]) -> bool:
        """Whether more than half of the articles are read by the rules of these languages."""
        return 2 * sum([self._read_in[language] for language in languages]) > self.count

    def silent(self, stems: Stems) -> int:
        """How many articles are of languages in which a word is a stop word. They are taken to hold it: else it would count as rare.

        `the` in a Spanish article is no stop word; beside English ones it is no rare word either.
        """
        if any(stem.startswith(STOP) for stem in stems):
            return 0
        return sum([self._read_in[language] for language in set(self.languages).difference(*stems.values())])

    @cached_property
    def _read_in(self) -> dict[str, int]:
        """How many articles are read by the rules of each language."""
        counts = sum(np.bincount(view.segment.arrays["reading"][view.living], minlength=len(READINGS)) for view in self.views)
        return dict(zip(READINGS, np.asarray(counts).tolist(), strict=True)) if self.views else {}

    @cached_property
    def norms(self) -> list[Array]:
        """Of each article k₁ · (1 − b + b · length / average), in quarters as weights are."""
        factor, base = np.float32(QUARTERS * K1 * B / self.average), np.float32(QUARTERS * K1 * (1 - B))
        return [view.segment.arrays["length"] * factor + base for view in self.views]

    def totals(self, column: str, *, preview: bool) -> dict[str, int]:
        """How many articles that a reader may see hold each value of a column."""
        if (column, preview) not in self._totals:
            seen = [Matches(view, mask=view.seen(preview=preview)) for view in self.views]
            self._totals[column, preview] = dict(values(column, seen))
        return self._totals[column, preview]

    def worth(self, holding: int) -> np.float32:
        """The most that a term can score that so many articles hold: idf · (k₁ + 1)."""
        return np.float32(math.log(1 + (self.count - holding + 0.5) / (holding + 0.5)) * (K1 + 1))
