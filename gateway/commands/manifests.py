"""Which GraphQL documents does a file hold, and under which names?

One, by the file's name without its ending; or those of a list that a client's build writes: Apollo's manifest of persisted queries
(https://www.apollographql.com/docs/graphos/platform/security/persisted-queries#manifest-format) and Relay's JSON object of texts by their
ids (https://relay.dev/docs/guides/persisted-queries/#local-persisted-queries). Documents of a list are named by their ids there, which is
what the client will ask for.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

APOLLO = "apollo-persisted-query-manifest"
VERSION = 1


class Unreadable(Exception):
    """A file that holds no documents; the message is a sentence that says why."""


class Operation(msgspec.Struct):
    """An operation of Apollo's manifest: `body` is its whole document."""

    id: str
    body: str


class Manifest(msgspec.Struct):
    """Apollo's manifest, of which only that is read."""

    format: str
    version: int
    operations: list[Operation]


def documents_in(path: Path) -> list[tuple[str, str]]:
    """The names and texts of the documents in a file; raises `Unreadable`."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"It cannot be read: {getattr(error, 'strerror', None) or error}.") from None
    if path.suffix != ".json":
        return [(path.stem, text)]
    try:
        found = list(_listed(msgspec.json.decode(text)))
    except msgspec.MsgspecError as error:
        raise Unreadable(f"It is no list of persisted queries, Apollo's or Relay's: {error}.") from None
    if not found:
        raise Unreadable("It lists no documents.")
    return found


def _listed(given: object) -> Iterator[tuple[str, str]]:
    if isinstance(given, dict) and given.get("format") == APOLLO:
        manifest = msgspec.convert(given, Manifest)
        if manifest.version != VERSION:
            raise Unreadable(f"It is a manifest of version {manifest.version}; only {VERSION} is read here.")
        yield from ((operation.id, operation.body) for operation in manifest.operations)
    else:
        yield from msgspec.convert(given, dict[str, str]).items()
