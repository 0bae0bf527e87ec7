"""Which words does a reader mean who writes only the beginning of one, or spells it nearly right?

Words as they were met are kept beside their stems, sorted and with their letters as bits. A beginning stands for the commonest words that
it has, a spelling for the nearest ones: a word can be near only if its letters are, and that is seen for all words at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.search.postings import letters
from index.search.segments import Segment, View

MOST = 50  # words that a beginning or a spelling may stand for
LOOKED_AT = 2  # words of each segment, for each one wanted, among the commonest of which the commonest of all are found


class Spelt(NamedTuple):
    """A word that was met, with its stem, and how many articles hold it."""

    word: str
    stem: str
    articles: int


def beginning(views: Sequence[View], prefix: str, most: int = MOST, *, ending: bool = False) -> list[Spelt]:
    """The commonest words that begin with a prefix, those first that more articles hold; `ending`: and pairs that end with it."""
    looked_at = most if alone(views) else LOOKED_AT * most
    counts: dict[tuple[bytes, bytes], int] = {}
    found = []
    for view in views:
        places, whole = commonest(view.segment, prefix, looked_at, ending=ending)
        words = {(view.segment.words[place], _stem(view.segment, place)): place for place in places}
        found.append((view, words, whole))
        for pair, place in words.items():
            counts[pair] = counts.get(pair, 0) + _living(view, place)
    for view, words, whole in found:
        for pair in () if whole else counts.keys() - words.keys():
            counts[pair] += _held(view, *pair)
    counted = [Spelt(word.decode(), stem.decode(), count) for (word, stem), count in counts.items() if count]
    return sorted(counted, key=lambda one: (-one.articles, one.word, one.stem))[:most]


def alone(views: Sequence[View]) -> bool:
    """Whether these are one whole segment, which knows its commonest words."""
    return len(views) == 1 and views[0].alive is None


def commonest(segment: Segment, prefix: str, most: int, *, ending: bool = False) -> tuple[list[int], bool]:
    """Where a segment's commonest words that begin with a prefix stand, and whether these are all that do; `ending` as above."""
    spelt, by_articles = prefix.encode("utf-8", "replace"), segment.arrays["by_articles_ranks"]
    first, last = segment.words.beginning(spelt)
    ranks = by_articles[first:last].copy()
    if ending:
        pairs = segment.pairs_ending(spelt)
        ranks = np.concatenate([ranks, by_articles.take(pairs[(pairs < first) | (pairs >= last)])])
    size = len(ranks)
    if size > most:
        ranks.partition(most)
        ranks = ranks[:most]
    ranks.sort()
    places: list[int] = segment.arrays["by_articles"].take(ranks).tolist()
    return places, size <= most


def near(views: Sequence[View], word: str, edits: int, most: int = MOST) -> list[Spelt]:
    """The words within so many edits (to swap neighbours is one), the nearest first, then the commonest."""
    distances: dict[tuple[bytes, bytes], int] = {}
    for view in views:
        places = _alike(view.segment, word, edits)
        spelt = [view.segment.words[place].decode() for place in places]
        for text, distance, at in process.extract_iter(word, spelt, scorer=OSA.distance, score_cutoff=edits):
            distances[text.encode(), _stem(view.segment, places[at])] = int(distance)
    counted = [(d, Spelt(w.decode(), s.decode(), sum(_held(view, w, s) for view in views))) for (w, s), d in distances.items()]
    ordered = sorted(((d, one) for d, one in counted if one.articles), key=lambda pair: (pair[0], -pair[1].articles, pair[1]))
    return [one for _, one in ordered[:most]]


def written(views: Sequence[View], word: str) -> str:
    """A word as it is written: without accents where it is met so."""
    spelt = word.encode("utf-8", "replace")
    found = [view.segment.written(place) for view in views for place, _ in view.segment.spelt(spelt)]
    return word if word in found else found[0]


def shown(views: Sequence[View], word: str, stem: str | None, *, preview: bool) -> int:
    """How many articles that a reader may see hold just this word, with any stem or with this one."""
    spelt, wanted = word.encode("utf-8", "replace"), None if stem is None else stem.encode("utf-8", "replace")
    return sum(
        view.shown(view.segment.holding(place), preview=preview)
        for view in views
        for place, number in view.segment.spelt(spelt)
        if wanted is None or view.segment.terms[number] == wanted
    )


def _held(view: View, word: bytes, stem: bytes | None) -> int:
    """How many living articles hold a word, with any stem or with this one."""
    terms = view.segment.terms
    return sum(_living(view, place) for place, number in view.segment.spelt(word) if stem is None or terms[number] == stem)


def _living(view: View, place: int) -> int:
    """How many living articles hold the word at a place."""
    counts = view.segment.arrays["word_counts"]
    return int(counts[place]) if view.alive is None else view.shown(view.segment.holding(place), preview=True)


def _stem(segment: Segment, place: int) -> bytes:
    return segment.terms[int(segment.arrays["word_terms"][place])]


def _alike(segment: Segment, word: str, edits: int) -> list[int]:
    """Where words stand whose letters and length are so near."""
    changed = np.bitwise_count(segment.arrays["word_signs"] ^ letters([word])[0])
    short, long = len(word) - edits, 4 * (len(word) + edits)  # bytes of a letter: one to four
    found = np.flatnonzero(changed <= 2 * edits)
    at = segment.arrays["words_at"]
    lengths = at[found + 1] - at[found]
    near: list[int] = found[(lengths >= short) & (lengths <= long)].tolist()
    return near
