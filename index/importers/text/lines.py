"""What does one line look like?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

BULLET = re.compile(r"(?P<indent>[ \t\u00a0]*)(?P<mark>[•◦▪▫‣⁃●○·∙*]|[-–—](?=\s)|(?P<number>\d{1,3})[.)])[ \t\u00a0]+(?P<text>\S.*)")
SENTENCE_END = re.compile(r"[.!?…:;,]['\"”’)\]]*$")
LONGEST_HEADING = 120  # characters; over the headings of 200 articles the 99th percentile is 89
BULLETED = frozenset("•◦▪▫‣⁃●○·∙")


@dataclass(frozen=True)
class Line:
    """A line that says something: `number` is 1-based, `gap` how many empty lines stand before it."""

    number: int
    raw: str
    gap: int

    @cached_property
    def text(self) -> str:
        """Its text, white space folded."""
        return " ".join(self.raw.split())

    @cached_property
    def bullet(self) -> re.Match[str] | None:
        """Its mark, where it is an item of a list."""
        return BULLET.fullmatch(self.raw.rstrip())

    @property
    def is_sure_item(self) -> bool:
        """Whether its mark can be nothing else."""
        return self.bullet is not None and (self.bullet["mark"] in BULLETED or len(self.bullet["indent"]) > 1)

    @cached_property
    def ends_sentence(self) -> bool:
        """Whether it ends as sentences and lead-ins do."""
        return SENTENCE_END.search(self.text) is not None

    @cached_property
    def could_head(self) -> bool:
        """Whether it is shaped like a heading: short, no sentence, beginning like a title."""
        text = self.text
        if len(text) > LONGEST_HEADING or not any(c.isalnum() for c in text):
            return False
        return text[-1] == "?" or not self.ends_sentence


def numbered(text: str) -> list[Line]:
    """The lines of a text that say something."""
    out: list[Line] = []
    gap = 0
    for number, raw in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if not raw.strip():
            gap += 1
            continue
        out.append(Line(number, raw, gap))
        gap = 0
    return out
