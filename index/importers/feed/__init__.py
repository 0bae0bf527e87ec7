"""How does a feed become articles?

RSS, RDF and Atom are cut into their items, each of which is read by itself between the tags that stand open around it, so that a broken
item costs no other; a JSON Feed is one object. An entry that is as good as empty is still an article, if it has a title.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import lru_cache
from typing import BinaryIO

import msgspec

from index.document import RepairKind
from index.importers.charset import IN_PROLOG, decode
from index.importers.feed import json_feed
from index.importers.feed.channel import Channel, channel_of
from index.importers.feed.elements import entry_of, item_in
from index.importers.feed.entries import Entry, reading
from index.importers.feed.xml import parsed
from index.importers.items import Item, cut
from index.importers.material import Material, Reading, Skipped, Unreadable

LONGEST = 64 * 2**20  # bytes of a feed: those of whole blogs have 30 MB
NO_ITEMS = "feed without entries"
NOTHING = "empty entry"
CUT_OFF = "entry that is cut off before it says anything"

_channels = msgspec.msgpack.Decoder(Channel)


def parts(stream: BinaryIO) -> Iterator[tuple[bytes, Item]]:
    """The entries of a feed in UTF-8, each with what the feed says of all; raises `Unreadable`."""
    content = stream.read(LONGEST + 1)
    if len(content) > LONGEST:
        raise Unreadable(f"It is longer than the {LONGEST // 2**20} MiB that a feed may have. Split it.")
    declared = IN_PROLOG.search(content[:1024])
    text = decode(content, declared[1].decode("ascii", "replace") if declared else None)
    content = text.encode("utf-8", "replace")
    if text.lstrip().startswith("{"):
        yield from json_feed.items(content)
        return
    beside = b""
    for part in cut(io.BytesIO(content)):
        if part.head is not None:
            beside = msgspec.msgpack.encode(channel_of(part.head.decode()))
        elif part.item is not None:
            yield beside, part.item


def read_item(item: Item, beside: bytes, material: Material) -> Reading | Skipped:
    """What one entry comes to; raises `Unreadable`."""
    if item.fault:
        raise Unreadable(item.fault, item.line)
    if beside.startswith(b"{"):
        entry, title = json_feed.parsed(item, beside), json_feed.title_of(beside)
    else:
        channel = _unpacked(beside)
        entry, title = _of_xml(item, channel), channel.title
    is_whole = item.is_closed or beside.startswith(b"{")
    if entry is None:
        return Skipped(material.location, NOTHING if is_whole else CUT_OFF, item.line)
    found = reading(entry, item.content, item.line, title)
    if not is_whole:
        found.repairs.add(RepairKind.OTHER, "This entry is not closed: its feed is cut off in it, or damaged.", item.line)
    return found


def _of_xml(item: Item, channel: Channel) -> Entry | None:
    """What an item of an XML feed says, or None where it says nothing."""
    tree = parsed(channel.opening, channel.names, item.content.decode("utf-8", "replace"))
    element = None if tree is None else item_in(tree)
    if element is None:
        raise Unreadable("This entry is too broken to be read.", item.line)
    return entry_of(element, channel) if len(element) else None


@lru_cache(maxsize=1)
def _unpacked(beside: bytes) -> Channel:
    """What bytes say of a feed; the last is remembered, as all its entries ask for it."""
    return _channels.decode(beside) if beside else Channel()
