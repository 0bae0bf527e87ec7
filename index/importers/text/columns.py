"""How alike are the cells of a column?

Cells that stand under each other look alike: numbers with as many decimals, the same first and last kinds of character, the same unit at
the end. What a table's cells have in common is counted, and a cell is the likelier the more it is like the others of its column. Its law:
it counts only against how common such a look is anyway, and a row is never counted as its own witness.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

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
# are of half A; to leave one out, or to change all by a third, changes the rows that are right by two in a hundred at most, on either half.
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
    """What a cell looks like, in five ways, each with how common that is anyway; and how fit a cell it is by itself."""

    texts: tuple[str, str, str, str, str]
    common: tuple[float, float, float, float, float]
    fitness: float


Score = Callable[[Look], float]
"""How much likelier a cell with this look is in a column than anywhere."""


class Looks:
    """The looks of cells, each worked out once."""

    def __init__(self) -> None:
        self._known: dict[str, Look] = {}

    def of(self, cell: str) -> Look:
        """The look of a cell that is not empty."""
        found = self._known.get(cell)
        if found is None:
            found = self._known[cell] = _look(cell)
        return found


class _Column:
    """What is counted of one column: how many cells it has, filled and empty, and how many of them have each look."""

    def __init__(self) -> None:
        self.filled = 0.0
        self.empty = 0.0
        self.counts: list[dict[str, tuple[float, float]]] = [{} for _ in GAINS]  # a look → how many have it, and how common it is anyway
        self._new: list[float] = []
        self._gains: dict[bool, list[dict[str, float]]] = {}

    def add(self, look: Look, share: float) -> None:
        """Count a cell that is not empty."""
        self.filled += share
        for counts, text, common in zip(self.counts, look.texts, look.common, strict=True):
            counts[text] = (counts[text][0] + share if text in counts else share, common)

    def new(self) -> list[float]:
        """For each kind of look how likely a cell has one that the column has not shown."""
        if not self._new:
            self._new = [_new(counts, self.filled) for counts in self.counts]
        return self._new

    def gains(self, one_less: bool) -> list[dict[str, float]]:
        """For each kind of look what the looks seen gain; with one cell left out of account, or with all."""
        found = self._gains.get(one_less)
        if found is None:
            filled = self.filled - one_less
            found = self._gains[one_less] = [
                {text: weight * _gain(new, count, filled, common) for text, (count, common) in counts.items()}
                for weight, new, counts in zip(GAINS, self.new(), self.counts, strict=True)
            ]
        return found

    def without(self, look: Look) -> list[float]:
        """For each kind what a look loses if one of the cells that have it is left out of account."""
        gains = self.gains(True)
        return [
            GAINS[at] * _gain(self.new()[at], self.counts[at][text][0] - 1, self.filled - 1, look.common[at]) - gains[at][text]
            for at, text in enumerate(look.texts)
        ]


class Columns:
    """What the cells of a table's columns have in common."""

    def __init__(self, width: int, cells: Iterable[tuple[int, str, float]], looks: Looks) -> None:
        """Count cells, each with the column that it stands in and the share of it that stands there."""
        self.width = width
        self.looks = looks
        self._columns = [_Column() for _ in range(width)]
        for place, cell, share in cells:
            if cell:
                self._columns[place].add(looks.of(cell), share)
            else:
                self._columns[place].empty += share

    def score(self, place: int, own: str | None) -> tuple[float, Score]:
        """What speaks for an empty cell in this column, and for cells by their look.

        `own` is the cell that a row has been counted with there, None if it has not been; it does not count for the row itself.
        """
        column = self._columns[place]
        filled = column.filled - bool(own)
        empty = column.empty - (own == "")
        if filled + empty <= 0:
            return 0.0, _nothing
        none = OFTEN_EMPTY * math.log((empty + 0.2) / (filled + empty + 1) / 0.1)
        some = FILLED * math.log((filled + 0.2) / (filled + empty + 0.4))
        if filled <= 0:
            return none, lambda _: some
        return none, _scorer(some, column, self.looks.of(own) if own else None)


def _nothing(_: Look) -> float:
    return 0.0


def _scorer(some: float, column: _Column, own: Look | None) -> Score:
    """The sum of what the five looks of a cell gain, unrolled: it is asked for hundreds of thousands of cells."""
    digits, decimals, first, last, word = column.gains(own is not None)
    other = [weight * math.log(new) for weight, new in zip(GAINS, column.new(), strict=True)]
    other_digits, other_decimals, other_first, other_last, other_word = other

    def score(look: Look) -> float:
        a, b, c, d, e = look.texts
        return (
            some
            + digits.get(a, other_digits)
            + decimals.get(b, other_decimals)
            + first.get(c, other_first)
            + last.get(d, other_last)
            + word.get(e, other_word)
        )

    if own is None:
        return score
    texts, losses = own.texts, column.without(own)

    def score_without(look: Look) -> float:
        total = score(look)
        for mine, text, loss in zip(texts, look.texts, losses, strict=True):
            if mine == text:
                total += loss
        return total

    return score_without


def _gain(new: float, count: float, filled: float, common: float) -> float:
    return math.log(new) if count <= 0 else math.log(((1 - new) * count / filled + new * common) / common)


def _new(counts: dict[str, tuple[float, float]], filled: float) -> float:
    """How likely a look is one that the column has not shown, by how many different ones it has (weighed by how often each stands)."""
    kinds = filled * filled / sum(count * count for count, _ in counts.values())
    return min(1.0, (kinds + 1) / (filled + 1))


def _look(cell: str) -> Look:
    words: Sequence[str] = cell.split()
    first, last = kind(cell[0]), kind(cell[-1])
    prose = len(words) > 3 or len(cell) > PROSE
    digits = "prose" if prose else CAPITAL.sub("A", SMALL.sub("a", DIGIT.sub("9", cell)))
    decimals = "prose" if prose else CAPITALS.sub("A", SMALL.sub("a", INTEGER.sub("N", DECIMALS.sub(_nines, cell))))
    common = (
        0.08 if prose or len(digits) < 3 else 0.01,
        0.08 if prose or len(decimals) < 3 else 0.01,
        0.3 if first in "ULD" else 0.05,
        0.3 if last in "ULD" else 0.05,
        0.006,
    )
    return Look((digits, decimals, first, last, words[-1]), common, _fitness(cell))


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
