"""How many articles does each topic and language stand for?

Counts are kept by difference: what the touched articles stood for before a write is taken away, what they stand for after it is added,
so a write costs what it touches and a reader counts nothing. An article counts once for a topic, whether it names it, a descendant or
both.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from sqlalchemy import Select, Text, bindparam, delete, exists, func, insert, literal, select, update

from index.store.statements import Access, listed, numbered
from index.store.store import SiteFigures
from index.store.tables import articles, languages, links, topics, unused
from index.store.touching import themselves


def _by_topic(*, everything: bool = False) -> Select[tuple[int, int, int]]:
    """For each topic that articles (those of `numbers`, or all) name or have as an ancestor: how many, and how many are visible."""
    named = select(links.c.article, links.c.topic)
    filed = (named if everything else named.where(numbered(links.c.article, "numbers"))).cte("filed", recursive=True)
    above = select(filed.c.article, topics.c.parent).join(topics, topics.c.number == filed.c.topic).where(topics.c.parent.is_not(None))
    filed = filed.union(above)
    joined = filed.join(articles, articles.c.number == filed.c.article)
    return select(filed.c.topic, func.count(), func.sum(articles.c.visible)).select_from(joined).group_by(filed.c.topic)


def _by_language(*, everything: bool = False) -> Select[tuple[str, int, int]]:
    counts = select(articles.c.language, func.count(), func.sum(articles.c.visible))
    return (counts if everything else counts.where(numbered(articles.c.number, "numbers"))).group_by(articles.c.language)


BY_TOPIC, BY_LANGUAGE = _by_topic(), _by_language()
EVERY_TOPIC, EVERY_LANGUAGE = _by_topic(everything=True), _by_language(everything=True)
KEPT_TOPICS = select(topics.c.number, topics.c.articles, topics.c.visible)
KEPT_LANGUAGES = select(languages.c.tag, languages.c.articles, languages.c.visible)

MORE_OF_TOPIC = (
    update(topics)
    .where(topics.c.number == bindparam("of"))
    .values(articles=topics.c.articles + bindparam("more"), visible=topics.c.visible + bindparam("more_visible"))
)
MORE_OF_LANGUAGE = (
    update(languages)
    .where(languages.c.tag == bindparam("of"))
    .values(articles=languages.c.articles + bindparam("more"), visible=languages.c.visible + bindparam("more_visible"))
)
NEW_LANGUAGE = insert(languages).from_select(
    ["tag", "articles", "visible"],
    select(bindparam("of", type_=Text), literal(0), literal(0)).where(~exists().where(languages.c.tag == bindparam("of"))),
)
_parents = topics.alias("parents")
COUNTED = (
    select(topics.c.number, topics.c.kind, topics.c.slug, topics.c.articles, topics.c.visible, _parents.c.slug.label("parent_slug"))
    .select_from(topics.outerjoin(_parents, _parents.c.number == topics.c.parent))
    .where(numbered(topics.c.number, "numbers"))
)
UNUSED = delete(topics).where(unused)


class Standing:
    """What some articles add to the counts: for each topic and language how many, and how many of those are visible."""

    def __init__(self, access: Access | None = None, numbers: Sequence[int] = ()) -> None:
        self.articles: Counter[int | str] = Counter()
        self.visible: Counter[int | str] = Counter()
        if access is not None and numbers:
            for query in (BY_TOPIC, BY_LANGUAGE):
                for key, articles, visible in access.rows(query, numbers=listed(numbers)):
                    self.articles[key], self.visible[key] = articles, visible


def recount(access: Access, before: Standing, after: Standing) -> set[str]:
    """Move the counts by the difference, and remove topics that no article stands under any more.

    Gives the keys of the topics that came or went for some reader.
    """
    after.articles.subtract(before.articles)
    after.visible.subtract(before.visible)
    moved = [
        {"of": key, "more": after.articles[key], "more_visible": after.visible[key]}
        for key in sorted(after.articles, key=str)
        if after.articles[key] or after.visible[key]
    ]
    spoken = [row for row in moved if isinstance(row["of"], str)]
    access.many(NEW_LANGUAGE, [row for row in spoken if int(row["more"]) > 0])
    access.many(MORE_OF_LANGUAGE, spoken)
    access.many(MORE_OF_TOPIC, [row for row in moved if isinstance(row["of"], int)])
    toggled = _toggled(access, after)
    access.run(UNUSED)
    return toggled


def _toggled(access: Access, more: Standing) -> set[str]:
    """The keys of topics that stand for articles now and did not before, or the other way round, and of their parents."""
    numbers = sorted(key for key in more.articles if isinstance(key, int) and (more.articles[key] or more.visible[key]))
    places: list[tuple[str, str]] = []
    for number, kind, slug, now, shown, parent in access.rows(COUNTED, numbers=listed(numbers)) if numbers else ():
        was, seen = now - more.articles[number], shown - more.visible[number]
        if (now > 0) is not (was > 0) or (shown > 0) is not (seen > 0):
            places += [(kind, slug), *([(kind, parent)] if parent else [])]
    return themselves(places)


# ------------------------------------------------------------- the archive
def _edge(*, preview: bool, first: bool) -> Select[tuple[str]]:
    seen = [] if preview else [articles.c.visible == 1]
    order = (articles.c.instant.asc(), articles.c.id.desc()) if first else (articles.c.instant.desc(), articles.c.id.asc())
    return select(articles.c.published_at).where(articles.c.instant.is_not(None), *seen).order_by(*order).limit(1)


def _edges(*, preview: bool) -> Select[tuple[str, str]]:
    return select(_edge(preview=preview, first=True).scalar_subquery(), _edge(preview=preview, first=False).scalar_subquery())


EDGES = {preview: _edges(preview=preview) for preview in (False, True)}


def site(access: Access, *, preview: bool) -> SiteFigures:
    """The archive's figures; languages by falling count, then tag."""
    spoken = sorted(((all if preview else visible, tag) for tag, all, visible in access.rows(KEPT_LANGUAGES)), key=lambda s: (-s[0], s[1]))
    first, last = (dt.datetime.fromisoformat(edge) if edge else None for edge in access.rows(EDGES[preview])[0])
    return SiteFigures(sum(count for count, _ in spoken), first, last, tuple(tag for count, tag in spoken if count))
