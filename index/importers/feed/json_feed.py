"""What does an item of a JSON Feed say?

Versions 1.0 and 1.1 of jsonfeed.org, and whatever is near enough: an object with `items`.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from index.importers.charset import decode
from index.importers.feed.entries import Enclosure, Entry, clean
from index.importers.items import Item
from index.importers.material import Unreadable
from index.importers.splitting import array_in, records, what_is_wrong
from index.importers.urls import joined

SAID = ("title", "home_page_url", "feed_url", "language", "authors", "author")
ITEMS = re.compile(rb'"items"\s*:\s*\[')
HALF = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}")


class _Feed(msgspec.Struct):
    """A feed whose items are not read yet."""

    items: list[msgspec.Raw]
    title: Any = None
    home_page_url: Any = None
    feed_url: Any = None
    language: Any = None
    authors: Any = None
    author: Any = None


_feed = msgspec.json.Decoder(_Feed)
_anything = msgspec.json.Decoder()


def items(content: bytes) -> Iterator[tuple[bytes, Item]]:
    """The items of a feed, each with what the feed says of all, as JSON; raises `Unreadable`."""
    try:
        feed = _feed.decode(content)
        said = {name: getattr(feed, name) for name in SAID}
        found = [*_placed(content, (bytes(item) for item in feed.items))]
        for item in found:
            item.content.decode()
    except (msgspec.DecodeError, ValueError, RecursionError):
        said, found = _leniently(content)
    beside = msgspec.json.encode(clean(said))
    for item in found:
        yield beside, item


def _placed(content: bytes, items: Iterable[bytes]) -> Iterator[Item]:
    """Items with the lines on which they stand."""
    line, at = 1, 0
    for item in items:
        start = content.index(item, at)
        line += content.count(b"\n", at, start)
        yield Item(item, line)
        line, at = line + item.count(b"\n"), start + len(item)


def _leniently(content: bytes) -> tuple[dict[str, Any], list[Item]]:
    """The same for a feed with bytes that are no UTF-8, or halves of characters, or one that is broken or cut off."""
    try:
        feed = json.loads(HALF.sub("\ufffd", decode(content)), strict=False, parse_constant=str)
    except json.JSONDecodeError as error:
        if (items := ITEMS.search(content)) is None:
            raise Unreadable(f"It is not JSON: {what_is_wrong(error)}.", error.lineno) from error
        return _one_by_one(content, items)
    except (RecursionError, ValueError) as error:
        raise Unreadable("It is nested too deep, or has numbers too long, to be a JSON Feed.") from error
    found = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(found, list):
        raise Unreadable("It has no list of items, as a JSON Feed does.")
    return {name: feed.get(name) for name in SAID}, [Item(json.dumps(item).encode(), 1) for item in found]


def _one_by_one(content: bytes, items: re.Match[bytes]) -> tuple[dict[str, Any], list[Item]]:
    """What a broken feed says before its items, and these, each to be read by itself."""
    try:
        before = _feed.decode(content[: items.end()] + b"]}")
    except (msgspec.DecodeError, ValueError, RecursionError):
        before = _Feed([])
    array, lines = array_in(content, items.end() - 1), content.count(b"\n", 0, items.end())
    found = [Item(one.content, one.line + lines, one.fault) for one in records(io.BytesIO(array))]
    if not array.endswith(b"]") and (not found or found[-1].content.endswith(b"}")):
        found.append(Item(b"", lines + array.count(b"\n") + 1, "The feed is cut off here."))
    return {name: getattr(before, name) for name in SAID}, found


def parsed(item: Item, beside: bytes) -> Entry | None:
    """What one item says, or None where it says nothing; raises `Unreadable` where it is none."""
    line = item.line
    try:
        fields = _fields(item.content)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise Unreadable("This entry is cut off, or no JSON as feeds have it.", line) from error
    if not isinstance(fields, dict):
        raise Unreadable("This entry is no JSON object.", line)
    return entry_of(clean(fields), _anything.decode(beside)) if clean(fields) else None


def _fields(content: bytes) -> object:
    """The fields of an item, whatever bytes or halves of characters it holds."""
    try:
        return _anything.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return json.loads(HALF.sub("\ufffd", decode(content)), strict=False, parse_constant=str)


def entry_of(fields: Mapping[str, Any], feed: Mapping[str, Any]) -> Entry:
    """What an item says; the feed stands in where it says nothing."""
    html, text, base = fields.get("content_html"), fields.get("content_text"), _base(feed)
    address = _text(fields.get("url")) or _address(fields.get("id")) or _text(fields.get("external_url"))
    record = {
        "title": fields.get("title"),
        "publishedAt": fields.get("date_published"),
        "updatedAt": fields.get("date_modified"),
        "language": fields.get("language") or feed.get("language"),
        "authors": _authors(fields) or _authors(feed),
        "tags": fields.get("tags"),
        "url": joined(base, address) if address else None,
        "image": fields.get("image") or fields.get("banner_image"),
    }
    body = html if isinstance(html, str) else text if isinstance(text, str) else ""
    return Entry(
        clean(record),
        str(fields.get("id", "")),
        body,
        not isinstance(html, str),
        _text(fields.get("summary")),
        base or None,
        [*_attachments(fields.get("attachments"))],
    )


def _base(feed: Mapping[str, Any]) -> str:
    """What addresses in a feed are relative to: the address of its page, else its own."""
    return joined(_text(feed.get("feed_url")).strip(), _text(feed.get("home_page_url")).strip())


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _authors(fields: Mapping[str, Any]) -> list[object]:
    """Version 1.0 has one author, 1.1 a list, and some have both."""
    authors, author = fields.get("authors"), fields.get("author")
    return [*([author] if author else []), *(authors if isinstance(authors, list) else [])]


def _address(id: object) -> str:
    """An id that is an address is the item's."""
    return id if isinstance(id, str) and id.startswith(("http://", "https://")) else ""


def _attachments(value: object) -> Iterator[Enclosure]:
    for attachment in value if isinstance(value, list) else ():
        if isinstance(attachment, dict) and isinstance(url := attachment.get("url"), str):
            yield Enclosure(url, str(attachment.get("mime_type") or ""), str(attachment.get("title") or ""))


def title_of(beside: bytes) -> str:
    """The title of the feed."""
    title = _anything.decode(beside).get("title")
    return title if isinstance(title, str) else ""
