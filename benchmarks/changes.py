"""How soon is a single change searchable while searches go on?

python -m benchmarks.changes [--articles PATH] [--sizes N…] [--folder DIR] [--changes N]

The service over archives of different sizes, resampled as for `benchmarks.search`. Another process stores one article at a time, a new
one or a changed one, each with a word that no other article holds, and asks the service for that word until it is found; a second client
searches for common words all the while. From before the article is stored until it is found over HTTP counts; `broadsheet import` of one
file adds what a process takes to start. What was stored is removed in the end.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import httpx
import msgspec

from benchmarks.cases import SEARCH
from benchmarks.load import Result, measure, request
from benchmarks.machine import described
from benchmarks.search import built, collected
from benchmarks.searching.collection import Resampler
from benchmarks.searching.kinds import Kind
from benchmarks.searching.questions import LEARNT_FROM, questions
from benchmarks.servers import ROOT, Server, broadsheet
from index.document import ArticleStatus, Paragraph, Section
from index.encoding import from_json
from index.identity import article_id
from index.incoming import Incoming
from index.library import Library
from index.search.opening import open_engine
from index.store.open import open_store

FOUND = "query ($word: String!) { search(query: $word, first: 1) { totalCount } }"
POLL = 0.002  # seconds between two questions for a change
LONGEST = 30.0  # seconds that a change may take
PUBLISHED = dt.datetime(2024, 5, 17, tzinfo=dt.UTC)
LETTERS = "bcdfghjklm"


class Took(NamedTuple):
    """Milliseconds until a change was indexed, and until it was found."""

    indexed: float
    found: float


def changes(resampler: Resampler, number: int) -> Iterator[tuple[Incoming, str]]:
    """So many changes, each with the word to be found: an article that is new, then the same one changed, and so on."""
    for at in range(number):
        word = "zq" + "".join(LETTERS[int(digit)] for digit in f"{at:04}")
        key = f"path:changes/{at // 2}"
        article = resampler.article(at // 2)
        section = Section("Changed", blocks=(Paragraph(f"Here stands {word}."),))
        own = msgspec.structs.replace(
            article,
            id=article_id(key),
            slug=f"changed-{at // 2}",
            status=ArticleStatus.PUBLISHED,
            published_at=PUBLISHED,
            sections=(*article.sections, section),
        )
        yield Incoming(own, key, fingerprint=word), word


def follow(library: Library, server: Server, incoming: Incoming, word: str) -> Took:
    """Store one article, and ask for its word until it is found."""
    with httpx.Client(base_url=f"http://127.0.0.1:{server.port}") as client:
        started = time.perf_counter()
        library.add([incoming])
        library.catch_up()
        indexed = time.perf_counter()
        while not client.post("/graphql", json={"query": FOUND, "variables": {"word": word}}).json()["data"]["search"]["totalCount"]:
            if time.perf_counter() > started + LONGEST:
                raise TimeoutError(f"{word} was not found in {LONGEST} seconds")
            time.sleep(POLL)  # nothing tells us when it is
        return Took((indexed - started) * 1000, (time.perf_counter() - started) * 1000)


def run(real: Path, size: int, folder: Path, number: int) -> tuple[list[Took], Result, Result]:
    """What each change took, and what the other client's searches took before the changes and meanwhile."""
    resampler = Resampler([from_json(line) for line in real.read_bytes().splitlines()])
    words = questions((resampler.article(at) for at in range(min(size, LEARNT_FROM))), size)[Kind.COMMON]
    messages = [request("/graphql", json.dumps({"query": SEARCH, "variables": {"query": one["query"]}}).encode()) for one in words]
    home = built("broadsheet", folder, real, size)
    library = Library(open_store("sqlite:///broadsheet.db", home), open_engine("whoosh:///index", home))
    stored: list[str] = []
    took: list[Took] = []
    with broadsheet(home, BROADSHEET_RESPONSE_CACHE="off") as server:
        before = measure(server, messages)
        meanwhile: list[Result] = []
        searching = threading.Thread(target=lambda: meanwhile.append(measure(server, messages, seconds=number * 0.5, warm=0)))
        searching.start()
        try:
            for incoming, word in changes(resampler, number):
                took.append(follow(library, server, incoming, word))
                stored.append(incoming.article.id)
        finally:
            library.remove(list(dict.fromkeys(stored)))
            library.catch_up()
            searching.join()
            library.close()
    return took, before, meanwhile[0]


def said(times: Sequence[float]) -> str:
    """The median and the longest of some milliseconds."""
    return f"{statistics.median(times):.0f} ({max(times):.0f})"


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", default=str(ROOT / "examples" / "archive"))
    parser.add_argument("--sizes", type=int, nargs="+", default=[300])
    parser.add_argument("--folder", type=Path, help="where archives are kept from one run to the next [default: nowhere]")
    parser.add_argument("--changes", type=int, default=40)
    given = parser.parse_args()
    print(described())
    print(
        "| articles | a new one is found, ms: median (longest) | a changed one | of that, indexed | searches before, p50, p99 | meanwhile |"
    )
    print("| --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        real = collected(given.articles, folder)
        for size in given.sizes:
            took, before, meanwhile = run(real, size, folder, given.changes)
            found, indexed = [one.found for one in took], [one.indexed for one in took]
            searches = " | ".join(f"{one.p50:.1f}, {one.p99:.1f}" for one in (before, meanwhile))
            print(f"| {size:,} | {said(found[::2])} | {said(found[1::2])} | {said(indexed)} | {searches} |", flush=True)


if __name__ == "__main__":
    main()
