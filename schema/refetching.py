"""How is a thing fetched again by its global id?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from index.document import Table
from index.identity import GlobalId, article_of, global_id, parse_global_id
from index.store.store import TopicKind
from schema.context import Reader
from schema.errors import BadUserInput
from schema.listing import fetch
from schema.topics import fetch_topics

MOST_NODES = 100
TOPICS = {"Author": TopicKind.AUTHOR, "Category": TopicKind.CATEGORY, "Tag": TopicKind.TAG}


def read_id(id: str) -> GlobalId:
    """The parts of a global id; raises `BadUserInput`."""
    parts = parse_global_id(id)
    if parts is None:
        raise _no_id(id)
    return parts


def _no_id(id: str) -> BadUserInput:
    return BadUserInput(f"{id[:60]!r} is not an id. Pass one as it came in a field `id`.")


def find_each(reader: Reader, ids: Sequence[str]) -> list[Any]:
    """What has these ids, in their order; an error where one is no id, which GraphQL reports at that place and shows as null."""
    read = [parse_global_id(id) for id in ids]
    found = iter(find_nodes(reader, [parts for parts in read if parts is not None]))
    return [_no_id(id) if parts is None else next(found) for id, parts in zip(ids, read, strict=True)]


def find_nodes(reader: Reader, ids: Sequence[GlobalId]) -> list[Any]:
    """What has these ids, in their order; None where there is nothing that this caller may see. One call for each type."""
    articles = fetch(reader, [_article(id) for id in ids if id.type in ("Article", "Section", "Table")])
    topics = {name: fetch_topics(reader, kind, [id.rest for id in ids if id.type == name]) for name, kind in TOPICS.items()}
    return [topics[id.type].get(id.rest) if id.type in TOPICS else _within(articles.get(_article(id)), id) for id in ids]


def _article(id: GlobalId) -> str:
    return article_of(id.rest)


def _within(article: Any, id: GlobalId) -> Any:
    """The article itself, or what of it the id names."""
    if article is None or id.type not in ("Article", "Section", "Table"):
        return None
    if id.type == "Article":
        return article if global_id(*id) == article.id else None
    if id.type == "Section":
        return article.outline.by_anchor.get(id.rest.partition(":")[2])
    block = article.outline.block(global_id(*id))
    return block if isinstance(block, Table) else None
