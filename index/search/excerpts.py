"""How is a place in an article shown?

As a text with the ranges of its matches, and as safe HTML. A long text is cut between words to where most of the query's words stand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from itertools import islice
from typing import NamedTuple

from index.document import Block, Section, Table
from index.search.analysis import ASCII_WORD, DEFAULT, IS_UNSPACED, WORD, tokens
from index.search.fields import SearchField
from index.search.places import Place

LONGEST = 300  # characters of a passage that is cut from a longer text
BESIDE = 60  # characters before the first match in such a passage


class Passage(NamedTuple):
    """A place: its text with the ranges of its matches (UTF-16 code units, end exclusive), and as HTML with the matches in <mark>."""

    field: SearchField
    text: str
    html: str
    ranges: tuple[tuple[int, int], ...]
    section: Section | None
    block: Block | None
    table: Table | None
    row: int | None


class Spot(NamedTuple):
    """A word of the query in a text: which word it is, its characters."""

    word: int
    start: int
    end: int


def spots(text: str, matches: Sequence[tuple[int, int]]) -> list[Spot]:
    """The characters of matches, each a word of the query and its place among the text's words."""
    if not text.isascii() and IS_UNSPACED.search(text):
        found = list(tokens(text, DEFAULT))
        return [Spot(word, found[position].start, found[position].end) for word, position in matches]
    words = (ASCII_WORD if text.isascii() else WORD).finditer(text)
    out, after = [], 0
    for word, position in matches:
        out.append(Spot(word, *next(islice(words, position - after, None)).span()))
        after = position + 1
    return out


def cut(place: Place, matches: Sequence[tuple[int, int]]) -> Passage:
    """The passage of a place: a long text is cut between words around where most of its words stand."""
    shown, some = place.text, spots(place.text, matches)
    if len(shown) <= LONGEST:
        spans = joined([(one.start, one.end) for one in some])
    else:
        start, end = window(shown, some)
        before, after = "…" if start > 0 else "", "…" if end < len(shown) else ""
        shown = f"{before}{shown[start:end]}{after}"
        moved = len(before) - start
        spans = joined([(one.start + moved, one.end + moved) for one in some if one.start >= start and one.end <= end])
    return Passage(place.field, shown, marked(shown, spans), utf16(shown, spans), place.section, place.block, place.table, place.row)


def window(text: str, matches: Sequence[Spot]) -> tuple[int, int]:
    """The part of a long text that is shown."""
    best = densest(matches)
    start = max(0, best.start - BESIDE)
    if start:
        space = text.find(" ", start, best.start)
        start = space + 1 if space >= 0 else start
    end = min(len(text), max(start + LONGEST, best.end))
    if end < len(text):
        space = text.rfind(" ", best.end, end)
        end = space if space >= 0 else end
    return start, end


def densest(matches: Sequence[Spot]) -> Spot:
    """The first match from which on most of the query's words stand in a passage."""
    best, most = matches[0], 0
    inside: Counter[int] = Counter()
    after = 0
    for match in matches:
        while after < len(matches) and matches[after].end <= match.start + LONGEST - BESIDE:
            inside[matches[after].word] += 1
            after += 1
        if len(inside) > most:
            best, most = match, len(inside)
        inside[match.word] -= 1
        if inside[match.word] < 1:
            del inside[match.word]
    return best


def joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that touch or overlap made one."""
    if len(spans) < 2:
        return list(spans)
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def marked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Escaped HTML with the spans in <mark>."""
    if escape(text, quote=False) == text:
        return _between(text, spans, str)
    return _between(text, spans, partial(escape, quote=False))


def _between(text: str, spans: Sequence[tuple[int, int]], shown: Callable[[str], str]) -> str:
    out, at = [], 0
    for start, end in spans:
        out += [shown(text[at:start]), "<mark>", shown(text[start:end]), "</mark>"]
        at = end
    return "".join([*out, shown(text[at:])])


def utf16(text: str, spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Spans counted in UTF-16 code units."""
    if text.isascii() or max(text) <= "\uffff":
        return tuple(spans)
    wide = [0]
    for character in text:
        wide.append(wide[-1] + (2 if character > "\uffff" else 1))
    return tuple((wide[start], wide[end]) for start, end in spans)
