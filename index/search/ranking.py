"""What lifts one article above another that holds the same words?

Words that stand together in the query and in the article, side by side or near; and a word just as the reader wrote it. That is looked at
in the best articles by BM25F alone, so that it costs the same in an archive of any size; what it adds is never negative, so that the order
stays one order. After Metzler and Croft, A Markov Random Field Model for Term Dependencies (2005), with BM25's saturation.
docs/search.md says what each gave on judged collections, and how the constants were chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from index.search.analysis import tokens
from index.search.arrays import Array
from index.search.fields import QUARTERS
from index.search.matches import Found
from index.search.phrases import Stems
from index.search.scoring import Scorer
from index.search.sets import among
from index.search.syntax import Node, Word, words_of

BEST = 100  # articles that are looked at: nDCG@10 is the same to .0002 with 1,000
RAREST = 16  # words of a long query that are looked at: the same to .003 from 8 to all
BESIDE = 0.2  # what a pair side by side is worth, in what a word as rare is worth
NEAR = 0.2  # what a pair near each other is worth
WITHIN = 16  # places that are near
WRITTEN = 0.4  # what a word just as it was written is worth, in what the word is worth


class Asked(NamedTuple):
    """A word of the query: its place among all, as it was written, folded, and what its stem may be."""

    place: int
    word: str
    stems: Stems


def lifted(scorer: Scorer, node: Node, found: Sequence[Found]) -> list[Found]:
    """The articles with the best of them lifted."""
    asked = list(_asked(scorer, node))
    tops = [_Top(scorer, at, docs) for at, docs in enumerate(_best(scorer, found)) if len(docs)]
    words = {one.word: one for one in asked}
    rarest = sorted(words, key=lambda word: (scorer.held(words[word].stems), word))[:RAREST]
    for word in rarest:
        scorer.check()
        _lift_written(scorer, words[word], tops)
    pairs = {(one.word, other.word): (one, other) for one, other in pairwise(asked) if one.stems != other.stems}
    for one, other in pairs.values():
        if one.word in rarest and other.word in rarest:
            scorer.check()
            _lift_pair(scorer, one, other, tops)
    out = list(found)
    for top in tops:
        out[top.at] = out[top.at].lifted(top.docs, top.lift)
    return out


class _Top:
    """The best articles of one view, and by how much each is lifted."""

    def __init__(self, scorer: Scorer, at: int, docs: Array) -> None:
        self.at = at
        self.view = scorer.views[at]
        self.docs = docs
        self.norms = scorer.statistics.norms[at][docs]
        self.lift = np.zeros(len(docs), np.float32)
        self._stands: dict[str, tuple[Array, Array]] = {}

    def add(self, worth: np.float32, there: Array, weights: Array) -> None:
        """Lift some of them by a term that weighs so much in each."""
        own = weights.astype(np.float32)
        self.lift[there] += worth * own / (own + self.norms[there])

    def stands(self, asked: Asked) -> tuple[Array, Array]:
        """Which of them hold a word by its stem, as a mask, and where: the article's index × 2³² + the place, ascending."""
        if asked.word not in self._stands:
            mask, keys = np.zeros(len(self.docs), np.bool_), [np.zeros(0, np.int64)]
            for stem in asked.stems:
                number = self.view.segment.term(stem)
                if number is not None:
                    there = np.flatnonzero(among(self.docs, self.view.segment.postings(number)[0]))
                    owners, own = self.view.segment.places(number, self.docs[there])
                    keys.append((there[owners] << 32) + own)
                    mask[there] = True
            self._stands[asked.word] = mask, keys[1] if len(keys) == 2 else np.sort(np.concatenate(keys))
        return self._stands[asked.word]

    def together(self, first: Asked, second: Asked) -> tuple[Array, Array]:
        """How often two words stand in each of them side by side, as in the query, and how often near each other."""
        (_, one), (_, other) = self.stands(first), self.stands(second)
        if not len(one) or not len(other):
            none = np.zeros(len(self.docs), np.int64)
            return none, none
        at = np.searchsorted(other, one, side="right")
        after = other.take(at, mode="clip") - one  # negative where none comes after
        before = one - other.take(at - 1, mode="clip")
        owners = one >> 32
        near = ((after > 0) & (after <= WITHIN)) | ((before >= 0) & (before <= WITHIN))
        beside = (after > 0) & (after <= second.place - first.place)
        return np.bincount(owners[beside], minlength=len(self.docs)), np.bincount(owners[near], minlength=len(self.docs))


def _asked(scorer: Scorer, node: Node) -> list[Asked]:
    """The words that a query asks for by their stems, stop words left out."""
    asked, first = [], 0
    for part in words_of(node):
        words = list(tokens(part.text, "en"))
        if not part.field and not (isinstance(part, Word) and (part.prefix or part.fuzzy)):
            for token in words:
                raw = part.text[token.start : token.end]
                stems = scorer.statistics.stems(raw)
                if stems:
                    asked.append(Asked(first + token.position, token.word, stems))
        first += len(words)
    return asked


def _best(scorer: Scorer, found: Sequence[Found]) -> list[Array]:
    """The best articles of all, view by view, as ordinals, ascending; ties by id."""
    own = [one.best(BEST) for one in found]
    scores = np.concatenate([np.zeros(0, np.float32), *(one.scores for one in own)])
    if len(scores) <= BEST:
        return [one.docs for one in own]
    ids = np.concatenate([view.segment.arrays["id"][one.docs] for view, one in zip(scorer.views, own, strict=True)])
    kept = np.zeros(len(scores), np.bool_)
    kept[np.lexsort((ids, -scores))[:BEST]] = True
    ends = np.cumsum([len(one.docs) for one in own]).tolist()
    return [one.docs[kept[end - len(one.docs) : end]] for one, end in zip(own, ends, strict=True)]


def _lift_written(scorer: Scorer, asked: Asked, tops: Sequence[_Top]) -> None:
    """Lift the articles that hold a word just as it was written."""
    word = asked.word.encode("utf-8", "replace")
    worth = scorer.statistics.worth(scorer.held(asked.stems)) * np.float32(WRITTEN)
    for top in tops:
        segment = top.view.segment
        for number, docs in segment.spelt(word):
            if segment.terms[number].decode() in asked.stems:
                there = np.flatnonzero(among(top.docs, docs))
                postings, weights = segment.postings(number)
                top.add(worth, there, weights[np.searchsorted(postings, top.docs[there].astype(postings.dtype))])


def _lift_pair(scorer: Scorer, first: Asked, second: Asked, tops: Sequence[_Top]) -> None:
    """Lift the articles in which two words stand side by side as they do in the query, and those in which they stand near.

    How rare a pair is can only be guessed from the best articles: the part of those that hold both words in which these stand so, as if it
    were the same part of all that hold the rarer word.
    """
    seen = [top.together(first, second) for top in tops]
    both = sum(int(np.count_nonzero(top.stands(first)[0] & top.stands(second)[0])) for top in tops)
    rarer = min(scorer.held(first.stems), scorer.held(second.stems))
    for kind, factor in ((0, BESIDE), (1, NEAR)):
        there = [np.flatnonzero(one[kind]) for one in seen]
        holding = sum(map(len, there))
        if holding:
            worth = scorer.statistics.worth(max(1, rarer * holding // both)) * np.float32(factor)
            for top, own, one in zip(tops, there, seen, strict=True):
                top.add(worth, own, one[kind][own] * QUARTERS)
