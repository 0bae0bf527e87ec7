"""Which articles are searched?

As many as are asked for, made of real ones: each has the shape, topics and tables of one, and its sentences, list items and headings are
drawn from all. Its law: article n is the same in every run and at every size. So that the vocabulary grows as it does in an archive,
a word that only one real article holds is spelt anew as the collection grows: V ∝ n^0.6 (Heaps 1978; 0.4 to 0.6 in English).
"""

from __future__ import annotations

import random
import re
import string
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

import msgspec

from index.document import Article, Block, List, Paragraph, Section
from index.identity import article_id
from index.incoming import Incoming
from index.search.fields import SearchField
from index.search.places import searched

HEAPS = 0.6
SENTENCE = re.compile(r"(?<=[.!?])\s+")
WORD = re.compile("[a-z]{4,}")
VOWELS = "aeiou"
CONSONANTS = "".join(sorted(set(string.ascii_lowercase) - set(VOWELS)))


class Resampler:
    """Makes articles of real ones."""

    def __init__(self, real: Sequence[Article]) -> None:
        self.real = real
        texts = [searched(article) for article in real]
        held = Counter(chain.from_iterable({word for part in some for word in WORD.findall(part.text)} for some in texts))
        self.rare = {word for word, articles in held.items() if articles == 1}
        every = list(chain.from_iterable(texts))
        self.sentences = [s for part in every if part.field is SearchField.BODY for s in SENTENCE.split(part.text) if s.strip()]
        self.items = [part.text for part in every if part.field is SearchField.LIST]
        self.headings = [part.text for part in every if part.field is SearchField.HEADING]

    def incoming(self, first: int, last: int) -> Iterator[Incoming]:
        """The articles from `first` up to but not including `last`, as importers would hand them over."""
        for number in range(first, last):
            yield Incoming(self.article(number), f"path:resampled/{number}", fingerprint=f"resampled {number}")

    def article(self, number: int) -> Article:
        """The article of this number."""
        return _Making(self, number).article()


class _Making:
    """One article on its way."""

    def __init__(self, source: Resampler, number: int) -> None:
        self.source = source
        self.number = number
        self.chance = random.Random(number)
        self.round = int((number // len(source.real)) ** HEAPS)

    def article(self) -> Article:
        real, chance = self.source.real, self.chance
        shape, dated = chance.choice(real), chance.choice(real)
        titles = chance.choice(real).title.split(), chance.choice(real).title.split()
        title = " ".join(titles[0][: -(-len(titles[0]) // 2)] + titles[1][len(titles[1]) // 2 :])
        return msgspec.structs.replace(
            shape,
            id=article_id(f"path:resampled/{self.number}"),
            slug=f"resampled-{self.number}",
            title=self.spelt(title),
            published_at=dated.published_at,
            blocks=self.blocks(shape.blocks),
            sections=tuple(map(self.section, shape.sections)),
        )

    def section(self, shape: Section) -> Section:
        heading = self.spelt(self.chance.choice(self.source.headings))
        inner = tuple(map(self.section, shape.sections))
        return msgspec.structs.replace(shape, heading=heading, blocks=self.blocks(shape.blocks), sections=inner)

    def blocks(self, shapes: Sequence[Block]) -> tuple[Block, ...]:
        return tuple(map(self.block, shapes))

    def block(self, shape: Block) -> Any:
        if isinstance(shape, Paragraph):
            drawn = self.chance.choices(self.source.sentences, k=len(SENTENCE.split(shape.text)))
            return Paragraph(self.spelt(" ".join(drawn)))
        if isinstance(shape, List):
            drawn = self.chance.choices(self.source.items, k=len(shape.items))
            texts = map(self.spelt, drawn)
            items = [
                msgspec.structs.replace(i, text=t, spans=(), blocks=self.blocks(i.blocks)) for i, t in zip(shape.items, texts, strict=True)
            ]
            return msgspec.structs.replace(shape, items=tuple(items))
        return shape

    def spelt(self, text: str) -> str:
        """A text, the rare words in it spelt as they are in this part of the collection."""
        return WORD.sub(self._respelt, text) if self.round else text

    def _respelt(self, match: re.Match[str]) -> str:
        word = match[0]
        if word not in self.source.rare:
            return word
        chance, letters = random.Random(f"{word} {self.round}"), list(word)
        for at in chance.sample(range(len(word)), 2):
            letters[at] = chance.choice(VOWELS if letters[at] in VOWELS else CONSONANTS)
        return "".join(letters)
