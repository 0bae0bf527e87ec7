"""What does an article say about its authors, categories and tags?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from index.document import Article, Author, Category, Repair, Tag
from index.store.naming import topic_slug
from index.store.store import TopicKind
from index.store.tree import DEEPEST

Place = tuple[TopicKind, str]
"""A topic's kind and slug."""


@dataclass(frozen=True, slots=True)
class Mention:
    """What one article says about one topic. `linked`: it is filed there itself, not under a descendant only."""

    place: Place
    name: str
    text: str | None = None
    url: str | None = None
    image: str | None = None
    parent: str | None = None
    linked: bool = True


@dataclass(slots=True)
class Mentions:
    """All that one article says, in its order, and repairs for what of it could not be done."""

    all: list[Mention]
    repairs: list[Repair] = field(default_factory=list)

    def spellings(self) -> dict[Place, str]:
        """The topics that the article is filed under, in its order, each once, with the name that it has for them."""
        found: dict[Place, str] = {}
        for mention in self.all:
            if mention.linked:
                found[mention.place] = found.get(mention.place) or mention.name
        return found


def mentions(article: Article) -> Mentions:
    """What an article says about its authors, categories (each with its ancestors) and tags; those without slug and name are left out."""
    return Mentions([*_authors(article), *(m for category in article.categories for m in _chain(category)), *_tags(article)])


def _slug(thing: Author | Category | Tag) -> str:
    """The slug of what an article names: its own, else made from its name; empty where it has neither."""
    return thing.slug or (topic_slug(thing.name) if thing.name.strip() else "")


def _authors(article: Article) -> Iterator[Mention]:
    for author in article.authors:
        if slug := _slug(author):
            image = msgspec.json.encode(author.image).decode() if author.image else None
            yield Mention((TopicKind.AUTHOR, slug), author.name.strip(), author.bio, author.url, image)


def _tags(article: Article) -> Iterator[Mention]:
    for tag in article.tags:
        if slug := _slug(tag):
            yield Mention((TopicKind.TAG, slug), tag.name.strip())


def _chain(category: Category) -> Iterator[Mention]:
    """A category and its ancestors, up to one that has neither slug nor name, and no further than a tree may go."""
    here: Category | None = category
    for depth in range(DEEPEST + 1):
        if here is None or not (slug := _slug(here)):
            return
        above = _slug(here.parent) if here.parent and depth < DEEPEST else ""
        yield Mention((TopicKind.CATEGORY, slug), here.name.strip(), here.description, parent=above or None, linked=depth == 0)
        here = here.parent
