"""Which articles of a view were found?

As a mask or as ordinals, whichever was found first; the other is made when it is asked for.
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np

from index.search.arrays import Array
from index.search.segments import View


class Found(NamedTuple):
    """Ordinals of a view's articles, ascending, and how well each answers (0 where it says nothing of that)."""

    docs: Array
    scores: Array


NOTHING = Found(np.zeros(0, np.int64), np.zeros(0, np.float32))


class Matches:
    """The articles of a view that a selection holds."""

    def __init__(self, view: View, *, mask: Array | None = None, found: Found | None = None, scored: bool = False) -> None:
        self.view = view
        self.scored = scored
        self._mask = mask
        self._found = found

    @cached_property
    def mask(self) -> Array:
        """As a mask over the view's articles."""
        if self._mask is not None:
            return self._mask
        out = np.zeros(self.view.size, np.bool_)
        out[self.docs] = True
        return out

    @cached_property
    def docs(self) -> Array:
        """As ordinals, ascending."""
        return self._found.docs if self._found is not None else np.flatnonzero(self.mask)

    @cached_property
    def count(self) -> int:
        """How many they are."""
        return int(np.count_nonzero(self._mask)) if self._mask is not None else len(self.docs)

    @property
    def scores(self) -> Array:
        """How well each answers."""
        return np.zeros(self.count, np.float32) if self._found is None else self._found.scores
