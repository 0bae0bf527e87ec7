"""Which blocks are set in under a line that names them, and what becomes of those?

Python's Markdown, and so MkDocs, writes `!!! note "Title"`, `??? note` and `=== "Tab"` above a block that is set in by four blanks, which
to Markdown is a paragraph and code. The line becomes its title, strong, and what is set in under it stays, without its indent. Code is
passed over. Its law: lines keep their numbers.
"""

from __future__ import annotations

import re

from index.document import Mark, Paragraph, RepairKind, Span
from index.importers.markdown.inserts import Insert, plain
from index.importers.markdown.shortcodes import Calls

SIGNS = ("!!!", "???", '=== "', '===+ "', '===! "')
STEP = 4  # columns that a block is set in by
NOTE = r"(?:!!!|\?\?\?\+?)[ \t]+(?P<kind>[A-Za-z][\w -]*?)[ \t]*(?:\"(?P<title>[^\"]*)\")?"
TAB = r"===[!+]?[ \t]+\"(?P<tab>[^\"]+)\""
HEAD = re.compile(rf"(?P<indent>[ \t]*)(?P<head>{NOTE}|{TAB})[ \t]*")
ITEM = re.compile(r" *(?:[-*+]|\d{1,9}[.)])(?: |$)")
FENCE = re.compile(r" *(`{3,}|~{3,})")


def set_aside(calls: Calls) -> None:
    """Set aside from the text of `calls` the lines that name blocks, and take the indent off what stands under them."""
    if not any(sign in calls.text for sign in SIGNS):
        return
    lines = calls.text.split("\n")
    out: list[str] = []
    blocks: list[int] = []  # the columns at which the blocks around a line begin
    fence, at, in_list = "", 0, False
    for number, line in enumerate(lines):
        while blocks and line.strip() and _indent(line) < blocks[-1]:
            blocks.pop()
            fence = ""
        shown = _without_indent(line, STEP * len(blocks)) if blocks else line
        ticks = FENCE.match(shown)
        head = None if fence else HEAD.fullmatch(shown)
        if ticks is not None and (not fence or ticks[1].startswith(fence)):
            fence = "" if fence else ticks[1]
        in_list = ITEM.match(shown) is not None or (in_list and (not shown.strip() or shown[0] in " \t"))
        if head is not None and (in_list or _indent(shown) < STEP) and _goes_on(lines, number, _indent(line) + STEP):
            blocks.append(_indent(line) + STEP)
            shown = head["indent"] + _named(head, calls, at)
        out.append(shown)
        at += len(line) + 1
    calls.text = "\n".join(out)


def _indent(line: str) -> int:
    """The column at which a line begins."""
    return len(line[: len(line) - len(line.lstrip(" \t"))].expandtabs(STEP))


def _without_indent(line: str, columns: int) -> str:
    """A line without so many columns of its indent, or what there is of it."""
    at = next((at for at in range(len(line)) if line[at] not in " \t" or _indent(line[:at]) >= columns), len(line))
    return line[at:]


def _goes_on(lines: list[str], number: int, column: int) -> bool:
    """Whether the next line that says something, one empty line between at most, is set in that far."""
    below = next((line for line in lines[number + 1 : number + 3] if line.strip()), "")
    return _indent(below) >= column


def _named(head: re.Match[str], calls: Calls, at: int) -> str:
    """The mark for a line that names a block: its title, strong, or the block's kind where it has none; an empty one is none."""
    kind = head["kind"] or "tab"
    title = plain(head["tab"] or (kind.partition(" ")[0].capitalize() if head["title"] is None else head["title"]))
    spans = (Span(title, (Mark.STRONG,)),) if title else ()
    message = f"The container “{kind}” is left out, and what it holds stays."
    return calls.add(Insert(head["head"], spans, Paragraph(title, spans) if title else None), message, at, RepairKind.MARKUP_DROPPED)
