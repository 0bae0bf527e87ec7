"""How well does each article answer a query?

BM25F: an occurrence of a term weighs by the part of the article that it stands in; the weights add up to w, and the term scores
idf · w · (k₁ + 1) / (w + k₁ · (1 − b + b · length / average)), with Lucene's idf = ln(1 + (N − n + ½) / (n + ½)). Robertson and Zaragoza,
The Probabilistic Relevance Framework (2009). Words are optional: scores add up, so that more of them rank higher; a word that is said twice
counts twice. What is deleted does not count, so that scores are those of an index built anew.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

import numpy as np

from index.search.analysis import IS_CJK, stems_by_language, tokens
from index.search.arrays import Array
from index.search.columns import READINGS
from index.search.engine import SearchTimeout
from index.search.expansion import Spelt, beginning, near, places
from index.search.facets import values
from index.search.fields import QUARTERS
from index.search.matches import NOTHING, Found, Matches
from index.search.postings import narrow
from index.search.segments import View
from index.search.syntax import All, Dates, Node, Not, Phrase, Some, Word
from index.slugs import fold

K1 = 1.2
B = 0.75
SPARSE = 16  # articles of a longer list for each of a shorter one, above which the shorter one's are looked up in it one by one
APART = 2**16  # added to places, so that a word's distance from the first of a phrase can be taken from them

Stems = Mapping[str, frozenset[str]]
"""What a word may be, each stem with the languages in which it is that."""


class Statistics:
    """What scores need to know of the articles of some views."""

    def __init__(self, views: Sequence[View]) -> None:
        self.views = views
        self.count = sum(view.count for view in views)
        self.average = sum(view.total_length for view in views) / max(1, self.count) or 1.0
        self._totals: dict[tuple[str, bool], dict[str, int]] = {}

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """By whose rules articles are read."""
        return tuple(sorted({language for view in self.views for language in view.segment.readings}))

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

    def idf(self, holding: int) -> np.float32:
        """What a term is worth that so many articles hold."""
        return np.float32(np.log(1 + (self.count - holding + 0.5) / (holding + 0.5)))


class Scorer:
    """Scores the articles of some views until its time is up."""

    def __init__(self, statistics: Statistics, end: float) -> None:
        self.statistics = statistics
        self.views = statistics.views
        self.end = end

    def find(self, node: Node) -> list[Found]:
        """What answers a node, view by view; raises `SearchTimeout`."""
        self.check()
        match node:
            case Word():
                return self.word(node)
            case Phrase():
                return self.phrase(node.text, node.field)
            case Some():
                return self.some([self.find(part) for part in node.nodes])
            case All():
                return self._all(node)
            case Dates() | Not():
                return [_unscored(mask) for mask in self.masks(node)]

    def check(self) -> None:
        """Raise `SearchTimeout` where time is up."""
        if time.monotonic() > self.end:
            raise SearchTimeout("The search took longer than it may. Ask with fewer words, or narrow it by a filter.")

    def _each(self, join: Callable[[View, Sequence[Found]], Found], parts: Sequence[Sequence[Found]]) -> list[Found]:
        return [join(view, [part[at] for part in parts]) for at, view in enumerate(self.views)]

    def _all(self, node: All) -> list[Found]:
        """What all parts hold: those that score intersected, the others as masks over them."""
        scored = [self.find(part) for part in node.nodes if not isinstance(part, Dates | Not)]
        masks = [self.masks(part) for part in node.nodes if isinstance(part, Dates | Not)]
        found = self._each(_every, scored) if scored else [_unscored(view.living) for view in self.views]
        return [_within(one, [mask[at] for mask in masks]) for at, one in enumerate(found)]

    def masks(self, node: Dates | Not) -> list[Array]:
        """What stands in some dates, or does not answer a node."""
        if isinstance(node, Dates):
            days = [view.segment.arrays["day"] for view in self.views]
            return [(day >= node.first) & (day < node.last) & (day >= 0) for day in days]
        out = []
        for view, found in zip(self.views, self.find(node.node), strict=True):
            mask = view.living.copy()
            mask[found.docs] = False
            out.append(mask)
        return out

    # -------------------------------------------------------------- words
    def word(self, node: Word) -> list[Found]:
        """What holds a word, a word that begins so, or one that is spelt nearly so."""
        if node.prefix or (len(node.text) == 1 and IS_CJK.match(node.text)):
            return self.spelt(beginning(self.views, _folded(node.text)), node.field)
        if node.fuzzy:
            return self.spelt(near(self.views, _folded(node.text), node.fuzzy), node.field)
        if len(list(tokens(node.text, "en"))) > 1:
            return self.phrase(node.text, node.field)
        return self.terms(stems_by_language(node.text, self.statistics.languages), node.field)

    def terms(self, stems: Stems, field: str = "") -> list[Found]:
        """What holds any of these stems, which count as one term."""
        return self._scored([_joined(view, list(self._postings(view, stems, field))) for view in self.views])

    def holding(self, stems: Stems) -> list[Array]:
        """The articles that hold any of these stems, view by view."""
        lists = [[docs for docs, _ in self._postings(view, stems, "")] for view in self.views]
        none = np.zeros(0, np.int32)
        return [some[0] if len(some) == 1 else np.unique(np.concatenate([none, *some])) for some in lists]

    def some(self, parts: Sequence[Sequence[Found]]) -> list[Found]:
        """What any of these hold, scores added up."""
        return self._each(_some, parts) if parts else [NOTHING for _ in self.views]

    def spelt(self, words: Iterable[Spelt], field: str) -> list[Found]:
        """What holds any of these words just as they are; together they count as one term."""
        some = list(words)
        found = []
        for view in self.views:
            self.check()
            lists: list[tuple[Array, Array]] = []
            for stem in sorted({one.stem for one in some}):
                number = view.segment.term(stem)
                if number is not None:
                    spelt = [one.word.encode() for one in some if one.stem == stem]
                    held = [view.segment.holding(place) for word in spelt for place in places(view.segment, word, stem.encode())]
                    docs = held[0] if len(held) == 1 else np.unique(np.concatenate([np.zeros(0, np.int32), *held]))
                    lists.append(self._weighed(view, number, self._in_field(view, docs, stem, field)))
            found.append(_joined(view, lists))
        return self._scored(found)

    def _postings(self, view: View, stems: Stems, field: str) -> Iterable[tuple[Array, Array]]:
        """The living articles of a view that hold a stem, with its weights, for each stem."""
        segment = view.segment
        for stem, languages in stems.items():
            number = segment.term(stem)
            if number is None:
                continue
            docs, weights = segment.postings(number)
            if field:
                docs, weights = self._weighed(view, number, self._in_field(view, docs, stem, field))
            if not segment.readings <= languages:
                kept = np.array([language in languages for language in READINGS])[segment.arrays["reading"][docs]]
                docs, weights = docs[kept], weights[kept]
            if view.alive is not None:
                kept = view.alive[docs]
                docs, weights = docs[kept], weights[kept]
            yield docs, weights

    def _in_field(self, view: View, docs: Array, stem: str, field: str) -> Array:
        """Those of some articles that hold a stem in a narrow field, where one is named, and are alive."""
        if field:
            number = view.segment.term(narrow(field, stem))
            docs = docs[:0] if number is None else np.intersect1d(docs, view.segment.postings(number)[0], assume_unique=True)
        return view.only_alive(docs)

    def _weighed(self, view: View, number: int, docs: Array) -> tuple[Array, Array]:
        """Some articles that hold a term, with its weights."""
        own, weights = view.segment.postings(number)
        return docs, weights[np.searchsorted(own, docs)]

    def _scored(self, found: Sequence[tuple[Array, Array]]) -> list[Found]:
        idf = self.statistics.idf(sum(len(docs) for docs, _ in found)) * np.float32(K1 + 1)
        out = []
        for (docs, weights), norms in zip(found, self.statistics.norms, strict=True):
            own = weights.astype(np.float32)
            out.append(Found(docs, idf * own / (own + norms.take(docs))))
        return out

    # ------------------------------------------------------------ phrases
    def phrase(self, text: str, field: str) -> list[Found]:
        """What holds words one after another. Stop words keep their places, whatever stands there."""
        words = [(token.position, text[token.start : token.end]) for token in tokens(text, "en")]
        wanted = [(position, stems) for position, raw in words if (stems := stems_by_language(raw, self.statistics.languages))]
        if not wanted:
            return [NOTHING for _ in self.views]
        parts = [self.terms(stems, field) for _, stems in wanted]
        both = self._each(_every, parts)
        if len(wanted) == 1:
            return both
        self.check()
        order = sorted(range(len(wanted)), key=lambda at: sum(len(found.docs) for found in parts[at]))
        out = []
        for view, found in zip(self.views, both, strict=True):
            kept = _adjacent(view, found.docs, [wanted[at] for at in order])
            out.append(Found(found.docs[kept], found.scores[kept]))
        return out


def _folded(text: str) -> str:
    return text if IS_CJK.match(text) else fold(text)


def _unscored(mask: Array) -> Found:
    docs = np.flatnonzero(mask)
    return Found(docs, np.zeros(len(docs), np.float32))


def _joined(view: View, lists: Sequence[tuple[Array, Array]]) -> tuple[Array, Array]:
    """The articles of several lists, their weights added up."""
    if len(lists) < 2:
        return lists[0] if lists else (np.zeros(0, np.int32), np.zeros(0, np.uint16))
    weights = np.zeros(view.size, np.uint32)
    for docs, own in lists:
        np.add.at(weights, docs, own)
    docs = np.flatnonzero(weights)
    return docs, weights[docs]


def _some(view: View, parts: Sequence[Found]) -> Found:
    """What any part holds, scores added up."""
    parts = [part for part in parts if len(part.docs)]
    if len(parts) < 2:
        return parts[0] if parts else NOTHING
    scores, mask = np.zeros(view.size, np.float32), np.zeros(view.size, np.bool_)
    for part in parts:
        np.add.at(scores, part.docs, part.scores)
        mask[part.docs] = True
    docs = np.flatnonzero(mask)
    return Found(docs, scores[docs])


def _every(view: View, parts: Sequence[Found]) -> Found:
    """What all parts hold, scores added up."""
    first, *rest = sorted(parts, key=lambda part: len(part.docs))
    docs, scores = first
    for part in rest:
        if not len(docs):
            return NOTHING
        if len(docs) * SPARSE < len(part.docs):
            place = np.minimum(np.searchsorted(part.docs, docs), len(part.docs) - 1)
            kept = part.docs[place] == docs
            docs, scores = docs[kept], scores[kept] + part.scores[place[kept]]
        else:
            own = np.full(view.size, -1, np.float32)
            own[part.docs] = part.scores
            own = own.take(docs)
            kept = own >= 0
            docs, scores = docs[kept], scores[kept] + own[kept]
    return Found(docs, scores)


def _within(found: Found, masks: Sequence[Array]) -> Found:
    """What stands in all masks."""
    for mask in masks:
        kept = mask[found.docs]
        found = Found(found.docs[kept], found.scores[kept])
    return found


def _adjacent(view: View, docs: Array, words: Sequence[tuple[int, Stems]]) -> Array:
    """Which of some articles hold words at these distances, as their indexes; the rarest word comes first."""
    starts: Array | None = None
    left = np.arange(len(docs))
    for position, stems in words:
        keys = [np.zeros(0, np.int64)]
        for stem in stems:
            number = view.segment.term(stem)
            if number is None:
                continue
            held = view.segment.postings(number)[0]
            there = left if len(stems) == 1 else left[np.isin(docs[left], held)]
            owners, own = view.segment.places(number, docs[there])
            keys.append((there[owners] << 32) + own - position + APART)
        here = keys[1] if len(keys) == 2 else np.unique(np.concatenate(keys))
        starts = here if starts is None else starts[_among(starts, here)]
        left = np.unique(starts >> 32)
    return left


def _among(some: Array, others: Array) -> Array:
    """Which of some numbers stand among others; both ascend."""
    if not len(others):
        return np.zeros(len(some), np.bool_)
    out: Array = others[np.minimum(np.searchsorted(others, some), len(others) - 1)] == some
    return out
