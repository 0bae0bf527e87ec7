"""How many articles are there of each kind?

Counts over columns: of each value how many of the found articles hold it. Where many are found, each value's articles are looked up among
them; where few are, their values are counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from index.document import BlockKind
from index.search.arrays import Array
from index.search.columns import KINDS
from index.search.engine import Month
from index.search.matches import Matches

FEW = 16  # articles of a segment for each found one, above which those found are few


def values(column: str, found: Sequence[Matches]) -> tuple[tuple[str, int], ...]:
    """How many of these articles hold each value of a column, the most first, then by the alphabet."""
    names: list[str] = []
    totals = np.zeros(0, np.int64)
    for matches in found:
        names, totals = _added(names, totals, matches.view.segment.names(column), _counts(column, matches))
    order = np.argsort(-totals, kind="stable")
    order = order[: np.count_nonzero(totals)]
    return tuple(zip([names[at] for at in order.tolist()], totals[order].tolist(), strict=True))


def _added(names: list[str], totals: Array, others: list[str], counts: Array) -> tuple[list[str], Array]:
    """Counts by sorted names, and others added to them."""
    held = np.flatnonzero(counts)
    if not names or not len(held):
        return (others, counts) if len(held) else (names, totals)
    sums = Counter(dict(zip(names, totals.tolist(), strict=True)))
    sums.update(dict(zip([others[code] for code in held.tolist()], counts[held].tolist(), strict=True)))
    every = sorted(sums)
    return every, np.array([sums[name] for name in every], np.int64)


def _counts(column: str, matches: Matches) -> Array:
    """How many of these articles hold each code."""
    arrays = matches.view.segment.arrays
    starts = arrays[f"{column}_starts"]
    out: Array = np.zeros(len(starts) - 1, np.int64)
    if not matches.count or not len(out):
        return out
    if matches.count * FEW < matches.view.size:
        at = arrays[f"{column}_at"]
        begins, ends = at[matches.docs], at[matches.docs + 1]
        counts = ends - begins
        places = np.arange(int(counts.sum())) + np.repeat(begins - (np.cumsum(counts) - counts), counts)
        return np.bincount(arrays[column][places], minlength=len(out))
    held = starts[1:] > starts[:-1]
    out[held] = np.add.reduceat(matches.mask.take(arrays[f"{column}_docs"]), starts[:-1][held], dtype=np.int32)
    return out


def months(found: Sequence[Matches]) -> tuple[Month, ...]:
    """How many of these articles each month holds, newest first."""
    totals: dict[int, int] = {}
    for matches in found:
        arrays = matches.view.segment.arrays
        first, codes = int(arrays["month_first"][0]), arrays["month_codes"]
        counts = np.bincount(codes[matches.docs]) if matches.count * FEW < matches.view.size else np.bincount(codes * matches.mask)
        held = np.flatnonzero(counts[1:])
        for code, count in zip(held.tolist(), counts[held + 1].tolist(), strict=True):
            totals[first + code] = totals.get(first + code, 0) + count
    return tuple(Month(month // 12, month % 12 + 1, totals[month]) for month in sorted(totals, reverse=True))


def kinds(found: Sequence[Matches]) -> tuple[tuple[BlockKind, int], ...]:
    """How many of these articles hold each kind of block, the most first, then by name."""
    totals: Counter[BlockKind] = Counter()
    for matches in found:
        sets = np.bincount(matches.view.segment.arrays["kinds"][matches.docs], minlength=1)
        for bits in np.flatnonzero(sets).tolist():
            for number, kind in enumerate(KINDS):
                if bits & (1 << number):
                    totals[kind] += int(sets[bits])
    return tuple(sorted(totals.items(), key=lambda pair: (-pair[1], pair[0].value)))
