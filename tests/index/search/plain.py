"""What does a plain search over the documents find? Word by word, in lists and dictionaries: the index is held against it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import zip_longest
from typing import Any, NamedTuple

from rapidfuzz.distance import OSA

from index.filters import ArticleFilter, Order
from index.search.analysis import (
    IS_UNSPACED,
    STOP,
    WORD,
    language_of,
    stems_by_language,
    stop_term,
    stops_by_language,
    tokens,
    unmarked,
)
from index.search.engine import Completion, Entry
from index.search.fields import NARROW, WEIGHTS, SearchField
from index.search.places import searched
from index.search.postings import GAP
from index.search.scoring import REPEATED
from index.search.statistics import K1, B
from index.search.suggestions import FORMS
from index.search.syntax import All, Dates, Node, Not, Phrase, Some, Word
from index.slugs import fold

Scores = dict[str, float]
"""What was found, by id; 0 where nothing was said of how well it answers."""


class Stands(NamedTuple):
    """A word of an article and where it stands; a stop word's stem is its own, which no other word has."""

    field: SearchField
    word: str
    stem: str
    place: int

    @property
    def tells(self) -> bool:
        """Whether it is no stop word."""
        return not self.stem.startswith(STOP)


class Read:
    """An article as its words."""

    def __init__(self, entry: Entry) -> None:
        self.id = entry.article.id
        self.entry = entry
        self.language = language_of(entry.article.language)
        self.words: list[Stands] = []
        first = 0
        for one in searched(entry.article):
            some = list(tokens(one.text, self.language))
            self.words += [Stands(one.field, token.word, token.stem or stop_term(token.word), first + token.position) for token in some]
            first += len(some) + GAP
        self.length = sum(WEIGHTS[one.field] for one in self.words if one.tells)

    def holds(self, one: Stands, stems: Mapping[str, frozenset[str]]) -> bool:
        """Whether a word of it is one of these stems, in its own language."""
        return self.language in stems.get(one.stem, ())

    def weight(self, stems: Iterable[str]) -> float:
        """What stands in it of some stems."""
        wanted = set(stems)
        return sum(WEIGHTS[one.field] for one in self.words if one.stem in wanted)


class Plain:
    """A plain search over some articles, each once."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.read = [Read(entry) for entry in entries]
        self.languages = tuple(sorted({one.language for one in self.read}))
        self.average = sum(one.length for one in self.read) / max(1, len(self.read)) or 1.0

    def stems(self, raw: str) -> dict[str, frozenset[str]]:
        """What a word may be, by each language, and wherever the same word stands with other accents."""
        found = {stem: set(languages) for stem, languages in stems_by_language(raw, self.languages).items()}
        for one in self.read:
            for word in one.words:
                if word.tells and word.word == unmarked(raw):
                    found.setdefault(word.stem, set()).add(one.language)
        return {stem: frozenset(languages) for stem, languages in found.items()}

    def find(self, node: Node) -> Scores:
        """What answers a query, with BM25F's scores."""
        match node:
            case Word() if len(list(tokens(node.text, "en"))) > 1:
                return self.phrase(node.text, node.field)
            case Word() if not node.prefix and len(node.text) == 1 and IS_UNSPACED.match(node.text):
                return self.spelt(node.field, lambda word: node.text in word)
            case Word() if node.prefix:
                return self.spelt(node.field, lambda word: word.startswith(unmarked(node.text)))
            case Word(fuzzy=edits) if edits:
                return self.spelt(node.field, lambda word: OSA.distance(word, unmarked(node.text)) <= edits)
            case Word():
                return self.word(node)
            case Phrase():
                return self.phrase(node.text, node.field)
            case Dates():
                days = {one.id: one.entry.article.published_at for one in self.read}
                return {id: 0 for id, day in days.items() if day and node.first <= int(day.strftime("%Y%m%d")) < node.last}
            case Not():
                found = self.find(node.node)
                return {one.id: 0 for one in self.read if one.id not in found}
            case All():
                return self.every(node)
            case Some():
                return self.some(node)

    def every(self, node: All) -> Scores:
        """What all parts hold; stop words of its language are passed over where they are not asked for, and alone find nothing."""
        passed = [self.passed(part) for part in node.nodes]
        every = [some | self.find(part) for part, some in zip(node.nodes, passed, strict=True)]
        out = {id: sum(some[id] for some in every) for id in every[0] if all(id in some for some in every)}
        return {id: score for id, score in out.items() if score} if any(self.silent(part) for part in node.nodes) else out

    def silent(self, node: Node) -> set[str]:
        """The languages in which a word is a stop word that is not asked for."""
        if not isinstance(node, Word) or node.prefix or node.fuzzy:
            return set()
        words = [self.stems(node.text[token.start : token.end]) for token in tokens(node.text, "en")]
        return set(self.languages) - node.stopped - {one for stems in words for some in stems.values() for one in some}

    def passed(self, node: Node) -> Scores:
        """The articles in whose language a word is a stop word that is not asked for."""
        return {one.id: 0 for one in self.read if one.language in self.silent(node)}

    def some(self, node: Some) -> Scores:
        """What answers any of these; what is said n times counts n to a power."""
        out: Scores = {}
        said = Counter(self.same(part) for part in node.nodes)
        for part in {self.same(part): part for part in node.nodes}.values():
            for id, score in self.find(part).items():
                out[id] = out.get(id, 0) + score * said[self.same(part)] ** REPEATED
        return out

    def same(self, node: Node) -> object:
        """What two words that ask for the same have in common."""
        stems = self.stems(node.text) if isinstance(node, Word) and not (node.prefix or node.fuzzy or node.stopped) else None
        return (frozenset(stems.items()), node.field) if isinstance(node, Word) and stems else node

    def word(self, node: Word) -> Scores:
        """What holds a word, by its stem; as a stop word in those languages alone in which it is asked for as one."""
        stops = {term: some & node.stopped for term, some in stops_by_language(node.text, self.languages).items()}
        out = self.term(partial(self.weight_of, stems=self.stems(node.text), field=node.field))
        for id, score in self.term(partial(self.weight_of, stems=stops, field=node.field)).items():
            out[id] = out.get(id, 0) + score
        return out

    def phrase(self, text: str, field: str) -> Scores:
        """What holds words at their distances, stop words too; these score only where there are no others."""
        own = []
        for token in tokens(text, "en"):
            raw = text[token.start : token.end]
            readings = self.stems(raw), stops_by_language(raw, self.languages)
            own += [(token.position, stems, self.term(partial(self.weight_of, stems=stems, field=field))) for stems in readings]
        out: Scores = {}
        for one in self.read:
            said = [part for part in own if any(one.language in some for some in part[1].values())]
            places = [place for place, _, _ in said]
            said = [part for part in said if places.count(part[0]) == 1 or not stop(part[1])]
            if said and all(one.id in scores for _, _, scores in said) and _stands(one, [part[:2] for part in said]):
                telling = [part for part in said if not stop(part[1])] or said
                out[one.id] = sum(scores[one.id] for _, _, scores in telling)
        return out

    def weight_of(self, one: Read, stems: Mapping[str, frozenset[str]], field: str) -> float:
        """What a word weighs in an article, 0 where it does not hold it in its field."""
        held = [word for word in one.words if one.holds(word, stems) and (not field or word.field is NARROW[field])]
        return one.weight({stem for stem, languages in stems.items() if one.language in languages}) if held else 0

    def spelt(self, field: str, alike: Callable[[str], bool]) -> Scores:
        """What holds words that are spelt so, and in a field one of their stems."""

        def weight(one: Read) -> float:
            own = {word.stem for word in one.words if word.tells and alike(word.word)}
            if field:
                own &= {word.stem for word in one.words if word.field is NARROW[field]}
            return one.weight(own)

        return self.term(weight)

    def term(self, weight: Callable[[Read], float]) -> Scores:
        """What holds a term, by what it weighs in each: BM25F with Lucene's idf."""
        weights = {one: weight(one) for one in self.read}
        held = {one: own for one, own in weights.items() if own}
        idf = math.log(1 + (len(self.read) - len(held) + 0.5) / (len(held) + 0.5))
        return {one.id: idf * w * (K1 + 1) / (w + K1 * (1 - B + B * one.length / self.average)) for one, w in held.items()}


def stop(stems: Mapping[str, frozenset[str]]) -> bool:
    """Whether these are the terms of a stop word."""
    return any(stem.startswith(STOP) for stem in stems)


def _stands(one: Read, wanted: list[tuple[int, dict[str, frozenset[str]]]]) -> bool:
    places = [{word.place - position for word in one.words if one.holds(word, stems)} for position, stems in wanted]
    return bool(set.intersection(*places))


def passes(one: Entry, filter: ArticleFilter) -> bool:
    """Whether an article passes a filter, read word by word."""
    article, when = one.article, one.article.published_at
    kinds = {block.kind for block in article.blocks}
    return all(
        (
            filter.slugs is None or article.slug in filter.slugs,
            filter.categories is None or bool({*one.topics} & {*filter.categories}),
            filter.tags is None or bool({tag.slug for tag in article.tags} & {*filter.tags}),
            filter.authors is None or bool({author.slug for author in article.authors} & {*filter.authors}),
            filter.languages is None or article.language.lower() in [tag.lower() for tag in filter.languages],
            filter.year is None or (when is not None and when.year == filter.year),
            filter.month is None or (when is not None and when.month == filter.month),
            filter.published_from is None or (when is not None and when >= filter.published_from),
            filter.published_before is None or (when is not None and when < filter.published_before),
            filter.containing is None or {*filter.containing} <= kinds,
            filter.not_ is None or not passes(one, filter.not_),
            filter.any_of is None or any(passes(one, other) for other in filter.any_of),
        )
    )


def in_order(entries: list[Entry], order: Order) -> list[Entry]:
    """The articles in an order: by instant or title, without a date last, ties by id."""

    def key(one: Entry) -> Any:
        when = one.article.published_at
        if order is Order.TITLE:
            return fold(one.article.title), one.article.id
        late = float("inf") if when is None else when.timestamp() if order is Order.OLDEST else -when.timestamp()
        return late, one.article.id

    return sorted(entries, key=key)


def completions(archive: list[Entry], prefix: str, first: int, *, preview: bool) -> list[Completion]:
    """What may be typed next: names by their articles, titles by the alphabet, then words, in turn."""
    wanted, titled = " ".join(unmarked(prefix).split()), " ".join(fold(prefix).split())
    seen = [one for one in archive if preview or one.visible]
    found = [_named(seen, kind, wanted) for kind in ("AUTHOR", "CATEGORY", "TAG")]
    titles = sorted((fold(one.article.title), one.article.id, one.article.title) for one in seen)
    found.append([Completion(title, "TITLE", 1, id) for folded, id, title in titles if folded.startswith(titled)])
    found.append(_words(archive, seen, wanted, FORMS * first))
    turns = [one for turn in zip_longest(*found) for one in turn if one is not None]
    return turns[:first] if wanted else []


def _named(seen: list[Entry], kind: str, wanted: str) -> list[Completion]:
    named = {
        "AUTHOR": [(author.slug, author.name) for one in seen for author in one.article.authors],
        "CATEGORY": [(topic.slug, topic.name) for one in seen for topic in one.article.categories],
        "TAG": [(tag.slug, tag.name) for one in seen for tag in one.article.tags],
    }[kind]
    counts = sorted(Counter(named).items(), key=lambda pair: (-pair[1], pair[0][1], pair[0][0]))
    return [Completion(name, kind, count, slug) for (slug, name), count in counts if f" {unmarked(name)}".find(f" {wanted}") >= 0]


def _words(archive: list[Entry], seen: list[Entry], wanted: str, most: int) -> list[Completion]:
    before, _, last = wanted.rpartition(" ")
    met = {one.article.id: {(word.word, word.stem) for word in Read(one).words if word.tells} for one in archive}
    held = Counter(pair for own in met.values() for pair in own if pair[0].startswith(last))
    out: dict[str, Completion] = {}
    for word, stem in sorted(held, key=lambda pair: (-held[pair], pair))[:most] if WORD.fullmatch(last) else []:
        own = [met[one.article.id] for one in seen]
        if stem not in out and any((word, stem) in some for some in own):
            count = sum(any(stem == other for _, other in some) for some in own)
            out[stem] = Completion(f"{before} {word}".strip(), "TERM", count, None)
    texts: dict[str, Completion] = {}
    for one in out.values():
        texts.setdefault(one.text, one)
    return list(texts.values())
