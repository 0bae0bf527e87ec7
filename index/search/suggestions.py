"""What did the reader mean, and what might they type next?"""

from __future__ import annotations

from bisect import bisect_left

import numpy as np

from index.search.analysis import WORD, stems_of
from index.search.engine import Completion
from index.search.scoring import Scorer
from index.search.syntax import Phrase, Word, parse, words_of
from index.search.windows import Ordered
from index.slugs import fold

TITLES = 200  # titles that are looked at for one prefix
SHORT = 5  # letters up to which a word is taken for another only one edit away
SHORTEST = 3


def complete(scorer: Scorer, ordered: Ordered, prefix: str, first: int, *, preview: bool) -> list[Completion]:
    """Authors and topics by their articles, titles, then words: in turn, so that none crowds the others out."""
    wanted = " ".join(fold(prefix).split())
    if not wanted or first < 1:
        return []
    columns = scorer.columns
    shown = columns.alive if preview else columns.shown
    docs = np.flatnonzero(shown)
    found: list[list[Completion]] = []
    for name, kind in (("authors", "AUTHOR"), ("topics", "CATEGORY"), ("tags", "TAG")):
        values = columns.values(name)
        labels = [(code, label) for code, label in enumerate(values.labels) if _begins(fold(label), wanted)]
        if labels:
            counts = dict(columns.counts(name, docs))
            named = [
                Completion(label, kind, counts[values.names[code]], values.names[code])
                for code, label in labels
                if values.names[code] in counts
            ]
            found.append(sorted(named, key=lambda one: (-one.count, one.text)))
    found.append(_titles(scorer, ordered, wanted, first, preview=preview))
    found.append(_terms(scorer, wanted, first, preview=preview))
    turns = [(turn, place, one) for place, some in enumerate(found) for turn, one in enumerate(some)]
    return [one for _, _, one in sorted(turns, key=lambda turn: turn[:2])][:first]


def _begins(text: str, prefix: str) -> bool:
    """Whether a name, or a word in it, begins with a prefix."""
    return text.startswith(prefix) or f" {prefix}" in text


def _titles(scorer: Scorer, ordered: Ordered, prefix: str, first: int, *, preview: bool) -> list[Completion]:
    shown = scorer.columns.alive if preview else scorer.columns.shown
    titles = ordered.titles
    out: list[Completion] = []
    start = bisect_left(titles, (prefix.encode(),))
    for title, id, doc in titles[start : start + TITLES]:
        if not title.startswith(prefix.encode()) or len(out) == first:
            break
        if shown[doc]:
            place = next(n for n, end in enumerate(scorer.firsts[1:]) if doc < end)
            out.append(Completion(scorer.segments[place].text("title", doc - scorer.firsts[place]), "TITLE", 1, id.decode()))
    return out


def _terms(scorer: Scorer, prefix: str, first: int, *, preview: bool) -> list[Completion]:
    """The commonest words that begin with the last word typed, behind the words before it."""
    before, _, last = prefix.rpartition(" ")
    if not last:
        return []
    counts: dict[str, int] = {}
    stems: dict[str, str] = {}
    for segment in scorer.segments:
        for word, stem, count in segment.words(last):
            counts[word] = counts.get(word, 0) + count
            stems[word] = stem
    out: list[Completion] = []
    for word in sorted(counts, key=lambda word: (-counts[word], word)):
        if len(out) == first:
            break
        held = _held(scorer, [stems[word]], preview=preview)
        if held:
            out.append(Completion(f"{before} {word}".strip(), "TERM", held, None))
    return out


def _held(scorer: Scorer, stems: list[str] | tuple[str, ...], *, preview: bool) -> int:
    """How many articles that the reader may see hold any of these stems."""
    shown = scorer.columns.alive if preview else scorer.columns.shown
    return int(np.count_nonzero(scorer.terms(stems).mask & shown))


def corrected(scorer: Scorer, query: str, *, preview: bool) -> str | None:
    """The query with each unknown word replaced by the nearest known one, or by the two that were run together in it."""
    out, changed = query, False
    for node in words_of(parse(query).node):
        if isinstance(node, Word) and (node.prefix or node.fuzzy):
            continue
        for word in WORD.findall(node.text if isinstance(node, Word | Phrase) else ""):
            stems = stems_of(word, scorer.languages)
            if not stems or _held(scorer, stems, preview=preview):
                continue
            better = _nearest(scorer, word, preview=preview)
            if better is not None:
                out, changed = out.replace(word, better, 1), True
    return out if changed else None


def _nearest(scorer: Scorer, word: str, *, preview: bool) -> str | None:
    folded = fold(word)
    if len(folded) < SHORTEST:
        return None
    for spelt, stem in scorer.near(folded, 1 if len(folded) <= SHORT else 2):
        if _held(scorer, [stem], preview=preview):
            return spelt
    for cut in range(SHORTEST, len(folded) - SHORTEST + 1):
        left, right = folded[:cut], folded[cut:]
        if all(_is_word(scorer, part) and _held(scorer, stems_of(part, scorer.languages), preview=preview) for part in (left, right)):
            return f"{left} {right}"
    return None


def _is_word(scorer: Scorer, word: str) -> bool:
    """Whether an article holds exactly this word."""
    return any(spelt == word for segment in scorer.segments for spelt, _, _ in segment.words(word))
