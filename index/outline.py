"""Where does each section and block of an article stand?

One walk over a document gives every section and block its place: ids, positions, parents, anchors and paths come from there and from
nowhere else. The walk writes the place onto the value itself (`value.place`), so a value must stand in one document only, and once: the
documents that `index.encoding` reads do. Its law: places are found by the value's identity, never by equality.
"""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

import msgspec

from index.document import Article, Block, Blockquote, List, Section, Table
from index.identity import block_id, section_id


class SectionPlace:
    """Where a section stands: the section itself, its parent, depth (0 at the top) and the headings down to it."""

    __slots__ = ("depth", "outline", "parent", "path", "section")

    def __init__(self, outline: Outline, section: Section, parent: Section | None) -> None:
        above: SectionPlace | None = None if parent is None else parent.place
        self.outline = outline
        self.section = section
        self.parent = parent
        self.depth: int = 0 if above is None else above.depth + 1
        self.path: tuple[str, ...] = (section.heading,) if above is None else (*above.path, section.heading)

    @property
    def id(self) -> str:
        """The section's global id."""
        return section_id(self.outline.article.id, self.section.anchor)


class Place:
    """Where a block stands: `position` (0-based, reading order, nested blocks counted) and the section around it.

    `direct` says whether it stands in the article or a section itself rather than in another block.
    """

    __slots__ = ("block", "direct", "outline", "position", "section")

    def __init__(self, outline: Outline, block: Block, position: int, section: Section | None, direct: bool) -> None:
        self.outline = outline
        self.block = block
        self.position = position
        self.section = section
        self.direct = direct

    @property
    def id(self) -> str:
        """The block's global id."""
        return self.outline.block_ids[self.position]


class Outline:
    """All sections and blocks of one document in reading order, each with its place."""

    def __init__(self, article: Article, revision: int = 0) -> None:
        self.article = article
        self.revision = revision
        self.sections: list[Section] = []
        self.blocks: list[Block] = []
        self.kept: Any = None  # what a search has read in the document, kept as long as the document is
        self._place_blocks(article.blocks, None)
        for section in article.sections:
            self._place_section(section, None)

    def _place_section(self, section: Section, parent: Section | None) -> None:
        _put(section, SectionPlace(self, section, parent))
        self.sections.append(section)
        self._place_blocks(section.blocks, section)
        for inner in section.sections:
            self._place_section(inner, section)

    def _place_blocks(self, blocks: Iterable[Block], section: Section | None, direct: bool = True) -> None:
        for block in blocks:
            _put(block, Place(self, block, len(self.blocks), section, direct))
            self.blocks.append(block)
            for nested in children(block):
                self._place_blocks(nested, section, direct=False)

    @property
    def direct_blocks(self) -> list[Block]:
        """The blocks that stand directly in the article or in a section."""
        return [block for block in self.blocks if block.place.direct]

    @cached_property
    def tables(self) -> list[Table]:
        """Every table, nested ones included."""
        return [block for block in self.blocks if isinstance(block, Table)]

    @cached_property
    def lists(self) -> list[List]:
        """Every list, nested ones included."""
        return [block for block in self.blocks if isinstance(block, List)]

    @cached_property
    def block_ids(self) -> list[str]:
        """The global id of each block, by position: it comes from the content and its occurrence, so it survives a move."""
        seen: dict[tuple[str, bytes], int] = {}
        encode = msgspec.msgpack.Encoder().encode
        ids = []
        for block in self.blocks:
            key = type(block).__name__, encode(block)
            occurrence = seen[key] = seen.get(key, -1) + 1
            ids.append(block_id(self.article.id, *key, occurrence))
        return ids

    @cached_property
    def by_anchor(self) -> dict[str, Section]:
        """The sections by their anchors."""
        return {section.anchor: section for section in self.sections}

    def block(self, id: str) -> Block | None:
        """The block with this global id."""
        try:
            return self.blocks[self.block_ids.index(id)]
        except ValueError:
            return None


# msgspec hides values that hold no container from the garbage collector, which then cannot see that a value and its place hold only one
# another, and keeps the whole document for good. Nothing in Python changes that for a frozen value.
_track = ctypes.pythonapi.PyObject_GC_Track
_track.argtypes, _track.restype = [ctypes.py_object], None


def _put(value: Block | Section, place: Place | SectionPlace) -> None:
    """Write a place onto its value, and let the garbage collector see both."""
    value.__dict__["place"] = place
    if not gc.is_tracked(value):
        _track(value)


def children(block: Block) -> Iterator[tuple[Block, ...]]:
    """The groups of blocks nested directly in a block, in reading order."""
    if isinstance(block, Blockquote):
        yield block.blocks
    elif isinstance(block, List):
        for item in block.items:
            if item.blocks:
                yield item.blocks
    elif isinstance(block, Table):
        for row in block.rows:
            for cell in row.cells:
                if cell.blocks:
                    yield cell.blocks


def outline(article: Article, revision: int = 0) -> Outline:
    """Walk over an article once and place all that stands in it; `revision` is the store's, where it came from there."""
    return Outline(article, revision)
