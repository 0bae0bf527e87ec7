"""What stands twice, and where was it cut?

Archives repeat a stretch of the page right after itself: some blocks, the last of them a list or a table, whole or cut off in the middle
of a line; what comes next then goes on in that line. Its law: a repeat is only what follows its original directly and agrees with it line
by line; of the line where it was cut, what agrees is dropped and the rest stands on its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from index.document import RepairKind
from index.importers.repairs import Repairs
from index.importers.text.furniture import quoted
from index.importers.text.lines import Line

LONGEST = 500  # lines of a repeat: over 200 pages the longest has 171
SHORTEST_CUT = 3  # characters that must agree where a repeat is nothing but a cut line: of 64 cut lines all but one agree in more
SHORTEST_ALONE = 16  # characters that a line repeated alone must have: of 10 such repeats the shortest has 40; `Code:` twice is no repeat


@dataclass(frozen=True, slots=True)
class _Repeat:
    """A repeat: how many lines agree, and what follows in the line where it was cut, if it was."""

    length: int
    rest: str = ""


def without_repeats(lines: list[Line], repairs: Repairs) -> list[Line]:
    """The lines without repeats; what hung on a cut one is a line of its own."""
    kept: list[Line] = []
    where: dict[str, int] = {}  # what begins a block → its last place among the kept
    stops: dict[int, int] = {}
    place = 0
    while place < len(lines):
        line = lines[place]
        repeat = _find(lines, place, kept, where, stops) if line.gap and kept else None
        if repeat is None:
            if line.gap or not kept or bool(kept[-1].mark) != bool(line.mark):
                where[line.shown] = len(kept)
            kept.append(line)
            place += 1
            continue
        stops.clear()
        place += repeat.length
        _say(line, repeat, repairs)
        if repeat.rest:
            cut = lines[place]
            _say_cut(cut, repeat.rest, repairs)
            kept.append(Line(cut.number, repeat.rest, raw=repeat.rest))
            where[repeat.rest] = len(kept) - 1
            place += 1
        if place < len(lines) and not lines[place].gap:
            lines[place] = replace(lines[place], gap=True)
    return kept


def _find(lines: Sequence[Line], place: int, kept: Sequence[Line], where: Mapping[str, int], stops: dict[int, int]) -> _Repeat | None:
    """The repeat that begins at a place, if one does.

    `stops` has for each distance to an original the place up to which lines were found to agree at that distance: they are compared once.
    """
    start = where.get(lines[place].shown)
    if start is None:
        return _find_cut(lines, place, kept)
    length = max(0, stops.get(place - start, 0) - place)
    most = min(len(kept) - start, len(lines) - place, LONGEST)
    while length < most and _same(kept[start + length], lines[place + length], first=not length):
        length += 1
    stops[place - start] = place + length
    if start + length == len(kept):
        after = lines[place + length] if place + length < len(lines) else None
        alone = length == 1 and len(lines[place].text) < SHORTEST_ALONE
        return _Repeat(length) if (after is None or after.gap or not after.mark) and not alone else None
    if start + length == len(kept) - 1 and place + length < len(lines) and _ends_block(lines, place + length):
        rest = _rest(kept[start + length], lines[place + length])
        if rest:
            return _Repeat(length, rest)
    return None


def _find_cut(lines: Sequence[Line], place: int, kept: Sequence[Line]) -> _Repeat | None:
    """A repeat that was cut in its first line: it begins as the block before it does."""
    if not _ends_block(lines, place):
        return None
    start = len(kept) - 1
    while start and not kept[start].gap and len(kept) - start < LONGEST:
        start -= 1
    original, line = kept[start], lines[place]
    if not original.mark or original.mark != line.mark or original.indent != line.indent:
        return None
    rest = _rest(original, line)
    return _Repeat(0, rest) if rest and len(line.text) - len(rest) >= SHORTEST_CUT else None


def _same(original: Line, line: Line, *, first: bool) -> bool:
    """Whether two lines agree, and stand apart from those before them alike."""
    return original.shown == line.shown and (first or original.gap == line.gap) and original.indent == line.indent


def _ends_block(lines: Sequence[Line], place: int) -> bool:
    return place + 1 == len(lines) or lines[place + 1].gap or bool(lines[place].mark) != bool(lines[place + 1].mark)


def _rest(original: Line, line: Line) -> str:
    """What follows in a line that begins like its original and goes on with something else; empty where it is not cut like that.

    A cut line goes on with a new beginning where the original went on within a cell, an item or a word.
    """
    if original.mark != line.mark:
        return ""
    one, other = original.text, line.text
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    while same > 0 and not _begins(other, same):
        same -= 1  # what both happen to share
    return other[same:] if same else ""


def _begins(text: str, at: int) -> bool:
    """Whether a text that was hung on another one may begin here."""
    if at >= len(text) or text[at - 1] == " " or text[at] == " ":
        return False
    return not text[at].islower() or not text[at - 1].isalpha()


def _say(first: Line, repeat: _Repeat, repairs: Repairs) -> None:
    lines = repeat.length + bool(repeat.rest)
    many = f"{lines} lines that repeat the ones before them were" if lines > 1 else "A line that repeats the one before it was"
    repairs.add(RepairKind.DUPLICATE_REMOVED, f"{many} removed: {quoted(first)}.", first.number, 0.95)


def _say_cut(line: Line, rest: str, repairs: Repairs) -> None:
    gone = line.text[: len(line.text) - len(rest)]
    message = f"A repeat is cut off here after “{gone[-40:]}”; the text goes on with “{rest[:40]}”."
    repairs.add(RepairKind.TABLE_TRUNCATED, message, line.number, 0.9)
