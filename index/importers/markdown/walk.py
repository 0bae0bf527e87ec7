"""How does one go through the tokens of a text, and what comes of it?

One walk; what a token becomes is said by its handler. A token without one is seen through: what it holds stands where it stood.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from markdown_it.token import Token

from index.document import Block, Mark, Paragraph, Span
from index.importers.flow import Heading
from index.importers.markdown.sheet import Sheet

Flow = list[Heading | Block]
Content = tuple[str, tuple[Span, ...], tuple[Block, ...]]


class Walk:
    """A walk over the tokens of one text; `notes` are the footnotes' tokens by their labels, kept for the end."""

    def __init__(self, tokens: list[Token], sheet: Sheet, handlers: Handlers, notes: dict[str, list[Token]] | None = None) -> None:
        self.tokens = tokens
        self.sheet = sheet
        self.handlers = handlers
        self.notes: dict[str, list[Token]] = {} if notes is None else notes
        self.at = 0
        self.last_closing: int | None = None  # the last token that closes an element of HTML, once that was asked for

    def flow(self, end: str = "") -> Flow:
        """The headings and blocks up to a token of the type `end`, which is passed."""
        out: Flow = []
        tokens, handlers = self.tokens, self.handlers
        while self.at < len(tokens):
            token = tokens[self.at]
            self.at += 1
            if token.type == end:
                break
            handler = handlers.get(token.type)
            if handler is not None:
                out += handler(self, token)
        return out

    def nested(self, end: str = "") -> list[Block]:
        """The same within another block: a heading is a strong paragraph."""
        return [strong(thing) if isinstance(thing, Heading) else thing for thing in self.flow(end)]

    def content(self, end: str = "") -> Content:
        """What an item holds."""
        return opened(self.nested(end))

    def inline(self) -> Token:
        """The token that holds the running text of the one before it; the closing one is passed too."""
        self.at += 2
        return self.tokens[self.at - 2]

    def until(self, end: str) -> list[Token]:
        """The tokens up to one of the type `end`, which is passed."""
        start = self.at
        while self.at < len(self.tokens) and self.tokens[self.at].type != end:
            self.at += 1
        self.at += 1
        return self.tokens[start : self.at - 1]

    def over(self, tokens: list[Token]) -> Walk:
        """A walk over other tokens of the same text."""
        return Walk(tokens, self.sheet, self.handlers, self.notes)


Handler = Callable[[Walk, Token], Flow]
Handlers = Mapping[str, Handler]


def opened(blocks: list[Block]) -> Content:
    """Blocks as an item or a cell holds them: the paragraph that they begin with is its own text."""
    if blocks and isinstance(first := blocks[0], Paragraph):
        return first.text, first.spans, tuple(blocks[1:])
    return "", (), tuple(blocks)


def strong(heading: Heading) -> Block:
    """A heading where none may stand."""
    return Paragraph(heading.text, (Span(heading.text, (Mark.STRONG,)),))
