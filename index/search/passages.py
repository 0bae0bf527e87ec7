"""Which places in an article prove that it answers?

Found in the document from the matched words, by one piece of code for every engine. A place is a block's text, a list item, a table row, a
heading, the title, a name. Its worth is how many different words of the query stand there, how rare and how close together; places do not
overlap, and the next one is worth more where it holds words that those before it lack.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape
from typing import NamedTuple

from rapidfuzz.distance import OSA

from index.document import Article, Block, Blockquote, Code, Embed, ImageBlock, List, Paragraph, Section, Table
from index.outline import Outline
from index.plain import block_text, cell_text
from index.search.analysis import DEFAULT, WORD, language_of, plain_words, stems_of, tokens
from index.search.analysis import words_of as known_words
from index.search.fields import WEIGHTS, SearchField
from index.search.syntax import Parsed, Phrase, Word, words_of
from index.slugs import fold

__all__ = ["Passage", "SearchField", "find_passages"]

LONGEST = 300  # characters of a passage that is cut from a longer text
BESIDE = 60  # characters before the first match in such a passage
MOST_MET = 50_000  # words of articles that are kept for one query
NEAR = 3.0  # what it is worth that words stand side by side, in words of the query


class Passage(NamedTuple):
    """A place: its text with the ranges of its matches (UTF-16 code units, end exclusive), and as HTML with the matches in <mark>."""

    field: SearchField
    text: str
    html: str
    ranges: tuple[tuple[int, int], ...]
    section: Section | None
    block: Block | None
    table: Table | None
    row: int | None


class Place(NamedTuple):
    """A text of an article and where it stands."""

    field: SearchField
    text: str
    section: Section | None = None
    block: Block | None = None
    table: Table | None = None
    row: int | None = None


class Match(NamedTuple):
    """A word of the query in a text: which word it is, its place among the text's words, its characters."""

    word: int
    position: int
    start: int
    end: int


class Wanted:
    """What the query's words look like in a text of one language."""

    def __init__(self, query: Parsed, language: str) -> None:
        self.language = language
        self.stems: dict[str, int] = {}
        self.prefixes: list[tuple[str, int]] = []
        self.fuzzy: list[tuple[str, int, int]] = []
        self.met = Met(self)
        number = 0
        for node in words_of(query.node):
            number = self._add(node, number)

    def _add(self, node: Word | Phrase, number: int) -> int:
        if isinstance(node, Word) and node.prefix:
            self.prefixes.append((fold(node.text), number))
            return number + 1
        if isinstance(node, Word) and node.fuzzy:
            self.fuzzy.append((fold(node.text), node.fuzzy, number))
            return number + 1
        for token in tokens(node.text, self.language):
            for stem in {token.stem, *stems_of(node.text[token.start : token.end], (self.language, DEFAULT))} - {""}:
                self.stems.setdefault(stem, number)
            number += 1
        return number

    def number(self, word: str, stem: str) -> int | None:
        """The query's word that a text's word is."""
        found = self.stems.get(stem)
        if found is not None:
            return found
        for prefix, number in self.prefixes:
            if word.startswith(prefix):
                return number
        for near, edits, number in self.fuzzy:
            if abs(len(near) - len(word)) <= edits and within(near, word, edits):
                return number
        return None

    def matches(self, text: str) -> list[Match]:
        """Where the query's words stand in a text; most texts hold none, which is seen without looking for places."""
        raws, met = plain_words(text), self.met
        if raws is None:
            found = ((self.number(token.word, token.stem), token) for token in tokens(text, self.language))
            return [Match(number, token.position, token.start, token.end) for number, token in found if number is not None]
        numbers = [met[raw] for raw in raws]
        if numbers.count(None) == len(numbers):
            return []
        places = zip(numbers, WORD.finditer(text), strict=True)
        return [Match(n, position, *match.span()) for position, (n, match) in enumerate(places) if n is not None]


@lru_cache(maxsize=200)
def wanted_in(query: Parsed, language: str) -> Wanted:
    """What a query's words look like in a language; kept, as it learns the words that it meets."""
    return Wanted(query, language)


class Met(dict[str, int | None]):
    """The query's word that each word of the article is, worked out when first met."""

    def __init__(self, wanted: Wanted) -> None:
        super().__init__()
        self.wanted = wanted
        self.known = known_words(wanted.language)

    def __missing__(self, raw: str) -> int | None:
        """Work out one."""
        if len(self) > MOST_MET:
            self.clear()
        self[raw] = number = self.wanted.number(*self.known[raw])
        return number


def within(one: str, other: str, edits: int) -> bool:
    """Whether two words are within so many edits."""
    return OSA.distance(one, other, score_cutoff=edits) <= edits


def places(article: Article, outline: Outline) -> Iterator[Place]:
    """Every text of an article that a passage can be cut from."""
    yield Place(SearchField.TITLE, article.title)
    for text in (article.subtitle, article.summary):
        if text:
            yield Place(SearchField.SUMMARY, text)
    for author in article.authors:
        yield Place(SearchField.AUTHOR, author.name)
    for category in article.categories:
        yield Place(SearchField.CATEGORY, category.name)
    for tag in article.tags:
        yield Place(SearchField.TAG, tag.name)
    for section in outline.sections:
        yield Place(SearchField.HEADING, section.heading, section)
    for block in outline.blocks:
        yield from _of_block(block)


def _of_block(block: Block) -> Iterator[Place]:
    section = block.section
    match block:
        case Paragraph():
            yield Place(SearchField.BODY, block.text, section, block)
        case List():
            for item in block.items:
                yield Place(SearchField.LIST, item.text, section, block)
        case Table():
            if block.caption:
                yield Place(SearchField.TABLE, block.caption, section, block, block)
            if block.columns:
                yield Place(SearchField.TABLE, " · ".join(column.name for column in block.columns), section, block, block)
            for index, row in enumerate(block.rows):
                yield Place(SearchField.TABLE, " · ".join(cell_text(cell) for cell in row.cells), section, block, block, index)
        case Code():
            yield Place(SearchField.CODE, block.text, section, block)
        case Blockquote():
            if block.attribution:
                yield Place(SearchField.BODY, block.attribution, section, block)
        case ImageBlock():
            yield Place(SearchField.BODY, block_text(block), section, block)
        case Embed() | _:
            return


def find_passages(article: Article, outline: Outline, query: Parsed, first: int) -> list[Passage]:
    """The `first` best places, the best first."""
    wanted = wanted_in(query, language_of(article.language))
    if not (wanted.stems or wanted.prefixes or wanted.fuzzy) or first < 1:
        return []
    found = [(place, matches) for place in places(article, outline) if (matches := wanted.matches(place.text))]
    counts: dict[int, int] = {}
    for _, matches in found:
        for word in {match.word for match in matches}:
            counts[word] = counts.get(word, 0) + 1
    rarity = {word: 1 / (1 + count) ** 0.5 for word, count in counts.items()}
    worths = [worth(place, matches, rarity) for place, matches in found]
    chosen: list[Passage] = []
    covered: set[int] = set()
    left = list(range(len(found)))
    while left and len(chosen) < first:
        best = max(left, key=lambda index: (worths[index] + _new(found[index][1], covered, rarity), -index))
        left.remove(best)
        place, matches = found[best]
        covered |= {match.word for match in matches}
        chosen.append(cut(place, matches))
    return chosen


def worth(place: Place, matches: Sequence[Match], rarity: dict[int, float]) -> float:
    """What a place is worth: its words by their rarity, more where different ones stand close together, by the weight of its part."""
    words = {match.word for match in matches}
    value = sum(rarity[word] for word in words) * len(words)
    if len(words) > 1:
        value += NEAR * sum(rarity.values()) * len(words) / len(rarity) / closest(matches, len(words))
    weighed: float = value * WEIGHTS[place.field] ** 0.25
    return weighed


def closest(matches: Sequence[Match], words: int) -> int:
    """The fewest words among which each of the place's different words stands once, at least as many as there are."""
    last: dict[int, int] = {}
    best = matches[-1].position - matches[0].position + 1
    for match in matches:
        last[match.word] = match.position
        if len(last) == words:
            best = min(best, match.position - min(last.values()) + 1)
    return max(best, words)


def _new(matches: Sequence[Match], covered: set[int], rarity: dict[int, float]) -> float:
    """What it adds that words stand here that stand in none of the places before."""
    return 2 * sum(rarity[word] for word in {match.word for match in matches} - covered)


def cut(place: Place, matches: Sequence[Match]) -> Passage:
    """The passage of a place: a long text is cut between words around where most of its words stand."""
    start, end = window(place.text, matches)
    text = place.text[start:end]
    before, after = "…" if start > 0 else "", "…" if end < len(place.text) else ""
    shown = f"{before}{text}{after}"
    inside = [(m.start - start + len(before), m.end - start + len(before)) for m in matches if m.start >= start and m.end <= end]
    spans = joined(inside)
    return Passage(place.field, shown, marked(shown, spans), utf16(shown, spans), place.section, place.block, place.table, place.row)


def window(text: str, matches: Sequence[Match]) -> tuple[int, int]:
    """The part of a text that is shown; a table's row is shown whole up to a bound."""
    if len(text) <= LONGEST:
        return 0, len(text)
    best, most = matches[0], 0
    for match in matches:
        words = {other.word for other in matches if match.start <= other.start and other.end <= match.start + LONGEST - BESIDE}
        if len(words) > most:
            best, most = match, len(words)
    start = max(0, best.start - BESIDE)
    if start:
        space = text.find(" ", start, best.start)
        start = space + 1 if space >= 0 else start
    end = min(len(text), max(start + LONGEST, best.end))
    if end < len(text):
        space = text.rfind(" ", best.end, end)
        end = space if space >= 0 else end
    return start, end


def joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that touch or overlap made one."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def marked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Escaped HTML with the spans in <mark>."""
    out, at = [], 0
    for start, end in spans:
        out += [escape(text[at:start], quote=False), "<mark>", escape(text[start:end], quote=False), "</mark>"]
        at = end
    return "".join([*out, escape(text[at:], quote=False)])


def utf16(text: str, spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Spans counted in UTF-16 code units."""
    if text.isascii() or max(text) <= "\uffff":
        return tuple(spans)
    wide = [0]
    for character in text:
        wide.append(wide[-1] + (2 if character > "\uffff" else 1))
    return tuple((wide[start], wide[end]) for start, end in spans)
