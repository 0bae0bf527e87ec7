"""What lifts one article above another that holds the same words?

Words that stand together in the query and in the article, side by side or near; and a word just as the reader wrote it. That is looked at
in the best articles by BM25F alone, so that it costs the same in an archive of any size; what it adds is never negative, so that the order
stays one order. After Metzler and Croft, A Markov Random Field Model for Term Dependencies (2005), with BM25's saturation.
docs/search.md says what each gave on judged collections, and how the constants were chosen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from index.search.analysis import words_in
from index.search.arrays import Array
from index.search.fields import QUARTERS
from index.search.found import Found, bm25f
from index.search.scoring import Scorer
from index.search.segments import Segment
from index.search.standing import Asked, Standing
from index.search.syntax import Node, Word, words_of

BEST = 100  # articles that are looked at: nDCG@10 is the same to .0002 with 1,000
RAREST = 16  # words of a long query that are looked at: the same to .003 from 8 to all
BESIDE = 0.2  # what a pair side by side is worth, in what a word as rare is worth
NEAR = 0.2  # what a pair near each other is worth
WRITTEN = 0.4  # what a word just as it was written is worth, in what the word is worth


def lift(scorer: Scorer, node: Node, found: Sequence[Found]) -> None:
    """Lift the best of the articles that answer a query."""
    asked = list(_asked(scorer, node))
    if not asked or (isinstance(node, Word) and len(asked) == 1 and all(_as_written(view.segment, asked[0]) for view in scorer.views)):
        return
    best = _best(scorer, found)
    if not any(map(len, best)):
        return
    words = {one.word: one for one in asked}
    held = {word: scorer.held(one.stems) for word, one in words.items()}
    if len(words) > RAREST:
        rarest = set(sorted(words, key=lambda word: (held[word], word))[:RAREST])
        words = {word: one for word, one in words.items() if word in rarest}
    pairs = {(one.word, other.word): (one, other) for one, other in pairwise(asked) if one.stems != other.stems}
    scorer.check()
    lifting = _Lifting(scorer, best, list(words.values()), held)
    lifting.written()
    scorer.check()
    lifting.together([pair for (one, other), pair in pairs.items() if one in words and other in words])
    start = 0
    for one, docs in zip(found, best, strict=True):
        if len(docs):
            one.lift(docs, lifting.by[start : start + len(docs)])
            start += len(docs)


def _as_written(segment: Segment, one: Asked) -> bool:
    """Whether all that hold a word hold it just as it was written: then, alone, it would lift all by the same part."""
    numbers = [number for stem in one.stems if (number := segment.term(stem)) is not None]
    written = one.word.encode("utf-8", "replace")
    return not numbers or (
        len(numbers) == 1 and any(term in numbers and segment.listed(place) is None for place, term in segment.spelt(written))
    )


def _asked(scorer: Scorer, node: Node) -> Iterator[Asked]:
    """The words that a query asks for by their stems, stop words left out."""
    first = 0
    for part in words_of(node):
        words = words_in(part.text)
        if not part.field and not (isinstance(part, Word) and (part.prefix or part.fuzzy)):
            for raw, token in words:
                stems = scorer.statistics.stems(raw)
                if stems:
                    yield Asked(first + token.position, token.word, stems)
        first += len(words)


def _best(scorer: Scorer, found: Sequence[Found]) -> list[Array]:
    """The best articles of all, view by view, as ordinals, ascending; ties by id."""
    own = [one.best(BEST) for one in found]
    if sum(len(one.docs) for one in own) <= BEST:
        return [one.docs for one in own]
    scores = np.concatenate([one.scores for one in own])
    ids = np.concatenate([view.segment.arrays["id"][one.docs] for view, one in zip(scorer.views, own, strict=True)])
    kept = np.zeros(len(scores), np.bool_)
    kept[np.lexsort((ids, -scores))[:BEST]] = True
    ends = np.cumsum([len(one.docs) for one in own]).tolist()
    return [one.docs[kept[end - len(one.docs) : end]] for one, end in zip(own, ends, strict=True)]


class _Lifting:
    """By how much each of the best articles is lifted."""

    def __init__(self, scorer: Scorer, best: Sequence[Array], asked: Sequence[Asked], held: dict[str, int]) -> None:
        self.standing = Standing(scorer.views, best, asked)
        self.held = held
        self.worth = scorer.statistics.worth
        norms = [own.take(docs) for own, docs in zip(scorer.statistics.norms, best, strict=True)]
        self.norms = norms[0] if len(norms) == 1 else np.concatenate(norms)
        self.by = np.zeros(len(self.norms), np.float32)

    def _add(self, worths: np.float32 | Array, there: Array, weights: Array) -> None:
        """Lift some by terms that weigh so much in each; one may be named several times."""
        np.add.at(self.by, there, bm25f(weights, self.norms.take(there), worths))

    def written(self) -> None:
        """Lift the articles that hold a word just as it was written."""
        for number, there, weights in self.standing.written():
            self._add(self.worth(self.held[self.standing.asked[number].word]) * np.float32(WRITTEN), there, weights)

    def together(self, pairs: Sequence[tuple[Asked, Asked]]) -> None:
        """Lift the articles in which two words stand side by side as they do in the query, and those in which they stand near.

        How rare a pair is can only be guessed from the best articles: the part of those that hold both words in which these stand so, as if
        it were the same part of all that hold the rarer word.
        """
        if not pairs:
            return
        rarer = [min(self.held[one.word], self.held[other.word]) for one, other in pairs]
        both = self.standing.both(pairs)
        for counts, factor in zip(self.standing.together(pairs), (BESIDE, NEAR), strict=True):
            at = np.flatnonzero(counts)
            pair = at // self.standing.size
            holding = np.bincount(pair, minlength=len(pairs)).tolist()
            worths = [
                self.worth(max(1, own * some // of)) * np.float32(factor) if some else 0
                for own, some, of in zip(rarer, holding, both, strict=True)
            ]
            self._add(np.array(worths, np.float32).take(pair), at - pair * self.standing.size, counts.take(at) * QUARTERS)
