"""What stands twice, and where was it cut?

Archives repeat blocks: a list, a table, a paragraph comes once more right after itself, whole or cut off, and where it was cut the next
thing goes on in the same line. A repeat is found by its lines; the cut by the first line that begins like the original and goes on
otherwise.
"""

from __future__ import annotations

from index.document import RepairKind
from index.importers.repairs import Repairs
from index.importers.text.lines import Line

SHORTEST = 12  # characters of a line that must agree before a cut is believed
FARTHEST = 60  # lines back in which the original of a repeat may begin


def without_repeats(lines: list[Line], repairs: Repairs) -> list[Line]:
    """The lines without repeats; what hung on a cut one stands on a line of its own."""
    out: list[Line] = []
    at = 0
    where: dict[str, list[int]] = {}
    while at < len(lines):
        found = _repeat(lines, at, out, where)
        if found is None:
            where.setdefault(lines[at].text, []).append(len(out))
            out.append(lines[at])
            at += 1
            continue
        length, rest = found
        first, last = lines[at], lines[at + length - 1]
        cut = ", cut off" if rest else ""
        repairs.add(RepairKind.DUPLICATE_REMOVED, f"Lines {first.number} to {last.number} repeat what stands above{cut}.", first.number)
        if rest:
            is_row = last.bullet is None and length > 1
            kind = RepairKind.TABLE_TRUNCATED if is_row else RepairKind.HEADING_INFERRED
            repairs.add(kind, f"A cut line ran into the next one, which begins “{rest[:60]}”.", last.number, 0.9)
            out.append(Line(last.number, rest, 1))
        at += length
    return out


def _repeat(lines: list[Line], at: int, out: list[Line], where: dict[str, list[int]]) -> tuple[int, str] | None:
    """How many lines from `at` repeat earlier ones, ending where the originals end, and what hangs on a cut last one."""
    if not out:
        return None
    starts = [start for start in where.get(lines[at].text, ()) if start >= len(out) - FARTHEST]
    best: tuple[int, str] | None = None
    for start in starts:
        length = 0
        while at + length < len(lines) and start + length < len(out) and lines[at + length].text == out[start + length].text:
            length += 1
        if start + length == len(out) and (length > 1 or len(lines[at].text) >= SHORTEST):
            best = max(best or (0, ""), (length, ""))
        elif start + length < len(out) and at + length < len(lines):
            rest = _cut(out[start + length].raw, lines[at + length].raw)
            if rest:
                best = max(best or (0, ""), (length + 1, rest))
    if best is None and at and (rest := _cut(out[-1].raw, lines[at].raw, alone=True)):
        return 1, rest
    return best


def _cut(original: str, line: str, *, alone: bool = False) -> str:
    """What follows in a line that begins like the original, is cut, and goes on with something else; empty where it is not so."""
    original, line = original.strip(), line.strip()
    same = 0
    while same < min(len(original), len(line)) and original[same] == line[same]:
        same += 1
    if same == len(line) or same == len(original):
        return ""
    while same > 1 and not line[same].isupper() and not line[same].isdigit() and line[same - 1 : same].isupper():
        same -= 1  # a letter that both happen to share
    if same < (SHORTEST if alone else 3) or (alone and same < len(original) // 5):
        return ""
    rest = line[same:].strip()
    return rest if rest and (rest[0].isupper() or rest[0].isdigit() or rest[0] in '“"‘(') else ""
