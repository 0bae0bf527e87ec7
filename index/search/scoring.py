"""How well does each article answer a query?

BM25F: an occurrence of a term weighs by the part of the article that it stands in; the weights add up to w, and the term scores
idf · w · (k₁ + 1) / (w + k₁ · (1 − b + b · length / average)), with Lucene's idf = ln(1 + (N − n + ½) / (n + ½)). Robertson and Zaragoza,
The Probabilistic Relevance Framework (2009). Words are optional: scores add up, so that more of them rank higher; a word that is said again
counts again, though less. `index.search.ranking` lifts the best of what is found.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence

import numpy as np

from index.search.analysis import IS_UNSPACED, unmarked, words_in
from index.search.arrays import Array
from index.search.engine import SearchTimeout
from index.search.expansion import Spelt, near
from index.search.found import NOTHING, Found, Listed, Weighed
from index.search.phrases import Stems, adjacent
from index.search.segments import View
from index.search.sets import every, greatest, joined, shared, some, sum_of, unscored
from index.search.statistics import Statistics
from index.search.syntax import All, Dates, Node, Not, Phrase, Some, Word
from index.search.terms import lists, spellings

REPEATED = 0.75  # a word that is said n times counts nᴿ times: chosen on three judged collections (index.search.ranking)


class Scorer:
    """Scores the articles of some views until its time is up."""

    def __init__(self, statistics: Statistics, end: float) -> None:
        self.statistics = statistics
        self.views = statistics.views
        self.end = end
        self._terms: dict[Hashable, list[Weighed]] = {}

    def find(self, node: Node) -> Sequence[Found]:
        """What answers a node, view by view; raises `SearchTimeout`."""
        self.check()
        match node:
            case Word():
                return self.word(node)
            case Phrase():
                return self.phrase(node.text, node.field)
            case Some():
                return self._each(greatest, [self.find(one) for one in node.nodes]) if node.same else self._any(node.nodes)
            case All():
                return self._all(node)
            case Dates() | Not():
                return [unscored(mask) for mask in self.masks(node)]

    def check(self) -> None:
        """Raise `SearchTimeout` where time is up."""
        if time.monotonic() > self.end:
            raise SearchTimeout("The search took longer than it may. Ask with fewer words, or narrow it by a filter.")

    def _each(self, join: Callable[[View, Sequence[Found]], Found], parts: Sequence[Sequence[Found]]) -> Sequence[Found]:
        return [join(view, [part[at] for part in parts]) for at, view in enumerate(self.views)]

    def _all(self, node: All) -> Sequence[Found]:
        """What all parts hold: those that score intersected, the others as masks over them."""
        parts = [part for part in node.nodes if not isinstance(part, Dates | Not)]
        passed = [self._passed(part) for part in parts]
        found = [self._needed(part, some) for part, some in zip(parts, passed, strict=True)]
        both = self._each(every, found) if found else [unscored(view.living) for view in self.views]
        if any(passed):
            both = [one.only(np.flatnonzero(one.scores > 0)) for one in both]  # stop words alone find nothing
        for part in node.nodes:
            if isinstance(part, Dates | Not):
                both = [one.kept(own) for one, own in zip(both, self.masks(part), strict=True)]
        return both

    def _passed(self, node: Node) -> frozenset[str]:
        """The languages in which a node is a stop word that is passed over."""
        return self.statistics.unstemmed(node) - node.stopped if isinstance(node, Word) else frozenset()

    def _needed(self, node: Node, passed: frozenset[str]) -> Sequence[Found]:
        """What holds a node, and what is of a language whose stop words it asks for."""
        found = self.find(node)
        if not passed:
            return found
        rest = [unscored(view.living & view.segment.read_in(passed)) for view in self.views]
        return self._each(some, [found, rest])

    def masks(self, node: Dates | Not) -> list[Array]:
        """What stands in some dates, or does not answer a node."""
        if isinstance(node, Dates):
            days = [view.segment.arrays["day"] for view in self.views]
            dated = [(day >= node.first) & (day < node.last) & (day >= 0) for day in days]
            return [view.living & own for view, own in zip(self.views, dated, strict=True)]
        out = []
        for view, found in zip(self.views, self.find(node.node), strict=True):
            mask = view.living.copy()
            mask[found.docs] = False
            out.append(mask)
        return out

    # -------------------------------------------------------------- words
    def word(self, node: Word) -> Sequence[Found]:
        """What holds a word, a word that begins so, or one that is spelt nearly so. Writing without spaces is a phrase of pairs."""
        if len(words_in(node.text)) > 1:
            return self.phrase(node.text, node.field)
        if node.begins:
            return self.spelt(self.statistics.beginning(_folded(node.text), ending=not node.prefix), node.field)
        if node.fuzzy:
            return self.spelt(near(self.views, _folded(node.text), node.fuzzy), node.field)
        found = self.terms(self.statistics.stems(node.text), node.field)
        return self.any_of([found, self.terms(self.statistics.stopped(node.text, node.stopped), node.field)]) if node.stopped else found

    def terms(self, stems: Stems, field: str = "") -> Sequence[Weighed]:
        """The living articles that hold any of these stems, which count as one term, view by view."""
        key = tuple(stems.items()), field
        if key not in self._terms:
            found = [joined(view, list(lists(view, stems, field))) for view in self.views]
            self._terms[key] = self._weighed(found, self.statistics.silent(stems))
        return self._terms[key]

    def held(self, stems: Stems) -> int:
        """How many living articles hold any of these stems, or are taken to."""
        return sum(len(found.docs) for found in self.terms(stems)) + self.statistics.silent(stems)

    def any_of(self, parts: Sequence[Sequence[Found]]) -> Sequence[Found]:
        """What any of these hold, scores added up."""
        return self._each(some, parts) if parts else [NOTHING for _ in self.views]

    def _any(self, nodes: Sequence[Node]) -> Sequence[Found]:
        """What answers any of these; a word that is said again counts again, though less."""
        parts: list[Sequence[Found]] = []
        said: Counter[Hashable] = Counter()
        for node in nodes:
            key = self._said(node)
            said[key] += 1
            if said[key] == 1:
                parts.append(self.find(node))
        for at, times in enumerate(said.values()):
            if times > 1:
                parts[at] = [one.times(times**REPEATED) for one in parts[at]]
        return self.any_of(parts)

    def _said(self, node: Node) -> Hashable:
        """What a node asks for: two words of the same stems ask for the same."""
        if not isinstance(node, Word) or node.prefix or node.fuzzy:
            return node
        return (tuple(self.statistics.stems(node.text).items()) if not node.stopped else ()) or node.text, node.field

    def spelt(self, words: Iterable[Spelt], field: str) -> Sequence[Found]:
        """What holds any of these words just as they are; together they count as one term."""
        by_stem: dict[str, list[bytes]] = {}
        for one in words:
            by_stem.setdefault(one.stem, []).append(one.word.encode())
        found = []
        for view in self.views:
            self.check()
            found.append(joined(view, list(spellings(view, by_stem, field, own=len(self.views) == 1))))
        return self._weighed(found)

    def _weighed(self, found: Sequence[tuple[Array, Array]], silent: int = 0) -> list[Weighed]:
        worth = self.statistics.worth(sum(len(docs) for docs, _ in found) + silent)
        norms = self.statistics.norms
        return [Weighed(docs, weights, worth, own) for (docs, weights), own in zip(found, norms, strict=True)]

    # ------------------------------------------------------------ phrases
    def phrase(self, text: str, field: str) -> Sequence[Found]:
        """What holds words one after another, stop words too. These score only where all are: which words are, a language says."""
        words = [(token.position, raw, self.statistics.stems(raw)) for raw, token in words_in(text)]
        tellings: dict[tuple[bool, ...], set[str]] = {}
        for language in self.statistics.languages:
            told = tuple(any(language in some for some in stems.values()) for _, _, stems in words)
            tellings.setdefault(told, set()).add(language)
        found = []
        for told, languages in tellings.items():
            stemmed = [(place, stems) for (place, _, stems), tells in zip(words, told, strict=True) if tells]
            silent = [(place, self.statistics.stops(raw)) for (place, raw, _), tells in zip(words, told, strict=True) if not tells]
            stopped = [(place, stops) for place, stops in silent if stops]
            if stemmed or stopped:
                found.append(self._adjacent(stemmed or stopped, stopped if stemmed else [], field, frozenset(languages)))
        return self.any_of(found)

    def _adjacent(
        self, scored: Sequence[tuple[int, Stems]], silent: Sequence[tuple[int, Stems]], field: str, languages: frozenset[str]
    ) -> Sequence[Found]:
        """What holds words at these distances, and others that do not score, of articles in some languages."""
        self.check()
        wanted = (*scored, *silent)
        parts = [self.terms(stems, field) for _, stems in wanted]
        order = sorted(range(len(parts)), key=lambda at: sum(len(found.docs) for found in parts[at]))
        out: list[Found] = []
        for at, view in enumerate(self.views):
            own = [part[at] for part in parts]
            docs = shared(view, own)[0].docs
            if not view.segment.readings <= languages:
                docs = docs.take(np.flatnonzero(view.segment.read_in(languages).take(docs)))
            if len(wanted) > 1:
                docs = docs.take(adjacent(view, docs, [wanted[at] for at in order]))
            out.append(Listed(docs, sum_of(own[: len(scored)], docs)))
        return out


def _folded(text: str) -> str:
    return text if IS_UNSPACED.match(text) else unmarked(text)
