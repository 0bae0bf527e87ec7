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

    def scores(self, docs: Array) -> list[float]:
        """How well some of them answer."""
        assert self.found is not None
        out: list[float] = self.found.scores_of(docs).tolist()
        return out

    def along(self, column: str, needed: int) -> tuple[Array, Array | None]:
        """Articles in an order of lists, and the mask of those that are meant (None: all of them); few of them are `needed`."""
        arrays = self.view.segment.arrays
        if self.count**2 < needed * self.view.size:  # so few that to sort them is less than to walk along the order until enough are met
            return arrays[column].take(np.sort(arrays[f"{column}_ranks"].take(self.docs))), None
        return arrays[column], self.mask


class Holders(Matches):
    """The articles that hold a value, by its code in a column of several, and that a reader may see."""

    def __init__(self, view: View, column: str, code: int, *, preview: bool) -> None:
        super().__init__(view)
        self.preview = preview
        self.held = view.segment.holders(column, code)
        self.newest = view.segment.newest(column, code)
        self.count = view.shown(self.held, preview=preview)

    @cached_property
    def mask(self) -> Array:
        """As a mask over the view's articles."""
        mask = np.zeros(self.view.size, np.bool_)
        mask[self.docs] = True
        return mask

    @cached_property
    def docs(self) -> Array:
        """As ordinals, ascending."""
        return self.held.compress(self.view.seen(preview=self.preview).take(self.held))

    def along(self, column: str, needed: int) -> tuple[Array, Array | None]:
        """As for others; the newest of them are known."""
        if column != "by_newest":
            return super().along(column, needed)
        return self.newest, None if self.count == len(self.newest) else self.view.seen(preview=self.preview)
