"""Which slug does an article or a topic get?

An article's slug is the one that its source gives, else made of its title; where another article has it, a suffix from the id tells
them apart, so the first stored keeps the plain one. A topic's is the one that its source gives, else made of its name: names that make
the same slug are spellings of one topic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from index.identity import digest, number_of
from index.slugs import LONGEST, fold, slugify

SUFFIX = 6  # characters of base32: with a million articles of one title, one in a thousand needs the longer suffix
SIGNS = {"+": " plus ", "#": " sharp "}
SIGN_AFTER_WORD = re.compile(r"(?<=\w)[+#]|(?<=\+)\+")  # C, C++ and C# are three topics; `#news` is `news`


def wanted_slug(given: str, title: str) -> str:
    """The slug that an article has where nobody else has it."""
    return given or slugify(title, "article")


def slugs_for(wanted: str, id: str) -> Iterator[str]:
    """The slugs that an article may have, the best first."""
    number = number_of(id)
    yield wanted
    yield f"{wanted}-{number[:SUFFIX]}"
    yield f"{wanted}-{number}"
    yield f"{wanted}-{digest(wanted, number)}"


def free_slug(wanted: str, id: str, holders: Mapping[str, str]) -> str | None:
    """The best slug that no other article holds; `holders` says who holds which. None where all are held."""
    return next((slug for slug in slugs_for(wanted, id) if holders.get(slug, id) == id), None)


def topic_slug(name: str) -> str:
    """The slug that a topic's name makes: never empty, and no two long names that differ make the same."""
    spelt = SIGN_AFTER_WORD.sub(lambda sign: SIGNS[sign[0]], name)
    slug = slugify(spelt) or digest(fold(name))
    return f"{slug}-{digest(fold(name))[:SUFFIX]}" if len(spelt) > LONGEST else slug
