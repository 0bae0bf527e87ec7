"""Which lines are a table's rows, and what are its cells?

A table comes out of flattening as lines without gaps, the first of them the header, the cells of each run together, or apart by tabs, bars
or wide spaces. The number of columns is what header and rows speak for together; then the rows are cut. Its law: a row of which another
reading is as good stays whole, and every table says how sure it is.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.document import Cell, Column, RepairKind, Table
from index.document import Row as TableRow
from index.importers.repairs import Repairs
from index.importers.text.alignment import Cut, Row, align, cut_header, cut_row
from index.importers.text.columns import Columns, Looks
from index.importers.text.joints import Joint, considered, joints
from index.importers.text.lines import Line
from index.importers.text.odds import HEADER, ROW
from index.importers.text.words import Words

HINT = re.compile(
    r"[^\W\dA-Z_][A-ZÀ-Þ\d“(\[#$@]|[\d)\]%”’?!.…*+][A-ZÀ-Þ“(\[#$@]|[)\]%”!?:…][^\W_]|\d[^\W\d_]|[A-Z]{2}[a-z]|[^\w\s][^\w\s,.;:)\]}\"'”’]"
)
TURN = re.compile(r"[^\W\dA-Z_]{2}[A-ZÀ-Þ]")  # a small letter, then a capital: the plainest sign that two cells ran together
PROSE_WORDS = 6  # words a line that text broken at a margin has at least; a fifth of its lines may look as if cells ran together in them
PROSE_HINTS = 0.2
RULE = re.compile(r"[\s|:+=_-]+")
APART = (re.compile(r"\t+"), re.compile(r"\s*\|\s*"), re.compile(r"\s{2,}"))
WIDEST = 12  # columns: over 176 tables of articles one has more
LONGEST_ROW = 2000  # characters: of 717 rows the longest has 520; a longer one is not cut
SAMPLE = 40  # rows from which the columns are learnt; of 97 tables none has more
WORK = 30_000  # units that the tables of one page may cost, about half a millisecond each: those of 200 pages cost 500 at most
ALIGNED = 4  # times what it costs to look for a row's joints, it costs to align it
UNIT = 60  # characters that are looked at for a unit
NAMED = 50  # rows kept whole that are named one by one
VOTERS = 15  # rows that speak for the number of columns
TRIED = 3  # numbers of columns that are tried, the likeliest: in 172 of 176 tables the right one is among them
FAR = 4.0  # behind the likeliest a number of columns is not tried
SURE = 0.5  # a row whose best reading has a smaller share of all is kept whole: of 1,265 rows 136 have, and 28 of those would be right

# What speaks for a number of columns, found by trying over the tables of half A and of the projects that `odds` names: the header, a tenth
# of whose tables leave its first cell empty; the rows, one cell in twenty of which is empty; and how well they can then be cut.
FIRST_EMPTY = 0.2
CELL_EMPTY = 0.05
SURPRISE = 0.01
ROWS_WEIGHT = 0.7
CUTS_WEIGHT = 0.8
UNUSED_WEIGHT = -0.5
SHARE_WEIGHT = 1.0
LIKELY = 1.0  # log odds from which a joint that no cell ends at is counted as unused


class Budget:
    """How many units of work may still be spent on the tables of a page."""

    def __init__(self, units: int = WORK) -> None:
        self.units = units

    def affords(self, rows: Iterable[tuple[Line, int]]) -> int:
        """Spend what rows cost, each so many times the work of looking at it, as long as there is enough; says for how many there is."""
        count = 0
        for line, times in rows:
            cost = times * (1 + len(line.text) // UNIT)
            if cost > self.units:
                break
            self.units -= cost
            count += 1
        return count


@dataclass(frozen=True, slots=True)
class _Reading:
    """A table's cells, row after row, the header first."""

    header: Cut
    rows: tuple[Cut, ...]

    @property
    def width(self) -> int:
        return len(self.header.cells)


def is_table(run: Sequence[Line], words: Words, budget: Budget) -> bool:
    """Whether lines without gaps between them are rows: two at least, apart or run together, and not text broken at a margin.

    Where no budget is left only rows that are apart are told from text.
    """
    if len(run) < 2 or run[0].mark:
        return False
    if _apart(run) is not None:
        return True
    some = run[:SAMPLE]
    hints = sum(HINT.search(line.text) is not None for line in some) / len(some)
    if hints <= PROSE_HINTS and sum(len(line.text.split()) for line in some[:-1]) >= PROSE_WORDS * (len(some) - 1):
        return False
    if budget.affords((line, 1) for line in some) < len(some):
        return False
    return hints >= 0.5 or 2 * sum(_has_joint(line, words, ROW if at else HEADER) for at, line in enumerate(some)) >= len(some)


def are_rows(header: Sequence[Line], run: Sequence[Line]) -> bool:
    """Whether numbered lines right under another line are rows rather than items: in it and in most of them cells ran together."""
    if len(header) > 1 or run[0].gap or run[0].indent or run[0].ordinal is None or not TURN.search(header[0].text):
        return False
    return 2 * sum(TURN.search(line.text) is not None for line in run) >= len(run)


def read_table(run: Sequence[Line], words: Words, repairs: Repairs, budget: Budget) -> Table:
    """The table of a run of lines; `words` are those of the page. Rows that there is no budget for stay whole."""
    apart = _apart(run)
    if apart is not None:
        first, *others = apart
        return Table(columns=tuple(map(Column, first)), rows=tuple(TableRow(tuple(map(Cell, cells))) for cells in others))
    affordable = budget.affords((line, 1 if at > SAMPLE else ALIGNED) for at, line in enumerate(run))
    reading = _read([line.text for line in run], words, max(affordable, 2))
    whole = [line for line, cut in zip(run, (reading.header, *reading.rows), strict=True) if not _is_sure(cut)]
    names = reading.header.cells if _is_sure(reading.header) else (run[0].text, *[""] * (reading.width - 1))
    rows = [_row(line, cut, reading.width) for line, cut in zip(run[1:], reading.rows, strict=True)]
    table = Table(columns=tuple(map(Column, names)), rows=tuple(rows))
    shares = [cut.share for cut in (reading.header, *reading.rows)]
    message = f"The cells of {len(run)} lines ran together; they were taken apart into {reading.width} columns."
    repairs.add(RepairKind.TABLE_SPLIT, message, run[0].number, round(sum(shares) / len(shares), 2), table)
    for line in whole[:NAMED]:
        repairs.add(RepairKind.TABLE_SPLIT, "This row can be taken apart in several ways; it is kept whole.", line.number, 0.2, table)
    if len(whole) > NAMED:
        more = f"{len(whole) - NAMED} more rows of this table are kept whole."
        repairs.add(RepairKind.TABLE_SPLIT, more, whole[NAMED].number, 0.2, table)
    return table


def _row(line: Line, cut: Cut, width: int) -> TableRow:
    if _is_sure(cut):
        return TableRow(tuple(map(Cell, cut.cells)))
    return TableRow((Cell(line.text, column_span=width),))


def _is_sure(cut: Cut) -> bool:
    return cut.share >= SURE or len(cut.cells) == 1


def _apart(run: Sequence[Line]) -> list[list[str]] | None:
    """The cells of rows that are apart by tabs, bars or wide spaces; None where they are not, or the lines do not agree on their number."""
    rows = [line.raw.strip() for line in run if not RULE.fullmatch(line.raw)]
    for between in APART:
        cells = [between.split(row.strip("|").strip()) for row in rows]
        width, times = Counter(map(len, cells)).most_common(1)[0] if cells else (0, 0)
        if width > 1 and times * 10 >= len(cells) * 9 and len(cells) > 1:
            return [_filled(row, width) for row in cells]
    return None


def _filled(row: list[str], width: int) -> list[str]:
    """A row with so many cells: empty ones after those it has, or what is too much in the last."""
    return [*row[: width - 1], " ".join(row[width - 1 :])] if len(row) > width else row + [""] * (width - len(row))


def _has_joint(line: Line, words: Words, odds: Mapping[str, float]) -> bool:
    return any(joint.odds > 0 for joint in joints(line.text[:LONGEST_ROW], words, odds))


def _read(texts: Sequence[str], words: Words, most: int) -> _Reading:
    """The likeliest reading of the rows of a table, of which so many may be cut."""
    sample = texts[: min(SAMPLE + 1, most)]
    known = words.within(sample)
    every = [joints(text, known, ROW if at else HEADER) if len(text) <= LONGEST_ROW else [] for at, text in enumerate(sample)]
    looks = Looks()
    rows = [Row(text, considered(found), looks) for text, found in zip(sample, every, strict=True)]
    best: tuple[float, Cut, list[Cut], Columns] | None = None
    for width, likelihood in _widths(every):
        cuts, columns = align(rows[1:], width, looks)
        value = likelihood + _value(rows[1:], cuts)
        if best is None or value > best[0]:
            best = value, cut_header(rows[0], width), cuts, columns
    assert best is not None
    _, header, cuts, columns = best
    uncut = (Cut((text, *[""] * (columns.width - 1)), 0.0) for text in texts[max(most, len(sample)) :])
    return _Reading(header, (*cuts, *_rest(texts[len(sample) : most], known, columns), *uncut))


def _rest(texts: Sequence[str], words: Words, columns: Columns) -> Iterator[Cut]:
    """The rows after the sample; one whose likely joints are as many as they should be needs no weighing."""
    for text in texts:
        found = joints(text, words, ROW) if len(text) <= LONGEST_ROW else []
        likely = [joint.at for joint in found if joint.odds > 0]
        if len(likely) == columns.width - 1:
            bounds = [0, *likely, len(text)]
            yield Cut(tuple(text[start:end] for start, end in pairwise(bounds)), 1.0)
        else:
            yield cut_row(Row(text, considered(found), columns.looks), columns)


def _widths(every: Sequence[Sequence[Joint]]) -> list[tuple[int, float]]:
    """The likeliest numbers of columns with the logarithms of their likelihoods, by the joints of the header and of the first rows."""
    header, *rows = (_number_of_joints(found) for found in every[: VOTERS + 1])
    likelihoods = []
    for width in range(2, WIDEST):
        by_header = (1 - FIRST_EMPTY) * header[width - 1] + FIRST_EMPTY * header[width - 2]
        total = math.log(by_header + SURPRISE)
        for row in rows:
            one_less, two_less = row[width - 2], row[width - 3] if width > 2 else 0.0
            by_row = (1 - CELL_EMPTY) * row[width - 1] + CELL_EMPTY * one_less + CELL_EMPTY**2 * two_less
            total += ROWS_WEIGHT * math.log(by_row + SURPRISE) / len(rows)
        likelihoods.append((width, total))
    likelihoods.sort(key=lambda pair: (-pair[1], pair[0]))
    return [(width, value) for width, value in likelihoods[:TRIED] if value > likelihoods[0][1] - FAR]


def _number_of_joints(found: Sequence[Joint]) -> list[float]:
    """How likely each number of real joints in a row is, from 0 up to one less than the widest table needs."""
    likely = [1.0] + [0.0] * (WIDEST - 1)
    for joint in considered(list(found)):
        chance = 1 / (1 + math.exp(-joint.odds))
        for number in range(WIDEST - 1, 0, -1):
            likely[number] = likely[number] * (1 - chance) + likely[number - 1] * chance
        likely[0] *= 1 - chance
    return likely


def _value(rows: Sequence[Row], cuts: Sequence[Cut]) -> float:
    """What speaks for a number of columns in how the rows were cut."""
    made = unused = shares = 0.0
    for row, cut in zip(rows, cuts, strict=True):
        ends = set(cut.bounds())
        made += sum(1 for cell in cut.cells if cell) - 1
        unused += sum(1 for joint in row.joints if joint.odds > LIKELY and joint.at not in ends)
        shares += math.log(max(cut.share, 1e-9))
    return (CUTS_WEIGHT * made + UNUSED_WEIGHT * unused + SHARE_WEIGHT * shares) / max(1, len(rows))
