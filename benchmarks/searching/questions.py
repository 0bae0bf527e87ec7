"""What is asked?

For each kind of search a number of different questions, drawn by chance from what the collection holds, the same in every run. How common a
word is goes by the number of articles that hold it as it stands.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from benchmarks.searching.kinds import Kind, Question
from index.document import Article
from index.search.analysis import stop_words
from index.search.fields import SearchField
from index.search.places import searched

WORD = re.compile("[a-z]+")
RARE = (2, 20)  # articles that hold a rare word
COMMON = (0.05, 0.4)  # share of the articles that hold a common word
MIDDLING = (0.005, 0.2)  # that hold each of several words
LEARNT_FROM = 10_000  # articles whose words are counted
EACH = 100  # questions of a kind: more than the index keeps answers to


class Words:
    """The words of some articles, and what may be asked of them."""

    def __init__(self, articles: Iterable[Article], total: int) -> None:
        self.chance = random.Random(total)
        self.articles = list(articles)
        scale = total / len(self.articles)
        held: Counter[str] = Counter()
        for article in self.articles:
            held.update({word for part in searched(article) for word in WORD.findall(part.text)})
        stops = stop_words("en")
        self.held = {word: articles * scale for word, articles in held.items() if len(word) > 3 and word not in stops}
        self.total = total

    def between(self, least: float, most: float) -> list[str]:
        """Words that so many articles hold."""
        return sorted(word for word, articles in self.held.items() if least <= articles <= most)

    def sharing(self, bounds: tuple[float, float]) -> list[str]:
        """Words that such a share of the articles holds."""
        return self.between(bounds[0] * self.total, bounds[1] * self.total)

    def together(self, number: int) -> str:
        """So many words of one article."""
        wanted = set(self.sharing(MIDDLING))
        while True:
            body = " ".join(part.text for part in searched(self.chance.choice(self.articles)) if part.field is SearchField.BODY)
            found = sorted(wanted.intersection(WORD.findall(body)))
            if len(found) >= number:
                return " ".join(self.chance.sample(found, number))

    def phrase(self) -> str:
        """Two or three words that stand one after another somewhere."""
        wanted, number = set(self.sharing(MIDDLING)), self.chance.choice((2, 3))
        while True:
            text = self.chance.choice([part.text for part in searched(self.chance.choice(self.articles))])
            words = re.findall(r"[a-z]+(?: [a-z]+)+", text)
            runs = [run.split()[at : at + number] for run in words for at in range(len(run.split()) - number + 1)]
            fitting = [run for run in runs if wanted.issuperset(run)]
            if fitting:
                return " ".join(self.chance.choice(fitting))

    def misspelt(self, word: str) -> str:
        """The word with one letter changed."""
        while True:
            at = self.chance.randrange(1, len(word))
            out = word[:at] + self.chance.choice("abcdefghijklmnopqrstuvwxyz") + word[at + 1 :]
            if out not in self.held:
                return out


def questions(articles: Iterable[Article], total: int) -> dict[Kind, list[Question]]:
    """The questions of each kind about a collection of `total` articles of which these are the first."""
    words = Words(articles, total)
    rare, common, middling = (
        words.between(RARE[0], max(RARE[1], total / len(words.articles))),
        words.sharing(COMMON),
        words.sharing(MIDDLING),
    )
    filed = [article for article in words.articles if article.categories and article.published_at]
    pick = words.chance.choice

    def dated() -> Question:
        article = pick(filed)
        when = article.published_at
        return {"query": pick(common), "category": article.categories[0].slug, "year": when and when.year, "month": when and when.month}

    def several(count: int) -> Question:
        return {"query": words.together(count)}

    makers: dict[Kind, Callable[[], Question]] = {
        Kind.RARE: lambda: {"query": pick(rare)},
        Kind.COMMON: lambda: {"query": pick(common)},
        Kind.TWO_ALL: lambda: several(2),
        Kind.TWO_ANY: lambda: several(2),
        Kind.THREE_ALL: lambda: several(3),
        Kind.THREE_ANY: lambda: several(3),
        Kind.PHRASE: lambda: {"query": words.phrase()},
        Kind.PREFIX: lambda: {"query": pick(middling)[:4]},
        Kind.FUZZY: lambda: {"query": words.misspelt(pick(middling))},
        Kind.MONTH: dated,
        Kind.FACETS: lambda: {"query": pick(common)},
        Kind.LIST: lambda: {"category": pick(filed).categories[0].slug},
        Kind.ARCHIVES: dict,
        Kind.PASSAGES: lambda: several(2),
        Kind.SUGGEST: lambda: {"query": pick(middling)[: pick((2, 3, 4, 5))]},
        Kind.CORRECT: lambda: {"query": words.misspelt(pick(middling))},
        Kind.RELATED: lambda: {"id": pick(words.articles).id},
    }
    return {kind: list(_distinct(make)) for kind, make in makers.items()}


def _distinct(make: Callable[[], Question]) -> Iterator[Question]:
    """Questions that differ, as long as there are some."""
    seen: list[Question] = []
    for _ in range(EACH * 5):
        made = make()
        if made not in seen:
            seen.append(made)
            yield made
        if len(seen) == EACH:
            return


def first_of(asked: Sequence[Question], number: int) -> list[Question]:
    """Some of the questions, from all over the list."""
    return list(asked[:: max(1, len(asked) // number)])[:number]
