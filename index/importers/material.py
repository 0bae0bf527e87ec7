"""What arrived, and what came of reading it?

Importers are pure: a `Material` in, `Reading`s and `Rejection`s out; no network, no database, no clock.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from index.document import Article
from index.importers.repairs import Repairs

VERSION = 11  # part of what "unchanged" means: raise it when an importer reads the same source better than before

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Material:
    """One file, or one body taken from a larger one.

    `location` is the path as it was given or the address, as messages name it; `path` is the path relative to the folder that was
    given, with `/` (for a single file its name); `publication` is what stands in for a publication that the source does not name.
    `first_line` is where the content begins in its file, 1-based.
    """

    content: bytes
    location: str = ""
    path: str = ""
    publication: str = ""
    first_line: int = 1


@dataclass(frozen=True, slots=True)
class Reading:
    """An article that was read: no id yet, no final slug, no anchors but those that its source gives.

    `given` is the slug or id that the source gives, else empty. `content` is the part of the source that this article was read from,
    for its hash; `beside` is what elsewhere in its file went into it, for telling whether it has changed. `line` is where it starts.
    """

    article: Article
    given: str = ""
    content: bytes = b""
    line: int | None = None
    repairs: Repairs = field(default_factory=Repairs)
    beside: bytes = b""


@dataclass(frozen=True, slots=True)
class Rejection:
    """A source, or a record in one, that could not be read: `reason` is a sentence that says why and what to do.

    `is_gone` says that there is nothing at all at its location.
    """

    location: str
    reason: str
    line: int | None = None
    is_gone: bool = False

    def __str__(self) -> str:
        return f"{one_line(self.location)}{f':{self.line}' if self.line else ''}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A source, or a record in one, that holds no article to store: `reason` is a phrase that they are counted by (`trashed post`).

    `key` is set where it was skipped because it is stored already, under that key.
    """

    location: str
    reason: str
    line: int | None = None
    key: str = ""


def one_line(location: str) -> str:
    """A location as a terminal may show it: a file's name can hold line breaks and what moves the cursor."""
    return CONTROL.sub(lambda control: repr(control[0])[1:-1], location)


class Unreadable(Exception):
    """Raised by an importer that cannot make an article of what it was given; becomes a `Rejection`."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


class Foreign(Unreadable):
    """Raised for what is sound but no article, such as a site map: found in a folder it is skipped, named by itself it is rejected."""
