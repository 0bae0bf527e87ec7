"""What speaks for a line that stands alone being a heading, or against it?

Flattening leaves of a heading no more than a short line between empty ones, and paragraphs can be short as well. So everything that tells
them apart is a sign with a name: how long the line is, how it begins and ends, which words it has, what stands before and after it. Its
law: a sign is a matter of shape; `weights.py` says how much each counts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from index.importers.text.lines import Line

Run = Sequence[Line]

LONGEST = 200  # characters: of 1,524 headings the longest has 159
SHORT = 100
LENGTHS = (2, 3, 4, 5, 6, 8, 10, 13, 16, 20)  # words
TEXTS = frozenset(("short", "lead", "paragraph"))
WORD = re.compile(r"[^\W_]{4,}")
REMEMBERED = 64  # lines whose words are remembered: a line is asked for its own beside those around it
STEM = 6  # letters that words agree in
LOOKED_AT = 2000  # characters of a line that are looked at for words of the one before it, or after it
LINES = 6  # of a list or table under it
RUNS = 3  # under it, up to the next line that may be a heading
SMALL = frozenset(
    ("a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "from", "in", "instead", "into", "is", "nor", "of", "on", "or", "over")
) | {"per", "the", "then", "to", "via", "vs", "with"}
FIGURES = re.compile(r"\d+")
SENTENCE = re.compile(r"[.:;,…][\"'”’)\]]*$")
END = re.compile(r"([.:;,!?…—])?([\"'”’)\]]*)$")

WITHIN = {
    "stop within": re.compile(r"[.!?][\"”’)]* +[A-ZÀ-Þ“\"(]"),
    "comma": re.compile(", "),
    "address": re.compile(r"://|\bwww\.|@\w"),
    "link": re.compile(r"https?://"),
    "year": re.compile(r"\d{4}"),
    "quotes": re.compile('["“”]'),
    "code": re.compile(r"[=<>{}|]|\(\)"),
    "verb": re.compile(r"\b(?:is|are|was|were|will|can|have|has|had|we|you|they|it|i|this|there)\b", re.IGNORECASE),
}
FIRST = {
    "markup": re.compile(r"!\[|<\w|\*\*"),
    "label": re.compile(r"[^:]{2,30}: \S"),
    "name": re.compile(r"[A-Z][\w.'’-]+(?: (?:[A-Z][\w.'’-]*|of|de|van))* *,"),
    "numbered": re.compile(r"(?:\d{1,3}|[a-z])[.):]\s|(?:step|part|phase|day|chapter|section|question|q)\s*\d", re.IGNORECASE),
    "question": re.compile(r"(?:how|what|why|when|where|who|which|do|does|is|are|can|should|will)\b", re.IGNORECASE),
    "calls": re.compile(
        r"(?:thanks?|please|hello|hi|hey|welcome|see|read|check|learn|explore|enjoy|view|watch|download|visit|join"
        r"|so|and|but|or|also|well|now)\b",
        re.IGNORECASE,
    ),
}


class Around(NamedTuple):
    """What stands around a line: the kinds of the runs before and after it, the latter's length, how often the page has the line itself.

    `shared_…` is how many of its long words stand there too, in fourths; None, where it has none.
    """

    before: str
    after: str
    length: int
    times: int
    shared_before: int | None
    shared_after: int | None


class Page:
    """The runs of a page, with what is counted over all of them."""

    def __init__(self, runs: Sequence[Run], candidates: Sequence[int]) -> None:
        self._runs = runs
        self._candidates = frozenset(candidates)
        self._kinds = ["nothing", *map(kind, runs), "nothing"]
        self._times = Counter(FIGURES.sub("9", run[0].text) for run in runs if stands_alone(run))

    def around(self, at: int) -> Around:
        """What stands around the line that a run is."""
        text = self._runs[at][0].text
        before = _stems(self._runs[at - 1][-1].text) if at else frozenset()
        return Around(
            self._kinds[at],
            self._kinds[at + 2],
            len(self._runs[at + 1][0].text),
            self._times[FIGURES.sub("9", text)],
            _shared(text, before),
            _shared(text, self._under(at)),
        )

    def _under(self, at: int) -> set[str]:
        """The words of what stands under a line, up to the next that may be a heading."""
        words: set[str] = set()
        for place in range(at + 1, min(at + 1 + RUNS, len(self._runs))):
            if place > at + 1 and place in self._candidates:
                break
            for line in self._runs[place][:LINES]:
                words |= _stems(line.text)
        return words


def stands_alone(run: Run) -> bool:
    """Whether a run is one line that is short enough for a heading."""
    return len(run) == 1 and not run[0].mark and len(run[0].text) <= LONGEST


def signs(text: str, around: Around) -> Iterator[str]:
    """What speaks for a heading or against it, by name."""
    words = text.split()
    end = ending(text)
    capitals = _capitals(words)
    yield "always"
    yield f"words {next((most for most in LENGTHS if len(words) < most), 99)}"
    yield f"ends {end}"
    yield f"ends {end}, {'short' if len(words) < 4 else 'middling' if len(words) < 10 else 'long'}"
    yield f"ends {end}, then {around.after}"
    yield f"begins {_beginning(text[0])}"
    yield f"capitals {capitals}"
    yield f"capitals {capitals}, {min(6, len(text) // 20)}"
    yield f"letters {min(12, len(text) // 10)}"
    yield f"then {around.after}"
    yield f"after {around.before}"
    yield f"shares {around.shared_after} with what is under it"
    yield f"shares {around.shared_before} with what is above it"
    if text[0].islower():
        yield f"begins small, then {around.after}"
    if around.after in TEXTS:
        yield f"then {'short' if around.length < 60 else 'middling' if around.length < 150 else 'long'} text"
    if around.times > 1:
        yield "twice" if around.times == 2 else "often"
    if around.times > 2 and around.before in ("short", "lead"):
        yield "often, after short"
    yield from (name for name, pattern in WITHIN.items() if pattern.search(text))
    yield from (name for name, pattern in FIRST.items() if pattern.match(text))


def kind(run: Run) -> str:
    """What a run looks like beside a heading."""
    if run[0].mark:
        return "list"
    if len(run) > 1:
        return "table"
    text = run[0].text
    if len(text) < SHORT and not SENTENCE.search(text):
        return "short"
    return "lead" if text.endswith(":") else "paragraph"


def ending(text: str) -> str:
    """What a line ends with: a mark of punctuation, a quotation, a bracket, or a word."""
    found = END.search(text)
    assert found is not None
    if text.endswith(("...", "…")):
        return "…"
    if found[1]:
        return found[1]
    return "word" if not found[2] else found[2][0] if found[2][0] in "])" else "”"


def _beginning(first: str) -> str:
    if first.isalpha():
        return "capital" if first.isupper() else "small"
    return "digit" if first.isdecimal() else first if first in "([" else "”" if first in "\"“‘'" else "sign"


def _capitals(words: Sequence[str]) -> str:
    """How many of the words after the first that are not small begin with a capital."""
    counted = [word for word in words[1:] if word[0].isalpha() and word.lower() not in SMALL]
    capitals = sum(word[0].isupper() for word in counted)
    if not counted:
        return "-"
    return "all" if capitals == len(counted) else "none" if not capitals else "some"


@lru_cache(REMEMBERED)
def _stems(text: str) -> frozenset[str]:
    """The beginnings of the long words of a line."""
    return frozenset(word[:STEM] for word in WORD.findall(text[:LOOKED_AT].lower()))


def _shared(text: str, others: frozenset[str] | set[str]) -> int | None:
    """How many of a line's long words are among others, in fourths: 0 to 3, where 3 is three fourths or more."""
    own = _stems(text)
    return min(3, 4 * len(own & others) // len(own)) if own else None
