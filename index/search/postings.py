"""How do the words of some articles become postings?

Words are taken in as numbers, part by part; everything else is done for a whole batch at once, by sorting. A posting says that a term
stands in an article: how much that weighs (the weights of its places, added up) and where. Postings are ordered by term, then by article.
The main field's terms are stems, and stop words as they stand (`index.search.analysis.STOP` before them): these count for nothing else, not
for an article's length, its signature or the words that were met. A narrow field's terms are marked with its name, and carry neither
weights nor places of their own.

    terms                      the terms, sorted (`index.search.texts`); those of narrow fields begin with `MARK` and come first
    starts                     term t's postings are [starts[t], starts[t + 1])
    docs, weights              of each posting the article's ordinal, and the weight in quarters
    places_at, places          term t's places are [places_at[t], places_at[t + 1]), those of its first posting first
    ends                       of each posting where its places end, counted from its term's first one
    words                      the words as they were met, folded, sorted (a word may stand twice, with the stems of two languages)
    word_terms                 the number of the term that is the word's stem
    word_starts, word_docs     the articles that hold word w; none are listed where no other word has its stem: then they are the stem's
    written                    each word as it was written, in small letters, where it was never met without accents; else empty
    word_signs                 which letters stand in a word, as bits: words that lie close to each other have nearly the same
    signs, signs_at            the numbers of the terms that weigh most in each article, for likeness
    begins, begins_at          the first place of each text of article a's document (`index.search.places.below`): those at
                               [begins_at[a], begins_at[a + 1])
"""

from __future__ import annotations

from array import array

import numpy as np

from index.document import Article
from index.search.analysis import STOP, language_of, pieces, stop_term, words_of, written
from index.search.arrays import Array
from index.search.fields import NARROW, QUARTERS, WEIGHTS
from index.search.found import firsts
from index.search.places import BELOW, FIELDS, NUMBERS, searched
from index.search.texts import ordered, strings

GAP = 100  # places between two parts, so that no phrase reaches from one into the next
MARK = "\x1f"  # before and after a narrow field's name, before a term of it
SIGNS = 40  # terms of an article's signature: likeness takes the rarest dozen of these
MOST = np.iinfo(np.uint16).max  # of a weight, and of places of one term in one article: what is beyond does not count
FIELD_BITS = len(FIELDS).bit_length()
KEY_BITS = 63
_WEIGHTS = np.array([int(WEIGHTS[field] * QUARTERS) for field in FIELDS], np.int64)
_BELOW = [NUMBERS[field] for field in BELOW]
_NARROW = sorted((name, NUMBERS[field]) for name, field in NARROW.items())


def narrow(field: str, stem: str) -> str:
    """The term of a stem in a narrow field."""
    return f"{MARK}{field}{MARK}{stem}"


class Codes(dict[str, int]):
    """The number of each word of one language in a batch: of the pair of its folded form and its term."""

    def __init__(self, language: str, pairs: dict[tuple[str, str], int], forms: dict[int, str]) -> None:
        super().__init__()
        self.language = language
        self.known = words_of(language)
        self.pairs = pairs
        self.forms = forms

    def __missing__(self, raw: str) -> int:
        """Number one."""
        word, stem = self.known[raw]
        self[raw] = number = self.pairs.setdefault((word, stem or stop_term(word)), len(self.pairs))
        form = written(raw, self.language)
        if form == word or number not in self.forms:
            self.forms[number] = form
        return number


class Batch:
    """The words of some articles, on their way into one segment."""

    def __init__(self) -> None:
        self.size = 0
        self._tokens = array("i")
        self._parts = array("q")  # article, field, place of the first word, number of words; and so on
        self._pairs: dict[tuple[str, str], int] = {}
        self._forms: dict[int, str] = {}
        self._codes: dict[str, Codes] = {}

    def add(self, article: Article) -> None:
        """Take in an article's words."""
        language = language_of(article.language)
        codes = self._codes.get(language)
        if codes is None:
            codes = self._codes[language] = Codes(language, self._pairs, self._forms)
        place = 0
        for one in searched(article):
            words = pieces(one.text)
            self._tokens.extend([codes[word] for word in words])
            self._parts.extend((self.size, NUMBERS[one.field], place, len(words)))
            place += len(words) + GAP
        self.size += 1

    def arrays(self) -> dict[str, Array]:
        """All that is known of the batch's words, and the `length` of each article: the weights of all its places, stop words' aside."""
        part = np.frombuffer(self._parts, np.int64).reshape(-1, 4) if self._parts else np.zeros((0, 4), np.int64)
        doc, field, first, count = part.T
        tokens = np.frombuffer(self._tokens, np.int32) if self._tokens else np.zeros(0, np.int32)
        place = np.arange(len(tokens)) - np.repeat(np.cumsum(count) - count - first, count)
        forms = ["" if form == word else form for (word, _), form in zip(self._pairs, self._forms.values(), strict=True)]
        out = _Sorting(list(self._pairs), forms, tokens, np.repeat(doc, count), np.repeat(field, count), place, self.size).arrays()
        return out | _begins(doc, field, first, self.size)


class _Sorting:
    """Words and where they stand, token by token, put in the order of terms."""

    def __init__(
        self, pairs: list[tuple[str, str]], forms: list[str], tokens: Array, doc: Array, field: Array, place: Array, size: int
    ) -> None:
        self.stems = sorted({stem for _, stem in pairs if stem})
        number = {stem: at for at, stem in enumerate(self.stems)}
        stem_of = np.array([number.get(stem, -1) for _, stem in pairs], np.int64)
        self.stops = sum(stem.startswith(STOP) for stem in self.stems)  # the first of them
        words = sorted((word, stem, code) for code, (word, stem) in enumerate(pairs) if number.get(stem, -1) >= self.stops)
        word_of = np.full(len(pairs), -1, np.int64)
        word_of[[code for _, _, code in words]] = np.arange(len(words))
        self.words = [word for word, _, _ in words]
        self.written = [forms[code] for _, _, code in words]
        self.word_stems = stem_of[[code for _, _, code in words]] if words else np.zeros(0, np.int64)
        said = stem_of[tokens] >= 0 if len(pairs) else np.zeros(0, bool)
        self.stem, self.word = stem_of[tokens[said]], word_of[tokens[said]]
        self.doc, self.field, self.place = doc[said], field[said], place[said]
        self.size = size

    def arrays(self) -> dict[str, Array]:
        names, narrow_starts, narrow_docs = self._narrow()
        stems, docs, weights, counts, places = self._main()
        terms, shift = [*names, *(stem.encode() for stem in self.stems)], len(names)
        posted = np.concatenate([np.diff(narrow_starts), np.bincount(stems, minlength=len(self.stems))])
        placed = np.bincount(stems, counts, minlength=len(self.stems)).astype(np.int64)
        none = np.zeros(len(narrow_docs), np.uint16)
        counted, signing = self.stem >= self.stops, stems >= self.stops
        out = {
            "starts": offsets(posted),
            "docs": np.concatenate([narrow_docs, docs]).astype(np.int32),
            "weights": np.concatenate([none + QUARTERS, weights]).astype(np.uint16),
            "places_at": offsets(np.concatenate([np.zeros(shift, np.int64), placed])),
            "places": places.astype(np.uint32),
            "length": np.bincount(self.doc[counted], _WEIGHTS[self.field[counted]], minlength=self.size).astype(np.float32) / QUARTERS,
        }
        out["ends"] = place_ends(np.concatenate([none, counts]), out["starts"])
        out |= signatures(stems[signing], docs[signing], weights[signing], shift, self.size)
        return out | ordered("terms", terms) | self._words(shift)

    def _main(self) -> tuple[Array, Array, Array, Array, Array]:
        """Of each posting the stem, the article, the weight, the number of places; and all places, by one sort of numbers that hold all."""
        doc_bits = self.size.bit_length()
        place_bits = KEY_BITS - FIELD_BITS - doc_bits - len(self.stems).bit_length()
        place = np.minimum(self.place, (1 << place_bits) - 1)
        key = ((((self.stem << doc_bits) | self.doc) << place_bits | place) << FIELD_BITS) | self.field
        key.sort()
        weight, key = _WEIGHTS[key & ((1 << FIELD_BITS) - 1)], key >> FIELD_BITS
        place, key = key & ((1 << place_bits) - 1), key >> place_bits
        first = np.flatnonzero(firsts(key))
        counts = np.diff(first, append=len(key))
        weights = np.minimum(np.add.reduceat(weight, first), MOST) if len(first) else weight
        if len(counts) and counts.max() > MOST:
            within = np.arange(len(key)) - np.repeat(first, counts)
            place, counts = place[within < MOST], np.minimum(counts, MOST)
        return key[first] >> doc_bits, key[first] & ((1 << doc_bits) - 1), weights, counts, place

    def _narrow(self) -> tuple[list[bytes], Array, Array]:
        """The narrow fields' terms, the offsets of their articles, and these."""
        names: list[bytes] = []
        counts, docs = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
        bits = self.size.bit_length()
        for name, number in _NARROW:
            there = self.field == number
            key = distinct((self.stem[there] << bits) | self.doc[there])
            count = np.bincount(key >> bits, minlength=len(self.stems))
            stems, count = np.flatnonzero(count), count[count > 0]
            names += [narrow(name, self.stems[stem]).encode() for stem in stems.tolist()]
            counts.append(count)
            docs.append(key & ((1 << bits) - 1))
        return names, offsets(np.concatenate(counts)), np.concatenate(docs)

    def _words(self, shift: int) -> dict[str, Array]:
        bits = self.size.bit_length()
        alone = np.bincount(self.word_stems, minlength=len(self.stems))[self.word_stems] == 1
        met = self.word >= 0
        word, doc = self.word[met], self.doc[met]
        listed = ~alone[word] if len(alone) else np.zeros(0, bool)
        key = distinct((word[listed] << bits) | doc[listed])
        out = {
            "word_terms": (self.word_stems + shift).astype(np.int32),
            "word_starts": offsets(np.bincount(key >> bits, minlength=len(self.words))),
            "word_docs": (key & ((1 << bits) - 1)).astype(np.int32),
            "word_signs": letters(self.words),
        }
        out["written"], out["written_at"] = strings(form.encode("utf-8", "replace") for form in self.written)
        return out | ordered("words", (word.encode() for word in self.words))


def _begins(doc: Array, field: Array, first: Array, size: int) -> dict[str, Array]:
    """Where the texts of documents begin."""
    there = np.isin(field, _BELOW)
    return {"begins": first[there].astype(np.uint32), "begins_at": offsets(np.bincount(doc[there], minlength=size))}


def distinct(values: Array) -> Array:
    """Each value once, in order (a sort takes a third of the time of numpy's `unique`, which imports much more when first called)."""
    values.sort()
    out: Array = values[firsts(values)]
    return out


def offsets(counts: Array) -> Array:
    """Where runs of these lengths begin, one after another, and where the last one ends."""
    out = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=out[1:])
    return out


def place_ends(counts: Array, starts: Array) -> Array:
    """Where the places of each posting end, counted from the first of its term, by the number of places that each has."""
    run = np.cumsum(counts, dtype=np.int64)
    before = np.concatenate([np.zeros(1, np.int64), run])[starts[:-1]]
    out: Array = (run - np.repeat(before, np.diff(starts))).astype(np.uint32)
    return out


def place_counts(ends: Array, starts: Array) -> Array:
    """How many places each posting has."""
    out: Array = np.diff(ends, prepend=np.uint32(0))
    first = starts[:-1][starts[:-1] < starts[1:]]
    out[first] = ends[first]
    return out


def letters(words: list[str]) -> Array:
    """The letters of words as bits: one for each letter, those of other scripts several to a bit; a second 32 for letters that stand twice.

    A letter that is put in or taken out changes at most one bit, one changed into another two, neighbours that swap none.
    """
    codes = np.frombuffer("".join(words).encode("utf-32-le"), np.uint32)
    lengths = np.array([len(word) for word in words], np.int64)
    out = np.zeros(len(words), np.uint64)
    if len(words):
        key = np.repeat(np.arange(len(words)), lengths) << 5 | (codes & 31)
        key.sort()
        first = np.flatnonzero(firsts(key))
        seen, counts = key[first], np.diff(first, append=len(key))
        bits = np.uint64(1) << (seen & 31).astype(np.uint64)
        bits |= np.where(counts > 1, bits << np.uint64(32), np.uint64(0))
        np.bitwise_or.at(out, seen >> 5, bits)
    return out


def signatures(terms: Array, docs: Array, weights: Array, shift: int, size: int) -> dict[str, Array]:
    """The terms that weigh most in each article, the heaviest first, then by the alphabet."""
    order = np.lexsort((terms, -weights.astype(np.int64), docs))
    own = docs[order]
    starts = offsets(np.bincount(docs, minlength=size))
    kept = np.arange(len(own)) - starts[own] < SIGNS
    return {
        "signs": (terms[order][kept] + shift).astype(np.int32),
        "signs_at": offsets(np.minimum(np.diff(starts), SIGNS)),
    }
