"""How does a WordPress export become articles?

WXR is RSS by its looks: a channel with the site's authors and topics, then an item for each post, page, attachment and menu entry.
The channel is read first, then each item by itself, so that an export of any size can be cut into pieces (`parts`) that other
processes read (`read_item`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from index.importers.items import Item, cut
from index.importers.material import Material, Reading, Skipped
from index.importers.wxr.channel import Pictures, channel_of, packed, unpacked
from index.importers.wxr.posts import post

NO_ITEMS = "export without items"


def parts(stream: BinaryIO) -> Iterator[tuple[bytes, Item]]:
    """The items of an export, each with what the export says of all; the stream is read twice, for the pictures that items name."""
    pictures = Pictures()
    for part in cut(stream):
        if part.item is not None:
            pictures.see(part.item)
    stream.seek(0)
    beside = b""
    for part in cut(stream):
        if part.head is not None:
            beside = packed(channel_of(part.head, pictures.shown))
        elif part.item is not None:
            yield beside, part.item


def read_item(item: Item, beside: bytes, material: Material) -> Reading | Skipped:
    """What one item comes to; raises `Unreadable`."""
    return post(item, unpacked(beside), material)
