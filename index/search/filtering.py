"""Which articles of a segment pass a filter?

A filter is a mask over a segment's articles, alive or not; masks are kept with their segment, as it never changes.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.filters import ArticleFilter
from index.search.arrays import Array
from index.search.columns import KINDS, NEVER, instant
from index.search.segments import Segment

KEPT = 64  # masks of a segment that are kept: a byte an article each


def passing(segment: Segment, filter: ArticleFilter) -> Array:
    """The mask of a filter."""
    kept = segment.masks
    mask = kept.pop(filter, None)
    if mask is None:
        mask = _mask(segment, filter)
    kept[filter] = mask
    while len(kept) > KEPT:
        kept.popitem(last=False)
    return mask


def _mask(segment: Segment, filter: ArticleFilter) -> Array:
    out = np.ones(segment.size, np.bool_)
    if filter.slugs is not None:
        out &= _masked(segment, [doc for slug in filter.slugs for doc in _with_slug(segment, slug)])
    for column, wanted in (
        ("topics", filter.categories),
        ("tags", filter.tags),
        ("authors", filter.authors),
        ("languages", filter.languages),
    ):
        if wanted is not None:
            out &= _holding(segment, column, wanted)
    _by_date(segment, filter, out)
    if filter.containing:
        wanted_bits = sum(1 << KINDS.index(kind) for kind in set(filter.containing))
        out &= (segment.arrays["kinds"] & wanted_bits) == wanted_bits
    if filter.not_ is not None:
        out &= ~_mask(segment, filter.not_)
    if filter.any_of is not None:
        some = np.zeros(segment.size, np.bool_)
        for one in filter.any_of:
            some |= _mask(segment, one)
        out &= some
    return out


def _masked(segment: Segment, docs: Sequence[int]) -> Array:
    out = np.zeros(segment.size, np.bool_)
    out[np.array(docs, np.int64)] = True
    return out


def _with_slug(segment: Segment, slug: str) -> list[int]:
    """The articles with a slug: at most one of them is alive."""
    slugs, wanted = segment.ordered("slugs"), slug.encode("utf-8", "replace")
    at = slugs.find(wanted)
    found = []
    while at < len(slugs) and slugs[at] == wanted:
        found.append(int(segment.arrays["by_slug"][at]))
        at += 1
    return found


def _holding(segment: Segment, column: str, wanted: Sequence[str]) -> Array:
    out = np.zeros(segment.size, np.bool_)
    for value in wanted:
        code = segment.code(column, value)
        if code is not None:
            out[segment.holders(column, code)] = True
    return out


def _by_date(segment: Segment, filter: ArticleFilter, out: Array) -> None:
    """Take out what does not pass the filter's dates."""
    if filter.year is not None or filter.month is not None:
        month = segment.arrays["month"]
        out &= month >= 0
        if filter.year is not None:
            out &= month // 12 == filter.year
        if filter.month is not None:
            out &= month % 12 == filter.month - 1
    when = segment.arrays["instant"]
    if filter.published_from is not None:
        out &= (when >= instant(filter.published_from)) & (when != NEVER)
    if filter.published_before is not None:
        out &= when < instant(filter.published_before)
