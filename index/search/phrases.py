"""Which articles hold words one after another?

By the places of the words, in the articles that hold all of them, the rarest word first: each further word is looked for only where those
before it leave a beginning.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from index.search.arrays import Array
from index.search.found import SPARSE, among, firsts
from index.search.segments import View

APART = 2**16  # added to places, so that a word's distance from the first of a phrase can be taken from them
NOWHERE = np.zeros(0, np.int64)

Stems = Mapping[str, frozenset[str]]
"""What a word may be, each stem with the languages in which it is that."""


def adjacent(view: View, docs: Array, words: Sequence[tuple[int, Stems]]) -> Array:
    """Which of some articles hold words at these distances, as their indexes; the rarest word comes first."""
    starts: Array | None = None
    left = np.arange(len(docs))
    for position, stems in words:
        keys: list[Array] = []
        for stem, languages in stems.items():
            number = view.segment.term(stem)
            if number is None:
                continue
            here, at = view.segment.held(number, docs.take(left), languages)
            if len(here):
                keys.append(view.segment.places(number, at, (left.take(here) << 32) + (APART - position)))
        here = keys[0] if len(keys) == 1 else np.sort(np.concatenate([NOWHERE, *keys]))
        starts = here if starts is None else _common(starts, here)
        owners = starts >> 32
        left = owners[firsts(owners)]
    return left


def _common(starts: Array, here: Array) -> Array:
    """What stands in both; each holds a number once, as a place has one word."""
    if len(starts) * SPARSE < len(here):
        return starts[among(starts, here)]
    both = np.concatenate([starts, here])
    both.sort()
    out: Array = both[:-1][both[1:] == both[:-1]]
    return out
