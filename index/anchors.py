"""How is a heading addressed, the same after every import?

A heading's anchor is its words, or what its source gives. Where two headings of an article would share one, the first keeps it and the
others are told apart by the heading above them, then by a number. A re-import hands over the version before: a heading that stood at
the same path keeps the anchor it had, whatever was added or removed around it.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator

import msgspec

from index.document import Article, Section
from index.slugs import slugify

Path = tuple[str, ...]


def anchored(article: Article, before: Article | None = None) -> Article:
    """The article with an anchor on every section, no two alike; `before` is the version that it replaces."""
    kept = _kept(before)
    taken = {anchor for _, anchor in _walk(article.sections) if anchor}
    taken.update(anchor for anchors in kept.values() for anchor in anchors)
    given: set[str] = set()
    return msgspec.structs.replace(article, sections=_name(article.sections, (), "", kept, taken, given))


def _walk(sections: tuple[Section, ...], path: Path = ()) -> Iterator[tuple[Path, str]]:
    for section in sections:
        here = (*path, section.heading)
        yield here, section.anchor
        yield from _walk(section.sections, here)


def _kept(before: Article | None) -> dict[Path, deque[str]]:
    """The anchors of the version before, by path, in reading order."""
    kept: dict[Path, deque[str]] = defaultdict(deque)
    for path, anchor in _walk(before.sections if before else ()):
        kept[path].append(anchor)
    return kept


def _name(
    sections: tuple[Section, ...], path: Path, above: str, kept: dict[Path, deque[str]], taken: set[str], given: set[str]
) -> tuple[Section, ...]:
    """Sections with anchors: their own, else the one kept from before, else a new one."""
    out = []
    for section in sections:
        here = (*path, section.heading)
        anchor = section.anchor if section.anchor not in given else ""
        if not anchor and kept.get(here):
            anchor = kept[here].popleft()
        if not anchor or anchor in given:
            anchor = _new(section.heading, above, taken | given)
        given.add(anchor)
        inner = _name(section.sections, here, anchor, kept, taken, given)
        out.append(Section(section.heading, section.level, anchor, section.blocks, inner))
    return tuple(out)


def _new(heading: str, above: str, taken: set[str]) -> str:
    plain = slugify(heading, "section")
    if plain not in taken:
        return plain
    under = f"{above}-{plain}" if above else plain
    number = 2
    while (anchor := under if number == 2 and above else f"{under}-{number}") in taken:
        number += 1
        if number == 3 and above and f"{under}-2" not in taken:
            return f"{under}-2"
    return anchor
