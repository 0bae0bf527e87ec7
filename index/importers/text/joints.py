"""Where in a row may one cell end and the next begin?

Between two characters of a line whose cells ran together stands a joint, or not; its odds come from what stands on both sides: the kinds of
the characters, the words they belong to, and whether the page knows those. Its law: the odds were counted over tables of many sites, header
rows and others apart (`odds.py` says how), and say nothing of any one site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from index.importers.text.words import Found, Words

KINDS = {
    **dict.fromkeys("([{<“‘«", "("),
    **dict.fromkeys(")]}>”»", ")"),
    **dict.fromkeys("\"'`", '"'),
    **dict.fromkeys(".…", "."),
    **dict.fromkeys("!?", "!"),
    **dict.fromkeys(":;", ":"),
    **dict.fromkeys("-–—−", "-"),
    **dict.fromkeys("%°", "%"),
    **dict.fromkeys("/\\|", "/"),
    **dict.fromkeys("#@$€£~", "#"),
    **dict.fromkeys("+*^", "+"),
    **{sign: sign for sign in "’,_=& "},
}
# what no cell ends within: of 6,900 boundaries in 420 tables none stands in a date, a time, a number with commas or a character reference
WHOLE = re.compile(r"(?:19|20)\d\d-(?:0\d|1[0-2])-(?:[0-2]\d|3[01])|(?<!\d)\d\d?:\d\d(?::\d\d)?|&#?\w+;|(?<!\d)\d{1,3}(?:,\d{3})+(?!\d)")
ADDRESS = re.compile(r"https?://")
TURNS = frozenset(("LU", "LD", "DL", "DU", "LL", "DD"))
UNLIKELY = -6.0  # log odds below which a joint is not considered
MOST = 16  # joints of one row that are considered, the likeliest


@dataclass(frozen=True, slots=True)
class Joint:
    """A place where a cell may end, before the character `at`, and the log odds that one does."""

    at: int
    odds: float


def joints(text: str, words: Words, weights: Mapping[str, float]) -> list[Joint]:
    """The places in a line where a cell may end, from left to right, however unlikely."""
    found = words.find(text)
    row = _Row(text, words, found)
    return [Joint(at, sum(weights.get(sign, 0.0) for sign in row.signs(at))) for at in places(text, found)]


def considered(all_joints: list[Joint]) -> list[Joint]:
    """The likeliest of them, still from left to right."""
    likely = sorted((joint for joint in all_joints if joint.odds > UNLIKELY), key=lambda joint: (-joint.odds, joint.at))
    return sorted(likely[:MOST], key=lambda joint: joint.at)


def places(text: str, found: Found) -> Iterator[int]:
    """Where a cell may end at all: not at a space, within a known word, a date or a number, nor between small letters of unknown words."""
    whole = bytearray(len(text) + 1)
    for match in WHOLE.finditer(text):
        for at in range(match.start() + 1, match.end()):
            whole[at] = 1
    for at in range(1, len(text)):
        before, after = text[at - 1], text[at]
        if before == " " or after == " " or found.inside[at] or whole[at]:
            continue
        small = before.islower() and after.islower() and not text[at + 1 : at + 2].isupper()
        if not small or found.ends[at] or found.starts[at] or ADDRESS.match(text, at):
            yield at


def kind(character: str) -> str:
    """The kind of a character: U(pper), L(ower), D(igit), O(ther letter), S(ymbol), or a sign that stands for its like."""
    if character.isupper():
        return "U"
    if character.islower():
        return "L"
    if character.isdigit():
        return "D"
    return "O" if character.isalpha() else KINDS.get(character, "S")


class _Row:
    """A line, with what the signs at its places are read from."""

    def __init__(self, text: str, words: Words, found: Found) -> None:
        self.text = text
        self.words = words
        self.found = found
        self.kinds = "^" + "".join(map(kind, text)) + "$"  # the kind of character i stands at i + 1
        self.depth, self.quoted = _enclosed(text)
        self.starts, self.ends = _runs(text)

    def signs(self, at: int) -> Iterator[str]:
        """What speaks for a joint before this character, or against it, by name."""
        kinds = self.kinds
        one, other = kinds[at], kinds[at + 1]
        yield "always"
        yield f"{one}|{other}"
        yield f"{one}|"
        yield f"|{other}"
        yield f"{kinds[at - 1]}{one}|{other}"
        yield f"{one}|{other}{kinds[at + 2]}"
        yield f"ends {_size(self.found.ends[at])}"
        yield f"starts {_size(self.found.starts[at])}"
        if self.depth[at]:
            yield "in brackets"
        if self.quoted[at]:
            yield "in quotes"
        if ADDRESS.match(self.text, at):
            yield "address"
        if one in "ULDO" or other in "ULDO":
            yield from self._beside_runs(at, one, other)

    def _beside_runs(self, at: int, one: str, other: str) -> Iterator[str]:
        """What the runs of letters and digits on both sides say."""
        left, right = self.text[self.starts[at - 1] : at], self.text[at : self.ends[at]]
        before, after = self.kinds[self.starts[at - 1]], self.kinds[self.ends[at] + 1]
        if one in "ULDO":
            yield f"{before}..{one}|{other}"
        if other in "ULDO":
            yield f"{one}|{other}..{after}"
        if one in "ULDO" and other in "ULDO":
            yield f"{before}..{one + other if one + other in TURNS else ''}..{after}"
            yield from _within_run(self.words, left, right, one + other)
        elif one in "ULDO" and len(left) > 1:
            yield f"left {'known' if self.words.knows(left) else 'unknown'}"
        elif other in "ULDO" and len(right) > 1:
            yield f"right {'known' if self.words.knows(right) else 'unknown'}"


def _within_run(words: Words, left: str, right: str, turn: str) -> Iterator[str]:
    """What speaks for a joint in the middle of a run of letters and digits."""
    if turn[0] in "ULO" and turn[1] in "ULO":
        shorter = min(len(left), len(right))
        size = "short" if shorter < 3 else "middling" if shorter < 5 else "long"
        known = f"{int(len(left) > 1 and words.knows(left))}{int(len(right) > 1 and words.knows(right))}"
        yield f"known {known} {'small' if turn == 'LL' else 'mixed'} {size}"
    if turn == "LU":
        tail = len(left) - len(left.rstrip("abcdefghijklmnopqrstuvwxyz"))
        if tail <= 2:
            yield "short tail"
        yield f"capital, {'alone' if len(right) == 1 else kind(right[1])}"
    elif turn == "UU" and right[1:2].islower():
        yield "capitals, then a word"
    elif turn == "LD" and len(left) <= 2:
        yield "short, then digits"
    elif turn in ("DU", "DL"):
        yield f"digits, then {'a unit' if len(right) <= 2 else 'a word' if right[1].islower() else 'capitals'}"


def _size(length: int) -> str:
    return "0" if not length else "short" if length < 4 else "middling" if length < 7 else "long"


def _enclosed(text: str) -> tuple[bytearray, bytearray]:
    """Before which characters a bracket, or a quotation, is open."""
    depth, quoted = bytearray(len(text) + 1), bytearray(len(text) + 1)
    level, quote = 0, False
    for at, character in enumerate(text):
        depth[at], quoted[at] = min(level, 255), quote
        if character in "([{":
            level += 1
        elif character in ")]}":
            level = max(0, level - 1)
        elif character == '"':
            quote = not quote
    return depth, quoted


def _runs(text: str) -> tuple[list[int], list[int]]:
    """For each character the start and the end of the run of letters and digits that it stands in; of any other, itself."""
    starts, ends = list(range(len(text))), list(range(1, len(text) + 1))
    for at in range(1, len(text)):
        if text[at].isalnum() and text[at - 1].isalnum():
            starts[at] = starts[at - 1]
    for at in range(len(text) - 2, -1, -1):
        if text[at].isalnum() and text[at + 1].isalnum():
            ends[at] = ends[at + 1]
    return starts, ends
