"""What did the reader ask?

Words, "phrases", -not, OR, AND, parentheses, prefix*, fuzzy~, title: author: category: tag: table:, year:2024, before:2024-05, after:2024.
Its law: reading a query never fails. What is malformed is read as plain words, and `interpretation` says how all was read. A query's
size is bounded, so is its depth; what goes beyond is left out, and said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from index.search.analysis import IS_UNSPACED, WORD
from index.search.fields import NARROW
from index.search.lexing import OPERATORS, Token, lex

LONGEST = 2000  # characters
MOST_TERMS = 64
DEEPEST = 10  # parentheses
FUZZIEST = 2

DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
APART = re.compile(r"[:*~]")
TAIL = re.compile(r"(?P<prefix>\*)$|(?P<fuzzy>~)(?P<edits>[12])?$")


NOWHERE: frozenset[str] = frozenset()


class Word(NamedTuple):
    """A word, maybe in one field; `prefix` stands for all that begin with it, `fuzzy` for all within so many edits.

    `stopped` are the languages in which it is a stop word and is asked for all the same (`index.search.stopped`).
    """

    text: str
    field: str = ""
    prefix: bool = False
    fuzzy: int = 0
    stopped: frozenset[str] = NOWHERE

    @property
    def begins(self) -> bool:
        """Whether it stands for all that begin with it, as does a character alone of what is searched by pairs, which may end them too."""
        return self.prefix or (len(self.text) == 1 and IS_UNSPACED.match(self.text) is not None)


class Phrase(NamedTuple):
    """Words that stand one after another, maybe in one field; `stopped` are the languages in which all of them are stop words."""

    text: str
    field: str = ""
    stopped: frozenset[str] = NOWHERE


class Dates(NamedTuple):
    """Articles whose date, as the number year × 10,000 + month × 100 + day, is from `first` up to but not including `last`."""

    first: int
    last: int
    said: str


class Some(NamedTuple):
    """At least one holds; more of them rank higher, unless they mean the `same`: then the best of them counts."""

    nodes: tuple[Node, ...]
    same: bool = False


class All(NamedTuple):
    """Each of them holds."""

    nodes: tuple[Node, ...]


class Not(NamedTuple):
    """It does not hold."""

    node: Node


Node = Word | Phrase | Dates | Some | All | Not


class Parsed(NamedTuple):
    """A query as it was read; `node` is None where it asks for everything."""

    node: Node | None
    interpretation: str
    cut: bool = False


class _Reader:
    """Reads tokens into nodes; counts the terms and the depth that are allowed."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.terms = 0
        self.cut = False

    def peek(self) -> str:
        return self.tokens[self.at].kind if self.at < len(self.tokens) else "end"

    def group(self, depth: int) -> Node | None:
        """What stands up to the closing parenthesis or the end: alternatives apart by OR bind looser than neighbours joined by AND."""
        wanted: list[Node] = []
        needed: list[Node] = []
        joined = ""  # the operator before the next node
        before: Node | None = None
        while self.peek() != "end":
            kind = self.peek()
            if kind == "close":
                if depth:
                    self.at += 1
                    break
                self.at += 1
                continue
            if kind in ("OR", "AND"):
                self.at += 1
                joined = kind if wanted or needed else ""
                continue
            node = self.one(depth)
            if node is None:
                continue
            if joined == "OR" and needed and needed[-1] is before and _is_dated(node) and _is_dated(before):
                needed[-1] = node = Some((*_times(before), *_times(node)))
            elif isinstance(node, Not) or _is_dated(node):
                needed.append(node)
            elif joined == "AND" and wanted:
                last = wanted.pop()
                wanted.append(All((*last.nodes, node)) if isinstance(last, All) else All((last, node)))
            else:
                wanted.append(node)
            joined, before = "", node
        return _together(wanted, needed)

    def one(self, depth: int) -> Node | None:
        token = self.tokens[self.at]
        self.at += 1
        if token.kind in ("minus", "NOT"):
            if self.peek() in ("end", "close", "OR", "AND"):
                return self.word(token.text) if token.kind == "NOT" else None
            inner = self.one(depth)
            return None if inner is None else inner.node if isinstance(inner, Not) else Not(inner)
        if token.kind == "open":
            if depth >= DEEPEST:
                return None
            return self.group(depth + 1)
        if token.kind == "phrase":
            words = WORD.findall(token.text)
            if not words or not self.allowed(len(words)):
                return None
            return Phrase(" ".join(words), token.field) if len(words) > 1 else Word(words[0], token.field)
        return self.word(token.text)

    def allowed(self, terms: int) -> bool:
        """Whether so many more terms may be asked for; from the first that may not, nothing that follows may."""
        self.cut = self.cut or self.terms + terms > MOST_TERMS
        self.terms += terms
        return not self.cut

    def word(self, text: str) -> Node | None:
        """A word, or what a name and a colon before it make of it."""
        name, colon, rest = text.partition(":")
        field = name.lower() if colon and rest else ""
        if field in ("year", "before", "after") and (dates := _dates(field, rest)) is not None:
            return dates
        if field not in NARROW:
            field, rest = "", text
        return self.words(rest, field)

    def words(self, text: str, field: str) -> Node | None:
        tail = TAIL.search(text)
        found = WORD.findall(text[: tail.start()] if tail else text)
        if not found or not self.allowed(len(found)):
            return None
        if len(found) == 1:
            if len(found[0]) > 2 and IS_UNSPACED.match(found[0]):
                tail = None  # all its pairs are looked for, so that it is a beginning as it stands
            fuzzy = min(int(tail["edits"] or 1), FUZZIEST) if tail and tail["fuzzy"] else 0
            return Word(found[0], field, bool(tail and tail["prefix"]), fuzzy)
        if APART.search(text):  # a field that there is not, a star inside: its parts are words like others
            return Some(tuple(Word(word, field) for word in found))
        return Phrase(" ".join(found), field)  # joined by a hyphen, a point, a slash: its parts stand together


def _together(wanted: list[Node], needed: list[Node]) -> Node | None:
    some: Node | None = None if not wanted else wanted[0] if len(wanted) == 1 else Some(tuple(wanted))
    if not needed:
        return some
    return All((some, *needed)) if some is not None else needed[0] if len(needed) == 1 else All(tuple(needed))


def _is_dated(node: Node) -> bool:
    """Whether it asks for a time, or for any of several: what narrows the search, and is no word of it."""
    return isinstance(node, Dates) or (isinstance(node, Some) and bool(node.nodes) and all(isinstance(one, Dates) for one in node.nodes))


def _times(node: Node) -> tuple[Node, ...]:
    """The times that it asks for."""
    return node.nodes if isinstance(node, Some) else (node,)


def _dates(field: str, text: str) -> Dates | None:
    match = DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(part) if part else 0 for part in match.groups())
    if month > 12 or day > 31 or (match[2] and not month) or (match[3] and not day):
        return None
    first = year * 10_000 + month * 100 + day
    last = first + (1 if day else 100 if month else 10_000)
    said = f"{field}:{text}"
    if field == "before":
        return Dates(0, first, said)
    if field == "after":
        return Dates(last, 10**8, said)
    return Dates(year * 10_000, (year + 1) * 10_000, said) if not month else Dates(first, last, said)


@lru_cache(maxsize=1000)
def parse(text: str) -> Parsed:
    """The query as it is read."""
    reader = _Reader(list(lex(text[:LONGEST])))
    node = reader.group(0)
    if node is None and text.strip():
        node = Some(())  # nothing that could be found
    return said(node, cut=reader.cut or len(text) > LONGEST)


def said(node: Node | None, *, cut: bool) -> Parsed:
    """A query that was read so; `cut` says that a part of it was left out."""
    text = "" if node is None else say(node)
    return Parsed(node, f"{text} (the rest of the query is left out)".strip() if cut else text, cut)


def say(node: Node, *, inside: bool = False) -> str:
    """A node in the query's own syntax."""
    match node:
        case Word():
            tail = "*" if node.prefix else f"~{node.fuzzy}" if node.fuzzy > 1 else "~" if node.fuzzy else ""
            if node.text in OPERATORS and not (node.field or tail):
                return f'"{node.text}"'
            return f"{node.field}:{node.text}{tail}" if node.field else f"{node.text}{tail}"
        case Phrase():
            return f'{node.field}:"{node.text}"' if node.field else f'"{node.text}"'
        case Dates():
            return node.said
        case Not():
            return f"-{say(node.node, inside=True)}"
        case All():
            needed = [part for part in node.nodes if isinstance(part, Not) or _is_dated(part)]
            rest = [part for part in node.nodes if part not in needed]
            wanted = " AND ".join(say(part, inside=len(rest) > 1) for part in rest)
            said = " ".join([*([wanted] if wanted else []), *(say(part, inside=True) for part in needed)])
            return f"({said})" if inside else said
        case Some(()):
            return '""'  # nothing that could be found
        case _:
            said = (" OR " if _is_dated(node) else " ").join(say(part, inside=True) for part in node.nodes)
            return f"({said})" if inside else said


def words_of(node: Node | None) -> Iterator[Word | Phrase]:
    """The words and phrases that a hit may show, those that must not be there left out."""
    if isinstance(node, Word | Phrase):
        yield node
    elif isinstance(node, Some | All):
        for part in node.nodes:
            yield from words_of(part)
