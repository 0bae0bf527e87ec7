"""How do postings become the blocks that Whoosh keeps?

For many terms at once, by numpy: where each block begins and ends, what is known of it, and the places of each posting as bytes.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from index.search.arrays import Array
from index.search.fields import QUARTERS
from index.search.postings import offsets, place_counts

BLOCK = 128  # postings, as Whoosh has it


class Postings:
    """The postings of some terms that stand one after another, and what Whoosh keeps of each block of them and of each term."""

    def __init__(self, arrays: dict[str, Array], first: int, stop: int, lengths: Array, *, placed: bool) -> None:
        base, end = int(arrays["starts"][first]), int(arrays["starts"][stop])
        self.starts = arrays["starts"][first : stop + 1] - base
        docs, weights = arrays["docs"][base:end].astype(np.int64), arrays["weights"][base:end]
        number = -(-np.diff(self.starts) // BLOCK)
        within = np.arange(int(number.sum())) - np.repeat(np.cumsum(number) - number, number)
        self.begins = np.repeat(self.starts[:-1], number) + within * BLOCK
        self.ends = np.minimum(self.begins + BLOCK, np.repeat(self.starts[1:], number))
        self.blocks = offsets(number)
        steps = np.diff(docs, prepend=0)
        steps[self.begins] = docs[self.begins]
        self.docs, self.steps, self.weights = docs, tuple(steps.tolist()), tuple((weights / QUARTERS).tolist())
        self.heavy = weights / QUARTERS
        self.lengths = lengths[docs]
        places = arrays["places"][arrays["places_at"][first] : arrays["places_at"][stop]]
        self.values = tuple(encoded(places, offsets(place_counts(arrays["ends"][base:end], self.starts)))) if placed else None

    def known(self, starts: Array) -> tuple[list[int], list[int], list[float]]:
        """The least and the greatest length and the greatest weight of runs of postings."""
        least, greatest = np.minimum.reduceat(self.lengths, starts), np.maximum.reduceat(self.lengths, starts)
        return least.tolist(), greatest.tolist(), np.maximum.reduceat(self.heavy, starts).tolist()


def encoded(places: Array, at: Array) -> list[bytes]:
    """The places of each posting, as `Compact` keeps them; posting p's are [at[p], at[p + 1])."""
    counts = np.diff(at)
    some = counts > 0
    steps: Array = np.diff(places.astype(np.int64), prepend=0)
    steps[at[:-1][some]] = places[at[:-1][some]]
    most = np.zeros(len(counts), np.int64)
    most[some] = np.maximum.reduceat(steps, at[:-1][some]) if some.any() else 0
    width = np.where(most < 1 << 8, 1, np.where(most < 1 << 16, 2, 4))
    begins = offsets(1 + width * counts)
    out = np.zeros(int(begins[-1]), np.uint8)
    out[begins[:-1]] = width
    first = np.repeat(begins[:-1] + 1, counts) + np.repeat(width, counts) * (np.arange(len(steps)) - np.repeat(at[:-1], counts))
    for byte in range(4):
        there = np.repeat(width > byte, counts)
        out[first[there] + byte] = (steps[there] >> (8 * byte)) & 255
    data = out.tobytes()
    return [data[begin:end] for begin, end in pairwise(begins.tolist())]
