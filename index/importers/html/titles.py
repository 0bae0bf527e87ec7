"""What is the page's article called?

Pages put their site's name beside the title. What metadata names loses a part only where that is shown to be the site's name: by the
site, or by a heading that is the title without it. The `title` element loses its last part where a bar or dash sets that off, by the rules
that reading views have long gone by: enough words must be left.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.slugs import fold

LAST = re.compile(r"(.*\S)\s+(?:[-–—|·•»/\\>]|::)\s+(\S.*)", re.DOTALL)
FIRST = re.compile(r"(\S.*?)(?:\s+(?:[-–—|·•»/\\>]|::)|:)\s+(\S.*)", re.DOTALL)
BAR = re.compile(r"(.*\S)\s[|\-\\/>»]\s+(\S.*)", re.DOTALL)
FIRST_BAR = re.compile(r"[^|\\/>»-]*[|\\/>»-]\s*(\S.*)", re.DOTALL)
BARS = re.compile(r"[|\\/>»-]+")
STEP = re.compile(r"\s[\\/>»]\s")
FEWEST = 3  # words that a part must have to be a title: these three numbers are Readability's, found on its users' pages
SHORT = 4  # words: a title cut down to so few was not followed by a site's name
LONG_LEAD = 5  # words before a colon: more are a title's own first part
USUAL = range(15, 151)  # characters of a `title` that may itself be the article's


def without_site(title: str, sites: Sequence[str], headings: Sequence[str]) -> str:
    """A title from metadata without the site's name before or after it."""
    title = " ".join(title.split())
    shown = {_bare(heading) for heading in headings}
    if _bare(title) in shown:
        return title
    known = {_bare(site) for site in sites} - {""}
    for pattern, keep, drop in ((LAST, 1, 2), (FIRST, 2, 1)):
        match = pattern.fullmatch(title)
        if match and (_bare(match[drop]) in known or (pattern is LAST and _bare(match[keep]) in shown)):
            return match[keep].strip()
    return title


def of_document(title: str, sites: Sequence[str], headings: Sequence[str]) -> str:
    """The title that a `title` element holds, `headings` being the page's of the first two ranks, the first rank first."""
    title = " ".join(title.split())
    neat = without_site(title, sites, headings)
    if neat != title:
        return neat
    cut = _cut(title, headings)
    words = len(cut.split())
    stepped = STEP.search(title) is not None and words == len(BARS.sub("", title).split()) - 1
    return title if words <= SHORT and not stepped else cut


def _cut(title: str, headings: Sequence[str]) -> str:
    """The part of a title that is most likely the article's."""
    if match := BAR.fullmatch(title):
        if len(match[1].split()) >= FEWEST:
            return match[1]
        first = FIRST_BAR.fullmatch(title)
        return first[1] if first else title
    if ": " in title and title not in headings:
        last = title.rpartition(":")[2].strip()
        if len(last.split()) < FEWEST:
            return title.partition(":")[2].strip()
        return title if len(title.partition(":")[0].split()) > LONG_LEAD else last
    return headings[0] if len(title) not in USUAL and len(headings) == 1 else title


def _bare(text: str) -> str:
    """A name as it is compared: without case, accents, spaces and signs."""
    return re.sub(r"\W+", "", fold(text))
