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
# What the tables of one page may cost, in pieces of rows that are weighed (some 3 µs each): those of 200 pages cost 300,000 at most. With
# every character of the page it is a little more, so that a long page may have many tables.
WORK = 800_000
WORK_PER_CHARACTER = 0.05
LOOK = 8  # units that it costs to see what a piece looks like
LOOKED_AT = 4  # units that it costs to look at a character for joints
WEIGHED = 9  # times at most that each piece is weighed for each column of each number of columns
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

    def __init__(self, units: float = WORK) -> None:
        self.units = units

    def affords(self, units: float) -> bool:
        """Spend so many, if there are enough."""
        affordable = units <= self.units
        self.units -= units if affordable else 0
        return affordable


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
    if hints >= 0.5:
        return True
    return budget.affords(_length(line.text for line in some)) and 2 * sum(
        _has_joint(line, words, ROW if at else HEADER) for at, line in enumerate(some)
    ) >= len(some)


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
    reading = _read([line.text for line in run], words, budget)
    whole = [line for line, cut in zip(run, (reading.header, *reading.rows), strict=True) if not _is_sure(cut)]
    names = reading.header.cells if _is_sure(reading.header) else (run[0].text, *[""] * (reading.width - 1))
    rows = [_row(line, cut, reading.width) for line, cut in zip(run[1:], reading.rows, strict=True)]
    table = Table(columns=tuple(map(Column, names)), rows=tuple(rows))
    if reading.width == 1:
        message = f"The cells of {len(run)} lines may have run together; the page has too many tables to take them apart."
        repairs.add(RepairKind.TABLE_SPLIT, message, run[0].number, 0.2, table)
        return table
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


def _length(texts: Iterable[str]) -> int:
    """What it costs to look for the joints of rows."""
    return sum(LOOKED_AT * len(text) for text in texts if len(text) <= LONGEST_ROW)


def _read(texts: Sequence[str], words: Words, budget: Budget) -> _Reading:
    """The likeliest reading of the rows of a table; what there is no budget for stays whole."""
    sample = texts[: SAMPLE + 1]
    if not budget.affords(_length(sample)):
        header, *rows = (_whole(text, 1) for text in texts)
        return _Reading(header, tuple(rows))
    known = words.within(sample)
    every = [joints(text, known, ROW if at else HEADER) if len(text) <= LONGEST_ROW else [] for at, text in enumerate(sample)]
    likely = [considered(found) for found in every]
    widths = _widths(every)
    if budget.affords((LOOK + WEIGHED * sum(width for width, _ in widths)) * sum(map(_pieces, likely))):
        header, rows, columns = _weighed(sample, likely, widths)
    else:
        width = widths[0][0]
        header, *rows = (_plain(text, found, width) or _whole(text, width) for text, found in zip(sample, every, strict=True))
        columns = None
    return _Reading(header, (*rows, *_rest(texts[len(sample) :], known, len(header.cells), columns, budget)))


def _pieces(found: Sequence[Joint]) -> int:
    """How many pieces a row with these joints has."""
    return (len(found) + 1) * (len(found) + 2) // 2


def _weighed(sample: Sequence[str], likely: Sequence[list[Joint]], widths: Sequence[tuple[int, float]]) -> tuple[Cut, list[Cut], Columns]:
    """The header and the rows of a sample, cut into the number of columns that is the best of these, and what those have in common."""
    looks = Looks()
    rows = [Row(text, found, looks) for text, found in zip(sample, likely, strict=True)]
    best: tuple[float, Cut, list[Cut], Columns] | None = None
    for width, likelihood in widths:
        cuts, columns = align(rows[1:], width, looks)
        value = likelihood + _value(rows[1:], cuts)
        if best is None or value > best[0]:
            best = value, cut_header(rows[0], width), cuts, columns
    assert best is not None
    return best[1:]


def _rest(texts: Sequence[str], words: Words, width: int, columns: Columns | None, budget: Budget) -> Iterator[Cut]:
    """The rows after the sample, weighed where they are not plain and the columns are known."""
    for text in texts:
        if len(text) > LONGEST_ROW or not budget.affords(_length([text])):
            yield _whole(text, width)
            continue
        found = joints(text, words, ROW)
        likely = considered(found)
        if (plain := _plain(text, found, width)) is not None:
            yield plain
        elif columns is not None and budget.affords((LOOK + width) * _pieces(likely)):
            yield cut_row(Row(text, likely, columns.looks), columns)
        else:
            yield _whole(text, width)


def _plain(text: str, found: Sequence[Joint], width: int) -> Cut | None:
    """The cells of a row whose likely joints are as many as they should be, so that it needs no weighing; None where they are not."""
    likely = [joint.at for joint in found if joint.odds > 0]
    if len(likely) != width - 1:
        return None
    return Cut(tuple(text[start:end] for start, end in pairwise([0, *likely, len(text)])), 1.0)


def _whole(text: str, width: int) -> Cut:
    """A row that is not cut."""
    return Cut((text, *[""] * (width - 1)), 0.0)


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
