"""May a category stand under another?

Its law: the tree of categories has no circle and is never deeper than `DEEPEST`, so that whoever walks it may do so without a guard.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

DEEPEST = 32
"""Categories on one path. WordPress and Drupal archives seldom use more than four; documents nest them, and readers of JSON have limits."""


class Tree:
    """The parents of all categories, by slug; it grows as articles bring more."""

    def __init__(self, parents: Iterable[tuple[str, str]]) -> None:
        self._parents = dict(parents)
        self._children: dict[str, set[str]] = defaultdict(set)
        for child, parent in self._parents.items():
            self._children[parent].add(child)

    def place(self, child: str, parent: str) -> str | None:
        """Put a category under another; None where that is done, else why it is not, as the end of a sentence."""
        path = self._path(parent)
        if child in path:
            return "would close a circle"
        if len(path) + self._height(child) > DEEPEST:
            return f"would make the tree deeper than {DEEPEST}"
        before = self._parents.get(child)
        if before is not None:
            self._children[before].discard(child)
        self._parents[child] = parent
        self._children[parent].add(child)
        return None

    def _path(self, slug: str | None) -> list[str]:
        """A category and those above it."""
        path = []
        while slug is not None:
            path.append(slug)
            slug = self._parents.get(slug)
        return path

    def _height(self, slug: str) -> int:
        """How many categories the longest path down from this one has, itself included."""
        height, level = 0, [slug]
        while level:
            height += 1
            level = [child for parent in level for child in self._children.get(parent, ())]
        return height
