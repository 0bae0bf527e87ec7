"""Which words does a page use, and where do they stand in a line whose cells ran together?

No word list comes with the program: the page's own words are the best witness. Its law: where a word that the page uses elsewhere stands
in a row, no cell ends within it (of 6,900 boundaries in 460 tables 20 do).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

WORD = re.compile(r"[^\W_]+")
AROUND = ".,:;!?()[]{}\"'`“”‘’<>"
# a word between separators, `linux` in `aarch64-linux-gnu`: known if it stands so in two rows, for then no boundary made it
BETWEEN = re.compile(r"(?:^|[\s\-_/])([^\W_]{3,})(?=[-_/][^\W_])")
ANSWERS = frozenset(["Yes", "No", "True", "False", "None", "yes", "no", "true", "false", "none"])  # tables hold them, prose seldom
ENOUGH = 2**21  # characters of a page that are read for its words
LONGEST = 40
SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Found:
    """Where known words stand in a line: `inside[i]` where one goes on from character i-1 to i, `ends[i]` and `starts[i]` their lengths."""

    inside: bytearray
    ends: bytearray
    starts: bytearray


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a page, runs of letters and digits, and longer ones as they stand between spaces; `folded` without case.

    `own` are those that a table shows besides, kept apart so that no table copies the page's.
    """

    words: frozenset[str]
    folded: frozenset[str]
    own: frozenset[str] = frozenset()
    own_folded: frozenset[str] = frozenset()

    def knows(self, word: str) -> bool:
        """Whether the page has a word, in whatever case."""
        return word in self.words or (folded := word.lower()) in self.folded or folded in self.own_folded

    def within(self, rows: Sequence[str]) -> Words:
        """These words, and those that the rows of a table show themselves."""
        counts = Counter(word for row in rows for word in set(BETWEEN.findall(row)))
        own = frozenset(word for word, count in counts.items() if count > 1)
        return replace(self, own=own, own_folded=frozenset(map(str.lower, own)))

    def find(self, text: str) -> Found:
        """Where words of the page stand in a line, the longest that begin, and that end, at the edges of its runs of letters."""
        size = len(text)
        found = Found(bytearray(size + 1), bytearray(size + 1), bytearray(size + 1))
        self._forward(text, found)
        self._backward(text, found)
        return found

    def _forward(self, text: str, found: Found) -> None:
        size = len(text)
        todo = [at for at in range(size - 1, -1, -1) if not text[at].isspace() and (not at or _edge(text[at - 1], text[at]))]
        done: set[int] = set()
        while todo:
            start = todo.pop()
            if start in done:
                continue
            done.add(start)
            stop = text.find(" ", start, start + LONGEST)
            stop = min(size, start + LONGEST) if stop < 0 else stop
            for end in range(stop, start + SHORTEST - 1, -1):
                if text[start:end] in self.words or text[start:end] in self.own:
                    _mark(found, start, end)
                    if end < size and text[end] != " ":
                        todo.append(end)
                    break

    def _backward(self, text: str, found: Found) -> None:
        size = len(text)
        todo = [at for at in range(1, size + 1) if not text[at - 1].isspace() and (at == size or _edge(text[at - 1], text[at]))]
        done: set[int] = set()
        while todo:
            end = todo.pop()
            if end in done or found.inside[end]:
                continue
            done.add(end)
            first = text.rfind(" ", max(0, end - LONGEST), end) + 1 or max(0, end - LONGEST)
            for start in range(first, end - SHORTEST + 1):
                if not found.inside[start] and (text[start:end] in self.words or text[start:end] in self.own):
                    _mark(found, start, end)
                    if start > first:
                        todo.append(start)
                    break


def words_of(texts: Iterable[str]) -> Words:
    """The words of a page's text, of no more than its first two million characters."""
    words = set(ANSWERS)
    read = 0
    for text in texts:
        read += len(text)
        if read > ENOUGH:
            break
        words.update(WORD.findall(text))
        words.update(token.strip(AROUND) for token in text.split())
    words.discard("")
    return Words(frozenset(words), frozenset(word.lower() for word in words))


def _edge(one: str, other: str) -> bool:
    """Whether a word may begin between two characters: letters change to others, or to capitals."""
    if not (one.isalnum() and other.isalnum()):
        return True
    return (one.islower() and other.isupper()) or one.isdecimal() != other.isdecimal()


def _mark(found: Found, start: int, end: int) -> None:
    length = end - start
    for at in range(start + 1, end):
        found.inside[at] = 1
    found.ends[end] = max(found.ends[end], length)
    found.starts[start] = max(found.starts[start], length)
