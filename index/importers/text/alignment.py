"""Which joints of a table's rows are real?

Each row has places where a cell may end. Which of them are real is decided for all rows of a table together: a way to cut a row is the
likelier the better the odds of its joints, and the more alike the cells become that stand under each other. As neither is known without
the other, they are found in turns (expectation and maximisation), at first with every way of cutting counted by its share. Its law: a
row is cut into as many cells as the table has columns, some of which may be empty.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from index.importers.text.columns import EMPTY, EMPTY_FIRST, Columns, Look, Looks, Score
from index.importers.text.joints import Joint

NEVER = -1e18
HEAT = (2.0, 1.0, 1.0)  # of the turns that count shares: the first is undecided on purpose. A fourth turn changes no row in 200 pages
TURNS = 4  # at most, that count whole rows
FAINT = 0.02  # a share below which a way of cutting is not counted
HEADER_EMPTY_FIRST = 3.0  # a header's first cell is empty in one table of ten, its others all but never


class Row:
    """A row: its text, and the joints that are considered, from left to right."""

    def __init__(self, text: str, joints: Sequence[Joint], looks: Looks) -> None:
        self.text = text
        self.joints = joints
        self.looks = looks
        self.bounds = [0, *(joint.at for joint in joints), len(text)]
        self.odds = [0.0, *(joint.odds for joint in joints), 0.0]
        self._pieces: dict[tuple[int, int], Look] = {}

    def piece(self, start: int, end: int) -> Look:
        """The look of the piece between two bounds."""
        found = self._pieces.get((start, end))
        if found is None:
            found = self._pieces[start, end] = self.looks.of(self.text[self.bounds[start] : self.bounds[end]])
        return found


@dataclass(frozen=True, slots=True)
class Cut:
    """A row's cells, and how likely this way to cut it is among all ways, from 0 to 1."""

    cells: tuple[str, ...]
    share: float

    def bounds(self) -> list[int]:
        """Where in the row its cells end, but the last."""
        at, ends = 0, []
        for cell in self.cells[:-1]:
            at += len(cell)
            ends.append(at)
        return ends


class _Lattice:
    """All ways to cut a row into a number of cells, with what speaks for each piece as a cell of each column."""

    def __init__(self, row: Row, width: int, columns: Columns | None, own: Sequence[str] | None, first: float) -> None:
        self.width = width
        self.bounds = row.bounds
        self.text = row.text
        self.last = len(self.bounds) - 1
        self.empties: list[float] = []
        self.pieces: list[dict[tuple[int, int], float]] = []
        for place in range(width):
            empty, score = columns.score(place, own[place] if own is not None else None) if columns else (0.0, None)
            self.empties.append(EMPTY + empty + (first if not place else 0.0))
            self.pieces.append(self._pieces(row, place, score))

    def _pieces(self, row: Row, place: int, score: Score | None) -> dict[tuple[int, int], float]:
        """What speaks for each piece in one column: the first begins the row, the last ends it."""
        scores: dict[tuple[int, int], float] = {}
        for start in range(1) if not place else range(self.last):
            for end in (self.last,) if place == self.width - 1 else range(start + 1, self.last + 1):
                look = row.piece(start, end)
                value = look.fitness + row.odds[end]
                scores[start, end] = value + score(look) if score else value
        return scores

    def best(self) -> tuple[float, tuple[str, ...]]:
        """The best way, and what speaks for it."""
        scores = [0.0] + [NEVER] * self.last
        steps: list[list[int]] = []
        for empty, pieces in zip(self.empties, self.pieces, strict=True):
            after = [score + empty for score in scores]
            step = list(range(self.last + 1))
            for (start, end), score in pieces.items():
                if scores[start] + score > after[end]:
                    after[end], step[end] = scores[start] + score, start
            steps.append(step)
            scores = after
        cells: list[str] = []
        at = self.last
        for step in reversed(steps):
            cells.append(self.text[self.bounds[step[at]] : self.bounds[at]])
            at = step[at]
        return scores[self.last], tuple(reversed(cells))

    def forward(self, heat: float = 1.0) -> list[list[float]]:
        """For each number of cells and each bound, the logarithm of the sum over all ways to get there."""
        sums = [[0.0] + [NEVER] * self.last]
        for empty, pieces in zip(self.empties, self.pieces, strict=True):
            before = sums[-1]
            after = [score + empty / heat for score in before]
            for (start, end), score in pieces.items():
                after[end] = _add(after[end], before[start] + score / heat)
            sums.append(after)
        return sums

    def shares(self, heat: float) -> list[tuple[int, str, float]]:
        """Every cell of every way with its column and share."""
        forward = self.forward(heat)
        whole = forward[-1][self.last]
        behind = [NEVER] * self.last + [0.0]
        out: list[tuple[int, str, float]] = []
        for place in range(self.width - 1, -1, -1):
            empty, before = self.empties[place] / heat, forward[place]
            none = sum(math.exp(min(0.0, before[at] + empty + behind[at] - whole)) for at in range(self.last + 1))
            if none > FAINT:
                out.append((place, "", none))
            ahead = [score + empty for score in behind]
            for (start, end), score in self.pieces[place].items():
                step = score / heat + behind[end]
                ahead[start] = _add(ahead[start], step)
                share = math.exp(min(0.0, before[start] + step - whole))
                if share > FAINT:
                    out.append((place, self.text[self.bounds[start] : self.bounds[end]], share))
            behind = ahead
        return out

    def cut(self) -> Cut:
        """The best way, with its share of all."""
        score, cells = self.best()
        return Cut(cells, math.exp(min(0.0, score - self.forward()[-1][self.last])))


def cut_header(row: Row, width: int) -> Cut:
    """The cells of a header row."""
    return _Lattice(row, width, None, None, HEADER_EMPTY_FIRST).cut()


def align(rows: Sequence[Row], width: int, looks: Looks) -> tuple[list[Cut], Columns]:
    """The cells of rows, cut into so many columns, and what those have in common."""
    columns: Columns | None = None
    for heat in HEAT:
        columns = Columns(width, [cell for row in rows for cell in _lattice(row, width, columns).shares(heat)], looks)
    cells = [_lattice(row, width, columns).best()[1] for row in rows]
    for _ in range(TURNS):
        columns = _count(cells, width, looks)
        now = [_lattice(row, width, columns, own).best()[1] for row, own in zip(rows, cells, strict=True)]
        if now == cells:
            break
        cells = now
    columns = _count(cells, width, looks)
    return [_lattice(row, width, columns, own).cut() for row, own in zip(rows, cells, strict=True)], columns


def cut_row(row: Row, columns: Columns) -> Cut:
    """The cells of one more row of a table whose columns are known."""
    return _lattice(row, columns.width, columns).cut()


def _lattice(row: Row, width: int, columns: Columns | None, own: Sequence[str] | None = None) -> _Lattice:
    return _Lattice(row, width, columns, own, EMPTY_FIRST)


def _count(cells: Sequence[Sequence[str]], width: int, looks: Looks) -> Columns:
    return Columns(width, [(place, cell, 1.0) for row in cells for place, cell in enumerate(row)], looks)


def _add(one: float, other: float) -> float:
    """The logarithm of the sum of two numbers given by their logarithms."""
    if one < other:
        one, other = other, one
    return one if other < NEVER / 2 else one + math.log1p(math.exp(other - one))
