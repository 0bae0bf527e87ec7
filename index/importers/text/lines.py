"""What does each line of a flattened page look like?

Lines keep the 1-based numbers of the source whatever passes drop or join. Its law: nothing is judged here, only measured: what stands in
the line, what marks it as an item, whether an empty line stands before it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from index.importers.material import Unreadable

BULLETS = "•◦▪▫‣⁃●○■□∙·"  # never anything but the mark of an item
DASHES = "-–*+"  # marks only where the line is set in, or where several such lines follow each other
MARK = re.compile(rf"(?P<mark>[{BULLETS}{re.escape(DASHES)}]|\(?\d{{1,3}}[.)])\s+(?=\S)")
NUMBER = re.compile(r"\d+")
TAB = 4
MOST = 500_000  # lines, on which some 30 s are spent; the longest of 200 pages has 562
UNSEEN = dict.fromkeys([*range(0x09), *range(0x0E, 0x1C), *range(0x7F, 0x85), *range(0x86, 0xA0), 0xFEFF, 0xFFFE, 0xFFFF])


@dataclass(frozen=True, slots=True)
class Line:
    """A line that says something.

    `text` is without its mark, white space folded; `gap` says that an empty line, or nothing, stands before it; `mark` is the mark of a
    list's item (`•`, `3.`), empty for any other line; `raw` is the line as it came, for what white space tells.
    """

    number: int
    text: str
    gap: bool = True
    indent: int = 0
    mark: str = ""
    raw: str = ""

    @property
    def shown(self) -> str:
        """The line with its mark, as repairs quote it and repeats are compared."""
        return f"{self.mark} {self.text}" if self.mark else self.text

    @property
    def ordinal(self) -> int | None:
        """The number that marks it, if one does."""
        found = NUMBER.search(self.mark)
        return int(found[0]) if found else None


def numbered(text: str) -> list[Line]:
    """The lines of a text that hold more than white space; lines end with LF, CRLF, or CR where there is no LF.

    Raises `Unreadable` where there are more than `MOST`.
    """
    return list(_joined(_checked(_read(text))))


def without(lines: list[Line], dropped: Iterable[int]) -> list[Line]:
    """The lines without those at these places; the gap before a dropped one is before the next one then."""
    away = set(dropped)
    kept: list[Line] = []
    gap = False
    for place, line in enumerate(lines):
        if place in away:
            gap = gap or line.gap
        else:
            kept.append(replace(line, gap=True) if gap and not line.gap else line)
            gap = False
    return kept


def runs(lines: list[Line]) -> Iterator[list[Line]]:
    """The lines in runs between gaps; items of a list and other lines never share one."""
    run: list[Line] = []
    for line in lines:
        if run and (line.gap or bool(line.mark) != bool(run[-1].mark)):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _read(text: str) -> Iterator[Line]:
    """The lines as they stand, marks taken off wherever something looks like one."""
    gap = True
    read = 0
    text = text.translate(UNSEEN)
    for number, raw in enumerate(io.StringIO(text if "\n" in text else text.replace("\r", "\n"), newline="\n"), 1):
        said = " ".join(raw.split())
        if said:
            read += 1
            if read > MOST:
                raise Unreadable(f"The text has more than {MOST:,} lines. Split it into articles.", number)
            start = raw.expandtabs(TAB)
            found = MARK.match(said)
            mark = found["mark"] if found else ""
            yield Line(number, said[found.end() :] if found else said, gap, len(start) - len(start.lstrip()), mark, raw)
        gap = not said


def _checked(lines: Iterable[Line]) -> Iterator[Line]:
    """The same, marks that mean something else put back: a lone `1. What we found` is a heading, a lone `- Ada` a signature."""
    before: Line | None = None
    for line, after in pairwise(chain(lines, (None,))):
        assert line is not None
        sure = line.mark in BULLETS or line.indent > 0
        in_list = (before is not None and _alike(before, line)) or (after is not None and _alike(line, after))
        before = line if sure or in_list or not line.mark else replace(line, text=line.shown, mark="")
        yield before


def _joined(lines: Iterable[Line]) -> Iterator[Line]:
    """The same, where an item that goes on in lines set in deeper than its mark is one line."""
    item: Line | None = None
    parts: list[str] = []
    for line in lines:
        if item is not None:
            if not line.mark and not line.gap and line.indent > item.indent:
                parts.append(line.text)
                continue
            yield replace(item, text=" ".join(parts)) if len(parts) > 1 else item
        item, parts = (line, [line.text]) if line.mark else (None, [])
        if item is None:
            yield line
    if item is not None:
        yield replace(item, text=" ".join(parts))


def _alike(one: Line, other: Line) -> bool:
    """Whether two lines can be items of one list: the same sign marks them, or a number and the next one."""
    if not (one.mark and other.mark):
        return False
    if one.ordinal is not None and other.ordinal is not None:
        return other.ordinal == one.ordinal + 1
    return one.mark == other.mark
