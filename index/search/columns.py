"""How are articles filtered, ordered and counted?

By columns: one value, or several, for each article of a segment, by its ordinal.

    id                         as bytes of one width, so that they compare
    instant, updated           microseconds since 1970; `NEVER` where there is none
    day, month                 the calendar date that the source showed, as year × 10,000 + month × 100 + day, and as
                               year × 12 + month − 1; −1 where there is none
    visible, kinds, reading    whether readers without scopes see it; bits for the kinds of its blocks; whose language's rules it is read by
    length, revision           the weights of its words, added up; the store's revision that it is of
    titles, titles_at          as they are shown
    by_id, by_slug             ordinals in order of the id, the slug; `slugs` holds the slugs in that order
    by_newest, by_oldest,      ordinals in the orders of lists; ties by id; `sort_titles` holds the folded titles in the order of the titles
    by_updated, by_title
    NAME, NAME_at              for authors, topics (categories and their ancestors), tags and languages: the codes of article a are those
                               at [NAME_at[a], NAME_at[a + 1])
    NAME_names, NAME_labels    the slugs, and the names that are shown, by code
    NAME_docs, NAME_starts     the articles that hold code c
    NAME_keys, NAME_of         the folded names, each from each of its words on, sorted; and the code that each belongs to
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np

from index.document import Article, Block, BlockKind, Category, Section
from index.outline import children
from index.search.analysis import STEMMERS, language_of, unmarked
from index.search.arrays import Array
from index.search.engine import Entry
from index.search.postings import offsets
from index.search.texts import ordered, strings
from index.slugs import fold

NEVER = np.iinfo(np.int64).max
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
KINDS = list(BlockKind)
READINGS = sorted(STEMMERS)
NAMED = ("authors", "topics", "tags")
MANY = (*NAMED, "languages")
NUMBERS: dict[str, Any] = {
    "instant": np.int64,
    "updated": np.int64,
    "day": np.int32,
    "month": np.int32,
    "visible": np.bool_,
    "kinds": np.uint16,
    "reading": np.uint8,
    "revision": np.int64,
}
_READING = {language: number for number, language in enumerate(READINGS)}
_BIT = {kind: 1 << number for number, kind in enumerate(KINDS)}


def instant(when: dt.datetime | None) -> int:
    """A time as microseconds since 1970; `NEVER` for none."""
    return int(NEVER) if when is None else (when - EPOCH) // dt.timedelta(microseconds=1)


def columns(entries: Sequence[Entry]) -> dict[str, Array]:
    """The columns of some articles, all but the lengths."""
    rows = [_numbers(entry) for entry in entries]
    numbers = {name: np.array([row[at] for row in rows], kind) for at, (name, kind) in enumerate(NUMBERS.items())}
    articles = [entry.article for entry in entries]
    values = {
        "authors": [{author.slug: author.name for author in article.authors} for article in articles],
        "topics": [_topics(entry) for entry in entries],
        "tags": [{tag.slug: tag.name for tag in article.tags} for article in articles],
        "languages": [{article.language: article.language} for article in articles],
    }
    out = numbers | texts(
        [article.id.encode("utf-8", "replace") for article in articles],
        [article.slug.encode("utf-8", "replace") for article in articles],
        [article.title.encode("utf-8", "replace") for article in articles],
        [fold(article.title).encode("utf-8", "replace") for article in articles],
    )
    for name, held in values.items():
        labels = {value: label for some in held for value, label in some.items()}
        out |= many(name, labels, np.array([len(some) for some in held], np.int64), chain.from_iterable(held))
    return out | orders(out)


def _numbers(entry: Entry) -> tuple[int | bool, ...]:
    article = entry.article
    published = article.published_at
    day = -1 if published is None else published.year * 10_000 + published.month * 100 + published.day
    month = -1 if published is None else published.year * 12 + published.month - 1
    kinds = 0
    for kind in _kinds(article):
        kinds |= _BIT[kind]
    updated = instant(article.updated_at or published)
    return instant(published), updated, day, month, entry.visible, kinds, _READING[language_of(article.language)], entry.revision


def _kinds(article: Article | Section) -> Iterator[BlockKind]:
    """The kinds of all blocks, nested ones included."""
    yield from _kinds_of(article.blocks)
    for section in article.sections:
        yield from _kinds(section)


def _kinds_of(blocks: Iterable[Block]) -> Iterator[BlockKind]:
    for block in blocks:
        yield block.kind
        for nested in children(block):
            yield from _kinds_of(nested)


def _topics(entry: Entry) -> dict[str, str]:
    """The categories of an article and their ancestors, each by its slug with its name."""
    labels = dict.fromkeys(entry.topics, "")
    for category in entry.article.categories:
        above: Category | None = category
        while above is not None:
            labels[above.slug] = above.name
            above = above.parent
    return {slug: name or slug for slug, name in labels.items()}


def texts(ids: Sequence[bytes], slugs: Sequence[bytes], titles: Sequence[bytes], folded: Sequence[bytes]) -> dict[str, Array]:
    """The columns of texts, and what is ordered by them."""
    by_slug = sorted(range(len(slugs)), key=slugs.__getitem__)
    by_title = sorted(range(len(ids)), key=lambda doc: (folded[doc], ids[doc]))
    own = np.array(ids or [b""], np.bytes_)[: len(ids)]
    out = {
        "id": own,
        "by_id": np.argsort(own, kind="stable").astype(np.int32),
        "by_slug": np.array(by_slug, np.int32),
        "by_title": np.array(by_title, np.int32),
    }
    out["titles"], out["titles_at"] = strings(titles)
    out |= ordered("slugs", (slugs[doc] for doc in by_slug))
    return out | ordered("sort_titles", (folded[doc] for doc in by_title))


def orders(made: Mapping[str, Array]) -> dict[str, Array]:
    """The orders of lists: by instant, ties by id, those without one last."""
    rank = np.empty(len(made["id"]), np.int64)
    rank[made["by_id"]] = np.arange(len(rank))
    instants, updated = made["instant"], made["updated"]
    return {
        "by_newest": np.lexsort((rank, falling(instants))).astype(np.int32),
        "by_oldest": np.lexsort((rank, instants)).astype(np.int32),
        "by_updated": np.lexsort((rank, falling(updated))).astype(np.int32),
    }


def falling(instants: Array) -> Array:
    """Numbers that rise as instants fall; those of no instant stay the highest."""
    out: Array = np.where(instants == NEVER, NEVER, -instants)
    return out


def many(name: str, labels: Mapping[str, str], counts: Array, held: Iterable[str]) -> dict[str, Array]:
    """A column of several values: the label of each, how many each article holds, and which, one article after another."""
    names = sorted(labels)
    code = {value: number for number, value in enumerate(names)}
    return coded(name, names, [labels[value] for value in names], counts, np.array([code[value] for value in held], np.int64))


def coded(name: str, names: Sequence[str], labels: Sequence[str], counts: Array, codes: Array) -> dict[str, Array]:
    """A column of several values, as codes into sorted names."""
    owners = np.repeat(np.arange(len(counts)), counts)
    keys = sorted((key, code) for code, label in enumerate(labels) for key in _beginnings(label))
    out = {
        name: codes.astype(np.int32),
        f"{name}_at": offsets(counts),
        f"{name}_docs": owners[np.argsort(codes, kind="stable")].astype(np.int32),
        f"{name}_starts": offsets(np.bincount(codes, minlength=len(names))),
        f"{name}_of": np.array([code for _, code in keys], np.int32),
    }
    out[f"{name}_labels"], out[f"{name}_labels_at"] = strings(label.encode("utf-8", "replace") for label in labels)
    out |= ordered(f"{name}_names", (value.encode("utf-8", "replace") for value in names))
    return out | ordered(f"{name}_keys", (key for key, _ in keys))


def _beginnings(label: str) -> set[bytes]:
    """A name, folded, from each of its words on."""
    words = unmarked(label).split()
    return {" ".join(words[at:]).encode("utf-8", "replace") for at in range(len(words))}
