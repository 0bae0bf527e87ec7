"""Which articles of a segment pass a filter?

A filter is a mask over a segment's articles, alive or not; masks are kept with their segment, as it never changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from index.filters import ArticleFilter
from index.search.arrays import Array
from index.search.columns import KINDS, NEVER, instant
from index.search.found import SPARSE, among_any
from index.search.postings import distinct
from index.search.segments import Segment

FIELDS = {"topics": "categories", "tags": "tags", "authors": "authors"}  # columns, and what a filter calls them
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


def only(filters: Sequence[ArticleFilter]) -> tuple[str, str] | None:
    """The column and the value that some filters ask for, where they ask for nothing else."""
    for filter in filters if len(filters) == 1 else ():
        for column, field in FIELDS.items():
            wanted = getattr(filter, field)
            if wanted is not None:
                return (column, wanted[0]) if len(wanted) == 1 and filter == ArticleFilter(**{field: wanted}) else None
    return None


def _mask(segment: Segment, filter: ArticleFilter) -> Array:
    lists = list(_named(segment, filter))
    fewest = min(lists, key=lambda some: sum(map(len, some)), default=None)
    if fewest is None or sum(map(len, fewest)) * SPARSE > segment.size:
        return _passing(segment, filter, lists, np.arange(segment.size))
    docs = distinct(np.concatenate([np.zeros(0, np.int64), *fewest]))
    out = np.zeros(segment.size, np.bool_)
    out[docs[_passing(segment, filter, [some for some in lists if some is not fewest], docs)]] = True
    return out


def _named(segment: Segment, filter: ArticleFilter) -> Iterator[list[Array]]:
    """For each field of the filter that names values: lists of articles of which one has to hold an article."""
    if filter.slugs is not None:
        yield [np.sort(np.array([doc for slug in filter.slugs for doc in _with_slug(segment, slug)], np.int64))]
    for column, field in FIELDS.items():
        wanted = getattr(filter, field)
        if wanted is not None:
            codes = [segment.code(column, value) for value in wanted]
            yield [segment.holders(column, code) for code in codes if code is not None]
    if filter.languages is not None:
        yield [segment.holders("languages", code) for code in _languages(segment, {tag.lower() for tag in filter.languages})]
    if filter.year is not None:
        months = range(1, 13) if filter.month is None else [filter.month]
        yield [segment.in_month(filter.year * 12 + month - 1) for month in months if 1 <= month <= 12]


def _languages(segment: Segment, wanted: set[str]) -> Iterator[int]:
    """The codes of language tags, which are the same in upper and lower case (RFC 5646, 2.1.1)."""
    tags = segment.ordered("languages_names")[:]
    return (code for code, tag in enumerate(tags) if tag.decode().lower() in wanted)


def _passing(segment: Segment, filter: ArticleFilter, lists: Sequence[Sequence[Array]], docs: Array) -> Array:
    """Which of some articles, ascending, stand in one of each of these lists and pass what else the filter asks for."""
    out = np.ones(len(docs), np.bool_)
    for some in lists:
        out &= among_any(docs, some, segment.size)
    if filter.month is not None and filter.year is None:
        month = segment.arrays["month"].take(docs)
        out &= (month >= 0) & (month % 12 == filter.month - 1)
    if filter.published_from is not None or filter.published_before is not None:
        _by_date(segment.arrays["instant"].take(docs), filter, out)
    if filter.containing:
        wanted_bits = sum(1 << KINDS.index(kind) for kind in set(filter.containing))
        out &= (segment.arrays["kinds"].take(docs) & wanted_bits) == wanted_bits
    if filter.not_ is not None:
        out &= ~_mask(segment, filter.not_).take(docs)
    if filter.any_of is not None:
        any_of = np.zeros(segment.size, np.bool_)
        for one in filter.any_of:
            any_of |= _mask(segment, one)
        out &= any_of.take(docs)
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


def _by_date(when: Array, filter: ArticleFilter, out: Array) -> None:
    """Take out what was not published in the filter's time."""
    if filter.published_from is not None:
        out &= (when >= instant(filter.published_from)) & (when != NEVER)
    if filter.published_before is not None:
        out &= when < instant(filter.published_before)
