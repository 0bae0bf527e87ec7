"""Which lines that stand alone are headings?

Flattening leaves of a heading no more than a short line between empty ones, and paragraphs can be short as well. So the signs of both are
weighed: how long the line is, how it begins and ends, which words it has, what stands before and after it. Its law: a line with nothing
under it heads nothing.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from index.importers.text.lines import Line

Run = Sequence[Line]

LONGEST = 200  # characters: of 1,524 headings the longest has 159
SHORT = 100
LENGTHS = (2, 3, 4, 5, 6, 8, 10, 13, 16, 20)  # words
TEXTS = frozenset(("short", "lead", "paragraph"))
SMALL = frozenset(
    ("a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "from", "in", "instead", "into", "is", "nor", "of", "on", "or", "over")
) | {"per", "the", "then", "to", "via", "vs", "with"}
FIGURES = re.compile(r"\d+")
SENTENCE = re.compile(r"[.:;,…][\"'”’)\]]*$")
END = re.compile(r"([.:;,!?…—])?([\"'”’)\]]*)$")

# of 3,490 lines that stand alone 107 are such, none of them a heading
NEVER = re.compile(
    r"[\"“]?https?://\S+|\S+@\S+|[(\[].*[)\]]|(?:[—–]|-+ ).*|\W*"
    r"|(?:fig(?:ure)?|table|photo|image|source|credit|caption)s?\b[ .]*(?:\d+ *[:.–—-]|:).*"
    r"|(?:note|tip|hint|warning|caution|important|attention|danger)[:!]?",
    re.IGNORECASE,
)
WITHIN = {
    "stop within": re.compile(r"[.!?][\"”’)]* +[A-ZÀ-Þ“\"(]"),
    "comma": re.compile(", "),
    "address": re.compile(r"://|\bwww\.|@\w"),
    "quotes": re.compile('["“”]'),
    "code": re.compile(r"[=<>{}|]|\(\)"),
    "verb": re.compile(r"\b(?:is|are|was|were|will|can|have|has|had|we|you|they|it|i|this|there)\b", re.IGNORECASE),
}
FIRST = {
    "numbered": re.compile(r"(?:\d{1,3}|[a-z])[.):]\s|(?:step|part|phase|day|chapter|section|question|q)\s*\d", re.IGNORECASE),
    "question": re.compile(r"(?:how|what|why|when|where|who|which|do|does|is|are|can|should|will)\b", re.IGNORECASE),
    "calls": re.compile(
        r"(?:thanks?|please|hello|hi|hey|welcome|see|read|check|learn|explore|enjoy|view|watch|download|visit|join"
        r"|so|and|but|or|also|well|now)\b",
        re.IGNORECASE,
    ),
}

# Log odds: logistic regression (ridge of weight 2) over the 1,918 lines that stand alone in the pages of half A and are none of the above,
# 859 of them headings; signs of fewer than 15 lines left out. On half B 95 of 100 lines taken for headings are, and 96 of 100 are found;
# on 271 pages of three other sites 94 and 97.
# As the fit prints them:
# fmt: off
WEIGHTS: Mapping[str, float] = {
    "address": -0.3, "after lead": -0.5, "after list": 0.3, "after nothing": -0.1, "after paragraph": 0.4, "after short": -1.1,
    "after table": 0.6, "always": -0.3, "begins capital": 0.1, "begins digit": 0.7, "begins small": 0.1, "calls": -1.1,
    "capitals -": -0.9, "capitals all": 0.9, "capitals none": -0.2, "capitals some": -0.2, "code": -0.5, "comma": -1.5, "ends !": -0.6,
    "ends !, long": -0.3, "ends !, then paragraph": 0.2, "ends )": 1.2, "ends ), middling": 0.4, "ends ), then paragraph": 0.7,
    "ends .": -1.2, "ends ., long": -0.3, "ends ., middling": -0.8, "ends ., then lead": -0.5, "ends ., then list": 0.3,
    "ends ., then paragraph": -0.7, "ends ., then short": -0.9, "ends :": -1.8, "ends :, long": -0.6, "ends :, middling": -0.5,
    "ends :, short": -0.7, "ends :, then list": -0.9, "ends :, then paragraph": -0.6, "ends :, then table": -0.3, "ends ?": 0.9,
    "ends ?, long": -0.1, "ends ?, middling": 0.5, "ends ?, then paragraph": 0.3, "ends word": 1.1, "ends word, long": -1.2,
    "ends word, middling": 0.5, "ends word, short": 1.8, "ends word, then lead": 0.6, "ends word, then list": -0.2,
    "ends word, then paragraph": 0.5, "ends word, then short": 0.4, "numbered": 1, "often": -0.7, "often, after short": -0.9,
    "question": 1.6, "quotes": -0.6, "stop within": -0.1, "then lead": 0.3, "then list": -0.8, "then long text": 0.6,
    "then paragraph": 0.3, "then short": -0.3, "then short text": -0.3, "then table": 0.2, "twice": -0.3, "verb": -0.4, "words 10": -0.1,
    "words 13": -0.1, "words 16": -0.5, "words 2": 2.1, "words 20": -0.2, "words 3": 0.5, "words 4": -0.7, "words 5": 0.5, "words 6": 0.1,
    "words 8": -0.4, "words 99": -1.4,
}
# fmt: on


class Around(NamedTuple):
    """What stands around a line: the kinds of the runs before and after it, the length of the latter's text, how often the page has it."""

    before: str
    after: str
    length: int
    times: int


def likelihoods(runs: Sequence[Run]) -> list[float]:
    """How likely each run of a page is a heading, from 0 to 1."""
    times = Counter(FIGURES.sub("9", run[0].text) for run in runs if _stands_alone(run))
    kinds = ["nothing", *map(kind, runs), "nothing"]
    out = []
    for at, run in enumerate(runs):
        text = run[0].text
        if at + 1 == len(runs) or not _stands_alone(run) or heads_nothing(text):
            out.append(0.0)
            continue
        around = Around(kinds[at], kinds[at + 2], len(runs[at + 1][0].text), times[FIGURES.sub("9", text)])
        odds = sum(WEIGHTS.get(sign, 0.0) for sign in signs(text, around))
        out.append(1 / (1 + math.exp(-odds)))
    return out


def heads_nothing(text: str) -> bool:
    """Whether a line is something else than a heading, however it looks: an address, a caption, an aside, a signature, half a sentence."""
    return NEVER.fullmatch(text) is not None or all(word.strip(".,:;").lower() in SMALL for word in text.split())


def signs(text: str, around: Around) -> Iterator[str]:
    """What speaks for a heading or against it, by name."""
    words = text.split()
    end = _end(text)
    yield "always"
    yield f"words {next((most for most in LENGTHS if len(words) < most), 99)}"
    yield f"ends {end}"
    yield f"ends {end}, {'short' if len(words) < 4 else 'middling' if len(words) < 10 else 'long'}"
    yield f"ends {end}, then {around.after}"
    yield f"begins {_beginning(text[0])}"
    yield f"capitals {_capitals(words)}"
    yield f"then {around.after}"
    yield f"after {around.before}"
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


def _stands_alone(run: Run) -> bool:
    return len(run) == 1 and not run[0].mark and len(run[0].text) <= LONGEST


def _end(text: str) -> str:
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
