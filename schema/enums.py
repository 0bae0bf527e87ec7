"""How are the model's words shown as GraphQL enums?

Every other module takes these classes from here, so that they are known to Strawberry before a type speaks of them.
"""

from __future__ import annotations

import enum

import strawberry

from index.document import ArticleStatus, BlockKind, Mark, RepairKind, SourceFormat
from index.filters import Facet
from index.search.passages import SearchField
from index.store.store import TopicOrder
from index.tables import ColumnKind

__all__ = [
    "ArticleOrder",
    "ArticleStatus",
    "BlockKind",
    "ColumnKind",
    "Facet",
    "Mark",
    "RepairKind",
    "SearchField",
    "SearchOrder",
    "SourceFormat",
    "SuggestionKind",
    "TopicOrder",
]

DRAFTS = "A draft, or an article whose time has not come, is shown only to a reader with the scope `preview`."
EXCEPT = (
    "A filter on a facet named in `except` is left out of that facet's own counts, so that its other values can be chosen. "
    "Top-level fields of `filter` only (`year`, `month` and both `published…` are DATE); "
    "what the connection itself or the query says stays."
)

strawberry.enum(ArticleStatus, description=DRAFTS)
strawberry.enum(BlockKind, description="The kinds of block, by their names in mdast.")
strawberry.enum(Mark, description="What a run of text is marked as.")
strawberry.enum(SourceFormat, description="The formats that the importers read.")
strawberry.enum(RepairKind, description="What an importer did to a source beyond reading it.")
strawberry.enum(TopicOrder, description="By name, or by the number of articles, the most first.")
strawberry.enum(ColumnKind, description="What all cells of a column that say something can be read as.")
strawberry.enum(SearchField, description="Which part of an article answered a query.")
strawberry.enum(Facet, name="FacetField", description=EXCEPT)


@strawberry.enum(description="How articles are ordered; ties by id; articles without a date come last.")
class ArticleOrder(enum.Enum):
    """The orders of lists."""

    NEWEST = "NEWEST"
    OLDEST = "OLDEST"
    UPDATED = "UPDATED"
    TITLE = "TITLE"


@strawberry.enum(description="How hits are ordered.")
class SearchOrder(enum.Enum):
    """The orders of searches."""

    RELEVANCE = "RELEVANCE"
    NEWEST = "NEWEST"
    OLDEST = "OLDEST"


@strawberry.enum(description="What a suggestion names.")
class SuggestionKind(enum.Enum):
    """The kinds of suggestion."""

    TITLE = "TITLE"
    TERM = "TERM"
    CATEGORY = "CATEGORY"
    TAG = "TAG"
    AUTHOR = "AUTHOR"
