"""Which places in an article prove that it answers?

Found in the document from the matched words, by one piece of code for every engine. A place's worth is how many different words of the
query stand there, how rare and how close together; places do not overlap, and the next one is worth more where it holds words that those
before it lack. Words are compared as numbers (`index.search.lexicon`), those of all hits of a page at once, so that only what is shown is
read as text.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import accumulate
from typing import NamedTuple

from index.outline import Outline
from index.search.analysis import language_of
from index.search.excerpts import Passage, cut
from index.search.fields import WEIGHTS, SearchField
from index.search.lexicon import joined
from index.search.places import FIELDS, NUMBERS, Body, Name, Place, body, head
from index.search.syntax import Parsed
from index.search.wanted import Match, Wanted

__all__ = ["Document", "Finder", "Passage", "SearchField"]

NEAR = 3.0  # what it is worth that words stand side by side, in words of the query
WEIGHED = [WEIGHTS[field] ** 0.25 for field in FIELDS]


class Document(NamedTuple):
    """An article's outline, and the names under which it is filed; these change without it."""

    outline: Outline
    names: Sequence[Name]


class Candidate(NamedTuple):
    """A place that holds words of the query: one above the document, or the number of one in it; `field` is its part's number."""

    field: int
    place: Place | int
    matches: Sequence[Match]


class Finder:
    """Finds the passages of one query."""

    def __init__(self, query: Parsed) -> None:
        self.query = query

    def find(self, documents: Sequence[Document], first: int) -> list[list[Passage]]:
        """The `first` best places of each document, the best first."""
        bodies = [body(document.outline) for document in documents]
        keys = [(language_of(document.outline.article.language), below.lexicon) for document, below in zip(documents, bodies, strict=True)]
        out: list[list[Passage]] = [[] for _ in documents]
        for key in dict.fromkeys(keys) if first > 0 else ():
            own = [at for at, other in enumerate(keys) if other == key]
            wanted = Wanted(self.query, *key)
            if not wanted.anything:
                continue
            for at, candidates in zip(own, _candidates(wanted, [documents[at] for at in own], [bodies[at] for at in own]), strict=True):
                for one in best(candidates, first):
                    place = one.place if isinstance(one.place, Place) else bodies[at].place(documents[at].outline, one.place)
                    out[at].append(cut(place, one.matches))
        return out


def _candidates(wanted: Wanted, documents: Sequence[Document], bodies: Sequence[Body]) -> list[list[Candidate]]:
    """The places of each of some documents that hold words of a query, those above the documents first."""
    out: list[list[Candidate]] = [[] for _ in documents]
    above = [(at, place) for at, (outline, names) in enumerate(documents) for place in head(outline.article, names)]
    for number, matches in wanted.find(wanted.lexicon.read(place.text for _, place in above)):
        at, place = above[number]
        out[at].append(Candidate(NUMBERS[place.field], place, matches))
    firsts, at = [0, *accumulate(len(below.field) for below in bodies)], 0
    for number, matches in wanted.find(joined([below.words for below in bodies])):
        while number >= firsts[at + 1]:
            at += 1
        own = number - firsts[at]
        out[at].append(Candidate(bodies[at].field[own], own, matches))
    return out


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
