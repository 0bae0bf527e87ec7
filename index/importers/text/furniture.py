"""What of a page is not the article?

Advertisement lines stand alone in capitals, again and again. A page's tail holds an author box (a name, the same name again, a line about
them), widgets and a pager; its head a menu of short lines before the date and the title.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from index.document import RepairKind
from index.importers.dates import FoundDate, parse_date
from index.importers.repairs import Repairs
from index.importers.text.lines import Line

ADVERT = re.compile(r"(?:advertise?ments?|sponsored(?: content)?|promoted|anzeige|werbung|publicité|publicidad)[:.]?", re.IGNORECASE)
PAGER = re.compile(r"[«‹<]?(?:\s*(?:\d+|…|\.\.\.|next|prev(?:ious)?|page|of|[-|»›>])\s*){3,}", re.IGNORECASE)
RELATED = re.compile(
    r"(?:read (?:also|more|next)|related(?: articles?| stor(?:y|ies)| posts?)?|see also|more on this|you may also like)\s*:\s*\S.*",
    re.IGNORECASE,
)
WIDGET = re.compile(
    r"(?:categories|archives?|(?:our |all )?authors|tags|topics|recent (?:posts|comments)|popular(?: posts)?|most read|follow us|share this"
    r"|newsletter|subscribe|comments|leave a (?:reply|comment)|meta|search|sections|blogroll|links)",
    re.IGNORECASE,
)
DATED = re.compile(r"^(?:(?:last )?(?:published|posted|updated|date|on|by)\b[\s:]*)+", re.IGNORECASE)
BYLINE = re.compile(r"(?:(?:written|posted|published|text|words) )?by[: ]+(?P<name>\S.{0,100})", re.IGNORECASE)
HEAD = 14  # lines of a page's head in which the date may stand: over 200 pages the farthest stands in the sixth
LONGEST_NAME = 80
LONGEST_BIO = 600


@dataclass
class Head:
    """What a page's head says, and where its body begins."""

    title: Line | None = None
    date: FoundDate | None = None
    author: str = ""
    body: int = 0


@dataclass
class Tail:
    """Whom a page's tail names, and where its body ends."""

    author: str = ""
    bio: str = ""
    end: int = 0


def without_adverts(lines: list[Line], repairs: Repairs) -> list[Line]:
    """The lines without those that announce an advertisement, or lead on to other pages."""
    out: list[Line] = []
    gap = 0
    for line in lines:
        if ADVERT.fullmatch(line.text) or RELATED.fullmatch(line.text):
            what = "An advertisement line" if ADVERT.fullmatch(line.text) else "A line that leads to another page"
            repairs.add(RepairKind.BOILERPLATE_REMOVED, f"{what} was removed: “{line.text[:80]}”.", line.number)
            gap = 1
        else:
            out.append(Line(line.number, line.raw, max(line.gap, gap)))
            gap = 0
    return out


def read_tail(lines: list[Line], repairs: Repairs) -> Tail:
    """Find the tail from the end: a pager, widgets, an author box above them."""
    end = len(lines)
    while end and PAGER.fullmatch(lines[end - 1].text):
        end -= 1
    start = _widgets(lines, end)
    tail = Tail(end=start)
    box = _author_box(lines, start)
    if box is not None:
        tail.author = lines[box].text
        rest = [line.text for line in lines[box + 2 : start]]
        tail.bio = " ".join(rest)
        tail.end = box
        repairs.add(RepairKind.AUTHOR_INFERRED, f"The author box names {tail.author}.", lines[box].number, 0.9)
        repairs.add(RepairKind.BOILERPLATE_REMOVED, "The author box was taken out of the text.", lines[box].number)
    if start < len(lines):
        repairs.add(RepairKind.BOILERPLATE_REMOVED, "The page's widgets and pager were removed.", lines[start].number)
    return tail


def _widgets(lines: list[Line], end: int) -> int:
    """Where the widgets begin: headings of the usual words, each with nothing but short items under it."""
    start = end
    at = end - 1
    while at >= 0:
        line = lines[at]
        if WIDGET.fullmatch(line.text) and line.gap:
            start = at
        elif not (line.bullet is not None and len(line.text) <= LONGEST_NAME) and not PAGER.fullmatch(line.text):
            break
        at -= 1
    return start


def _author_box(lines: list[Line], end: int) -> int | None:
    """Where a short line stands twice, with no more than a few lines about it up to the end."""
    for at in range(end - 2, max(-1, end - 7), -1):
        name = lines[at].text
        if name == lines[at + 1].text and len(name) <= LONGEST_NAME and lines[at].bullet is None and not lines[at].ends_sentence:
            about = sum(len(line.text) for line in lines[at + 2 : end])
            return at if about <= LONGEST_BIO else None
    return None


def read_head(lines: list[Line], end: int, repairs: Repairs) -> Head:
    """Find date, title and byline at the top; short lines before them are a menu."""
    head = Head()
    dated = next((at for at in range(min(HEAD, end)) if _date(lines[at].text) is not None), None)
    if dated is not None:
        head.date = _date(lines[dated].text)
    first = 0 if dated is None else dated + 1
    title = next((at for at in range(first, end) if not _is_menu(lines, at, lines[first:end])), None)
    before = _title_before(lines, dated) if dated is not None else None
    if before is not None and (title is None or lines[title].ends_sentence or len(lines[title].text) > 200):
        title, first = before, (dated or 0) + 1
        head.title, head.body = lines[title], first
    elif title is not None:
        head.title, head.body = lines[title], title + 1
    while head.body < end and (match := BYLINE.fullmatch(lines[head.body].text)):
        head.author = match["name"].strip()
        head.body += 1
    for line in lines[: head.body]:
        kept = line is head.title or BYLINE.fullmatch(line.text) or _date(line.text) is not None
        if not kept:
            repairs.add(RepairKind.BOILERPLATE_REMOVED, f"A line of the page's menu was removed: “{line.text[:80]}”.", line.number, 0.8)
    return head


def _date(text: str) -> FoundDate | None:
    """The date that a whole line is."""
    rest = DATED.sub("", text)
    return parse_date(rest) if len(rest) <= 60 and any(c.isdigit() for c in rest) else None


def _title_before(lines: list[Line], dated: int) -> int | None:
    """The longest line before the date, where that is a title rather than a menu."""
    best = max(range(dated), key=lambda at: len(lines[at].text), default=None)
    return best if best is not None and len(lines[best].text.split()) >= 3 else None


def _is_menu(lines: list[Line], at: int, rest: list[Line]) -> bool:
    """Whether a line before the title is furniture: no words, or one of a run of single words."""
    text = lines[at].text
    if not any(c.isalnum() for c in text):
        return True
    counts = Counter(line.text for line in rest)
    return counts[text] > 2
