"""How well does each article answer a query?

BM25F: an occurrence of a term weighs by the part of the article that it stands in; the weights add up to w, and the term scores
idf · w · (k₁ + 1) / (w + k₁ · (1 − b + b · length / average)), with Lucene's idf = ln(1 + (N − n + ½) / (n + ½)). Robertson and Zaragoza,
The Probabilistic Relevance Framework (2009). Words are optional: scores add up, so that more of them rank higher.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.search.analysis import stems_of, tokens
from index.search.arrays import Array
from index.search.columns import Columns
from index.search.engine import SearchTimeout
from index.search.segments import MARK, Segment
from index.search.syntax import All, Dates, Node, Not, Phrase, Some, Word
from index.slugs import fold

K1 = 1.2
B = 0.75
EXPANDED = 50  # words that a prefix or a fuzzy word may stand for


class Found(NamedTuple):
    """The mask of what answers, and how well (0 where it does not)."""

    mask: Array
    scores: Array


class Scorer:
    """Scores the articles of some segments, whose ordinals follow one another, until its time is up."""

    def __init__(self, segments: Sequence[Segment], columns: Columns, languages: tuple[str, ...], end: float) -> None:
        self.segments = segments
        self.columns = columns
        self.languages = languages
        self.end = end
        self.firsts = np.cumsum([0, *(segment.size for segment in segments)]).tolist()
        self.size = self.firsts[-1]
        total = sum(segment.total_length for segment in segments)
        lengths = columns.number("length")
        self.norms = K1 * (1 - B + B * lengths / (total / max(1, self.size) or 1))

    def find(self, node: Node) -> Found:
        """What answers a node; raises `SearchTimeout`."""
        if time.monotonic() > self.end:
            raise SearchTimeout("The search took longer than it may. Ask with fewer words, or narrow it by a filter.")
        match node:
            case Word():
                return self.word(node)
            case Phrase():
                return self.phrase(node.text, node.field)
            case Dates():
                day = self.columns.number("day")
                return Found((day >= node.first) & (day < node.last) & (day >= 0), np.zeros(self.size, np.float32))
            case Not():
                return Found(~self.find(node.node).mask, np.zeros(self.size, np.float32))
            case Some():
                return self._some([self.find(part) for part in node.nodes])
            case All():
                return self._all([self.find(part) for part in node.nodes])

    def _some(self, parts: list[Found]) -> Found:
        mask, scores = np.zeros(self.size, bool), np.zeros(self.size, np.float32)
        for part in parts:
            mask |= part.mask
            scores += part.scores
        return Found(mask, scores)

    def _all(self, parts: list[Found]) -> Found:
        mask, scores = np.ones(self.size, bool), np.zeros(self.size, np.float32)
        for part in parts:
            mask &= part.mask
            scores += part.scores
        return Found(mask, np.where(mask, scores, np.float32(0)))

    def word(self, node: Word) -> Found:
        """What holds a word, a word that begins so, or one that is spelt nearly so."""
        if node.prefix:
            return self.terms(self.beginning(fold(node.text)), node.field)
        if node.fuzzy:
            return self.terms([stem for _, stem in self.near(fold(node.text), node.fuzzy)], node.field)
        if len(list(tokens(node.text, "en"))) > 1:
            return self.phrase(node.text, node.field)
        return self.terms(stems_of(node.text, self.languages), node.field)

    def beginning(self, prefix: str) -> list[str]:
        """The stems of the commonest words that begin with a prefix."""
        counts: dict[str, int] = {}
        for segment in self.segments:
            for _, stem, count in segment.words(prefix):
                counts[stem] = counts.get(stem, 0) + count
        return sorted(counts, key=lambda stem: (-counts[stem], stem))[:EXPANDED]

    def near(self, word: str, edits: int) -> list[tuple[str, str]]:
        """The words within so many edits (a swap of neighbours is one), the nearest and commonest first, with their stems."""
        found: dict[tuple[str, str], tuple[int, int]] = {}
        for segment in self.segments:
            vocabulary, stems, counts = segment.vocabulary
            matches = process.extract(word, vocabulary, scorer=OSA.distance, score_cutoff=edits, limit=EXPANDED * 4)
            for spelt, distance, place in matches:
                key = spelt, stems[place]
                found[key] = int(distance), found.get(key, (0, 0))[1] + counts[place]
        return sorted(found, key=lambda key: (found[key][0], -found[key][1], key))[:EXPANDED]

    def terms(self, stems: Sequence[str], field: str = "") -> Found:
        """What holds any of these stems, which count as one term."""
        weights = np.zeros(self.size, np.float32)
        hits = 0
        for segment, first in zip(self.segments, self.firsts, strict=False):
            part = weights[first : first + segment.size]
            for stem in stems:
                number = segment.term(stem)
                if number is None:
                    continue
                docs, own = segment.postings(number)
                part[docs] += own
            if field:
                part[~self._narrow(segment, field, stems)] = 0
            hits += int(np.count_nonzero(part))
        idf = np.float32(np.log(1 + (self.size - hits + 0.5) / (hits + 0.5)))
        mask = weights > 0
        scores = idf * weights * np.float32(K1 + 1) / (weights + self.norms)
        return Found(mask, np.where(mask, scores, np.float32(0)).astype(np.float32))

    def _narrow(self, segment: Segment, field: str, stems: Sequence[str]) -> Array:
        """The mask of a segment's articles that hold a stem in one field."""
        out = np.zeros(segment.size, bool)
        for stem in stems:
            number = segment.term(f"{field}{MARK}{stem}")
            if number is not None:
                out[segment.postings(number)[0]] = True
        return out

    def phrase(self, text: str, field: str) -> Found:
        """What holds words one after another. Stop words keep their places, whatever stands there."""
        words = [(token.position, stems_of(text[token.start : token.end], self.languages)) for token in tokens(text, "en")]
        words = [(position, stems) for position, stems in words if stems]
        if not words:
            return Found(np.zeros(self.size, bool), np.zeros(self.size, np.float32))
        parts = [self.terms(stems, field) for _, stems in words]
        both = self._all(parts)
        if len(words) == 1:
            return both
        mask = np.zeros(self.size, bool)
        for segment, first in zip(self.segments, self.firsts, strict=False):
            candidates = np.flatnonzero(both.mask[first : first + segment.size])
            if len(candidates):
                mask[first + self._adjacent(segment, candidates, words)] = True
        return Found(mask, np.where(mask, both.scores, np.float32(0)))

    def _adjacent(self, segment: Segment, candidates: Array, words: list[tuple[int, tuple[str, ...]]]) -> Array:
        """Those candidates in which the words stand at their distances."""
        starts: Array | None = None
        for position, stems in words:
            numbers = [number for stem in stems if (number := segment.term(stem)) is not None]
            keys = [segment.keys(number, candidates) - position for number in numbers]
            here = np.unique(np.concatenate(keys)) if keys else np.zeros(0, np.int64)
            starts = here if starts is None else np.intersect1d(starts, here, assume_unique=True)
        return np.unique((starts if starts is not None else np.zeros(0, np.int64)) >> 32)
