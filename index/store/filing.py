"""What becomes of the authors, categories and tags that articles bring?

There is one entity a slug, whatever number of articles name it. A later value that is not empty wins, and so does a later name, unless
the two are spellings of one name: then the articles vote (`spellings`). A category's new parent is taken unless the tree forbids it:
then it is left out, and the article that brought it gets a repair.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, func, insert, select, update

from index.document import Repair, RepairKind
from index.slugs import fold
from index.store.mentions import Mention, Mentions, Place
from index.store.spellings import alike, settle
from index.store.statements import Access, among, listed, numbered
from index.store.store import TopicKind
from index.store.tables import links, topics
from index.store.tree import Tree

T = topics.c
_parents = topics.alias("parents")
NAMED = (
    select(T.number, T.kind, T.slug, T.name, T.text, T.url, T.image, _parents.c.slug, T.parent)
    .select_from(topics.outerjoin(_parents, _parents.c.number == T.parent))
    .where(among(T.slug, "slugs"))
)
PARENTS = (
    select(T.slug, _parents.c.slug)
    .select_from(topics.join(_parents, _parents.c.number == T.parent))
    .where(T.kind == TopicKind.CATEGORY.value)
)
NEWEST = select(func.coalesce(func.max(T.number), 0))
ADD = insert(topics)
CHANGE = (
    update(topics)
    .where(T.number == bindparam("of"))
    .values({name: bindparam(f"new_{name}") for name in ("name", "folded", "text", "url", "image", "parent")})
)


@dataclass(slots=True)
class Entity:
    """A topic as it is to be stored, and the name and parent that the store had for it; `fresh` where it had none."""

    number: int
    place: Place
    name: str = ""
    text: str | None = None
    url: str | None = None
    image: str | None = None
    parent: str | None = None
    parent_number: int | None = None
    fresh: bool = False
    changed: bool = False
    name_before: str = ""
    parent_before: str | None = None
    said: str = ""  # the latest spelling, where there are several

    def take(self, mention: Mention) -> None:
        """Let later values win, but for the parent."""
        for name in ("text", "url", "image"):
            value = getattr(mention, name)
            if value and value != getattr(self, name):
                setattr(self, name, value)
                self.changed = True
        if mention.name:
            self._call(mention.name)

    def _call(self, name: str) -> None:
        if name == self.name:
            self.said = self.said and name
        elif self.name and alike(name, self.name):
            self.said = name
        else:
            self.name, self.said, self.changed = name, "", True


class Filing:
    """The topics that a batch of articles names, as they will stand; it only reads until `apply`."""

    def __init__(self, access: Access, batch: Sequence[Mentions]) -> None:
        self.access = access
        self.entities: dict[Place, Entity] = {}
        self._tree: Tree | None = None
        self._load({mention.place[1] for article in batch for mention in article.all})
        for article in batch:
            for mention in article.all:
                entity = self._entity(mention.place)
                entity.take(mention)
                if mention.parent and mention.parent != entity.parent:
                    self._move(entity, mention.parent, article.repairs)

    def _load(self, slugs: set[str]) -> None:
        for number, kind, slug, name, text, url, image, parent, above in self.access.rows(NAMED, slugs=listed(sorted(slugs))):
            place = (TopicKind(kind), slug)
            entity = Entity(number, place, name, text, url, image, parent, above, name_before=name, parent_before=parent)
            self.entities[place] = entity
        self._newest: int = self.access.rows(NEWEST)[0][0]

    def _entity(self, place: Place) -> Entity:
        entity = self.entities.get(place)
        if entity is None:
            self._newest += 1
            entity = self.entities[place] = Entity(self._newest, place, fresh=True)
        return entity

    def _move(self, entity: Entity, parent: str, repairs: list[Repair]) -> None:
        if self._tree is None:
            self._tree = Tree((child, above) for child, above in self.access.rows(PARENTS))
        slug = entity.place[1]
        refused = self._tree.place(slug, parent)
        if refused is None:
            entity.parent = parent
            entity.parent_number = self._entity((TopicKind.CATEGORY, parent)).number
            entity.changed = True
        else:
            repairs.append(Repair(RepairKind.OTHER, f"The category “{slug}” was not put under “{parent}”, which {refused}."))

    @property
    def moved(self) -> list[int]:
        """The numbers of the stored categories whose parent changes."""
        return sorted(e.number for e in self.entities.values() if not e.fresh and e.parent != e.parent_before)

    @property
    def changed(self) -> list[tuple[str, str]]:
        """Kind and slug of the stored topics that are now otherwise themselves, with the parents that gain or lose one."""
        own = [entity for entity in self.entities.values() if entity.changed and not entity.fresh]
        moved = [entity for entity in own if entity.parent != entity.parent_before]
        parents = {parent for entity in moved for parent in (entity.parent, entity.parent_before) if parent}
        return [(e.place[0].value, e.place[1]) for e in own] + [(TopicKind.CATEGORY.value, parent) for parent in parents]

    def apply(self) -> None:
        """Write new and changed topics; names of several spellings stay as they are until `settle`."""
        fresh, changed = [], []
        for entity in self.entities.values():
            if entity.fresh:
                entity.name = entity.name or entity.place[1]
                row = {"number": entity.number, "kind": entity.place[0].value, "slug": entity.place[1], "articles": 0, "visible": 0}
                fresh.append(row | _values(entity))
            elif entity.changed:
                changed.append({"of": entity.number} | {f"new_{name}": value for name, value in _values(entity).items()})
        self.access.many(ADD, fresh)
        self.access.many(CHANGE, changed)

    def settle(self, lost: Collection[int]) -> list[int]:
        """Decide between spellings once all links are written; `lost` are topics that articles no longer name as they did.

        Gives the numbers of the topics that were stored before and whose name is now another.
        """
        entities = {entity.number: entity for entity in self.entities.values()}
        said = {entity.number: entity.said for entity in entities.values() if entity.said}
        names = {number: entity.name for number, entity in entities.items()} | settle(self.access, {*said, *lost}, said)
        new = (number for number, name in names.items() if number not in entities or name != entities[number].name_before)
        return sorted(number for number in new if number not in entities or not entities[number].fresh)


def _values(entity: Entity) -> dict[str, object]:
    return {
        "name": entity.name,
        "folded": fold(entity.name),
        "text": entity.text,
        "url": entity.url,
        "image": entity.image,
        "parent": entity.parent_number,
    }


_below = select(T.number).where(numbered(T.number, "numbers")).cte("below", recursive=True)
_below = _below.union(select(T.number).join(_below, T.parent == _below.c.number))
UNDER = select(links.c.article).where(links.c.topic.in_(select(_below.c.number))).distinct()


def under(access: Access, numbers: Collection[int]) -> set[int]:
    """The numbers of the articles that stand under these topics or their descendants."""
    return {row[0] for row in access.rows(UNDER, numbers=listed(sorted(numbers)))} if numbers else set()
