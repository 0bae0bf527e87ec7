"""What must a document store do?

The seam between the gateway and a database. The store is the truth: every write appends to the change log in the same transaction and
gets the next revision; everything else follows that log. Its laws: a write is durable when it returns; reads never wait for a writer;
a read that takes longer than its time raises `StoreTimeout`; every read takes a batch. `preview` shows drafts and future articles too;
without it a topic or author exists while a visible article names it or a descendant.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

import msgspec

from index import keys
from index.document import Article, ArticleStatus, Image, Repair, SourceFormat
from index.encoding import Body
from index.incoming import Incoming

NAMED = 10  # articles that one message names


class StoreError(Exception):
    """The store cannot do what was asked; the message says why and what to do."""


class StoreTimeout(StoreError):
    """A read took longer than its time."""


class ChangesForgotten(StoreError):
    """The log of changes does not go back so far any more: whoever follows it has to begin anew."""


class BadArticles(StoreError):
    """Articles of a batch that cannot be stored, so that nothing of it was; `reasons` has the end of a sentence for each, by key."""

    def __init__(self, reasons: dict[str, str], batch: int) -> None:
        some = "; ".join(f"{key}: {reason}" for key, reason in list(reasons.items())[:NAMED])
        rest = f"; and {len(reasons) - NAMED} more" if len(reasons) > NAMED else ""
        message = f"Nothing of this batch of {batch} was stored, because of {len(reasons)} in it. Leave out or mend {some}{rest}."
        super().__init__(message.encode("utf-8", "backslashreplace").decode())
        self.reasons = reasons


class Outcome(enum.Enum):
    """What a write came to."""

    CREATED = "CREATED"
    UPDATED = "UPDATED"
    UNCHANGED = "UNCHANGED"
    REMOVED = "REMOVED"


class TopicKind(enum.Enum):
    """The three kinds of thing that articles are filed under."""

    CATEGORY = "CATEGORY"
    TAG = "TAG"
    AUTHOR = "AUTHOR"


class TopicOrder(enum.Enum):
    """By name (case and accents folded, then slug), or by falling count, then slug."""

    NAME = "NAME"
    COUNT = "COUNT"


class Written(msgspec.Struct, frozen=True):
    """What became of one incoming article; `revision` is the article's, an older one where it is unchanged."""

    id: str
    slug: str
    outcome: Outcome
    revision: int


class Known(msgspec.Struct, frozen=True):
    """What the store holds under a key."""

    id: str
    slug: str
    fingerprint: str
    origin: str


class Summary(msgspec.Struct, frozen=True):
    """An article without its body.

    `authors`, `categories` and `tags` are slugs in their order; `published_on` is the calendar date that the source showed.
    """

    id: str
    slug: str
    title: str
    status: ArticleStatus
    visible: bool
    revision: int
    format: SourceFormat
    imported_at: dt.datetime
    language: str = "und"
    url: str | None = None
    subtitle: str | None = None
    summary: str | None = None
    published_at: dt.datetime | None = None
    published_on: dt.date | None = None
    updated_at: dt.datetime | None = None
    image: Image | None = None
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    word_count: int = 0
    publication: str = ""
    location: str = ""
    content_hash: str = ""
    repair_count: int = 0


class Document(msgspec.Struct, frozen=True):
    """A body with the revision it belongs to, and its repairs."""

    id: str
    revision: int
    body: Body
    repairs: tuple[Repair, ...] = ()


class Topic(msgspec.Struct, frozen=True):
    """An author, category or tag. `text` is an author's bio or a category's description, `parent` a category's parent's slug."""

    kind: TopicKind
    slug: str
    name: str
    text: str | None = None
    url: str | None = None
    image: Image | None = None
    parent: str | None = None


class TopicWindow(msgspec.Struct, frozen=True):
    """Which part of a list of topics: keys are (folded name, slug) or (count, slug)."""

    prefix: str | None = None
    order: TopicOrder = TopicOrder.NAME
    first: int | None = 10
    after: tuple[str | int, str] | None = None
    last: int | None = None
    before: tuple[str | int, str] | None = None
    offset: int = 0


class TopicPage(msgspec.Struct, frozen=True):
    """Topics with their keys and article counts, and whether more stand after and before."""

    topics: tuple[tuple[Topic, tuple[str | int, str], int], ...]
    has_next: bool
    has_previous: bool


class SiteFigures(msgspec.Struct, frozen=True):
    """The archive as a whole; languages by falling number of articles, then tag."""

    articles: int
    first_published_at: dt.datetime | None
    last_published_at: dt.datetime | None
    languages: tuple[str, ...]


class Change(msgspec.Struct, frozen=True):
    """One entry of the change log: the article, what happened to it (CREATED, UPDATED or REMOVED), and what else that touches."""

    revision: int
    id: str
    slug: str
    outcome: Outcome
    touched: tuple[str, ...] = ()

    @property
    def keys(self) -> frozenset[str]:
        """Every key that it touches, as `index.keys` has them."""
        return frozenset({keys.article(self.id), keys.slug(self.slug), keys.ARTICLES, *self.touched})


class PersistedDocument(msgspec.Struct, frozen=True):
    """A GraphQL document that clients may name instead of sending it: by `name`, or by `hash` (`sha256:` and hexadecimal digits)."""

    name: str
    hash: str
    text: str
    added_at: dt.datetime


class Store(Protocol):
    """A document store that several processes may use, one writing at a time. Answers by id or slug stand in the order asked."""

    # ------------------------------------------------------------ reading
    def summaries(self, ids: Sequence[str]) -> dict[str, Summary]:
        """By id; unknown ids are left out."""

    def by_slug(self, slug: str) -> Summary | None:
        """The article with this slug."""

    def by_url(self, url: str) -> Summary | None:
        """The article with this address, folded by `index.identity.fold_url`; of several a visible one, then the first stored."""

    def documents(self, ids: Sequence[str]) -> dict[str, Document]:
        """Decoded bodies by id."""

    def neighbours(self, ids: Sequence[str], *, preview: bool) -> dict[str, tuple[str | None, str | None]]:
        """For each article that has a date and may be seen, the ids of those just before and just after it in the order NEWEST.

        That is the next newer and the next older one; ties by id, ascending.
        """

    def topics(self, kind: TopicKind, slugs: Sequence[str], *, preview: bool) -> dict[str, Topic]:
        """By slug; those that this reader may not see are left out."""

    def topic_counts(self, kind: TopicKind, slugs: Sequence[str], *, preview: bool) -> dict[str, int]:
        """How many articles each stands for, each article once, descendants included; those without any are left out."""

    def topic_page(self, kind: TopicKind, window: TopicWindow, *, preview: bool) -> TopicPage:
        """A part of all topics of a kind whose folded name begins with the folded prefix, or whose slug begins with the prefix."""

    def topic_total(self, kind: TopicKind, prefix: str | None, *, preview: bool) -> int:
        """How many topics of a kind there are."""

    def children(self, slugs: Sequence[str], *, preview: bool) -> dict[str, tuple[Topic, ...]]:
        """The child categories of each, by name."""

    def site(self, *, preview: bool) -> SiteFigures:
        """The archive's figures."""

    # ------------------------------------------------------- the change log
    def revision(self) -> int:
        """The newest revision; 0 in an empty store."""

    def changes(self, since: int, limit: int = 1000) -> list[Change]:
        """The log's entries after a revision, oldest first; raises `ChangesForgotten` where the next of them is there no more."""

    def pulse(self) -> bytes | None:
        """Something that is another one once a write was acknowledged, by whomever; None where only `revision` tells.

        It costs next to nothing.
        """

    def entries(self, ids: Sequence[str]) -> list[tuple[Article, bool, tuple[str, ...], int]]:
        """Whole articles for the index: the article, whether visible, its categories' slugs with all ancestors, its revision.

        This, `everything`, `origins` and `check` have no time limit: no reader waits for them.
        """

    def everything(self, batch: int = 200) -> Iterator[tuple[Article, bool, tuple[str, ...], int]]:
        """All of them, in the order in which they were first stored, from one snapshot."""

    # ------------------------------------------------------------- writing
    def known(self, keys: Sequence[str]) -> dict[str, Known]:
        """What is stored under these keys."""

    def unchanged(self, fingerprints: Sequence[str]) -> dict[str, str]:
        """The keys of what is stored, by these fingerprints (of several the first stored's); unknown ones are left out."""

    def write(self, incoming: Iterable[Incoming], *, force: bool = False, now: dt.datetime | None = None) -> list[Written]:
        """Create or replace, in one transaction: slugs made unique, anchors carried over, topics merged, changes logged.

        Answers stand in the order of the batch; one that comes twice is written twice. A changed name or parent of a topic is logged as a
        change (UPDATED) of every other article that it touches. `force`: what is unchanged is written too. Raises `BadArticles`.
        """

    def remove(self, ids: Sequence[str]) -> list[Change]:
        """Remove articles, and topics that nothing names any more; unknown ids are passed over. Gives the removals alone."""

    def publish_due(self, now: dt.datetime) -> list[Change]:
        """Make visible whatever's time has come, with a change for each."""

    def next_due(self) -> dt.datetime | None:
        """When the next future article becomes visible."""

    def origins(self, prefix: str) -> list[tuple[str, str, str]]:
        """(id, key, origin) of the articles whose origin is this absolute path or stands under it."""

    # ------------------------------------------------- persisted documents
    def persisted_document(self, id: str) -> str | None:
        """The text of the GraphQL document with this name or hash."""

    def persisted_documents(self) -> list[PersistedDocument]:
        """All of them, by name."""

    def persist_documents(self, texts: Mapping[str, str], now: dt.datetime | None = None) -> None:
        """Keep texts under names, in one transaction; what had a name before is replaced."""

    def forget_documents(self, names: Sequence[str]) -> list[str]:
        """Remove GraphQL documents; gives the names that there were."""

    # ----------------------------------------------------------- operating
    def check(self) -> list[str]:
        """A sentence for each fault that is found; reads all of it."""

    def version(self) -> str:
        """The database and its version, as an operator names it."""

    def close(self) -> None:
        """Let go of connections."""
