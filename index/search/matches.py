"""Which articles of a view does a selection hold?"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from index.search.arrays import Array
from index.search.found import Found
from index.search.segments import View


class Matches:
    """The articles of a view that a selection holds: those in a mask, or those found by a query; `scored` where it says how well."""

    def __init__(self, view: View, *, mask: Array | None = None, found: Found | None = None, scored: bool = False) -> None:
        self.view = view
        self.found = found
        self.scored = scored
        self._mask = mask

    @cached_property
    def mask(self) -> Array:
        """As a mask over the view's articles."""
        if self._mask is not None:
            return self._mask
        assert self.found is not None
        return self.found.mask(self.view.size)

    @cached_property
    def docs(self) -> Array:
        """As ordinals, ascending."""
        return self.found.at if self.found is not None else np.flatnonzero(self.mask)

    @cached_property
    def count(self) -> int:
        """How many they are."""
        return int(np.count_nonzero(self.mask)) if self.found is None else self.found.count()

    def score(self, doc: int) -> float:
        """How well one of them answers."""
        return 0.0 if self.found is None else float(self.found.scores_of(np.array([doc]))[0])
