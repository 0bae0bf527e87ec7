"""What are the headings and blocks of a Markdown text?"""

from __future__ import annotations

import re
from types import MappingProxyType

from index.document import RepairKind
from index.importers.markdown import admonitions, components, containers, markup, prose
from index.importers.markdown.inserts import Insert
from index.importers.markdown.parser import parser
from index.importers.markdown.sheet import Sheet
from index.importers.markdown.shortcodes import CLOSE, OPEN, Calls
from index.importers.markdown.walk import Flow, Walk
from index.importers.repairs import Repairs

DEFINITION = re.compile(r"^[ \t>]*[:~][ \t]", re.MULTILINE)
CONTAINER = re.compile(
    r"^[ \t]*:::+[ \t]*(?P<kind>[\w-]*)[ \t]*(?:\[(?P<label>[^\n\]]*)\]|(?P<title>[^\n{]*))(?:\{[^\n}]*\})?[ \t]*$", re.MULTILINE
)
MOST_NAMED = 20  # rows of tables whose further cells are named
HANDLERS = MappingProxyType({**prose.HANDLERS, **containers.HANDLERS, **markup.HANDLERS})


def body(text: str, repairs: Repairs, base: str | None = None, first_line: int = 1, *, mdx: bool = False) -> Flow:
    """The headings and blocks of a Markdown text, in reading order, footnotes last; `mdx` says that it is MDX, whatever it holds.

    Relative addresses are made absolute against `base`; `first_line` is the line of the file that the text starts on, for the repairs.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if OPEN in text or CLOSE in text:
        text = text.replace(OPEN, "\ufffd").replace(CLOSE, "\ufffd")
    calls = Calls(text, repairs, first_line, base)
    components.set_aside(calls, mdx)
    admonitions.set_aside(calls)
    if ":::" in text:
        _set_containers_aside(calls)
    text = calls.text
    sheet = Sheet(parser(), calls, repairs, base, first_line, {"definitions": DEFINITION.search(text) is not None})
    walk = Walk(sheet.parser.parse(text, sheet.env), sheet, HANDLERS)
    flow = walk.flow()
    if "too_deep" in sheet.env:
        line = first_line + sheet.env["too_deep"]
        repairs.add(RepairKind.MARKUP_DROPPED, "Blocks nested deeper than 24 lists or 48 quotations became running text.", line)
    _note_beyond(sheet)
    return flow + containers.notes(walk)


def _note_beyond(sheet: Sheet) -> None:
    """Say which cells stand beyond the last column of their tables: GFM leaves them out."""
    beyond: list[tuple[int, str]] = sheet.env.get("beyond", [])
    for line, cells in beyond[:MOST_NAMED]:
        message = f"A row of a table has more cells than its header; left out: “{sheet.calls.restore(cells)[:200]}”."
        sheet.repairs.add(RepairKind.MARKUP_DROPPED, message, sheet.first_line + line)
    if len(beyond) > MOST_NAMED:
        message = f"{len(beyond) - MOST_NAMED:,} more rows of tables have more cells than their headers, which were left out."
        sheet.repairs.add(RepairKind.MARKUP_DROPPED, message, sheet.first_line + beyond[MOST_NAMED][0])


def _set_containers_aside(calls: Calls) -> None:
    """Set the fences of containers (`:::note Title`) aside: what they hold stays, their titles are strong."""

    def become(match: re.Match[str]) -> str:
        title = (match["label"] or match["title"] or "").strip()
        message = f"The container “{match['kind']}” is left out, and what it holds stays." if match["kind"] else ""
        mark = calls.add(Insert(match[0]), message, match.start(), RepairKind.MARKUP_DROPPED)
        return f"{mark}**{title}**" if title else mark

    calls.text = CONTAINER.sub(become, calls.text)
