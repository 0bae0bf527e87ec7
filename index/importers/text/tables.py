"""How are the cells of a row told apart that ran together?

Where letter case, digits or brackets change without a space, a cell may end. The number of columns is voted for by the lines; a line whose
boundaries come to another number is asked again without those inside of words that stand elsewhere in the page (`GitHub`), or with weaker
ones (a word and a number). Where that does not settle it, the row stays whole, with a repair.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import combinations, pairwise

from index.document import Cell, Column, RepairKind, Row, Table
from index.importers.repairs import Repairs
from index.importers.text.lines import Line

STRONG = re.compile(r"(?<=[a-zà-ÿ0-9)\]%”’?!.*+])(?=[A-ZÀ-Þ“(\[#$€£])|(?<=[)\]%])(?=[a-z0-9])")
WEAK = re.compile(r"(?<=[A-Za-zÀ-ÿ])(?=\d)|(?<=\d)(?=[A-Za-zÀ-ÿ])|(?<=[.)])(?=[a-z])|(?<=\d)(?=[+\-−~<>])")
SPACED = re.compile(r"\t+| {2,}| \| ")
MOST_COLUMNS = 12
MOST_CHOICES = 2000
LONGEST_HEADER = 160


def looks_like_table(lines: Sequence[Line]) -> bool:
    """Whether a run of lines without gaps reads as rows: two at least, few of them sentences, boundaries in most."""
    if len(lines) < 2 or any(line.is_sure_item for line in lines):
        return False
    joined = sum(bool(STRONG.search(line.text) or WEAK.search(line.text) or SPACED.search(line.raw.strip())) for line in lines)
    header = lines[0]
    return joined * 2 >= len(lines) and len(header.text) <= LONGEST_HEADER and not header.text.endswith((".", ":"))


def read_table(lines: Sequence[Line], words: Counter[str], repairs: Repairs) -> Table:
    """The table of a run of lines; `words` are those of the rest of the page."""
    joints = [_joints(line.text, words) for line in lines]
    width = _vote(lines, joints)
    rows = [_split(line, own, width) for line, own in zip(lines, joints, strict=True)]
    header, *body = rows
    columns = tuple(Column(text) for text in (header or [lines[0].text]))
    table = Table(columns=columns, rows=tuple(Row(tuple(map(Cell, row or [line.text]))) for row, line in zip(body, lines[1:], strict=True)))
    whole = [line.number for row, line in zip(rows, lines, strict=True) if row is None]
    sure = 0.9 if not whole else 0.6
    repairs.add(RepairKind.TABLE_SPLIT, f"{len(lines)} lines became a table of {width} columns.", lines[0].number, sure, table)
    for number in whole:
        repairs.add(RepairKind.TABLE_SPLIT, "The cells of this row could not be told apart; it is kept whole.", number, 0.2, table)
    return table


def _joints(text: str, words: Counter[str]) -> list[int]:
    """Where a cell may end, those left out that stand inside a word of the page."""
    out = []
    for match in STRONG.finditer(text):
        at = match.start()
        start, end = at, at
        while start and (text[start - 1].isalnum() or text[start - 1] in "_./"):
            start -= 1
        while end < len(text) and (text[end].isalnum() or text[end] in "_./"):
            end += 1
        if not any(word in words for word in (text[start:end].strip("./"), _letters(text, at))):
            out.append(at)
    return out


def _letters(text: str, at: int) -> str:
    start, end = at, at
    while start and text[start - 1].isalpha():
        start -= 1
    while end < len(text) and text[end].isalpha():
        end += 1
    return text[start:end]


def _vote(lines: Sequence[Line], joints: Sequence[list[int]]) -> int:
    """How many columns most lines have; the header counts twice."""
    votes: Counter[int] = Counter()
    for place, (line, own) in enumerate(zip(lines, joints, strict=True)):
        spaced = len(SPACED.findall(line.raw.strip()))
        votes[min(max(spaced, len(own)) + 1, MOST_COLUMNS)] += 2 if place == 0 else 1
    best = max(votes.values())
    chosen = [width for width, count in votes.items() if count == best]
    first = max(len(SPACED.findall(lines[0].raw.strip())), len(joints[0])) + 1
    width = first if first in chosen else min(chosen)
    return max(width, 2) if first > 1 else width


def _split(line: Line, joints: list[int], width: int) -> list[str] | None:
    """The cells of a row; None where they cannot be told apart."""
    spaced = SPACED.split(line.raw.strip())
    if len(spaced) == width:
        return [cell.strip() for cell in spaced]
    text, need = line.text, width - 1
    if len(joints) == need:
        return _cells(text, joints)
    if len(joints) > need:
        return _fewest(text, joints, need)
    weak = [at for at in (match.start() for match in WEAK.finditer(text)) if at not in joints]
    missing = need - len(joints)
    if len(weak) == missing:
        return _cells(text, sorted([*joints, *weak]))
    return _cells(text, sorted([*joints, weak[0]])) if missing == 1 and weak and not joints else None


def _cells(text: str, joints: Sequence[int]) -> list[str]:
    bounds = [0, *joints, len(text)]
    return [text[start:end].strip() for start, end in pairwise(bounds)]


def _fewest(text: str, joints: Sequence[int], need: int) -> list[str] | None:
    """Of too many boundaries those that leave the fewest letters of a word alone; None where several choices are as good."""
    choices = list(combinations(joints, need))
    if len(choices) > MOST_CHOICES or not need:
        return None
    costs = {choice: sum(1 for at in joints if at not in choice and text[at - 1].islower()) + _shortest(text, choice) for choice in choices}
    best = min(costs.values())
    winners = [choice for choice, cost in costs.items() if cost == best]
    return _cells(text, winners[0]) if len(winners) == 1 else None


def _shortest(text: str, choice: Sequence[int]) -> float:
    """What it costs that a cell is only a letter or two."""
    return sum(0.5 for cell in _cells(text, choice) if len(cell) < 3)
