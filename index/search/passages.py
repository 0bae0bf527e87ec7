"""Which places in an article prove that it answers?

Found from the matched words, by one piece of code for every engine. Where these stand in a document the index tells (`Spots`); where it
does not, they are looked for in the text, as numbers (`index.search.lexicon`), in all hits of a page at once. A place's worth is how many
different words of the query stand there, how rare and how close together; places do not overlap, and the next one is worth more where it
holds words that those before it lack.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from index.outline import Outline
from index.search.analysis import language_of, words_in
from index.search.bodies import body
from index.search.engine import Match, Spots
from index.search.excerpts import Passage, cut
from index.search.fields import WEIGHTS, SearchField
from index.search.lexicon import Coded, joined, lexicon
from index.search.places import FIELDS, NUMBERS, Below, Name, Place, head
from index.search.syntax import Parsed, words_of
from index.search.wanted import Wanted

__all__ = ["Document", "Finder", "Passage", "SearchField"]

NEAR = 3.0  # what it is worth that words stand side by side, in words of the query
WEIGHED = [WEIGHTS[field] ** 0.25 for field in FIELDS]


class Document(NamedTuple):
    """An article's outline, and the names under which it is filed; these change without it."""

    outline: Outline
    names: Sequence[Name]


class Candidate(NamedTuple):
    """A place that holds words of the query: one above the document, or a text of it; `field` is its part's number."""

    field: int
    place: Place | Below
    matches: Sequence[Match]


class Finder:
    """Finds the passages of one query."""

    def __init__(self, query: Parsed) -> None:
        self.query = query
        self.phrased = any(len(words_in(part.text)) > 1 for part in words_of(query.node))
        self.lexicon = lexicon()
        self._wanted: dict[str, Wanted] = {}

    def find(self, documents: Sequence[Document], first: int, spots: Sequence[Spots | None] = ()) -> list[list[Passage]]:
        """The `first` best places of each document, the best first; `spots` is what the index tells of each."""
        if first < 1:
            return [[] for _ in documents]
        bodies = [body(document.outline) for document in documents]
        known = [current(told, one.outline) for told, one in zip(spots or [None for _ in documents], documents, strict=True)]
        candidates = self._above(documents, [at for at, told in enumerate(known) if told is None or told.above])
        texts: list[Sequence[tuple[int, Sequence[Match]]]] = [() if told is None else told.texts for told in known]
        for language, some in _by_language(documents, [at for at, told in enumerate(known) if told is None]):
            for at, found in zip(some, self._find(language, [bodies[at].words(self.lexicon) for at in some]), strict=True):
                texts[at] = found
        for own, below, held in zip(candidates, bodies, texts, strict=True):
            own += [Candidate(below.fields[text], below.texts[text], matches) for text, matches in held]
        if self.phrased:
            candidates = [self._proven(one, own) for one, own in zip(documents, candidates, strict=True)]
        return [[cut(_place(one), one.matches) for one in best(some, first)] for some in candidates]

    def _proven(self, document: Document, found: list[Candidate]) -> list[Candidate]:
        """Those places that hold a phrase as a whole, or another word; where none does, all."""
        wanted = self._words_of(language_of(document.outline.article.language))
        proven = [one._replace(matches=matches) for one in found if (matches := wanted.proven(one.matches))]
        return proven or found

    def _words_of(self, language: str) -> Wanted:
        """What the query's words look like in a language."""
        wanted = self._wanted.get(language)
        if wanted is None:
            wanted = self._wanted[language] = Wanted(self.query, language, self.lexicon)
        return wanted

    def _above(self, documents: Sequence[Document], asked: Sequence[int]) -> list[list[Candidate]]:
        """The places above each document, of those that are asked for, that hold words of the query."""
        out: list[list[Candidate]] = [[] for _ in documents]
        for language, some in _by_language(documents, asked):
            heads = [head(documents[at].outline.article, documents[at].names) for at in some]
            found = self._find(language, [self.lexicon.read([place.text for place in places]) for places in heads])
            for at, places, texts in zip(some, heads, found, strict=True):
                out[at] += [Candidate(NUMBERS[places[text].field], places[text], own) for text, own in texts]
        return out

    def _find(self, language: str, groups: Sequence[Coded]) -> list[list[tuple[int, Sequence[Match]]]]:
        """The texts of each group that hold words of the query, with these."""
        out: list[list[tuple[int, Sequence[Match]]]] = [[] for _ in groups]
        wanted = self._words_of(language)
        if wanted.anything:
            firsts, at = [0, *accumulate(len(words.starts) - 1 for words in groups)], 0
            for number, matches in wanted.find(joined(groups)):
                while number >= firsts[at + 1]:
                    at += 1
                out[at].append((number - firsts[at], matches))
        return out


def _by_language(documents: Sequence[Document], some: Iterable[int]) -> Iterable[tuple[str, list[int]]]:
    """Some documents by the language whose rules they are read by."""
    out: dict[str, list[int]] = {}
    for at in some:
        out.setdefault(language_of(documents[at].outline.article.language), []).append(at)
    return out.items()


def current(told: Spots | None, outline: Outline) -> Spots | None:
    """What the index tells of a document; None where it tells of another revision of it."""
    return told if told is not None and told.revision == outline.revision else None


def _place(one: Candidate) -> Place:
    return one.place if isinstance(one.place, Place) else one.place.place


def best(found: Sequence[Candidate], first: int) -> list[Candidate]:
    """The `first` best places, the best first.

    What a place is worth: its words by their rarity, more where different ones stand close together, by the weight of its part.
    """
    kinds: dict[frozenset[int], list[int]] = {}  # by the words that they hold
    for at, one in enumerate(found):
        kinds.setdefault(frozenset([word for word, _ in one.matches]), []).append(at)
    counts: dict[int, int] = {}
    for words, places in kinds.items():
        for word in words:
            counts[word] = counts.get(word, 0) + len(places)
    rarity = {word: 1 / (1 + count) ** 0.5 for word, count in counts.items()}
    near = NEAR * sum(rarity.values()) / max(1, len(rarity))
    left = {words: _ranked(found, places, words, sum([rarity[word] for word in words]), near) for words, places in kinds.items()}
    if len(left) == 1:  # the next one never holds a word that those before it lack
        return [found[-at] for ranked in left.values() for _, at in ranked[: -first - 1 : -1]]
    chosen: list[Candidate] = []
    covered: set[int] = set()
    while left and len(chosen) < first:
        now = [(some[-1][0] + 2 * sum([rarity[word] for word in words - covered]), some[-1][1], words) for words, some in left.items()]
        _, at, words = max(now)
        chosen.append(found[-at])
        covered |= words
        left[words].pop()
        if not left[words]:
            del left[words]
    return chosen


def _ranked(found: Sequence[Candidate], places: Sequence[int], words: Collection[int], rare: float, near: float) -> list[tuple[float, int]]:
    """The worths of places that hold the same words, each with its index below zero; the best, of equals the first, comes last."""
    size = len(words)
    if size == 1:
        return sorted([(WEIGHED[found[at].field] * rare, -at) for at in places])
    return sorted([(WEIGHED[found[at].field] * size * (rare + near / closest(found[at].matches, size)), -at) for at in places])


def closest(matches: Sequence[Match], words: int) -> int:
    """The fewest words among which each of the place's different words stands once, at least as many as there are."""
    last: dict[int, int] = {}
    best = matches[-1][1] - matches[0][1] + 1
    for word, position in matches:
        last[word] = position
        if len(last) == words:
            best = min(best, position - min(last.values()) + 1)
    return max(best, words)
