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


def beginning(views: Sequence[View], prefix: str, most: int = MOST) -> list[Spelt]:
    """The commonest words that begin with a prefix, those first that more articles hold."""
    wanted = prefix.encode("utf-8", "replace")
    looked_at = most if len(views) == 1 and views[0].alive is None else LOOKED_AT * most
    found = [_commonest(view, *view.segment.words.beginning(wanted), looked_at) for view in views]
    counts: dict[tuple[bytes, bytes], int] = {}
    for words, _ in found:
        for pair, count in words.items():
            counts[pair] = counts.get(pair, 0) + count
    for view, (words, whole) in zip(views, found, strict=True):
        for pair in () if whole else counts.keys() - words.keys():
            counts[pair] += _held(view, *pair)
    counted = [Spelt(word.decode(), stem.decode(), count) for (word, stem), count in counts.items() if count]
    return sorted(counted, key=lambda one: (-one.articles, one.word, one.stem))[:most]


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
    held = [view.segment.holding(place) for place, number in view.segment.spelt(word) if stem is None or terms[number] == stem]
    return sum(view.shown(docs, preview=True) for docs in held)


def _stem(segment: Segment, place: int) -> bytes:
    return segment.terms[int(segment.arrays["word_terms"][place])]


def _commonest(view: View, first: int, last: int, most: int) -> tuple[dict[tuple[bytes, bytes], int], bool]:
    """The commonest of some words with the number of articles that hold each, and whether these are all of them."""
    segment = view.segment
    counts = segment.arrays["word_counts"][first:last]
    places = np.arange(len(counts))
    if len(counts) > most:
        edge = np.partition(counts, len(counts) - most)[len(counts) - most]
        above = np.flatnonzero(counts > edge)
        places = np.concatenate([above, np.flatnonzero(counts == edge)[: most - len(above)]])
    found = {}
    for place in places.tolist():
        count = int(counts[place]) if view.alive is None else view.shown(segment.holding(first + place), preview=True)
        found[segment.words[first + place], _stem(segment, first + place)] = count
    return found, len(places) == len(counts)


def _alike(segment: Segment, word: str, edits: int) -> list[int]:
    """Where words stand whose letters and length are so near."""
    changed = np.bitwise_count(segment.arrays["word_signs"] ^ letters([word])[0])
    short, long = len(word) - edits, 4 * (len(word) + edits)  # bytes of a letter: one to four
    found = np.flatnonzero(changed <= 2 * edits)
    at = segment.arrays["words_at"]
    lengths = at[found + 1] - at[found]
    near: list[int] = found[(lengths >= short) & (lengths <= long)].tolist()
    return near
