"""What must a search engine do?

The seam between the gateway and an index. The engine answers *which articles* and *how many of those*, for every list, count, archive,
facet and search, with ids, keys and scores; documents come from the store. Its laws: one snapshot is one revision, from the first call
to the last; every call takes a batch, so that a GraphQL query costs a fixed number of calls whatever its number of rows; a call that
takes longer than its time raises `SearchTimeout`; an engine that cannot answer raises `IndexUnavailable`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, Protocol

import msgspec

from index.document import Article, BlockKind
from index.filters import Facet, Key, Order, Selection, Window
from index.search.syntax import Parsed


class IndexUnavailable(Exception):
    """The index cannot answer now; the message says why."""


class SearchTimeout(Exception):
    """A search took longer than its time."""


class UnknownIndex(Exception):
    """No engine is known by the address that was set."""


class Entry(msgspec.Struct, frozen=True):
    """What the index gets of one article: the document, whether readers may see it now, and every category with its ancestors."""

    article: Article
    visible: bool
    topics: tuple[str, ...]  # slugs of its categories and of all their ancestors
    revision: int


Changes = tuple[Sequence[Entry], Iterable[str], int]
"""Articles to replace, ids to remove, and the revision that is reached with them."""


class Hit(msgspec.Struct, frozen=True):
    """One article that was found: its id, its place in the order, its score (0 without a query)."""

    id: str
    key: Key
    score: float


class Page(msgspec.Struct, frozen=True):
    """A window of what was found, and whether more stands after and before it."""

    hits: tuple[Hit, ...]
    has_next: bool
    has_previous: bool


class Month(msgspec.Struct, frozen=True):
    """How many articles one month holds; months without any are left out."""

    year: int
    month: int
    count: int


class Counts(msgspec.Struct, frozen=True):
    """Facets: (slug, count) by falling count, then slug; months newest first. Categories count their descendants' articles, each once."""

    categories: tuple[tuple[str, int], ...] = ()
    tags: tuple[tuple[str, int], ...] = ()
    authors: tuple[tuple[str, int], ...] = ()
    months: tuple[Month, ...] = ()
    languages: tuple[tuple[str, int], ...] = ()
    kinds: tuple[tuple[BlockKind, int], ...] = ()


class Completion(msgspec.Struct, frozen=True):
    """A way on from a prefix: `kind` is TITLE, TERM, CATEGORY, TAG or AUTHOR; `ref` the article's id or the slug (None for a term)."""

    text: str
    kind: str
    count: int
    ref: str | None


Match = tuple[int, int]
"""A word of a query in a text: which word it is, its place among the text's words."""


class Spots(NamedTuple):
    """Where the words of a query stand in a document, as it was at the store's `revision`.

    Whether some stand above it, in its title, summary or names; and the numbers of its texts (`index.search.places.below`), ascending, each
    with its matches.
    """

    revision: int
    above: bool
    texts: Sequence[tuple[int, Sequence[Match]]]


class Snapshot(Protocol):
    """The index as it stood at one revision."""

    @property
    def revision(self) -> int:
        """The store's revision that the index had reached."""

    def read(self, query: str) -> Parsed:
        """A query as it is read, with what synonyms put into it."""

    def find(self, asked: Sequence[tuple[Selection, Order, Window]]) -> list[Page]:
        """A page for each."""

    def spots(self, query: Parsed, ids: Sequence[str]) -> list[Spots | None]:
        """Where a query's words stand in the documents of some articles; None where the index does not tell."""

    def count(self, selections: Sequence[Selection]) -> list[int]:
        """How many articles each holds."""

    def archives(self, selections: Sequence[Selection]) -> list[tuple[Month, ...]]:
        """The months of each, newest first."""

    def facets(self, asked: Sequence[tuple[Selection, frozenset[Facet], frozenset[Facet]]]) -> list[Counts]:
        """Counts for each: the selection, the facets wanted, and the facets whose own filter is left out of their own counts."""

    def related(self, ids: Sequence[str], first: int, *, preview: bool) -> list[tuple[str, ...]]:
        """For each article the ids of at most `first` others most like it, the likest first."""

    def suggest(self, prefix: str, first: int, *, preview: bool) -> list[Completion]:
        """Titles, topics, authors and words that begin with the prefix."""

    def correct(self, query: str, *, preview: bool) -> str | None:
        """The query with unknown words replaced by close known ones; None where there is nothing to correct."""


class Engine(Protocol):
    """An index that is written by one process and read by many."""

    def snapshot(self) -> Snapshot:
        """The newest committed state; raises `IndexUnavailable` where there is none."""

    def revision(self) -> int | None:
        """The revision of the newest committed state; None where there is no index, or one that cannot be read."""

    def apply(self, entries: Iterable[Entry], removed: Iterable[str], revision: int) -> None:
        """Replace and remove articles by id, in one commit that moves the index to `revision`. The writer's lock must be held."""

    def rebuild(self, entries: Iterable[Entry], revision: int, since: Callable[[int], Changes | None] | None = None) -> None:
        """Build the index anew from `entries` beside the old one, which goes on answering and being written, and switch at the end.

        `since` gives what has changed after a revision, None where nothing has: with it the new index has reached the old one's revision
        when it takes its place.
        """

    def lock(self, wait: float) -> bool:
        """Become the one writer, waiting up to `wait` seconds; False where another process is. Re-entrant in one process."""

    def unlock(self) -> None:
        """Let another process write."""

    def check(self) -> list[str]:
        """A sentence for each fault that is found in the index; reads all of it."""

    def ids(self) -> list[tuple[str, int]]:
        """The id and revision of every article in the index."""

    def close(self) -> None:
        """Let go of files and threads."""
