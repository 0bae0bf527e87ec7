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

from index.search.analysis import IS_CJK, tokens
from index.search.arrays import Array
from index.search.engine import SearchTimeout
from index.search.expansion import Spelt, near
from index.search.matches import NOTHING, Found
from index.search.phrases import Stems, adjacent
from index.search.postings import narrow
from index.search.segments import View
from index.search.sets import among, either, every, joined, some, unscored
from index.search.statistics import Statistics
from index.search.syntax import All, Dates, Node, Not, Phrase, Some, Word
from index.slugs import fold

REPEATED = 0.75  # a word that is said n times counts nᴿ times: chosen on three judged collections (index.search.ranking)


class Scorer:
    """Scores the articles of some views until its time is up."""

    def __init__(self, statistics: Statistics, end: float) -> None:
        self.statistics = statistics
        self.views = statistics.views
        self.end = end
        self._postings: dict[Hashable, list[tuple[Array, Array]]] = {}

    def find(self, node: Node) -> list[Found]:
        """What answers a node, view by view; raises `SearchTimeout`."""
        self.check()
        match node:
            case Word():
                return self.word(node)
            case Phrase():
                return self.phrase(node.text, node.field)
            case Some():
                return self._any(node.nodes)
            case All():
                return self._all(node)
            case Dates() | Not():
                return [unscored(mask) for mask in self.masks(node)]

    def check(self) -> None:
        """Raise `SearchTimeout` where time is up."""
        if time.monotonic() > self.end:
            raise SearchTimeout("The search took longer than it may. Ask with fewer words, or narrow it by a filter.")

    def _each(self, join: Callable[[View, Sequence[Found]], Found], parts: Sequence[Sequence[Found]]) -> list[Found]:
        return [join(view, [part[at] for part in parts]) for at, view in enumerate(self.views)]

    def _all(self, node: All) -> list[Found]:
        """What all parts hold: those that score intersected, the others as masks over them."""
        parts = [part for part in node.nodes if not isinstance(part, Dates | Not)]
        passed = [self._stopped(part) for part in parts]
        found = [self._needed(part, some) for part, some in zip(parts, passed, strict=True)]
        both = self._each(every, found) if found else [unscored(view.living) for view in self.views]
        if any(passed):
            both = [one.scored() for one in both]  # stop words alone find nothing
        for part in node.nodes:
            if isinstance(part, Dates | Not):
                both = [one.kept(own) for one, own in zip(both, self.masks(part), strict=True)]
        return both

    def _stopped(self, node: Node) -> frozenset[str]:
        """The languages in which all words of a node are stop words."""
        if not isinstance(node, Word | Phrase) or (isinstance(node, Word) and (node.prefix or node.fuzzy)):
            return frozenset()
        words = [self.statistics.stems(node.text[token.start : token.end]) for token in tokens(node.text, "en")]
        return frozenset(self.statistics.languages) - {one for stems in words for some in stems.values() for one in some}

    def _needed(self, node: Node, passed: frozenset[str]) -> list[Found]:
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
    def word(self, node: Word) -> list[Found]:
        """What holds a word, a word that begins so, or one that is spelt nearly so. Writing without spaces is a phrase of pairs."""
        if len(list(tokens(node.text, "en"))) > 1:
            return self.phrase(node.text, node.field)
        if node.prefix or (len(node.text) == 1 and IS_CJK.match(node.text)):
            return self.spelt(self.statistics.beginning(_folded(node.text)), node.field)
        if node.fuzzy:
            return self.spelt(near(self.views, _folded(node.text), node.fuzzy), node.field)
        return self.terms(self.statistics.stems(node.text), node.field)

    def terms(self, stems: Stems, field: str = "") -> list[Found]:
        """What holds any of these stems, which count as one term."""
        return self._scored(self.postings(stems, field))

    def postings(self, stems: Stems, field: str = "") -> list[tuple[Array, Array]]:
        """The living articles that hold any of these stems, and the weights of these in them, view by view."""
        key = tuple(stems.items()), field
        if key not in self._postings:
            self._postings[key] = [joined(view, list(self._lists(view, stems, field))) for view in self.views]
        return self._postings[key]

    def held(self, stems: Stems) -> int:
        """How many living articles hold any of these stems."""
        return sum(len(docs) for docs, _ in self.postings(stems))

    def any_of(self, parts: Sequence[Sequence[Found]]) -> list[Found]:
        """What any of these hold, scores added up."""
        return self._each(some, parts) if parts else [NOTHING for _ in self.views]

    def _any(self, nodes: Sequence[Node]) -> list[Found]:
        """What answers any of these; a word that is said again counts again, though less."""
        parts: list[list[Found]] = []
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
        return tuple(self.statistics.stems(node.text).items()) or node.text, node.field

    def spelt(self, words: Iterable[Spelt], field: str) -> list[Found]:
        """What holds any of these words just as they are; together they count as one term."""
        spelt = list(words)
        found = []
        for view in self.views:
            self.check()
            lists: list[tuple[Array, Array]] = []
            for stem in sorted({one.stem for one in spelt}):
                number = view.segment.term(stem)
                if number is not None:
                    docs = self._holding(view, number, [one.word.encode() for one in spelt if one.stem == stem])
                    lists.append(self._weighed(view, number, self._in_field(view, docs, stem, field)))
            found.append(joined(view, lists))
        return self._scored(found)

    def _holding(self, view: View, number: int, words: Sequence[bytes]) -> Array:
        """The articles that hold any of these words, which have one stem, just as they are."""
        segment = view.segment
        if len(words) == segment.spellings[number]:
            return segment.postings(number)[0]
        held = [docs for word in words for term, docs in segment.spelt(word) if term == number]
        return held[0] if len(held) == 1 else either(view, held)

    def _lists(self, view: View, stems: Stems, field: str) -> Iterable[tuple[Array, Array]]:
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
                at = np.flatnonzero(segment.read_in(languages).take(docs))
                docs, weights = docs.take(at), weights.take(at)
            if view.alive is not None:
                at = np.flatnonzero(view.alive.take(docs))
                docs, weights = docs.take(at), weights.take(at)
            yield docs, weights

    def _in_field(self, view: View, docs: Array, stem: str, field: str) -> Array:
        """Those of some articles that hold a stem in a narrow field, where one is named, and are alive."""
        if field:
            number = view.segment.term(narrow(field, stem))
            docs = docs[:0] if number is None else docs[among(docs, view.segment.postings(number)[0])]
        return view.only_alive(docs)

    def _weighed(self, view: View, number: int, docs: Array) -> tuple[Array, Array]:
        """Some articles that hold a term, with its weights."""
        own, weights = view.segment.postings(number)
        if len(docs) == len(own):
            return own, weights
        return docs, weights[np.searchsorted(own, docs.astype(own.dtype, copy=False))]

    def _scored(self, found: Sequence[tuple[Array, Array]]) -> list[Found]:
        worth = self.statistics.worth(sum(len(docs) for docs, _ in found))
        out = []
        for (docs, weights), norms in zip(found, self.statistics.norms, strict=True):
            own = weights.astype(np.float32)
            below = norms.take(docs)
            below += own
            own *= worth
            own /= below
            out.append(Found(docs, own))
        return out

    # ------------------------------------------------------------ phrases
    def phrase(self, text: str, field: str) -> list[Found]:
        """What holds words one after another. Stop words keep their places, whatever stands there, in articles of their languages."""
        words = [(token.position, text[token.start : token.end]) for token in tokens(text, "en")]
        wanted = [(position, stems) for position, raw in words if (stems := self.statistics.stems(raw))]
        groups: dict[tuple[int, ...], set[str]] = {}
        for language in self.statistics.languages:
            said = tuple(at for at, (_, stems) in enumerate(wanted) if any(language in some for some in stems.values()))
            if said:
                groups.setdefault(said, set()).add(language)
        return self.any_of([self._adjacent([wanted[at] for at in said], field, frozenset(some)) for said, some in groups.items()])

    def _adjacent(self, wanted: Sequence[tuple[int, Stems]], field: str, languages: frozenset[str]) -> list[Found]:
        """What holds words at these distances, of articles in some languages."""
        self.check()
        parts = [self.terms(stems, field) for _, stems in wanted]
        order = sorted(range(len(wanted)), key=lambda at: sum(len(found.docs) for found in parts[at]))
        out = []
        for view, found in zip(self.views, self._each(every, parts), strict=True):
            own = found if view.segment.readings <= languages else found.kept(view.segment.read_in(languages))
            kept = adjacent(view, own.docs, [wanted[at] for at in order]) if len(wanted) > 1 else slice(None)
            out.append(Found(own.docs[kept], own.scores[kept]))
        return out


def _folded(text: str) -> str:
    return text if IS_CJK.match(text) else fold(text)
