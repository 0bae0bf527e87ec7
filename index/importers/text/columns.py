"""How alike are the cells of a column?

Cells that stand under each other look alike: numbers with as many decimals, the same first and last kinds of character, the same unit at
the end. What a table's cells have in common is counted, and a cell is the likelier the more it is like the others of its column. Its law:
it counts only against how common such a look is anyway, and a row is never counted as its own witness.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from index.importers.text.joints import kind

DIGIT = re.compile(r"\d")
SMALL = re.compile(r"[a-z]+")
CAPITAL = re.compile(r"[A-Z]")
CAPITALS = re.compile(r"[A-Z]+")
DECIMALS = re.compile(r"\.(\d+)")
INTEGER = re.compile(r"(?<![.\d])\d+")
NUMBER = re.compile(
    r"[+\-−–~<>≈=]?\s?[$€£]?(?:\d{1,3}(?:[ ,]\d{3})+|\d+)(?:\.\d+)?(?:\s?[%x×KMGkB]B?|\s?[a-zµ]{1,3})?|\d+(?:\.\d+)+"
    r"|\d\d?:\d\d(?:[-–]\d\d?:\d\d)?|\d+(?:\.\d+)?\s?[-–/]\s?\d+(?:\.\d+)?%?|\d{4}-\d\d-\d\d|\d\d?/\d\d?/\d{2,4}|\d+:"
)
FIGURES = re.compile(r"[\d .,%:+\-–−/]*\d[\d .,%:+\-–−/]*")  # nothing but figures and what stands between them
BAD_END = frozenset("([{<“‘=_&#$@")
BAD_START = frozenset(")]}>”’,;!?%=")
PROSE = 40  # characters, or four words: a cell that long has the look of prose and no other

# How much the looks of a cell count: all digits, decimals, first kind, last kind, last word. Found by trying, over 93 tables of which 52
# are of half A; what changes them by half changes the rows that are right by less than two in a hundred, on either half.
GAINS = (0.3, 0.3, 0.3, 0.25, 0.15)
OPEN = -3.0  # a bracket or quotation is opened and not closed, or closed and not opened
NO_NUMBER = -2.0  # figures that are not one number, such as `450 7 31077.4%`
IS_NUMBER = 0.5
ONE_DIGIT = -1.0
ENDS_BADLY = -3.0
STARTS_BADLY = -1.5
EMPTY = -4.0
EMPTY_FIRST = 0.5
OFTEN_EMPTY = 0.3
FILLED = 0.3


@dataclass(frozen=True, slots=True)
class Look:
    """What a cell looks like, each look with how common it is anyway; and how fit a cell it is by itself."""

    looks: tuple[tuple[str, float], ...]
    fitness: float


class Looks:
    """The looks of cells, each worked out once."""

    def __init__(self) -> None:
        self._known: dict[str, Look] = {}

    def of(self, cell: str) -> Look:
        """The look of a cell that is not empty."""
        found = self._known.get(cell)
        if found is None:
            found = self._known[cell] = Look(_looks(cell), _fitness(cell))
        return found


@dataclass(slots=True)
class _Column:
    """What is counted of one column: per look the cells, and how likely a new look is."""

    counts: list[dict[str, float]] = field(default_factory=lambda: [{} for _ in GAINS])
    filled: float = 0.0
    empty: float = 0.0
    new: list[float] = field(default_factory=lambda: [1.0 for _ in GAINS])


class Columns:
    """What the cells of a table's columns have in common."""

    def __init__(self, width: int, cells: Iterable[tuple[int, str, float]], looks: Looks) -> None:
        """Count cells, each with the column that it stands in and the share of it that stands there."""
        self.width = width
        self.looks = looks
        self._columns = [_Column() for _ in range(width)]
        for place, cell, share in cells:
            column = self._columns[place]
            if not cell:
                column.empty += share
                continue
            column.filled += share
            for counts, (look, _) in zip(column.counts, looks.of(cell).looks, strict=True):
                counts[look] = counts.get(look, 0.0) + share
        for column in self._columns:
            if column.filled:
                column.new = [_new(counts, column.filled) for counts in column.counts]

    def gain(self, place: int, look: Look, own: Look | None, counted: bool) -> float:
        """How much likelier a cell is in this column than anywhere; the row's `own` cell there, if it was `counted`, does not count."""
        column = self._columns[place]
        filled = column.filled - (1.0 if own is not None else 0.0)
        empty = column.empty - (1.0 if counted and own is None else 0.0)
        total = FILLED * math.log((filled + 0.2) / (filled + empty + 0.4)) if filled + empty > 0 else 0.0
        if filled <= 0:
            return total
        for at, (text, common) in enumerate(look.looks):
            new = column.new[at]
            count = column.counts[at].get(text, 0.0)
            if own is not None and own.looks[at][0] == text:
                count -= 1.0
            if count > 0:
                total += GAINS[at] * math.log(((1 - new) * count / filled + new * common) / common)
            elif new < 1:
                total += GAINS[at] * math.log(new)
        return total

    def empty(self, place: int, own: Look | None, counted: bool) -> float:
        """How much speaks for an empty cell in this column."""
        column = self._columns[place]
        filled = column.filled - (1.0 if own is not None else 0.0)
        empty = column.empty - (1.0 if counted and own is None else 0.0)
        return OFTEN_EMPTY * math.log((empty + 0.2) / (filled + empty + 1) / 0.1) if filled + empty > 0 else 0.0


def _new(counts: dict[str, float], filled: float) -> float:
    """How likely a look is one that the column has not shown, by how many different ones it has (weighed by how often each stands)."""
    kinds = filled * filled / sum(count * count for count in counts.values())
    return min(1.0, (kinds + 1) / (filled + 1))


def _looks(cell: str) -> tuple[tuple[str, float], ...]:
    words: Sequence[str] = cell.split()
    first, last = kind(cell[0]), kind(cell[-1])
    prose = len(words) > 3 or len(cell) > PROSE
    digits = "prose" if prose else CAPITAL.sub("A", SMALL.sub("a", DIGIT.sub("9", cell)))
    decimals = "prose" if prose else CAPITALS.sub("A", SMALL.sub("a", INTEGER.sub("N", DECIMALS.sub(_nines, cell))))
    return (
        (digits, 0.08 if prose or len(digits) < 3 else 0.01),
        (decimals, 0.08 if prose or len(decimals) < 3 else 0.01),
        (first, 0.3 if first in "ULD" else 0.05),
        (last, 0.3 if last in "ULD" else 0.05),
        (words[-1], 0.006),
    )


def _nines(match: re.Match[str]) -> str:
    return "." + "9" * len(match[1])


def _fitness(cell: str) -> float:
    """How fit a cell is whatever stands above and below it."""
    fitness = 0.0
    if cell.count("(") != cell.count(")") or cell.count("[") != cell.count("]") or cell.count('"') % 2:
        fitness += OPEN
    if NUMBER.fullmatch(cell):
        fitness += IS_NUMBER
    elif FIGURES.fullmatch(cell):
        fitness += NO_NUMBER
    if len(cell) == 1:
        return fitness + (ONE_DIGIT if cell.isdecimal() else 0.0)
    if cell[-1] in BAD_END or (cell[-1] in "-–" and cell[-2].isalnum()):
        fitness += ENDS_BADLY
    if cell[0] in BAD_START:
        fitness += STARTS_BADLY
    return fitness
