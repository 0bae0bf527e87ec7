"""What does one segment of the index hold, as arrays?

A segment is a number of articles, each known by its ordinal: postings (for each term the ordinals, weights and positions) and columns
(date, topics, language and so on). A segment is written once; what is deleted from it is a list beside it.

arrays of postings    terms, terms_at    the terms, sorted, as bytes and offsets
                      starts             term t's postings are [starts[t], starts[t + 1])
                      docs, weights      ordinal and weight of each posting
                      places, positions  posting p's positions are positions[places[p] : places[p + 1]]
signatures            signs, signs_of    the numbers of the terms that weigh most in each article, for likeness
words                 words, words_at    folded words with the stem that each stands for, sorted; word_counts: articles that hold it
columns               one value an article: length, instant, updated, day, visible, kinds, revision; id, slug, title, sort_title as texts
                      many values an article: authors, topics, tags, languages as `…_of` offsets and `…` codes into the texts
                      `…_names` (slugs) and `…_labels` (as shown)
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from heapq import nlargest
from itertools import pairwise
from typing import Any

import numpy as np

from index.document import BlockKind, Category
from index.outline import outline
from index.search.analysis import language_of, plain_words, tokens, words_of
from index.search.arrays import Array, string, strings
from index.search.engine import Entry
from index.search.fields import NARROW, WEIGHTS, SearchField, parts
from index.slugs import fold

NEVER = np.iinfo(np.int64).max  # the instant of an article without a date
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
KINDS = list(BlockKind)
SIGNS = 40  # terms of an article's signature: likeness takes the rarest dozen of these
GAP = 100  # positions between two parts, so that no phrase reaches from one into the next
MARK = "\x1f"  # between a narrow field's name and a term of it
NARROW_NAMES = {field: name for name, field in NARROW.items()}
TEXTS = ("id", "slug", "title", "sort_title")
MANY = ("authors", "topics", "tags", "languages")
NUMBERS = {
    "length": np.float32,
    "instant": np.int64,
    "updated": np.int64,
    "day": np.int32,
    "visible": np.bool_,
    "kinds": np.int16,
    "revision": np.int64,
}


def instant(when: dt.datetime | None) -> int:
    """A time as microseconds since 1970; `NEVER` for none."""
    return int(NEVER) if when is None else (when - EPOCH) // dt.timedelta(microseconds=1)


class Analysed:
    """The terms of one article: for each its weight and its positions, and its folded words with their stems."""

    __slots__ = ("length", "narrow", "positions", "weights", "words")

    def __init__(self, entry: Entry) -> None:
        language = language_of(entry.article.language)
        self.weights: dict[str, float] = {}
        self.positions: dict[str, list[int]] = {}
        self.narrow: set[str] = set()
        self.words: set[tuple[str, str]] = set()
        self.length = 0.0
        known = words_of(language)
        start = 0
        for part in parts(entry.article):
            raws = plain_words(part.text)
            if raws is not None:
                found = [known[raw] for raw in raws]
                places: Iterable[int] = range(start, start + len(found))
            else:
                met = list(tokens(part.text, language))
                found = [(token.word, token.stem) for token in met]
                places = [start + token.position for token in met]
            self._add(part.field, found, places)
            start += len(found) + GAP

    def _add(self, field: SearchField, found: list[tuple[str, str]], places: Iterable[int]) -> None:
        """Take in the words of one part, each with its position."""
        weight, weights, positions = WEIGHTS[field], self.weights, self.positions
        count = 0
        for (_, stem), place in zip(found, places, strict=True):
            if stem:
                count += 1
                if stem in weights:
                    weights[stem] += weight
                    positions[stem].append(place)
                else:
                    weights[stem] = weight
                    positions[stem] = [place]
        self.length += weight * count
        self.words.update(found)
        name = NARROW_NAMES.get(field)
        if name is not None:
            self.narrow.update(f"{name}{MARK}{stem}" for _, stem in found if stem)


class Builder:
    """Collects analysed articles into a segment's arrays."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}  # term: its number
        self._terms, self._docs, self._counts = array("i"), array("i"), array("i")
        self._weights = array("f")
        self._positions = array("I")
        self._words: Counter[tuple[str, str]] = Counter()
        self._signs: list[list[int]] = []
        self._columns: dict[str, list[Any]] = {name: [] for name in (*NUMBERS, *TEXTS, *MANY)}

    def __len__(self) -> int:
        return len(self._columns["id"])

    def add(self, entry: Entry, analysed: Analysed) -> None:
        """Add one article."""
        doc, numbers = len(self), self._numbers
        terms, narrow = analysed.weights, analysed.narrow
        self._terms.extend([numbers.setdefault(term, len(numbers)) for term in (*terms, *narrow)])
        self._docs.extend([doc] * (len(terms) + len(narrow)))
        self._weights.extend([*terms.values(), *[1.0] * len(narrow)])
        self._counts.extend([*map(len, analysed.positions.values()), *[0] * len(narrow)])
        for positions in analysed.positions.values():
            self._positions.extend(positions)
        self._words.update(analysed.words)
        heaviest = nlargest(SIGNS, analysed.weights.items(), key=lambda item: (item[1], item[0]))
        self._signs.append([numbers[term] for term, _ in heaviest])
        for name, value in columns_of(entry, analysed.length).items():
            self._columns[name].append(value)

    def arrays(self) -> dict[str, Array]:
        """The segment's arrays."""
        terms = sorted(self._numbers)
        place = np.empty(len(terms), np.int64)
        for sorted_number, term in enumerate(terms):
            place[self._numbers[term]] = sorted_number
        numbers = place[np.frombuffer(self._terms, np.int32)] if terms else np.zeros(0, np.int64)
        out = assemble(
            [term.encode() for term in terms],
            numbers,
            np.frombuffer(self._docs, np.int32),
            np.frombuffer(self._weights, np.float32),
            np.frombuffer(self._counts, np.int32),
            np.frombuffer(self._positions, np.uint32),
        )
        out |= runs("signs", [[int(place[number]) for number in signs] for signs in self._signs])
        words = sorted((f"{word}{MARK}{stem}".encode(), count) for (word, stem), count in self._words.items() if stem)
        out["words"], out["words_at"] = strings([text for text, _ in words])
        out["word_counts"] = np.array([count for _, count in words], np.int32)
        for name, kind in NUMBERS.items():
            out[name] = np.array(self._columns[name], kind)
        for name in TEXTS:
            out[name], out[f"{name}_at"] = strings(self._columns[name])
        for name in MANY:
            out |= many(name, self._columns[name])
        return out


def columns_of(entry: Entry, length: float) -> dict[str, Any]:
    """The columns of one article."""
    article = entry.article
    kinds = {block.kind for block in outline(article).blocks}
    published = article.published_at
    return {
        "length": length,
        "instant": instant(published),
        "updated": instant(article.updated_at or published),
        "day": -1 if published is None else published.year * 10_000 + published.month * 100 + published.day,
        "visible": entry.visible,
        "kinds": sum(1 << number for number, kind in enumerate(KINDS) if kind in kinds),
        "revision": entry.revision,
        "id": article.id.encode(),
        "slug": article.slug.encode(),
        "title": article.title.encode(),
        "sort_title": fold(article.title).encode(),
        "authors": {author.slug: author.name for author in article.authors},
        "topics": _topics(entry),
        "tags": {tag.slug: tag.name for tag in article.tags},
        "languages": {article.language: article.language},
    }


def _topics(entry: Entry) -> dict[str, str]:
    """The categories of an article and their ancestors."""
    labels = dict.fromkeys(entry.topics, "")
    for category in entry.article.categories:
        above: Category | None = category
        while above is not None:
            labels[above.slug] = above.name
            above = above.parent
    return {slug: name or slug for slug, name in labels.items()}


def runs(name: str, values: Sequence[Sequence[int]]) -> dict[str, Array]:
    """Numbers of which each article has several."""
    of = np.zeros(len(values) + 1, np.int64)
    np.cumsum([len(some) for some in values], out=of[1:])
    return {name: np.array([value for some in values for value in some], np.int32), f"{name}_of": of}


def many(name: str, values: Sequence[dict[str, str]]) -> dict[str, Array]:
    """A column of many values an article, each with its label."""
    labels = {value: label for some in values for value, label in some.items()}
    names = sorted(labels)
    codes = {value: code for code, value in enumerate(names)}
    out = runs(name, [[codes[value] for value in some] for some in values])
    out[f"{name}_names"], out[f"{name}_names_at"] = strings([text.encode() for text in names])
    out[f"{name}_labels"], out[f"{name}_labels_at"] = strings([labels[text].encode() for text in names])
    return out


def assemble(terms: list[bytes], numbers: Array, docs: Array, weights: Array, counts: Array, positions: Array) -> dict[str, Array]:
    """Postings in the order of their terms, from postings in the order of their articles."""
    order = np.argsort(numbers, kind="stable")
    starts = np.zeros(len(terms) + 1, np.int64)
    np.cumsum(np.bincount(numbers, minlength=len(terms)), out=starts[1:])
    places = np.zeros(len(order) + 1, np.int64)
    np.cumsum(counts[order], out=places[1:])
    data, at = strings(terms)
    return {
        "terms": data,
        "terms_at": at,
        "starts": starts,
        "docs": docs[order],
        "weights": weights[order],
        "places": places,
        "positions": gather(positions, counts, order),
    }


def gather(values: Array, counts: Array, order: Array) -> Array:
    """Runs of values (run r has counts[r] of them, one after another) put in another order."""
    begins = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=begins[1:])
    wanted = counts[order].astype(np.int64)
    ends = np.cumsum(wanted)
    shift = np.repeat(begins[:-1][order] - (ends - wanted), wanted)
    out: Array = values[np.arange(len(shift)) + shift]
    return out


class Segment:
    """An open segment."""

    def __init__(self, name: str, arrays: dict[str, Array]) -> None:
        self.name = name
        self.arrays = arrays
        self.size = len(arrays["length"])
        self.total_length = float(arrays["length"].sum())

    def text(self, column: str, index: int) -> str:
        """One text of a column."""
        return string(self.arrays[column], self.arrays[f"{column}_at"], index).decode()

    def texts(self, column: str) -> list[bytes]:
        """All texts of a column."""
        data, at = self.arrays[column].tobytes(), self.arrays[f"{column}_at"].tolist()
        return [data[start:end] for start, end in pairwise(at)]

    def find(self, column: str, text: bytes) -> int:
        """Where a text stands, or would stand, in a sorted column."""
        data, at = self.arrays[column], self.arrays[f"{column}_at"]
        low, high = 0, len(at) - 1
        while low < high:
            middle = (low + high) // 2
            if string(data, at, middle) < text:
                low = middle + 1
            else:
                high = middle
        return low

    def term(self, term: str) -> int | None:
        """A term's number."""
        wanted = term.encode()
        found = self.find("terms", wanted)
        at = self.arrays["terms_at"]
        return found if found < len(at) - 1 and string(self.arrays["terms"], at, found) == wanted else None

    def postings(self, number: int) -> tuple[Array, Array]:
        """The ordinals and weights of a term."""
        start, end = self.arrays["starts"][number], self.arrays["starts"][number + 1]
        return self.arrays["docs"][start:end], self.arrays["weights"][start:end]

    def keys(self, number: int, docs: Array) -> Array:
        """Where a term stands in some articles: ordinal × 2³² + position, moved by 2¹⁶ so that a smaller position can be taken from it."""
        arrays = self.arrays
        start, end = int(arrays["starts"][number]), int(arrays["starts"][number + 1])
        chosen = np.zeros(self.size, bool)
        chosen[docs] = True
        held = arrays["docs"][start:end]
        places = arrays["places"][start : end + 1]
        wanted = np.repeat(chosen[held], np.diff(places))
        owners = np.repeat(held.astype(np.int64), np.diff(places))[wanted]
        out: Array = (owners << 32) + arrays["positions"][places[0] : places[-1]][wanted].astype(np.int64) + 2**16
        return out

    @cached_property
    def vocabulary(self) -> tuple[list[str], list[str], list[int]]:
        """The folded words, their stems, and how many articles hold each."""
        pairs = [text.decode().partition(MARK) for text in self.texts("words")]
        return [word for word, _, _ in pairs], [stem for _, _, stem in pairs], self.arrays["word_counts"].tolist()

    def words(self, prefix: str) -> Iterator[tuple[str, str, int]]:
        """The folded words that begin with a prefix, each with a stem and the number of articles that hold it."""
        arrays, wanted = self.arrays, prefix.encode()
        at, data = arrays["words_at"], arrays["words"]
        for index in range(self.find("words", wanted), len(at) - 1):
            text = string(data, at, index)
            if not text.startswith(wanted):
                return
            word, _, stem = text.decode().partition(MARK)
            yield word, stem, int(arrays["word_counts"][index])

    def names(self, column: str) -> list[str]:
        """The values that a column of many values holds, by code."""
        return [text.decode() for text in self.texts(f"{column}_names")]


def merge(segments: Sequence[tuple[Segment, Array]]) -> dict[str, Array]:
    """One segment of several, each with the mask of its articles that are still alive."""
    terms = sorted({term for segment, _ in segments for term in segment.texts("terms")})
    place = {term: number for number, term in enumerate(terms)}
    parts: list[tuple[Array, ...]] = []
    signs: list[list[int]] = []
    first = 0
    for segment, alive in segments:
        arrays = segment.arrays
        moved = np.cumsum(alive) - 1 + first
        counts = np.diff(arrays["places"]).astype(np.int32)
        own = np.array([place[term] for term in segment.texts("terms")], np.int64)
        numbers = np.repeat(own, np.diff(arrays["starts"]))
        kept = alive[arrays["docs"]]
        positions = arrays["positions"][np.repeat(kept, counts)]
        parts.append((numbers[kept], moved[arrays["docs"][kept]].astype(np.int32), arrays["weights"][kept], counts[kept], positions))
        of = arrays["signs_of"].tolist()
        signs += [own[arrays["signs"][of[doc] : of[doc + 1]]].tolist() for doc in np.flatnonzero(alive).tolist()]
        first += int(alive.sum())
    joined = [np.concatenate(column) for column in zip(*parts, strict=True)]
    out = assemble(terms, *joined)
    out |= runs("signs", signs)
    out |= _merged_words(segments)
    for name in NUMBERS:
        out[name] = np.concatenate([segment.arrays[name][alive] for segment, alive in segments])
    for name in TEXTS:
        texts = [text for segment, alive in segments for text, kept in zip(segment.texts(name), alive, strict=True) if kept]
        out[name], out[f"{name}_at"] = strings(texts)
    for name in MANY:
        out |= many(name, [values for segment, alive in segments for values in _values(segment, name, alive)])
    return out


def _values(segment: Segment, name: str, alive: Array) -> Iterator[dict[str, str]]:
    names, labels = segment.names(name), [text.decode() for text in segment.texts(f"{name}_labels")]
    codes, of = segment.arrays[name].tolist(), segment.arrays[f"{name}_of"].tolist()
    for doc in np.flatnonzero(alive).tolist():
        yield {names[code]: labels[code] for code in codes[of[doc] : of[doc + 1]]}


def _merged_words(segments: Sequence[tuple[Segment, Array]]) -> dict[str, Array]:
    """The words of several segments; counts are of all articles, those deleted included, as they serve suggestions only."""
    counts: Counter[bytes] = Counter()
    for segment, _ in segments:
        for word, count in zip(segment.texts("words"), segment.arrays["word_counts"].tolist(), strict=True):
            counts[word] += count
    words = sorted(counts)
    data, at = strings(words)
    return {"words": data, "words_at": at, "word_counts": np.array([counts[word] for word in words], np.int32)}
