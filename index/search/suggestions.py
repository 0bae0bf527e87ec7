"""What might a reader type next?

Completions come from names and titles that begin as what was typed, and from words that begin as its last one. Nothing is offered that no
article holds which this reader may see.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from index.search.analysis import WORD, unmarked
from index.search.engine import Completion
from index.search.expansion import Spelt, alone, commonest, shown, written
from index.search.phrases import Stems
from index.search.scoring import Scorer
from index.search.segments import Segment, View
from index.search.statistics import Statistics
from index.search.texts import Texts
from index.slugs import fold

NAMED = (("authors", "AUTHOR"), ("topics", "CATEGORY"), ("tags", "TAG"))
FORMS = 2  # words that are looked at for each one that is offered, as only one of each stem is
LOOKED_AT = 1000  # names that begin as what was typed, and titles


def complete(statistics: Statistics, prefix: str, first: int, *, preview: bool) -> list[Completion]:
    """Authors and topics by their articles, titles, then words: in turn, so that none crowds the others out."""
    wanted = " ".join(unmarked(prefix).split())
    if not wanted or first < 1:
        return []
    beginning, titled = wanted.encode("utf-8", "replace"), " ".join(fold(prefix).split()).encode("utf-8", "replace")
    found = [_names(statistics, column, kind, beginning, preview=preview) for column, kind in NAMED]
    found.append(_titles(statistics.views, titled, first, preview=preview))
    found.append(_terms(statistics, prefix, FORMS * first, preview=preview))
    return _in_turn(found, first)


def _in_turn(sources: Sequence[Iterator[Completion]], most: int) -> list[Completion]:
    """One of each as long as they have any, none of which is worked out before its turn."""
    out: list[Completion] = []
    while sources:
        left = []
        for source in sources:
            one = next(source, None)
            if one is not None:
                out.append(one)
                left.append(source)
                if len(out) == most:
                    return out
        sources = left
    return out


def _names(statistics: Statistics, column: str, kind: str, wanted: bytes, *, preview: bool) -> Iterator[Completion]:
    """The names in which a word begins so, those of the most articles first."""
    found: dict[str, tuple[Texts, int]] = {}
    for view in statistics.views:
        segment = view.segment
        start, end = segment.ordered(f"{column}_keys").beginning(wanted)
        if start < end:
            names, labels = segment.names(column), segment.texts(f"{column}_labels")
            for code in segment.arrays[f"{column}_of"][start : min(end, start + LOOKED_AT)].tolist():
                found.setdefault(names[code], (labels, code))
    if not found:
        return
    counts = statistics.totals(column, preview=preview)
    held = sorted([slug for slug in found if slug in counts], key=counts.__getitem__, reverse=True)
    for count, slugs in groupby(held, key=counts.__getitem__):
        named = sorted([(labels[code].decode(), slug) for slug in slugs for labels, code in [found[slug]]])
        for label, slug in named:
            yield Completion(label, kind, count, slug)


def _titles(views: Sequence[View], wanted: bytes, first: int, *, preview: bool) -> Iterator[Completion]:
    """The titles that begin so, by the alphabet."""
    found = [(view.segment, doc) for view in views for doc in _titled(view, wanted, first, preview=preview)]
    if len(views) > 1:
        found.sort(key=lambda one: _place(*one))
    for segment, doc in found:
        yield Completion(segment.texts("titles")[doc].decode(), "TITLE", 1, segment.arrays["id"].item(doc).decode())


def _place(segment: Segment, doc: int) -> tuple[bytes, bytes]:
    """By what titles are ordered."""
    return segment.sort_titles[segment.arrays["by_title_ranks"].item(doc)], segment.arrays["id"].item(doc)


def _titled(view: View, wanted: bytes, first: int, *, preview: bool) -> list[int]:
    """The first articles of a view whose titles begin so."""
    start, end = view.segment.sort_titles.beginning(wanted)
    docs = view.segment.arrays["by_title"][start : min(end, start + LOOKED_AT)]
    if view.hides(preview=preview) and len(docs):
        docs = docs.compress(view.seen(preview=preview).take(docs))
    out: list[int] = docs[:first].tolist()
    return out


def _terms(statistics: Statistics, prefix: str, most: int, *, preview: bool) -> Iterator[Completion]:
    """What was typed, its last word completed by words that begin so, the commonest first; a word of two languages' stems once."""
    before, _, last = " ".join(prefix.split()).rpartition(" ")
    last = unmarked(last)
    if not WORD.fullmatch(last):
        return
    views = statistics.views
    if alone(views):
        found = _words(views[0], commonest(views[0].segment, last, most)[0], preview=preview)
    else:
        found = _words_of(views, statistics.beginning(last, most), preview=preview)
    offered = set()
    for word, count in found:
        folded = unmarked(word)
        if folded not in offered:
            offered.add(folded)
            yield Completion(f"{before} {word}".strip(), "TERM", count, None)


def _words(view: View, places: Sequence[int], *, preview: bool) -> Iterator[tuple[str, int]]:
    """The first word of each stem that the reader may see, as it is written, and how many articles hold that stem."""
    segment, drafts = view.segment, 0 if preview else view.drafts
    terms, counts = segment.arrays["word_terms"], segment.arrays["word_counts"]
    offered = set()
    for place in places:
        number = terms.item(place)
        if number not in offered and (counts.item(place) > drafts or view.shown(segment.holding(place), preview=preview)):
            offered.add(number)
            yield segment.written(place), view.shown(segment.postings(number)[0], preview=preview)


def _words_of(views: Sequence[View], words: Iterable[Spelt], *, preview: bool) -> Iterator[tuple[str, int]]:
    """The same of words of several segments."""
    drafts = 0 if preview else sum(view.drafts for view in views)
    offered = set()
    for word, stem, articles in words:
        if stem not in offered and (articles > drafts or shown(views, word, stem, preview=preview)):
            offered.add(stem)
            yield written(views, word), sum(view.holding(stem, preview=preview) for view in views)


def held(scorer: Scorer, stems: Stems, *, preview: bool) -> int:
    """How many articles that the reader may see hold any of these stems."""
    return sum(view.shown(found.docs, preview=preview) for view, found in zip(scorer.views, scorer.terms(stems), strict=True))
