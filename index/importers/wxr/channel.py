"""What does an export say of its site, authors and topics, before its items?

Items name authors by login, categories by slug and pictures by number; what those stand for is found here and handed to every item. It is
kept as bytes between processes.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote

import msgspec

from index.importers.charset import IN_PROLOG, decode
from index.importers.items import Item
from index.importers.wxr.fields import Field, fields

CHANNEL = re.compile(r"<(?:channel|rss)\b[^<>]*>")
MOST_PICTURES = 200_000  # attachments that articles show by number: about 30 MB
LONGEST_ALT = 1000  # characters
THUMBNAIL = re.compile(rb"_thumbnail_id(?:\]\]>)?\s*</wp:meta_key>\s*<wp:meta_value>\s*(?:<!\[CDATA\[)?\s*(\d+)")
GALLERY = re.compile(rb"\[gallery\b([^\]<>]*)\]")
NUMBERS = re.compile(rb"\b(?:ids|include)\s*=\s*[\"']?([\d,\s]+)")
PARENT = re.compile(rb"<wp:post_parent>\s*(?:<!\[CDATA\[)?\s*(\d+)")
IS_ATTACHMENT = re.compile(rb"<wp:post_type>\s*(?:<!\[CDATA\[)?\s*attachment\b")
NUMBER = re.compile(rb"<wp:post_id>\s*(?:<!\[CDATA\[)?\s*(\d+)")
ADDRESS = re.compile(rb"<wp:attachment_url>\s*(?:<!\[CDATA\[)?\s*([^<>\s\]]+)")
ALT = re.compile(
    rb"_wp_attachment_image_alt(?:\]\]>)?\s*</wp:meta_key>\s*<wp:meta_value>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</wp:meta_value>",
    re.DOTALL,
)


class Term(msgspec.Struct, frozen=True):
    """A category or tag: its name, the slug of the one above it, what it is about."""

    name: str
    parent: str = ""
    description: str = ""


class Picture(msgspec.Struct, frozen=True):
    """An attachment: its address, what it shows in words, and the number of the post that it was uploaded to."""

    url: str
    alt: str = ""
    parent: str = ""


class Channel(msgspec.Struct, frozen=True):
    """What the items need: display names by login, categories and tags by slug, pictures by number."""

    title: str = ""
    base: str = ""
    language: str = ""
    encoding: str = ""
    authors: dict[str, str] = {}
    categories: dict[str, Term] = {}
    tags: dict[str, Term] = {}
    pictures: dict[str, Picture] = {}


_decoder = msgspec.msgpack.Decoder(Channel)


def packed(channel: Channel) -> bytes:
    """The channel as bytes."""
    return msgspec.msgpack.encode(channel)


@lru_cache(maxsize=1)
def unpacked(data: bytes) -> Channel:
    """The channel that bytes are; the last one is remembered, as all items of a file ask for the same."""
    return _decoder.decode(data) if data else Channel()


def channel_of(head: bytes, pictures: dict[str, Picture] | None = None) -> Channel:
    """What stands in the head of an export."""
    prolog = IN_PROLOG.search(head[:1024])
    encoding = prolog[1].decode("ascii", "replace") if prolog else ""
    text = decode(head, encoding)
    start = max((opening.end() for opening in CHANNEL.finditer(text)), default=0)
    said: dict[str, str] = {}
    authors, categories, tags = dict[str, str](), dict[str, Term](), dict[str, Term]()
    for field in fields(text[start:]):
        if field.name == "author":
            _author(field, authors)
        elif field.name in ("category", "tag", "term"):
            _term(field, categories, tags)
        else:
            said.setdefault(field.name, field.text.strip())
    base = said.get("base_blog_url") or said.get("link") or said.get("base_site_url") or ""
    return Channel(said.get("title", ""), base, said.get("language", ""), encoding, authors, categories, tags, pictures or {})


def _author(field: Field, authors: dict[str, str]) -> None:
    """An author's display name by login: the one that is shown, else first and last name."""
    said = {inner.name: inner.text.strip() for inner in fields(field.inside)}
    login = said.get("author_login", "")
    name = said.get("author_display_name") or " ".join(filter(None, (said.get("author_first_name"), said.get("author_last_name"))))
    if login:
        authors.setdefault(login, name or login)


def _term(field: Field, categories: dict[str, Term], tags: dict[str, Term]) -> None:
    """A category or tag by its slug; terms of other taxonomies are known from the items that have them."""
    said = {inner.name: inner.text.strip() for inner in fields(field.inside)}
    kind = said.get("term_taxonomy", field.name)
    slug = unquote(said.get("category_nicename") or said.get("tag_slug") or said.get("term_slug") or "")
    name = said.get("cat_name") or said.get("tag_name") or said.get("term_name") or slug
    about = said.get("category_description") or said.get("tag_description") or said.get("term_description") or ""
    if slug and kind == "category":
        above = unquote(said.get("category_parent") or said.get("term_parent") or "")
        categories.setdefault(slug, Term(name, above, about))
    elif slug and kind in ("tag", "post_tag"):
        tags.setdefault(slug, Term(name, "", about))


class Pictures:
    """The attachments that posts show, gathered before the posts are read."""

    def __init__(self) -> None:
        self._wanted: set[str] = set()
        self._of_posts: set[str] = set()  # posts with a gallery of whatever was uploaded to them
        self._found: dict[str, Picture] = {}

    def see(self, item: Item) -> None:
        """Note what an item shows, or that it is an attachment."""
        content = item.content
        number = NUMBER.search(content)
        self._wanted.update(found.decode() for found in THUMBNAIL.findall(content))
        for gallery in GALLERY.findall(content):
            if numbers := NUMBERS.search(gallery):
                self._wanted.update(one.strip() for one in numbers[1].decode().split(","))
            elif number:
                self._of_posts.add(number[1].decode())
        if number and IS_ATTACHMENT.search(content) and len(self._found) < MOST_PICTURES:
            address, alt, parent = ADDRESS.search(content), ALT.search(content), PARENT.search(content)
            if address:
                said = decode(alt[1]).strip()[:LONGEST_ALT] if alt else ""
                self._found[number[1].decode()] = Picture(decode(address[1]), said, parent[1].decode() if parent else "")

    @property
    def shown(self) -> dict[str, Picture]:
        """The attachments that posts show."""
        return {n: picture for n, picture in self._found.items() if n in self._wanted or picture.parent in self._of_posts}
