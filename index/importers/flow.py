"""How does a run of headings and blocks become nested sections?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from index.document import Block, Section

DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in a flow; `anchor` is the one that its source gives, else empty."""

    text: str
    level: int = 2
    anchor: str = ""


Flow = Iterable[Heading | Block]


@dataclass(slots=True)
class _Open:
    """A section that may still grow."""

    heading: Heading
    blocks: list[Block] = field(default_factory=list)
    sections: list[_Open] = field(default_factory=list)

    def closed(self) -> Section:
        level = min(max(self.heading.level, 1), DEEPEST)
        return Section(self.heading.text, level, self.heading.anchor, tuple(self.blocks), tuple(s.closed() for s in self.sections))


def nest(flow: Flow) -> tuple[tuple[Block, ...], tuple[Section, ...]]:
    """The blocks before the first heading, and the top-level sections.

    A heading stands under the nearest one before it of a higher rank, whatever ranks are missed out in between.
    """
    lead: list[Block] = []
    top: list[_Open] = []
    path: list[_Open] = []
    for thing in flow:
        if isinstance(thing, Heading):
            while path and path[-1].heading.level >= thing.level:
                path.pop()
            section = _Open(thing)
            (path[-1].sections if path else top).append(section)
            path.append(section)
        else:
            (path[-1].blocks if path else lead).append(thing)
    return tuple(lead), tuple(section.closed() for section in top)
