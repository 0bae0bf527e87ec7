"""What of a flattened page is the page's and not the article's?

Lines that announce an advertisement or lead to another page, wherever they stand, and the tail under the article: an author box, widgets
(lists of topics and months, each under its heading), a pager. Its law: a line is furniture by its shape and place, or because it is no more
than one of the few words that such lines consist of on any site; each one removed is a repair.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.document import RepairKind
from index.importers.people import without_label
from index.importers.repairs import Repairs
from index.importers.text.lines import Line, runs, without

ADVERT = re.compile(
    r"\W*(?:advertise?ments?|sponsored(?: content| links?)?|promoted(?: content)?|story continues below(?: advertisement)?"
    r"|(?:article|story) continues after (?:this )?advertisement|continue reading below"
    r"|werbung|anzeige|publicité|publicidad|pubblicità|reklam[ea]?)"
    r"(?:\W+(?:continue reading below|scroll (?:down )?to continue(?: reading)?|story continues below))?\W*",
    re.IGNORECASE,
)
# of 69 such lines in 200 pages none ends a sentence; 12 paragraphs that begin alike (`See also:`, `See the list for more.`) do, or end so
RELATED = re.compile(
    r"(?:read (?:also|more|next)|see also|related(?: articles?| posts?| stor(?:y|ies)| reading)?|more on this|recommended"
    r"|you (?:may|might) also like)"
    r"\s*[:–—|>»]\s*\S.*[^.:;,]",
    re.IGNORECASE,
)
WIDGET = re.compile(
    r"(?:(?:all |browse )?categories|archives?|(?:our|all|more) authors|authors|tags|tag cloud|(?:recent|latest|popular|related|top|more) "
    r"(?:posts?|articles?|stories|comments|news)|most (?:read|popular|viewed|commented|recent)|trending(?: now)?|blogroll|meta"
    r"|follow us(?: on .{1,30})?|subscribe(?: to .{1,40})?|newsletters?|share(?: this(?: (?:post|article|story|page))?)?"
    r"|leave a (?:reply|comment)|about the authors?|site map|sitemap)\W*",
    re.IGNORECASE,
)
PAGER = re.compile(r"(?:\W*\b(?:\d{1,5}|page|of|prev(?:ious)?|next|older|newer|posts?|first|last)\b)+\W*", re.IGNORECASE)
MONTH = re.compile(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w{0,6}\.? (?:19|20)\d\d(?: \(\d+\))?|(?:19|20)\d\d(?: \(\d+\))?", re.IGNORECASE
)
LONGEST_NAME = 200  # characters: over 4,464 articles the longest list of authors has 157
LONGEST_BIO = 1000
QUOTED = 60  # characters of a line that a repair's message shows


@dataclass(frozen=True, slots=True)
class Footer:
    """What stands under an article: who wrote it, what is said of them, and the months of the archive's list."""

    author: str = ""
    bio: str = ""
    months: tuple[str, ...] = ()


def quoted(line: Line) -> str:
    """The beginning of a line, in quotation marks."""
    return f"“{line.shown[:QUOTED]}{'…' if len(line.shown) > QUOTED else ''}”"


def without_adverts(lines: list[Line], repairs: Repairs) -> list[Line]:
    """The lines without those that only announce an advertisement."""
    dropped = [place for place, line in enumerate(lines) if len(line.text) <= QUOTED and not line.mark and ADVERT.fullmatch(line.text)]
    for place in dropped:
        repairs.add(RepairKind.BOILERPLATE_REMOVED, f"An advertisement line was removed: {quoted(lines[place])}.", lines[place].number)
    return without(lines, dropped)


def without_related(lines: list[Line], repairs: Repairs) -> list[Line]:
    """The lines without those that stand alone and lead to another page."""
    dropped = [
        place
        for place, line in enumerate(lines)
        if line.gap and not line.mark and RELATED.fullmatch(line.text) and (place + 1 == len(lines) or lines[place + 1].gap)
    ]
    for place in dropped:
        message = f"A line that leads to another page was removed: {quoted(lines[place])}."
        repairs.add(RepairKind.BOILERPLATE_REMOVED, message, lines[place].number, 0.9)
    return without(lines, dropped)


def without_footer(lines: list[Line], repairs: Repairs) -> tuple[list[Line], Footer]:
    """The lines above the page's tail, and what the tail says.

    It is read from the end: a pager, widgets, and above them a name that stands twice with a line about the person.
    """
    blocks = list(runs(lines))
    end = len(blocks)
    pager = end > 1 and len(blocks[-1]) == 1 and _is_pager(blocks[-1][0])
    start = _widgets(blocks, end - pager)
    box = _author_box(blocks, start) if start < len(blocks) else start  # without a tail under it, what stands twice may be the article's
    months = tuple(line.text for block in blocks[start:end] for line in block if line.mark and MONTH.fullmatch(line.text))
    for block in blocks[start:end]:
        what = "page's pager" if pager and block is blocks[-1] else "page's widgets"
        many = f", {len(block)} lines" if len(block) > 1 else ""
        repairs.add(RepairKind.BOILERPLATE_REMOVED, f"A part of the {what} was removed: {quoted(block[0])}{many}.", block[0].number)
    footer = Footer(months=months)
    if box < start:
        name, last = blocks[box][0], blocks[start - 1][0].text
        repairs.add(RepairKind.BOILERPLATE_REMOVED, f"The author box was taken from the text: {quoted(name)}.", name.number)
        footer = Footer(name.text, "" if last == name.text else without_label(last, name.text), months)
    return [line for block in blocks[:box] for line in block], footer


def _widgets(blocks: list[list[Line]], end: int) -> int:
    """Where the widgets before this place begin: headings of the usual words, each with or without a list; lists of months without one."""
    start = end
    while start:
        block = blocks[start - 1]
        if block[0].mark:
            under = blocks[start - 2][-1] if start > 1 else block[0]
            part = all(MONTH.fullmatch(line.text) for line in block) or _heads_widget(under)
        else:
            part = len(block) == 1 and _heads_widget(block[0])
        if not part:
            return start
        start -= 1
    return start


def _heads_widget(line: Line) -> bool:
    return not line.mark and WIDGET.fullmatch(line.text) is not None


def _author_box(blocks: list[list[Line]], end: int) -> int:
    """Where the author box before this place begins: a name, the same name, perhaps a line about them; else the place itself.

    The second name may be a label of the line about them, `Ada Kerr Ada Kerr keeps …`.
    """
    for length in (3, 2):
        box = blocks[max(end - length, 0) : end]
        if len(box) < length or any(len(block) > 1 or block[0].mark for block in box):
            continue
        name, again, *bio = (block[0].text for block in box)
        repeats = name == again or (length == 2 and len(again) <= LONGEST_BIO and without_label(again, name) != again)
        if repeats and len(name) <= LONGEST_NAME and name[-1] not in ":;,?!" and all(len(text) <= LONGEST_BIO for text in bio):
            return end - length
    return end


def _is_pager(line: Line) -> bool:
    """Whether a line is a row of page numbers, or of words like *next*."""
    return not line.mark and len(line.text) <= LONGEST_NAME and len(line.text.split()) > 1 and PAGER.fullmatch(line.text) is not None
