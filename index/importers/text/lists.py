"""How do lines with marks become a list?

By how far they are set in. Its law: an item stands in the last item above it that is set in less.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from index.document import List, ListItem
from index.importers.text.lines import Line

DEEPEST = 12  # lists within lists; over 200 pages three is the most. What is set in further stands beside


@dataclass(slots=True)
class _Open:
    """A list that may still grow."""

    indent: int
    first: Line
    items: list[tuple[Line, list[_Open]]] = field(default_factory=list)

    def closed(self) -> List:
        items = tuple(ListItem(line.text, blocks=tuple(inner.closed() for inner in nested)) for line, nested in self.items)
        number = self.first.ordinal
        return List(number is not None, number if number not in (None, 1) else None, items)


def read_list(lines: Sequence[Line]) -> List:
    """The list that lines with marks are."""
    top = _Open(lines[0].indent, lines[0])
    path = [top]
    for line in lines:
        while len(path) > 1 and line.indent < path[-1].indent:
            path.pop()
        if line.indent > path[-1].indent and path[-1].items and len(path) < DEEPEST:
            inner = _Open(line.indent, line)
            path[-1].items[-1][1].append(inner)
            path.append(inner)
        path[-1].items.append((line, []))
    return top.closed()


class Growing:
    """The lines of a list that may go on after a gap."""

    def __init__(self, run: Sequence[Line]) -> None:
        self.lines: list[Line] = []
        self._last: dict[int, Line] = {}  # how far a line is set in → the last such
        self._apart = True
        self.add(run)

    def add(self, run: Sequence[Line]) -> None:
        """Go on with more lines."""
        self.lines += run
        self._last.update((line.indent, line) for line in run)
        self._apart = self._apart and all(line.gap for line in run)

    def goes_on(self, run: Sequence[Line]) -> bool:
        """Whether a run of items goes on with the list: its numbers do, or every item of both stands alone between gaps."""
        last = self._last.get(run[0].indent)
        if last is None:
            return False
        if last.ordinal is not None:
            return run[0].ordinal == last.ordinal + 1
        return last.mark == run[0].mark and len(run) == 1 and self._apart
