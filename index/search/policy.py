"""Which segments are merged?

Many segments make searches slow, and each merge costs in proportion to its articles. Segments are of one level when their sizes are alike,
to a factor of four; the smallest ones are merged into one at each commit, of the others those of a level when there are `MERGED` of them.
So an archive of n articles keeps at most about two segments for each factor of four above `SMALL`, and an article is merged about as often
as there are levels. Sizes are those of what is alive, so that deletions make a segment smaller, and bring its merge nearer.
"""

from __future__ import annotations

from collections.abc import Sequence

SMALL = 64  # articles up to which segments are merged at each commit: about 25 ms
FACTOR = 4
MERGED = 3


def level(size: int) -> int:
    """The level of a segment of so many living articles."""
    number = 0
    while size >= SMALL * FACTOR**number:
        number += 1
    return number


def plan(sizes: Sequence[int], most: int | None = None) -> list[list[int]]:
    """Which segments become one, by their places; no merge takes more than `most` articles. Those that stay as they are stand alone."""
    groups = [[place] for place in range(len(sizes))]
    while True:
        levels: dict[int, list[list[int]]] = {}
        for group in groups:
            levels.setdefault(level(_size(sizes, group)), []).append(group)
        for number, some in sorted(levels.items()):
            merged = sorted(place for group in some for place in group)
            if len(some) >= (MERGED if number else 2) and (most is None or _size(sizes, merged) <= most):
                groups = [*(group for group in groups if group not in some), merged]
                break
        else:
            return sorted(groups)


def _size(sizes: Sequence[int], group: Sequence[int]) -> int:
    return sum(sizes[place] for place in group)
