"""How is an article kept as bytes, and read back by an older or newer version?

As document JSON (the public form: `broadsheet read`, `export`, `import`), and as the store's blobs: a version byte, then MessagePack of
an article's blocks and sections. A field that a version does not know is passed over, one that it misses has its default, so that both
neighbours of a version can read what it wrote; the version byte rises when that is no longer true.
"""

from __future__ import annotations

import msgspec

from index.document import Article, Block, Section

VERSION = 1


class Body(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True):
    """What of an article only its body needs: the part that the store keeps encoded."""

    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()


class UnknownVersion(Exception):
    """The bytes were written by a version of the program that this one cannot read."""


_to_json = msgspec.json.Encoder()
_from_json = msgspec.json.Decoder(Article)
_to_blob = msgspec.msgpack.Encoder()
_from_blob = msgspec.msgpack.Decoder(Body)


def to_json(article: Article) -> bytes:
    """The article as document JSON, on one line."""
    return _to_json.encode(article)


def from_json(line: bytes) -> Article:
    """The article that a line of document JSON holds; raises `msgspec.ValidationError` or `msgspec.DecodeError`."""
    return _from_json.decode(line)


def to_blob(body: Body) -> bytes:
    """A body as the store keeps it."""
    return bytes([VERSION]) + _to_blob.encode(body)


def from_blob(blob: bytes) -> Body:
    """The body that a blob holds; raises `UnknownVersion`."""
    if blob[:1] != bytes([VERSION]):
        found = blob[0] if blob else "none"
        raise UnknownVersion(f"This document was written in version {found} of the encoding; this program reads {VERSION}.")
    return _from_blob.decode(memoryview(blob)[1:])
