"""What is worked out once, when a segment is written, so that no search has to?

By columns, each from the others:

    word_counts                the number of articles that hold each word
    by_articles                the words in the order of those counts, the commonest first, then by the alphabet
    word_readings,             by whose language's rules the articles are read that hold each word, and each term: a bit for each language
    term_readings
    spellings                  of each term how many words have it for their stem
    by_id_ranks, …             each article's place in the order `by_id`, and in those of lists; each word's in `by_articles`
    NAME_newest                for authors, topics and tags: the articles that hold code c, where `NAME_docs` has them, the newest first
    month_codes                each article's month, counted from `month_first`: 1 for that one, 0 for none
    month_docs, month_starts   the articles of month c are [month_starts[c], month_starts[c + 1]) of these
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from index.search.arrays import Array
from index.search.columns import NAMED
from index.search.postings import offsets

AT_ONCE = 4_000_000  # postings that are looked at at once: 32 MB
ORDERS = ("by_id", "by_newest", "by_oldest", "by_updated", "by_title")


def shortcuts(arrays: Mapping[str, Array]) -> dict[str, Array]:
    """These columns of a segment, from the others."""
    ranks = {f"{order}_ranks": _ranks(arrays[order]) for order in ORDERS}
    newest = {f"{name}_newest": _newest(arrays, name, ranks["by_newest_ranks"]) for name in NAMED}
    return _words(arrays) | _readings(arrays) | _months(arrays["month"]) | ranks | newest


def _words(arrays: Mapping[str, Array]) -> dict[str, Array]:
    terms = arrays["word_terms"]
    own = np.diff(arrays["word_starts"])
    counts = np.where(own > 0, own, np.diff(arrays["starts"])[terms]).astype(np.int32)
    order = np.argsort(-counts, kind="stable").astype(np.int32)
    return {
        "word_counts": counts,
        "by_articles": order,
        "by_articles_ranks": _ranks(order),
        "spellings": np.bincount(terms, minlength=len(arrays["starts"]) - 1).astype(np.int32),
    }


def _readings(arrays: Mapping[str, Array]) -> dict[str, Array]:
    bits = np.uint64(1) << arrays["reading"].astype(np.uint64)
    of_terms = _together(bits, arrays["docs"], arrays["starts"])
    own = _together(bits, arrays["word_docs"], arrays["word_starts"])
    return {"term_readings": of_terms, "word_readings": np.where(own > 0, own, of_terms[arrays["word_terms"]])}


def _together(bits: Array, docs: Array, starts: Array) -> Array:
    """The bits of each run of articles; 0 for one of none."""
    out = np.zeros(len(starts) - 1, np.uint64)
    held = np.flatnonzero(starts[1:] > starts[:-1])
    if (bits[:1] == bits).all():
        out[held] = bits[:1]
        return out
    begins = starts[held]
    first = 0
    while first < len(held):
        last = max(first + 1, int(np.searchsorted(begins, begins[first] + AT_ONCE)))
        end = begins[last] if last < len(held) else starts[-1]
        out[held[first:last]] = np.bitwise_or.reduceat(bits[docs[begins[first] : end]], begins[first:last] - begins[first])
        first = last
    return out


def _months(months: Array) -> dict[str, Array]:
    dated = months[months >= 0]
    first = int(dated.min()) if len(dated) else 0
    codes = np.where(months >= 0, months - first + 1, 0).astype(np.int32)
    return {
        "month_first": np.array([first], np.int32),
        "month_codes": codes,
        "month_docs": np.argsort(codes, kind="stable").astype(np.int32),
        "month_starts": offsets(np.bincount(codes, minlength=1)),
    }


def _newest(arrays: Mapping[str, Array], name: str, ranks: Array) -> Array:
    docs, starts = arrays[f"{name}_docs"], arrays[f"{name}_starts"]
    codes = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    out: Array = docs[np.lexsort((ranks[docs], codes))]
    return out


def _ranks(order: Array) -> Array:
    out = np.empty(len(order), np.int32)
    out[order] = np.arange(len(order), dtype=np.int32)
    return out
