"""What might a reader type next?

Completions come from names and titles that begin as what was typed, and from words that begin as its last one. Nothing is offered that no
article holds which this reader may see.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, zip_longest

import numpy as np

from index.search.analysis import WORD, unmarked
from index.search.engine import Completion
from index.search.expansion import shown
from index.search.phrases import Stems
from index.search.scoring import Scorer
from index.search.segments import View
from index.slugs import fold

NAMED = (("authors", "AUTHOR"), ("topics", "CATEGORY"), ("tags", "TAG"))
FORMS = 2  # words that are looked at for each one that is offered, as only one of each stem is
LOOKED_AT = 1000  # names that begin as what was typed, and titles


def complete(scorer: Scorer, prefix: str, first: int, *, preview: bool) -> list[Completion]:
    """Authors and topics by their articles, titles, then words: in turn, so that none crowds the others out."""
    wanted = " ".join(unmarked(prefix).split())
    if not wanted or first < 1:
        return []
    found: list[Iterable[Completion]] = [_names(scorer, column, kind, wanted, preview=preview) for column, kind in NAMED]
    found.append(_titles(scorer, " ".join(fold(prefix).split()).encode("utf-8", "replace"), first, preview=preview))
    found.append(_terms(scorer, wanted, FORMS * first, preview=preview))
    turns = chain.from_iterable(zip_longest(*found))
    return list(islice((one for one in turns if one is not None), first))


def _names(scorer: Scorer, column: str, kind: str, wanted: str, *, preview: bool) -> list[Completion]:
    """The names in which a word begins so, those of the most articles first."""
    labels: dict[str, str] = {}
    for view in scorer.views:
        segment = view.segment
        keys = segment.ordered(f"{column}_keys")
        start, end = keys.beginning(wanted.encode("utf-8", "replace"))
        names, shown = segment.names(column), segment.texts(f"{column}_labels")
        for code in np.unique(segment.arrays[f"{column}_of"][start : min(end, start + LOOKED_AT)]).tolist():
            labels.setdefault(names[code], shown[code].decode())
    counts = scorer.statistics.totals(column, preview=preview) if labels else {}
    named = [Completion(label, kind, counts[slug], slug) for slug, label in labels.items() if slug in counts]
    return sorted(named, key=lambda one: (-one.count, one.text, one.ref or ""))


def _titles(scorer: Scorer, wanted: bytes, first: int, *, preview: bool) -> list[Completion]:
    """The titles that begin so, by the alphabet."""
    found: list[tuple[bytes, bytes, View, int]] = []
    for view in scorer.views:
        arrays, titles = view.segment.arrays, view.segment.sort_titles
        start, end = titles.beginning(wanted)
        docs = arrays["by_title"][start : min(end, start + LOOKED_AT)]
        seen = np.flatnonzero(view.seen(preview=preview)[docs])[:first].tolist()
        found += [(titles[start + at], arrays["id"][docs[at]].item(), view, int(docs[at])) for at in seen]
    best = sorted(found, key=lambda one: one[:2])[:first]
    return [Completion(view.segment.texts("titles")[doc].decode(), "TITLE", 1, id.decode()) for _, id, view, doc in best]


def _terms(scorer: Scorer, wanted: str, most: int, *, preview: bool) -> Iterator[Completion]:
    """What was typed, its last word completed by words that begin so, the commonest first."""
    before, _, last = wanted.rpartition(" ")
    stems = set()
    for word, stem, _ in scorer.statistics.beginning(last, most) if WORD.fullmatch(last) else []:
        if stem in stems or not shown(scorer.views, word, stem, preview=preview):
            continue  # another form of a word that has been offered, or one that only drafts hold
        stems.add(stem)
        yield Completion(f"{before} {word}".strip(), "TERM", _holding(scorer.views, stem, preview=preview), None)


def _holding(views: Sequence[View], stem: str, *, preview: bool) -> int:
    """How many articles that the reader may see hold a stem."""
    numbers = [(view, view.segment.term(stem)) for view in views]
    return sum(view.shown(view.segment.postings(number)[0], preview=preview) for view, number in numbers if number is not None)


def held(scorer: Scorer, stems: Stems, *, preview: bool) -> int:
    """How many articles that the reader may see hold any of these stems."""
    return sum(view.shown(found.docs, preview=preview) for view, found in zip(scorer.views, scorer.terms(stems), strict=True))
