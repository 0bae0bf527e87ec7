"""Which of several spellings is a topic's name?

Names that make the same slug, such as `Go` and `go`, are spellings of one name. The one that most articles have is kept; of equally common
ones the latest, else the one that was kept before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import bindparam, func, select, update

from index.slugs import fold
from index.store.naming import topic_slug
from index.store.statements import Access, listed, numbered
from index.store.tables import links, topics

NAMES = select(topics.c.number, topics.c.name).where(numbered(topics.c.number, "numbers"))
SPELLINGS = (
    select(links.c.topic, links.c.spelling, func.count())
    .where(numbered(links.c.topic, "numbers"))
    .group_by(links.c.topic, links.c.spelling)
)
RENAME = update(topics).where(topics.c.number == bindparam("of")).values(name=bindparam("new_name"), folded=bindparam("new_folded"))


def alike(one: str, other: str) -> bool:
    """Whether two names are spellings of one."""
    return one == other or topic_slug(one) == topic_slug(other)


def settle(access: Access, numbers: Collection[int], said: Mapping[int, str]) -> dict[int, str]:
    """Give each of these topics its commonest spelling; `said` holds the latest of some. Says which got which new name."""
    if not numbers:
        return {}
    asked = listed(sorted(numbers))
    spelt: dict[int, dict[str, int]] = defaultdict(dict)
    for number, spelling, count in access.rows(SPELLINGS, numbers=asked):
        spelt[number][spelling] = count
    renamed = {}
    for number, name in access.rows(NAMES, numbers=asked):
        best = _commonest(name, said.get(number, name), spelt[number])
        if best != name:
            renamed[number] = best
    access.many(RENAME, [{"of": number, "new_name": name, "new_folded": fold(name)} for number, name in renamed.items()])
    return renamed


def _commonest(name: str, said: str, counts: Mapping[str, int]) -> str:
    """The best of the spellings of `name`."""
    candidates = {name, said, *(spelling for spelling in counts if spelling and alike(spelling, name))}
    return min(candidates, key=lambda spelling: (-counts.get(spelling, 0), spelling != said, spelling != name, spelling))
