"""What is kept of a document that was searched for passages?

Which texts it has; and, where a query could not be answered by the index alone, which words stand in them, in five bytes a word.
"""

from __future__ import annotations

from index.outline import Outline
from index.search.lexicon import Coded, Lexicon
from index.search.places import NUMBERS, below


class Body:
    """The texts of a document, and the numbers of their fields."""

    def __init__(self, outline: Outline) -> None:
        self.texts = below(outline.article)
        self.fields = [NUMBERS[text.field] for text in self.texts]
        self._words: tuple[Lexicon, Coded] | None = None

    def words(self, lexicon: Lexicon) -> Coded:
        """Their words; they are read again only when another numbering of words is in use."""
        kept = self._words
        if kept is None or kept[0] is not lexicon:
            kept = self._words = lexicon, lexicon.read([text.text for text in self.texts])
        return kept[1]


def body(outline: Outline) -> Body:
    """What is kept of a document, beside it."""
    kept: Body | None = outline.kept
    if kept is None:
        outline.kept = kept = Body(outline)
    return kept
