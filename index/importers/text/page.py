"""How do the passes over a flattened page come together?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from index.document import Article, Author, Block, List, ListItem, Paragraph, RepairKind, Source, SourceFormat
from index.importers.charset import decode
from index.importers.flow import Heading, nest
from index.importers.material import Material, Reading, Unreadable
from index.importers.repairs import Repairs
from index.importers.text.furniture import read_head, read_tail, without_adverts
from index.importers.text.lines import Line, numbered
from index.importers.text.repeats import without_repeats
from index.importers.text.tables import looks_like_table, read_table

LEVEL = 2  # flattening loses the depth of headings
MOST_DEPTH = 6  # of lists


def read(material: Material) -> Reading:
    """The article of a flattened page; raises `Unreadable` where it says nothing."""
    repairs = Repairs()
    lines = without_adverts(numbered(decode(material.content)), repairs)
    if not lines:
        raise Unreadable("The file holds no text. Remove it, or give the page's text.")
    tail = read_tail(lines, repairs)
    head = read_head(lines, tail.end, repairs)
    body = without_repeats(lines[head.body : tail.end], repairs)
    blocks, sections = nest(flow(body, repairs))
    author = head.author or tail.author
    if tail.author and head.author.startswith(tail.author):
        author = tail.author
    if head.date is not None and head.date.guessed:
        repairs.add(RepairKind.DATE_INFERRED, f"The date was guessed: {head.date.why}.", None, 0.6)
    article = Article(
        head.title.text if head.title else "",
        Source(SourceFormat.TEXT),
        published_at=head.date.value if head.date else None,
        authors=(Author(author, bio=tail.bio or None),) if author else (),
        blocks=blocks,
        sections=sections,
    )
    return Reading(article, content=material.content, repairs=repairs)


def flow(lines: Sequence[Line], repairs: Repairs) -> Iterator[Heading | Block]:
    """Headings, lists, tables and paragraphs, in their order."""
    words = Counter(word.strip(".,;:()[]“”\"'") for line in lines for word in line.text.split())
    at = 0
    while at < len(lines):
        if lines[at].is_sure_item or _begins_list(lines, at):
            end = _end_of_list(lines, at)
            yield as_list(lines[at:end])
            at = end
            continue
        end = at + 1
        while end < len(lines) and not lines[end].gap and not lines[end].is_sure_item:
            end += 1
        run = lines[at:end]
        if looks_like_table(run):
            elsewhere = words - Counter(word.strip(".,;:()[]“”\"'") for line in run for word in line.text.split())
            yield read_table(run, elsewhere, repairs)
        else:
            for line in run:
                yield _heading(line, repairs) if _is_heading(lines, line, end) else Paragraph(line.text)
        at = end


def _begins_list(lines: Sequence[Line], at: int) -> bool:
    """Whether a mark that could be something else (a dash, a number) begins a list: the next line bears one too."""
    return lines[at].bullet is not None and at + 1 < len(lines) and lines[at + 1].bullet is not None


def _end_of_list(lines: Sequence[Line], at: int) -> int:
    end = at + 1
    while end < len(lines) and lines[end].bullet is not None:
        end += 1
    return end


def _is_heading(lines: Sequence[Line], line: Line, end: int) -> bool:
    """Whether a line heads what follows: shaped so, and something follows."""
    return line.could_head and line.bullet is None and end < len(lines)


def _heading(line: Line, repairs: Repairs) -> Heading:
    repairs.add(RepairKind.HEADING_INFERRED, f"A short line was taken for a heading: “{line.text[:60]}”.", line.number, 0.8)
    return Heading(line.text, LEVEL)


def as_list(lines: Sequence[Line]) -> List:
    """The list of some lines with marks, nested by how far they are set in."""
    items = [(len(m["indent"].expandtabs(4)), m) for line in lines if (m := line.bullet) is not None]
    return _nested(items, 0, len(items), 0)


def _nested(items: Sequence[tuple[int, re.Match[str]]], start: int, end: int, depth: int) -> List:
    out: list[ListItem] = []
    margin = items[start][0]
    number = items[start][1]["number"]
    at = start
    while at < end:
        inner = at + 1
        while inner < end and items[inner][0] > margin:
            inner += 1
        nested = (_nested(items, at + 1, inner, depth + 1),) if inner > at + 1 and depth < MOST_DEPTH else ()
        out.append(ListItem(" ".join(items[at][1]["text"].split()), blocks=nested))
        at = inner
    first = int(number) if number else None
    return List(number is not None, first if first not in (None, 1) else None, tuple(out))
