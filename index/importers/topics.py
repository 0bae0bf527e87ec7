"""Which categories and tags does a record's field name?

Its law: names that differ in case only are one topic, the first spelling is kept, and no two topics of an article share a slug.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from index.document import Category, Tag
from index.slugs import slugify

MOST = 200  # topics of one article
DEEPEST = 3  # lists within lists
LONGEST = 100  # characters of a name
BETWEEN = re.compile(r"\s*[,;]\s*")
DOWN = re.compile(r"\s+[>»›/]\s+|\s*>\s*")
SIGNS = str.maketrans({"+": " plus ", "#": " sharp "})
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


class Term(NamedTuple):
    """A topic as a source names it."""

    name: str
    slug: str
    description: str | None = None
    parent: Category | None = None


def tags_of(value: object) -> tuple[Tag, ...]:
    """The tags that a field's value names: a text with commas, an object, or a list of either."""
    return tuple(Tag(term.name, term.slug) for term in terms(value))


def categories_of(value: object) -> tuple[Category, ...]:
    """The categories that a field's value names; `Harbour > Piers` is Piers with the parent Harbour."""
    return tuple(_category(term) for term in terms(value))


def terms(value: object) -> tuple[Term, ...]:
    """The topics that a field's value names, by slug."""
    found: dict[str, Term] = {}
    for term in islice(_each(value, DEEPEST), MOST):
        found.setdefault(term.slug, term)
    return tuple(found.values())


def topic_slug(name: str) -> str:
    """The slug of a topic of this name; signs that tell languages apart are spelled out (`C++`, `C#`)."""
    return slugify(name.translate(SIGNS), name.casefold())


def _each(value: object, depth: int) -> Iterator[Term]:
    if isinstance(value, str):
        text = html.unescape(value)  # first: an entity ends with what parts topics
        for part in BETWEEN.split(text) if depth == DEEPEST else (text,):
            yield from _term(part)
    elif isinstance(value, list | tuple):
        for inner in value if depth else ():
            yield from _each(inner, depth - 1)
    elif isinstance(value, Mapping):
        yield from _from_object(value, depth)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield from _term(str(value))


def _from_object(value: Mapping[object, object], depth: int) -> Iterator[Term]:
    """A topic from an object's fields; an object without a name has the topics as its keys."""
    named = next((value[key] for key in ("name", "title", "label", "term", "slug") if isinstance(value.get(key), str) and value[key]), None)
    if named is None:
        for key in value if depth else ():
            yield from _term(str(key))
        return
    description, slug, parent = value.get("description"), value.get("slug"), value.get("parent")
    above = next(_each(parent, depth - 1), None) if parent and depth else None
    for term in _term(html.unescape(str(named))):
        yield Term(
            term.name,
            slugify(slug) if isinstance(slug, str) and slugify(slug) else term.slug,
            description.strip() or None if isinstance(description, str) else None,
            _category(above) if above else None,
        )


def _term(text: str) -> Iterator[Term]:
    """A topic of this name, unless it is empty."""
    name = " ".join(TAG.sub(" ", text).split()).lstrip("#").strip(",; ")[:LONGEST].strip()
    if name:
        yield Term(name, topic_slug(name))


def _category(term: Term) -> Category:
    """A category, the ones above it found in its name."""
    names = [name for name in DOWN.split(term.name) if name]
    if term.parent is not None or len(names) < 2:
        return Category(term.name, term.slug, term.parent, term.description)
    above: Category | None = None
    for name in names[:-1]:
        above = Category(name, topic_slug(name), above)
    slug = topic_slug(names[-1]) if term.slug == topic_slug(term.name) else term.slug
    return Category(names[-1], slug, above, term.description)
