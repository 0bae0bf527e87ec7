"""Where do the words, the phrases and the operators of a query begin and end?

A phrase stands between two quotation marks, straight or curly; a mark that has no other is passed over, so that what follows it are words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from index.search.fields import NARROW

OPERATORS = ("OR", "AND", "NOT")
MARKS = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
"""Quotation marks as phones, text processors and pages write them."""
LEX = re.compile(
    r"""(?P<blank>\s+)
    |(?P<phrase>(?P<field>[A-Za-z]+:)?"(?P<inside>[^"]*)")
    |(?P<open>\()|(?P<close>\))
    |(?P<minus>-(?=[^\s\-)]))
    |(?P<text>[^\s"()]+)""",
    re.VERBOSE,
)


class Token(NamedTuple):
    """A piece of a query: `kind` is phrase, open, close, minus, text or an operator; a phrase may have a field."""

    kind: str
    text: str
    field: str = ""


def lex(text: str) -> Iterator[Token]:
    """The pieces of a query."""
    text = text.translate(MARKS)
    if text.count('"') % 2:
        before, _, after = text.rpartition('"')
        text = f"{before} {after}"
    for match in LEX.finditer(text):
        kind = str(match.lastgroup)
        if match["phrase"] is not None:
            yield from _phrase(match["inside"], (match["field"] or "")[:-1].lower())
        elif kind == "text" and match[0] in OPERATORS:
            yield Token(match[0], match[0])
        elif kind != "blank":
            yield Token(kind, match[0])


def _phrase(inside: str, field: str) -> Iterator[Token]:
    """A phrase; the name of a field that there is not is a word before it."""
    if field and field not in NARROW:
        yield Token("text", field)
        field = ""
    yield Token("phrase", inside, field)
