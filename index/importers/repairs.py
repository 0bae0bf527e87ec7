"""What was guessed, mended, dropped while reading?

Its law: no pass deletes silently. Every importer hands a `Repairs` to its passes, and what they do to the source is said there.
"""

from __future__ import annotations

from dataclasses import dataclass

from msgspec.structs import replace

from index.document import Block, Repair, RepairKind
from index.outline import Outline


@dataclass(frozen=True, slots=True)
class Note:
    """A repair, and the block that came of it where there is one."""

    repair: Repair
    block: Block | None = None


class Repairs:
    """The repairs of one article, in the order in which they are said."""

    def __init__(self) -> None:
        self.notes: list[Note] = []

    def add(self, kind: RepairKind, message: str, line: int | None = None, confidence: float = 1.0, block: Block | None = None) -> None:
        """Say one: `message` is a sentence, `line` is 1-based in the source, `confidence` from 0 to 1 that it was right."""
        self.notes.append(Note(Repair(kind, message, line, confidence), block))

    def stand_at(self, line: int, since: int = 0) -> None:
        """Say that the repairs from the `since`-th on are of this line: what reads a body cannot know where that stands in its file."""
        self.notes[since:] = [Note(replace(note.repair, line=line), note.block) for note in self.notes[since:]]

    def placed(self, outline: Outline) -> tuple[Repair, ...]:
        """The repairs by line (those without one last), with the ids of the blocks that they speak of in the finished document."""
        ids: dict[Block, str] = {}
        if any(note.block is not None for note in self.notes):
            for block, id in zip(outline.blocks, outline.block_ids, strict=True):
                ids.setdefault(block, id)
        repairs = [
            Repair(r.kind, r.message, r.line, r.confidence, None if note.block is None else ids.get(note.block))
            for note in self.notes
            for r in (note.repair,)
        ]
        return tuple(sorted(repairs, key=lambda r: (r.line is None, r.line or 0)))
