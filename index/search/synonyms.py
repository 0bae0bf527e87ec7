"""Which words are to answer for which others?

A file in the format of Solr: `a, b, c` makes each stand for all of them, `a, b => c, d` puts c or d in the place of a or b; `#` begins a
comment, a backslash takes the meaning of the sign after it. They are put into the query when it is read, so the index knows nothing of
them, and `interpretation` shows them. Words are compared without case and accents, as they are written; a field's name stays with them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from index.search.analysis import WORD, unmarked
from index.search.syntax import All, Node, Not, Parsed, Phrase, Some, Word, parse, said

Words = tuple[str, ...]
Rules = Mapping[Words, tuple[Words, ...]]
"""Words, folded, and what answers for them."""

ARROW = "=>"
SIGNS = re.compile(r"\\.|[^\\]|\\$", re.DOTALL)
MOST = 16  # that one word may stand for: each is searched


class BadSynonyms(Exception):
    """The file cannot be used; the message says which line, why, and how lines look."""


def read_synonyms(path: Path) -> Synonyms:
    """The synonyms that a file lists; raises `BadSynonyms`."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadSynonyms(f"{path} cannot be read: {error}. It is a text in UTF-8 with lines like `car, automobile`.") from None
    found: dict[Words, dict[Words, None]] = {}
    for number, line in enumerate(lines, 1):
        try:
            for left, right in _pairs(line):
                found.setdefault(left, {})[right] = None
                if len(found[left]) > MOST:
                    raise _Wrong(f"{' '.join(left)!r} stands for more than {MOST} others")
        except _Wrong as wrong:
            message = f"{path}, line {number}: {wrong}. A line is `car, automobile` or `tv => television`; `#` begins a comment."
            raise BadSynonyms(message) from None
    return Synonyms({left: tuple(rights) for left, rights in found.items()})


class _Wrong(Exception):
    """What is wrong with a line."""


def _pairs(line: str) -> Iterator[tuple[Words, Words]]:
    """Of each word of a line what answers for it."""
    sides = _split(_split(line, "#")[0], ARROW)
    if not sides[0].strip() and len(sides) == 1:
        return
    if len(sides) > 2:
        raise _Wrong(f"it holds {ARROW!r} more than once")
    lists = [[_words(one) for one in _split(side, ",")] for side in sides]
    if len(sides) == 1 and len(lists[0]) == 1:
        raise _Wrong("it names nothing that could stand for another")
    for left in lists[0]:
        for right in lists[-1]:
            yield tuple(map(unmarked, left)), right


def _split(text: str, sign: str) -> list[str]:
    """A text cut at a sign, but not where a backslash stands before that."""
    out, rest = [""], text
    while rest:
        match = SIGNS.match(rest)
        if rest.startswith(sign):
            out.append("")
            rest = rest[len(sign) :]
        elif match is not None:
            out[-1] += match[0]
            rest = rest[match.end() :]
    return out


def _words(text: str) -> Words:
    found = tuple(WORD.findall(text.replace("\\", "")))
    if not found:
        raise _Wrong(f"{text.strip()!r} holds no word" if text.strip() else "nothing stands between two signs, or at an end")
    return found


class Synonyms:
    """Reads queries, and puts synonyms into them."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.longest = max(map(len, rules), default=0)
        self.read: Callable[[str], Parsed] = lru_cache(maxsize=1000)(self._read) if rules else parse

    def _read(self, query: str) -> Parsed:
        parsed = parse(query)
        node = None if parsed.node is None else self.within(parsed.node)
        return parsed if node == parsed.node else said(node, cut=parsed.cut)

    def within(self, node: Node) -> Node:
        """A part of a query, with what answers for its words."""
        match node:
            case Word() | Phrase():
                return self._together([node])[0]
            case Not():
                return Not(self.within(node.node))
            case All():
                return All(tuple(map(self.within, node.nodes)))
            case Some():
                some = self._together(node.nodes)
                return some[0] if len(some) == 1 else Some(tuple(some))
            case _:
                return node

    def _together(self, nodes: Sequence[Node]) -> list[Node]:
        """Parts that stand side by side: of the synonyms that begin at one of them the longest is taken."""
        out: list[Node] = []
        at = 0
        while at < len(nodes):
            length, found = self._longest(nodes[at : at + self.longest])
            node = nodes[at]
            if found:
                out.append(_any(found, node.field if isinstance(node, Word | Phrase) else ""))
            else:
                out.append(node if isinstance(node, Word | Phrase) else self.within(node))
            at += length
        return out

    def _longest(self, nodes: Sequence[Node]) -> tuple[int, tuple[Words, ...]]:
        first = nodes[0]
        if isinstance(first, Phrase):
            return 1, self.rules.get(tuple(map(unmarked, first.text.split())), ())
        run: list[str] = []
        for node in nodes:
            if not isinstance(node, Word) or not isinstance(first, Word) or node.prefix or node.fuzzy or node.field != first.field:
                break
            run.append(unmarked(node.text))
        for length in range(len(run), 0, -1):
            found = self.rules.get(tuple(run[:length]))
            if found:
                return length, found
        return 1, ()


def _any(found: Sequence[Words], field: str) -> Node:
    nodes: list[Node] = [Word(words[0], field) if len(words) == 1 else Phrase(" ".join(words), field) for words in found]
    return nodes[0] if len(nodes) == 1 else Some(tuple(nodes), same=True)


NONE = Synonyms({})
