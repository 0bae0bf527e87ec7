"""How do several segments become one?

As if all their living articles had been built into one segment, in the order of the segments: array by array, without looking at a word
again. Run as a program (`python -m index.search.merging FOLDER NEW OLD…`) it merges in a process of its own, so that a service that goes on
answering is not slowed down; it prints nothing, and ends with 0 when the new segment is on disk.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from index.search.arrays import Array
from index.search.columns import MANY, NUMBERS, coded, orders, texts
from index.search.postings import offsets, place_counts, place_ends
from index.search.segments import Segment, View
from index.search.shortcuts import shortcuts
from index.search.texts import ordered, strings

AT_ONCE = 4_000_000  # postings or places that are moved at once: bounds the memory that a merge takes beside what it makes


def merge(views: Sequence[View]) -> dict[str, Array]:
    """The arrays of one segment."""
    merging = _Merging(views)
    out = merging.postings() | merging.words() | merging.signatures() | merging.begins()
    out["length"] = merging.column("length")
    out |= merging.columns()
    return out | shortcuts(out)


class _Part:
    """One of the segments: where its articles and its terms go."""

    def __init__(self, view: View, first: int) -> None:
        self.view = view
        self.segment: Segment = view.segment
        self.arrays = view.segment.arrays
        self.kept = np.flatnonzero(view.living)
        self.moved = np.full(view.size, -1, np.int64)
        self.moved[self.kept] = np.arange(first, first + len(self.kept))
        self.terms: Array = np.zeros(0, np.int64)  # the new number of each of its terms; −1 for one that stands in nothing alive

    def living(self, docs: Array) -> Array | None:
        """The mask of those articles that are alive; None where all are."""
        return None if self.view.alive is None else self.view.alive[docs]

    def posted(self) -> tuple[Array, Array]:
        """How many postings, and places, of each term are kept."""
        alive = self.living(self.arrays["docs"])
        if alive is None:
            return np.diff(self.arrays["starts"]), np.diff(self.arrays["places_at"])
        starts = self.arrays["starts"]
        placed = place_counts(self.arrays["ends"], starts) * alive
        return np.diff(_running(alive)[starts]), np.diff(_running(placed)[starts])

    def held(self, posted: Array) -> Array:
        """How many living articles hold each of its words."""
        starts = self.arrays["word_starts"]
        alive = self.living(self.arrays["word_docs"])
        own = np.diff(starts if alive is None else _running(alive)[starts])
        out: Array = np.where(np.diff(starts) > 0, own, posted[self.arrays["word_terms"]])
        return out

    def holders(self, words: Array) -> Array:
        """The new ordinals of the living articles that hold each of some words, one word after another."""
        starts, terms = self.arrays["word_starts"], self.arrays["word_terms"][words]
        own = starts[words + 1] - starts[words]
        alone = own == 0
        begins = np.where(alone, len(self.arrays["word_docs"]) + self.arrays["starts"][terms], starts[words])
        counts = np.where(alone, self.arrays["starts"][terms + 1] - self.arrays["starts"][terms], own)
        docs = self.moved[np.concatenate([self.arrays["word_docs"], self.arrays["docs"]])[_targets(begins, counts)]]
        out: Array = docs[docs >= 0]
        return out


class _Merging:
    def __init__(self, views: Sequence[View]) -> None:
        self.parts: list[_Part] = []
        first = 0
        for view in views:
            self.parts.append(_Part(view, first))
            first += view.count
        self.size = first
        self.counted = [part.posted() for part in self.parts]
        self.terms = self._terms()

    def _terms(self) -> list[bytes]:
        """All terms of living articles, sorted; says to each part which of its terms is which."""
        own = [part.segment.terms[:] for part in self.parts]
        used = [counts > 0 for counts, _ in self.counted]
        every: set[bytes] = set()
        for some, used_ in zip(own, used, strict=True):
            every.update(some if used_.all() else (some[at] for at in np.flatnonzero(used_).tolist()))
        terms = sorted(every)
        number = {term: at for at, term in enumerate(terms)}
        for part, some in zip(self.parts, own, strict=True):
            part.terms = np.array([number.get(term, -1) for term in some], np.int64)
        for part, used_ in zip(self.parts, used, strict=True):
            part.terms[~used_] = -1
        return terms

    def column(self, name: str) -> Array:
        """A column of one value an article."""
        return np.concatenate([part.arrays[name][part.kept] for part in self.parts])

    def postings(self) -> dict[str, Array]:
        """The terms, their postings and places: each part's run of a term after the runs of the parts before it."""
        posted, placed = np.zeros(len(self.terms), np.int64), np.zeros(len(self.terms), np.int64)
        for part, (counts, places) in zip(self.parts, self.counted, strict=True):
            used = part.terms >= 0
            posted[part.terms[used]] += counts[used]
            placed[part.terms[used]] += places[used]
        out = {"starts": offsets(posted), "places_at": offsets(placed)}
        total, total_places = int(out["starts"][-1]), int(out["places_at"][-1])
        out |= {name: np.empty(total, kind) for name, kind in (("docs", np.int32), ("weights", np.uint16), ("ends", np.uint32))}
        out["places"] = np.empty(total_places, np.uint32)
        at, places_at = out["starts"][:-1].copy(), out["places_at"][:-1].copy()
        for part, (counts, places) in zip(self.parts, self.counted, strict=True):
            _move(part, counts, places, at, places_at, out)
            used = part.terms >= 0
            at[part.terms[used]] += counts[used]
            places_at[part.terms[used]] += places[used]
        out["ends"] = place_ends(out["ends"], out["starts"])
        return out | ordered("terms", self.terms)

    def words(self) -> dict[str, Array]:
        """The words, each with its stem's number and, where another word has the same stem, the articles that hold it."""
        counts = [part.held(posted) for part, (posted, _) in zip(self.parts, self.counted, strict=True)]
        own = []
        for part, count in zip(self.parts, counts, strict=True):
            terms = np.where(count > 0, part.terms[part.arrays["word_terms"]], -1)
            own.append(list(zip(part.segment.words[:], terms.tolist(), strict=True)))
        pairs = sorted({pair for some in own for pair in some if pair[1] >= 0})
        number = {pair: at for at, pair in enumerate(pairs)}
        terms = np.array([term for _, term in pairs], np.int64)
        listed = (np.bincount(terms, minlength=len(self.terms)) > 1)[terms] if pairs else np.zeros(0, np.bool_)
        places = [np.array([number.get(pair, -1) for pair in some], np.int64) for some in own]
        written: dict[int, bytes] = {}
        for part, place in zip(self.parts, places, strict=True):
            for at, form in zip(place.tolist(), part.segment.texts("written")[:], strict=True):
                if not form or at not in written:
                    written[at] = form
        held, signs = np.zeros(len(pairs), np.int64), np.zeros(len(pairs), np.uint64)
        for part, place, count in zip(self.parts, places, counts, strict=True):
            held[place[place >= 0]] += count[place >= 0]
            signs[place[place >= 0]] = part.arrays["word_signs"][place >= 0]
        out = {"word_terms": terms.astype(np.int32), "word_starts": offsets(np.where(listed, held, 0)), "word_signs": signs}
        out["written"], out["written_at"] = strings(written[at] for at in range(len(pairs)))
        out["word_docs"] = np.empty(int(out["word_starts"][-1]), np.int32)
        at = out["word_starts"][:-1].copy()
        for part, place, count in zip(self.parts, places, counts, strict=True):
            chosen = np.flatnonzero((place >= 0) & np.append(listed, False)[place])
            out["word_docs"][_targets(at[place[chosen]], count[chosen])] = part.holders(chosen)
            at[place[chosen]] += count[chosen]
        return out | ordered("words", (word for word, _ in pairs))

    def signatures(self) -> dict[str, Array]:
        """The signatures, their terms numbered anew."""
        runs = [_runs(part.arrays["signs_at"], part.kept) for part in self.parts]
        signs = [part.terms[part.arrays["signs"][at]] for part, (at, _) in zip(self.parts, runs, strict=True)]
        return {"signs": np.concatenate(signs).astype(np.int32), "signs_at": offsets(np.concatenate([counts for _, counts in runs]))}

    def begins(self) -> dict[str, Array]:
        """Where the texts of documents begin."""
        runs = [_runs(part.arrays["begins_at"], part.kept) for part in self.parts]
        own = [part.arrays["begins"][at] for part, (at, _) in zip(self.parts, runs, strict=True)]
        return {"begins": np.concatenate(own), "begins_at": offsets(np.concatenate([counts for _, counts in runs]))}

    def columns(self) -> dict[str, Array]:
        """The columns, and what is ordered by them."""
        out = {name: self.column(name) for name in NUMBERS}
        out |= texts(*(list(self._texts(name, order)) for name, order in TEXTS.items()))
        for name in MANY:
            out |= self._many(name)
        return out | orders(out)

    def _texts(self, name: str, order: str | None) -> Iterator[bytes]:
        """A column of texts by ordinal, whatever order it is kept in."""
        for part in self.parts:
            if name == "id":
                yield from part.arrays["id"][part.kept].tolist()
                continue
            own: Sequence[bytes] = part.segment.texts(name)[:]
            place = np.arange(part.view.size)
            if order is not None:
                place[part.arrays[order]] = np.arange(part.view.size)
            for at in place[part.kept].tolist():
                yield own[at]

    def _many(self, name: str) -> dict[str, Array]:
        runs = [_runs(part.arrays[f"{name}_at"], part.kept) for part in self.parts]
        held = [part.arrays[name][at] for part, (at, _) in zip(self.parts, runs, strict=True)]
        labels: dict[str, str] = {}
        for part, codes in zip(self.parts, held, strict=True):
            names, shown = part.segment.names(name), part.segment.texts(f"{name}_labels")
            for code in np.flatnonzero(np.bincount(codes, minlength=len(names))).tolist():
                labels[names[code]] = shown[code].decode()
        ordered = sorted(labels)
        number = {value: at for at, value in enumerate(ordered)}
        moved = [np.array([number.get(value, -1) for value in part.segment.names(name)], np.int64) for part in self.parts]
        codes = np.concatenate([own[some] for own, some in zip(moved, held, strict=True)])
        counts = np.concatenate([counts for _, counts in runs])
        return coded(name, ordered, [labels[value] for value in ordered], counts, codes)


TEXTS = {"id": None, "slugs": "by_slug", "titles": None, "sort_titles": "by_title"}
"""The columns of texts, and by what each is ordered."""


def _move(part: _Part, counts: Array, places: Array, at: Array, places_at: Array, out: dict[str, Array]) -> None:
    """Put a part's postings and places where they belong, some terms at a time."""
    starts, begins = part.arrays["starts"], part.arrays["places_at"]
    first = 0
    while first < len(counts):
        last = max(first + 1, int(np.searchsorted(np.maximum(starts, begins), max(starts[first], begins[first]) + AT_ONCE)) - 1)
        last = min(last, len(counts))
        docs = part.arrays["docs"][starts[first] : starts[last]]
        alive = part.living(docs)
        used = part.terms[first:last] >= 0
        target = _targets(at[part.terms[first:last]], np.where(used, counts[first:last], 0))
        own = place_counts(part.arrays["ends"][starts[first] : starts[last]], starts[first : last + 1] - starts[first])
        for name, column in (
            ("docs", part.moved[docs]),
            ("weights", part.arrays["weights"][starts[first] : starts[last]]),
            ("ends", own),
        ):
            out[name][target] = column if alive is None else column[alive]
        stands = part.arrays["places"][begins[first] : begins[last]]
        target = _targets(places_at[part.terms[first:last]], np.where(used, places[first:last], 0))
        out["places"][target] = stands if alive is None else stands[np.repeat(alive, own)]
        first = last


def _targets(starts: Array, counts: Array) -> Array:
    """The places of runs that begin at `starts` and are `counts` long, one after another."""
    ends = np.cumsum(counts)
    out: Array = np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(starts - (ends - counts), counts)
    return out


def _runs(at: Array, docs: Array) -> tuple[Array, Array]:
    """Where the runs of some articles stand in a column of several values, and how long each is."""
    counts = (at[docs + 1] - at[docs]).astype(np.int64)
    return _targets(at[docs], counts), counts


def _running(values: Array) -> Array:
    """The sum of what comes before each place, and of all."""
    out = np.zeros(len(values) + 1, np.int64)
    np.cumsum(values, out=out[1:])
    return out
