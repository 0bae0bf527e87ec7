"""What does a frontend see of a search?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import chain
from typing import Any, cast

import strawberry

from index.search.engine import Completion
from index.search.passages import Document, Finder, current
from index.search.passages import Passage as Found
from index.search.places import Name
from index.store.store import TopicKind
from schema.articles import slugs_of
from schema.blocks import Block
from schema.connections import Except, Facets, LazyArticle, Placed, page_info, placed
from schema.context import Reader
from schema.describing import described, field
from schema.enums import SearchField, SuggestionKind
from schema.errors import BadUserInput
from schema.groups import Group
from schema.listing import Listing, fetch
from schema.nodes import Node
from schema.paging import PageInfo
from schema.sections import Section
from schema.tables import TableRow, as_row

MOST_PASSAGES = 20
MOST_SUGGESTIONS = 50


@described
class TextRange:
    """UTF-16 code units, as a browser counts; `end` is exclusive."""

    start: int
    end: int


@described
class Passage:
    """A place in the article that answers the query."""

    field: SearchField
    text: str
    html: str = strawberry.field(description="Escaped HTML with the matches in <mark>.")
    ranges: list[TextRange] = strawberry.field(description="UTF-16 code units into `text`, as a browser counts.")
    section: Section | None
    block: Block | None
    row: TableRow | None = strawberry.field(description="Set where the match is in a table.")


@described
class SearchEdge(Placed):
    """A hit."""

    score: float
    listing: strawberry.Private[Listing]

    @field
    def passages(self, first: int = 3) -> list[Passage]:
        """The places that answer the query, the best first; at most 20."""
        if not 0 <= first <= MOST_PASSAGES:
            raise BadUserInput(f"`first` is {first}; it may be from 0 to {MOST_PASSAGES}.")
        listing = self.listing
        found = listing.once(("passages", first), lambda: _find(listing, first))
        return [_as_passage(one) for one in found[self.node.summary_.id]]


def _find(listing: Listing, first: int) -> dict[str, list[Found]]:
    """The passages of all hits, by the article's id."""
    hits = listing.articles
    spots = listing.reader.snapshot.spots(listing.query, list(hits))
    told = [current(one, hit.outline) for one, hit in zip(spots, hits.values(), strict=True)]
    names = _names(listing, [id for id, one in zip(hits, told, strict=True) if one is None or one.above])
    documents = [Document(hit.outline, names[id]) for id, hit in hits.items()]
    return dict(zip(hits, Finder(listing.query).find(documents, first, told), strict=True))


def _names(listing: Listing, asked: Sequence[str]) -> defaultdict[str, list[Name]]:
    """Under which names some hits are filed, by the article's id."""
    reader, hits = listing.reader, listing.articles
    out: defaultdict[str, list[Name]] = defaultdict(list)
    for kind in (TopicKind.AUTHOR, TopicKind.CATEGORY, TopicKind.TAG) if asked else ():
        slugs = {id: slugs_of(hits[id].summary_, kind) for id in asked}
        topics = reader.store.topics(kind, list(dict.fromkeys(chain(*slugs.values()))), preview=reader.preview)
        for id, own in slugs.items():
            out[id] += [(SearchField[kind.name], topics[slug].name) for slug in own if slug in topics]
    return out


def _as_passage(found: Found) -> Passage:
    return Passage(
        field=found.field,
        text=found.text,
        html=found.html,
        ranges=[TextRange(start=start, end=end) for start, end in found.ranges],
        section=cast("Section | None", found.section),
        block=cast("Block | None", found.block),
        row=None if found.table is None or found.row is None else as_row(found.table, found.row),
    )


@described
class SearchConnection:
    """A page of hits."""

    listing: strawberry.Private[Listing]

    @field
    def edges(self) -> list[SearchEdge]:
        """The hits with their cursors, scores and passages."""
        order = self.listing.order.value
        return [
            SearchEdge(node=node, order=order, key=hit.key, score=hit.score, listing=self.listing) for node, hit in placed(self.listing, 0)
        ]

    @field
    def nodes(self) -> list[LazyArticle]:
        """The articles."""
        return [node for node, _ in placed(self.listing, 0)]

    @field
    def page_info(self) -> PageInfo:
        """Where this page stands in the list."""
        return page_info(self.listing, 0)

    @field
    def total_count(self) -> int:
        """How many articles match in all; counted only where it is asked for."""
        return self.listing.totals[0]

    @field
    def facets(self, except_: Except = None) -> Facets | None:
        """Counts over all that matches."""
        return Facets(listing=self.listing, slot=0, excepted=frozenset(except_ or ()))

    @field
    def suggestion(self) -> str | None:
        """A corrected query, where a word of this one is unknown and a close one is known."""
        reader = self.listing.reader
        return reader.snapshot.correct(self.listing.selections[0].query, preview=reader.preview)

    @field
    def interpretation(self) -> str:
        """How the query was read, in its own syntax: what was taken as a phrase, a field, a word."""
        return self.listing.query.interpretation


@described
class Suggestion:
    """A way on from what was typed so far."""

    text: str
    kind: SuggestionKind
    count: int = strawberry.field(description="How many articles stand behind it.")
    completion: strawberry.Private[Completion]
    reader: strawberry.Private[Reader]
    group: strawberry.Private[Group[Suggestion]]

    @field
    def node(self) -> Node | None:
        """The article, topic or author that it names."""
        found = self.group.once(
            self.kind, lambda members: self._fetch([m.completion.ref for m in members if m.kind is self.kind and m.completion.ref])
        )
        return found.get(self.completion.ref)

    def _fetch(self, refs: list[str]) -> dict[Any, Any]:
        from schema.topics import fetch_topics

        if self.kind is SuggestionKind.TERM:
            return {}
        if self.kind is SuggestionKind.TITLE:
            return dict(fetch(self.reader, refs))
        return dict(fetch_topics(self.reader, TopicKind[self.kind.value], refs))


def suggestions(reader: Reader, prefix: str, first: int) -> list[Suggestion]:
    """Completions of a prefix; raises `BadUserInput`."""
    if not 0 <= first <= MOST_SUGGESTIONS:
        raise BadUserInput(f"`first` is {first}; it may be from 0 to {MOST_SUGGESTIONS}.")
    group: Group[Suggestion] = reader.group()
    for completion in reader.snapshot.suggest(prefix, first, preview=reader.preview):
        kind = SuggestionKind(completion.kind)
        group.members.append(
            Suggestion(text=completion.text, kind=kind, count=completion.count, completion=completion, reader=reader, group=group)
        )
    return group.members
