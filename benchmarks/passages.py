"""What do the passages of ten hits cost, by kind of query, where documents are in memory and where they are not?

python -m benchmarks.passages [--articles PATH | --home HOME] [--queries N] [--answers FILE]
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

from benchmarks.searching.questions import Words
from benchmarks.servers import ROOT
from gateway.app import COLLECTED_FROM
from index.filters import Order, Selection, Window
from index.library import Library
from index.outline import Outline
from index.plain import article_text
from index.search.opening import open_engine
from index.search.passages import Document, Finder, Passage
from index.search.places import names_of
from index.search.syntax import Parsed
from index.store.open import open_store

HITS, PLACES = 10, 3
LEARNT_FROM = 5_000  # articles that questions are drawn from
COMMON = (0.05, 0.4)  # shares of the articles
MIDDLING = (0.005, 0.2)
FORTY = 40


def queries(words: Words, number: int) -> dict[str, list[str]]:
    """So many different queries of each kind, the same in every run."""
    pick, common, middling = words.chance.choice, words.sharing(COMMON), words.sharing(MIDDLING)

    def sentence() -> str:
        text = article_text(pick(words.articles)).split()
        start = words.chance.randrange(max(1, len(text) - FORTY))
        return " ".join(text[start : start + FORTY])

    makers: dict[str, Callable[[], str]] = {
        "a common word": lambda: pick(common),
        "two words": lambda: words.together(2),
        "three words": lambda: words.together(3),
        "a phrase": lambda: f'"{words.phrase()}"',
        "a prefix": lambda: f"{pick(middling)[:4]}*",
        "a word, one letter wrong": lambda: f"{words.misspelt(pick(middling))}~",
        "forty words": sentence,
        "a title": lambda: pick(words.articles).title,
    }
    return {kind: [make() for _ in range(number)] for kind, make in makers.items()}


class Asked:
    """A query and the documents of its ten hits."""

    def __init__(self, library: Library, query: str) -> None:
        self.library = library
        self.query: Parsed = library.snapshot().read(query)
        ((page),) = library.snapshot().find([(Selection(query), Order.RELEVANCE, Window(first=HITS))])
        self.summaries = list(library.store.summaries([hit.id for hit in page.hits]).values())

    def documents(self) -> list[Outline]:
        """The documents, through the library's cache."""
        found = self.library.outlines(self.summaries)
        return [found[summary.id] for summary in self.summaries]

    def passages(self, first: int = PLACES) -> list[list[Passage]]:
        """The best places of each."""
        documents = [Document(outline, names_of(outline.article)) for outline in self.documents()]
        return Finder(self.query).find(documents, first, self.library.snapshot().spots(self.query, [one.id for one in self.summaries]))


def answers(asked: list[Asked]) -> Iterator[str]:
    """What is found, a line a query and number of places, to compare between versions."""
    for one in asked:
        for first in (1, 3, 5, 20):
            found = [[_shown(passage) for passage in some] for some in one.passages(first)]
            yield json.dumps([first, [summary.id for summary in one.summaries], found], ensure_ascii=False)


def _shown(passage: Passage) -> list[Any]:
    section, block = passage.section, passage.block
    where = [section and section.anchor, block and block.id, passage.row, passage.table is not None]
    return [passage.field.name, passage.text, passage.html, passage.ranges, *where]


def took(work: Callable[[], object]) -> float:
    """Milliseconds of CPU time."""
    started = time.thread_time()
    work()
    return (time.thread_time() - started) * 1000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", default=str(ROOT / "examples" / "archive"))
    parser.add_argument("--home", help="a home that is already filled")
    parser.add_argument("--queries", type=int, default=50)
    parser.add_argument("--answers")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(given.home or folder)
        if not given.home:
            command = [sys.executable, "-m", "gateway.cli", "--home", str(home), "import", given.articles]
            subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        library = Library(open_store("sqlite:///broadsheet.db", home), open_engine("whoosh:///index", home))
        total = library.store.site(preview=True).articles
        articles = islice((entry[0] for entry in library.store.everything()), LEARNT_FROM)
        asked = {kind: [Asked(library, query) for query in some] for kind, some in queries(Words(articles, total), given.queries).items()}
        if given.answers:
            with Path(given.answers).open("w", encoding="utf-8") as file:
                file.writelines(f"{line}\n" for some in asked.values() for line in answers(some))
        report(library, asked)
        library.close()


def report(library: Library, asked: dict[str, list[Asked]]) -> None:
    """A line a kind: where documents are in memory, and where nothing is."""
    order = [(kind, one) for kind, some in asked.items() for one in some]
    random.Random(1).shuffle(order)
    for _, one in order:
        one.passages()
    gc.freeze()
    gc.set_threshold(COLLECTED_FROM)  # as in service
    warm: dict[str, list[float]] = {kind: [] for kind in asked}
    cold: dict[str, list[float]] = {kind: [] for kind in asked}
    for kind, one in order:
        one.passages()
        warm[kind].append(min(took(one.passages) for _ in range(3)))
    for kind, one in order:
        library._kept.clear()  # noqa: SLF001  (only a measurement wants it gone)
        cold[kind].append(took(one.passages))
    print(f"{'milliseconds of CPU time for ten hits':40} mean median  from the store: mean median")
    for kind in asked:
        print(f"{kind:40} {figures(warm[kind])}                  {figures(cold[kind])}")
    print(f"{'all':40} {figures([*chain(*warm.values())])}                  {figures([*chain(*cold.values())])}")


def figures(some: list[float]) -> str:
    """The mean and the median."""
    return f"{statistics.fmean(some):5.2f} {statistics.median(some):5.2f}"


if __name__ == "__main__":
    main()
