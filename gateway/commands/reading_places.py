"""Where in its source does each part of an article stand, and what stands there that is in none?

An article does not keep the lines of its blocks, so they are found again: the words of the article are laid beside those of its source as
their longest common subsequence lays them. That is good enough for showing, and nothing else relies on it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import accumulate

from rapidfuzz.distance import LCSseq

from index.document import Article, Block, Code, List, Repair, RepairKind, Section, SourceFormat
from index.importers.charset import decode
from index.importers.flow import Heading
from index.plain import block_text

REMOVED = frozenset([RepairKind.BOILERPLATE_REMOVED, RepairKind.DUPLICATE_REMOVED])
"""Kinds of repair by which whole lines are gone."""

MOST = 20_000  # words of a source or an article that are laid beside one another: 50 MB
LOOKED_AT = 8  # words of what a repair quotes
NEAR = 5_000  # words behind a repair's line within which what it quotes has to stand
RUN = 2  # words in a row that show that a piece is the same; one alone may stand anywhere

WORD = re.compile(r"\w+")
QUOTED = re.compile(r"“(.*?)…?”", re.DOTALL)
# each ends at the end of the source at the latest, so that what is never closed is looked through once
MARKUP = re.compile(
    r"<!\[CDATA\[|\]\]>|<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)|</?[a-z][^<>]*>?|<[!?][^<>]*>?", re.DOTALL | re.IGNORECASE
)
ESCAPE = re.compile(r"\\[bfnrt\"\\/]")
NOT_A_BREAK = re.compile(r"[^\n]")
LINES = re.compile(r"\b(\d+) lines\b")  # how a repair of flattened text says that it is of more than one


@dataclass(frozen=True, slots=True)
class Part:
    """A heading or block of an article, or one item of a list, which may go `on` with it; `repairs` are those that name the block."""

    thing: Heading | Block
    text: str
    repairs: tuple[Repair, ...] = ()
    on: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A repair, and the lines of the source that it took out, as far as they can be told."""

    repair: Repair
    gone: tuple[str, ...] = ()


class Source:
    """What can be read of a source, word by word; `line` is the 1-based line of its file on which it begins."""

    def __init__(self, content: bytes, format: SourceFormat, line: int = 1) -> None:
        text = decode(content)
        self.marked_up = format in (SourceFormat.HTML, SourceFormat.WXR, SourceFormat.FEED)
        self.by_line = format is SourceFormat.TEXT
        if self.marked_up:
            text = MARKUP.sub(lambda found: NOT_A_BREAK.sub(" ", found[0]), text)
        elif format is SourceFormat.JSON:
            text = ESCAPE.sub("  ", text)
        self.text = text
        self.starts: list[int] = []
        self.words: list[str] = []
        for found in WORD.finditer(text):
            self.starts.append(found.start())
            self.words.append(found[0])
        self._first = line
        self._lines = [0, *(found.end() for found in re.finditer("\n", text))]

    def line_of(self, word: int) -> int:
        """The place of the line, from 0, on which a word stands."""
        return bisect_right(self._lines, self.starts[word]) - 1

    def place(self, repair: Repair) -> int | None:
        """The first word of what a repair speaks of; None where it does not say where that is."""
        if repair.line is None or not 0 <= repair.line - self._first < len(self._lines):
            return None
        start = bisect_left(self.starts, self._lines[repair.line - self._first])
        quoted = QUOTED.search(repair.message)
        wanted = WORD.findall(quoted[1])[:LOOKED_AT] if quoted else []
        near = range(start, min(len(self.words), start + NEAR))
        return next((at for at in near if wanted and self.words[at : at + len(wanted)] == wanted), start)

    def wordless(self, repair: Repair) -> str:
        """The line of a repair where it has no word, such as `* . *`; else nothing."""
        place = (repair.line or 0) - self._first
        if not 0 <= place < len(self._lines):
            return ""
        line = self.text[self._lines[place] :].partition("\n")[0].strip()
        return "" if WORD.search(line) else line

    def gone(self, start: int, end: int) -> tuple[str, ...]:
        """The lines from one word up to another, blanks folded."""
        stop = self.starts[end] if end < len(self.starts) else len(self.text)
        text = self.text[self.starts[start] : stop] if end > start else ""
        lines = (" ".join(line.split()) for line in (unescape(text) if self.marked_up else text).split("\n"))
        return tuple(line for line in lines if line)


def in_place(article: Article, source: Source) -> tuple[list[Note], list[Part | Note]]:
    """The repairs of an article that stand nowhere, and its parts with the others between them, in the order of the source."""
    parts = list(_parts(article))
    places, taken = _laid(parts, article, source)
    named = {id(repair) for part in parts for repair in part.repairs}
    free = [(source.place(repair), repair) for repair in article.source.repairs if id(repair) not in named]
    nowhere = [Note(repair) for place, repair in free if place is None]
    standing = sorted(((place, repair) for place, repair in free if place is not None), key=lambda one: one[0])
    stops = [place for place, _ in standing]
    notes = deque((place, Note(repair, _gone(place, repair, stops, taken, source, article.title))) for place, repair in standing)
    out: list[Part | Note] = []
    for part, place in zip(parts, places, strict=True):
        while notes and notes[0][0] < place:
            out.append(notes.popleft()[1])
        out += [part, *map(Note, part.repairs)]
    return nowhere, [*out, *(note for _, note in notes)]


def _gone(place: int, repair: Repair, stops: Sequence[int], taken: bytearray, source: Source, title: str) -> tuple[str, ...]:
    """What a repair took out: from its place on up to what is in the article, or what another repair speaks of; the title is kept."""
    if repair.kind not in REMOVED:
        return ()
    if source.by_line and (line := source.wordless(repair)):
        return (line,)
    if place >= len(taken):
        return ()
    kept, following = taken.find(1, place), bisect_right(stops, place)
    ends = [len(taken), *([kept] if kept >= 0 else []), *stops[following : following + 1]]
    lines = tuple(line for line in source.gone(place, min(ends)) if line != title)
    if not source.by_line:
        return lines
    said = LINES.search(repair.message)
    return lines[: int(said[1]) if said else 1]


def _parts(article: Article) -> Iterator[Part]:
    """The parts of an article in reading order."""
    named: dict[str, list[Repair]] = {}
    for repair in article.source.repairs:
        if repair.block_id is not None:
            named.setdefault(repair.block_id, []).append(repair)
    yield from _of_blocks(article.blocks, named)
    for section in article.sections:
        yield from _of_section(section, named)


def _of_section(section: Section, named: dict[str, list[Repair]]) -> Iterator[Part]:
    yield Part(Heading(section.heading, section.level), section.heading)
    yield from _of_blocks(section.blocks, named)
    for inner in section.sections:
        yield from _of_section(inner, named)


def _of_blocks(blocks: Sequence[Block], named: dict[str, list[Repair]]) -> Iterator[Part]:
    for block in blocks:
        repairs = tuple(named.get(block.id, ()))
        if isinstance(block, List) and not repairs:
            first = 1 if block.start is None else block.start
            for number, item in enumerate(block.items, first):
                single = List(block.ordered, number if block.ordered else None, (item,))
                yield Part(single, block_text(single), on=number > first)
        else:
            yield Part(block, block.text if isinstance(block, Code) else block_text(block), repairs)


def _laid(parts: Sequence[Part], article: Article, source: Source) -> tuple[list[int], bytearray]:
    """For each part the word of the source at which it begins, and for each word of the source whether it is in a part."""
    taken = bytearray(len(source.words))
    ours = [(word, number) for number, part in enumerate(parts) for word in WORD.findall(part.text)]
    lengths = [0] * len(parts)
    for _, number in ours:
        lengths[number] += 1
    firsts = list(accumulate(lengths, initial=0))
    best: dict[int, tuple[int, int]] = {}  # a part → the longest run of it that was found, and where the part begins by that
    if max(len(ours), len(source.words)) <= MOST:
        theirs = _without_removed(article, source)
        for a, b, size in LCSseq.opcodes([word for word, _ in ours], theirs).as_matching_blocks():
            for at, length in _by_part(ours, a, size):
                number, there = ours[at][1], b + at - a
                if length >= min(RUN, lengths[number]):
                    taken[there : there + length] = b"\1" * length
                    best[number] = max(best.get(number, (0, 0)), (length, there - (at - firsts[number])))
    places, reached = [], 0
    for number in range(len(parts)):
        reached = max(reached, best.get(number, (0, reached))[1])
        places.append(reached)
    return places, taken


def _by_part(ours: Sequence[tuple[str, int]], start: int, size: int) -> Iterator[tuple[int, int]]:
    """A run of our words in pieces of one part each: where each begins, and its length."""
    at = start
    for word in range(start + 1, start + size + 1):
        if word == start + size or ours[word][1] != ours[at][1]:
            yield at, word - at
            at = word


def _without_removed(article: Article, source: Source) -> list[str]:
    """The words of the source, those on lines that were removed as a whole left empty: what repeats is the first, not the last."""
    if not source.by_line:
        return source.words
    gone = {repair.line - 1 for repair in article.source.repairs if repair.kind in REMOVED and repair.line is not None}
    return ["" if source.line_of(number) in gone else word for number, word in enumerate(source.words)]
