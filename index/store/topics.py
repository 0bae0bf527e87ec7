"""Which authors, categories and tags are there, and how many articles does each stand for?

Counts stand in the topics' own rows (`counting` keeps them), so that a page of topics in either order reads one index.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, literal, or_, select

from index.slugs import fold
from index.store.reading import image_in, in_order
from index.store.statements import LARGEST, Access, Row, among, listed
from index.store.store import Topic, TopicKind, TopicOrder, TopicPage, TopicWindow
from index.store.tables import topics

T = topics.c
_parents = topics.alias("parents")
COLUMNS = (T.kind, T.slug, T.name, T.text, T.url, T.image, _parents.c.slug.label("parent_slug"))
TOPICS = topics.outerjoin(_parents, _parents.c.number == T.parent)
LAST_CHARACTER = "\U0010ffff"  # what begins with a prefix sorts before the prefix and this; it is no character, so no name goes on with it

Key = tuple[str | int, str]
KINDS = {kind.value: kind for kind in TopicKind}


def topic(row: Row) -> Topic:
    """A topic of the columns `COLUMNS`."""
    kind, slug, name, text, url, image, parent = row
    return Topic(KINDS[kind], slug, name, text, url, image_in(image) if image else None, parent)


def _count(*, preview: bool) -> ColumnElement[int]:
    """How many articles a topic stands for as this reader may see; where there are none, it does not exist for them."""
    return T.articles if preview else T.visible


@cache
def _by_slug(preview: bool) -> Select[Any]:
    where = (among(T.slug, "slugs"), T.kind == bindparam("kind"), _count(preview=preview) + 0 > 0)  # a sum, lest all of the kind be walked
    return select(*COLUMNS, _count(preview=preview)).select_from(TOPICS).where(*where)


def by_slug(access: Access, kind: TopicKind, slugs: Sequence[str], *, preview: bool) -> dict[str, Topic]:
    """By slug in the order asked; those that this reader may not see are left out."""
    rows = access.rows(_by_slug(preview), kind=kind.value, slugs=listed(slugs))
    return in_order({row[1]: topic(row[:7]) for row in rows}, slugs)


def counts(access: Access, kind: TopicKind, slugs: Sequence[str], *, preview: bool) -> dict[str, int]:
    """How many articles each stands for, each article once, descendants included; those without any are left out."""
    rows = access.rows(_by_slug(preview), kind=kind.value, slugs=listed(slugs))
    return in_order({row[1]: row[7] for row in rows}, slugs)


@cache
def _children(preview: bool) -> Select[Any]:
    where = (among(_parents.c.slug, "slugs"), _parents.c.kind == TopicKind.CATEGORY.value, _count(preview=preview) > 0)
    return select(*COLUMNS).select_from(TOPICS).where(*where).order_by(T.folded, T.slug)


def children(access: Access, slugs: Sequence[str], *, preview: bool) -> dict[str, tuple[Topic, ...]]:
    """The child categories of each, by name; one without any, or unknown, has none."""
    found: dict[str, list[Topic]] = {slug: [] for slug in slugs}
    for row in access.rows(_children(preview), slugs=listed(slugs)):
        found[row[6]].append(topic(row))
    return {slug: tuple(below) for slug, below in found.items()}


# ------------------------------------------------------------------ pages
def _listed(order: TopicOrder, preview: bool, prefixed: bool) -> tuple[ColumnElement[bool], ...]:
    """What holds for all topics of a list."""
    count = _count(preview=preview)
    shown = count > 0 if order is TopicOrder.COUNT else count + 0 > 0  # a sum, lest the planner read by count what is ordered by name
    where: list[ColumnElement[bool]] = [T.kind == bindparam("kind"), shown]
    if prefixed:
        named = and_(T.folded >= bindparam("name_low"), T.folded < bindparam("name_high"))
        where.append(or_(named, and_(T.slug >= bindparam("slug_low"), T.slug < bindparam("slug_high"))))
    return tuple(where)


def _prefix_values(prefix: str | None) -> dict[str, str]:
    if not prefix:
        return {}
    name = fold(prefix)
    return {"name_low": name, "name_high": name + LAST_CHARACTER, "slug_low": prefix, "slug_high": prefix + LAST_CHARACTER}


def _beyond(order: TopicOrder, preview: bool, name: str, *, forward: bool) -> ColumnElement[bool]:
    """Whether a topic comes after (or before) the key whose parts are the parameters `name`_sort and `name`_slug.

    The first part is said once more by itself, so that an index can begin there.
    """
    sort: ColumnElement[Any] = bindparam(f"{name}_sort")
    slug: ColumnElement[str] = bindparam(f"{name}_slug")
    by: ColumnElement[Any] = T.folded if order is TopicOrder.NAME else _count(preview=preview)
    rising = forward is (order is TopicOrder.NAME)
    first, start = (by > sort, by >= sort) if rising else (by < sort, by <= sort)
    return and_(start, or_(first, T.slug > slug if forward else T.slug < slug))


@cache
def _page(order: TopicOrder, backward: bool, after: bool, before: bool, prefixed: bool, preview: bool) -> Select[Any]:
    count = _count(preview=preview)
    by = (T.folded.asc(), T.slug.asc()) if order is TopicOrder.NAME else (count.desc(), T.slug.asc())
    if backward:
        by = (T.folded.desc(), T.slug.desc()) if order is TopicOrder.NAME else (count.asc(), T.slug.desc())
    where = list(_listed(order, preview, prefixed))
    if after:
        where.append(_beyond(order, preview, "after", forward=True))
    if before:
        where.append(_beyond(order, preview, "before", forward=False))
    key = T.folded if order is TopicOrder.NAME else count
    page = select(*COLUMNS, key.label("sort_key"), count.label("shown")).select_from(TOPICS).where(*where).order_by(*by)
    return page.limit(bindparam("limit")).offset(bindparam("offset"))


@cache
def _around(order: TopicOrder, prefixed: bool, preview: bool) -> Select[bool, bool]:
    """Whether anything stands before the key `first` and after the key `last`."""
    where = _listed(order, preview, prefixed)
    before = exists(select(literal(1)).where(*where, _beyond(order, preview, "first", forward=False)))
    after = exists(select(literal(1)).where(*where, _beyond(order, preview, "last", forward=True)))
    return select(before, after)


def _key_values(name: str, key: Key | None) -> dict[str, str | int]:
    if key is None:
        return {}
    sort, slug = key
    return {f"{name}_sort": min(max(sort, -LARGEST), LARGEST) if isinstance(sort, int) else sort, f"{name}_slug": slug}


def page(access: Access, kind: TopicKind, window: TopicWindow, *, preview: bool) -> TopicPage:
    """A part of all topics of a kind whose folded name begins with the folded prefix, or whose slug begins with the prefix."""
    w = window
    backward = w.last is not None
    size = w.last if backward else w.first
    shape = (w.after is not None, w.before is not None, bool(w.prefix), preview)
    common: dict[str, Any] = {"kind": kind.value, **_prefix_values(w.prefix)}
    rows = access.rows(
        _page(w.order, backward, *shape),
        **common,
        **_key_values("after", w.after),
        **_key_values("before", w.before),
        limit=LARGEST if size is None else size + 1,
        offset=0 if backward else min(w.offset, LARGEST),
    )
    more = size is not None and len(rows) > size
    rows = rows[:size]
    if backward:
        rows.reverse()
    found = tuple((topic(row[:7]), (row[7], row[1]), row[8]) for row in rows)
    behind, ahead = (more, False) if backward else (False, more)
    if w.after is not None or w.before is not None or w.offset:
        behind, ahead = _look_around(access, w, common, found, (behind, ahead), preview=preview)
    return TopicPage(found, has_next=ahead, has_previous=behind)


def _look_around(
    access: Access,
    window: TopicWindow,
    common: dict[str, Any],
    found: tuple[tuple[Topic, Key, int], ...],
    seen: tuple[bool, bool],
    *,
    preview: bool,
) -> tuple[bool, bool]:
    """Whether topics stand before and after a page that a key or an offset cut out; an empty page goes by the cut alone."""
    if not found:
        return seen[0] or window.after is not None or window.offset > 0, seen[1] or window.before is not None
    values = {**common, **_key_values("first", found[0][1]), **_key_values("last", found[-1][1])}
    before, after = access.rows(_around(window.order, bool(window.prefix), preview), **values)[0]
    return bool(before), bool(after)


@cache
def _total(prefixed: bool, preview: bool) -> Select[Any]:
    return select(func.count()).select_from(topics).where(*_listed(TopicOrder.COUNT, preview, prefixed))


def total(access: Access, kind: TopicKind, prefix: str | None, *, preview: bool) -> int:
    """How many topics of a kind there are."""
    found: int = access.rows(_total(bool(prefix), preview), kind=kind.value, **_prefix_values(prefix))[0][0]
    return found
