"""What does a piece of HTML become: a body from a feed, an export or a record, HTML within Markdown?

All of it is content, so nothing is taken for furniture; hidden and running parts are left out as on a page.
"""

from __future__ import annotations

from index.document import Block, RepairKind, Span
from index.importers.flow import Heading
from index.importers.html import unsafe
from index.importers.html.mapper import Mapper
from index.importers.html.mapping import mapper_for
from index.importers.html.parsing import parse
from index.importers.html.shown import Look, shown
from index.importers.html.tree import Node
from index.importers.repairs import Repairs
from index.inline import normalise


def fragment(markup: str, repairs: Repairs, base: str | None = None) -> list[Heading | Block]:
    """The headings and blocks of a piece of HTML; relative addresses are made absolute against `base`.

    Lines in repairs count from the beginning of the piece. Raises `Unreadable` where it is larger than any article.
    """
    mapper, content = _prepared(markup, repairs, base)
    return mapper.flow(content.children)


def inline(markup: str, repairs: Repairs, base: str | None = None) -> list[Span]:
    """The spans of a piece of HTML within running text; what is no running text is set off by line breaks."""
    mapper, content = _prepared(markup, repairs, base)
    return list(normalise(mapper.spans(content.children)))


def _prepared(markup: str, repairs: Repairs, base: str | None) -> tuple[Mapper, Node]:
    page = parse(f"<body>{markup}")  # a piece has no head
    unsafe.report(page, repairs)
    if page.flattened:
        repairs.add(RepairKind.MARKUP_DROPPED, f"{page.flattened} elements were nested too deep; what they hold was kept.")
    content = shown(page.first("body") or page.root, Look(strict=False, wants_byline=False))
    return mapper_for(content, repairs, base), content
