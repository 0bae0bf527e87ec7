"""Which keys does a change touch?

Those that an article stood under before it and those that it stands under after it (`index.keys`); and, once for each transaction, the
topics that came, went, or are now otherwise themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import select

from index import keys
from index.store.statements import Access, listed, numbered
from index.store.tables import articles, links, topics

A, T = articles.c, topics.c
_filed = select(links.c.article, links.c.topic).where(numbered(links.c.article, "numbers")).cte("filed", recursive=True)
_above = select(_filed.c.article, T.parent).join(topics, T.number == _filed.c.topic).where(T.parent.is_not(None))
_filed = _filed.union(_above)
FILED = select(_filed.c.article, T.kind, T.slug).join(topics, T.number == _filed.c.topic)
STANDING = select(A.number, A.slug, A.address, A.language, A.published_at, A.visible).where(numbered(A.number, "numbers"))
NAMED = select(T.kind, T.slug).where(numbered(T.number, "numbers"))

Touched = dict[int, set[str]]
"""Keys by an article's number."""


def standing(access: Access, numbers: Collection[int]) -> Touched:
    """The keys that these articles stand under now."""
    if not numbers:
        return {}
    asked = listed(sorted(numbers))
    found: Touched = {}
    for number, slug, address, language, published_at, visible in access.rows(STANDING, numbers=asked):
        own = found[number] = {keys.slug(slug), keys.language(language)}
        if address is not None:
            own.add(keys.address(address))
        if published_at is not None:
            own |= {keys.year(published_at[:4]), keys.month(published_at[:4], published_at[5:7])}
        if visible:
            own.add(keys.SEEN)
    for number, kind, slug in access.rows(FILED, numbers=asked):
        found[number].add(keys.filed(kind, slug))
    return found


def union(before: Mapping[int, set[str]], after: Mapping[int, set[str]]) -> Touched:
    """What is touched by a change of each: where it stood and where it stands."""
    return {number: before.get(number, set()) | after.get(number, set()) for number in before.keys() | after.keys()}


def themselves(places: Iterable[tuple[str, str]]) -> set[str]:
    """Topics, by kind and slug, that are now otherwise themselves."""
    return {key for kind, slug in places for key in (keys.topic(kind, slug), keys.KINDS[kind])}


def named(access: Access, numbers: Collection[int]) -> set[str]:
    """The same of the topics with these numbers."""
    return themselves(access.rows(NAMED, numbers=listed(sorted(numbers)))) if numbers else set()
