"""Who is an article, however often it is read?

An article's key is, first found, its address, the slug or id that its source gives within that publication, or its path. Its id
derives from the key, a section's id from the article and the anchor, a block's from the article, its content and its occurrence.
All are Relay global ids: base64 of `Type:rest`.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

NUMBER = re.compile(r"[a-z2-7]{16}")


class GlobalId(NamedTuple):
    """A global id taken apart: the type's name, and what that type makes of the rest."""

    type: str
    rest: str


def global_id(type_name: str, rest: str) -> str:
    """A Relay global id."""
    return base64.b64encode(f"{type_name}:{rest}".encode()).decode()


def parse_global_id(text: str) -> GlobalId | None:
    """The parts of a global id, or None where it is not one."""
    try:
        name, colon, rest = base64.b64decode(text, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return None
    return GlobalId(name, rest) if colon and name and rest else None


def digest(*parts: str | bytes) -> str:
    """Eighty bits over the parts, as sixteen characters (base32, lower case)."""
    state = hashlib.blake2b(digest_size=10)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        state.update(len(data).to_bytes(8, "big") + data)
    return base64.b32encode(state.digest()).decode().lower()


def fold_url(url: str) -> str:
    """An address as articles are known by it: scheme and host in lower case, without fragment and trailing slash."""
    parts = urlsplit(url.strip())
    host = parts.netloc.rpartition("@")
    netloc = host[0] + host[1] + host[2].lower()
    return urlunsplit((parts.scheme.lower(), netloc, parts.path.rstrip("/"), parts.query, ""))


def is_address(text: str) -> bool:
    """Whether a location is an address on the web rather than a path."""
    return text.lower().startswith(("http://", "https://")) and len(text) > len("https://")


def article_key(*, url: str | None, given: str, publication: str, path: str) -> str:
    """The key of an article: its address, else the slug or id `given` by its source within the publication, else its path."""
    if url:
        return f"url:{fold_url(url)}"
    if given:
        return f"slug:{publication}:{given}"
    return f"path:{path}"


def article_id(key: str) -> str:
    """The global id of the article with this key."""
    return global_id("Article", digest(key))


def is_article_id(text: str) -> bool:
    """Whether a text is an id that `article_id` could have made."""
    parts = parse_global_id(text)
    return parts is not None and parts.type == "Article" and NUMBER.fullmatch(parts.rest) is not None


def number_of(id: str) -> str:
    """The part of an article's global id that sections' and blocks' ids hold."""
    parts = parse_global_id(id)
    return parts.rest if parts else digest(id)


def section_id(article: str, anchor: str) -> str:
    """The global id of a section, from its article's and its anchor."""
    return global_id("Section", f"{number_of(article)}:{anchor}")


def block_id(article: str, type_name: str, content: bytes, occurrence: int) -> str:
    """The global id of a block: the `occurrence`-th (from 0) with this content in its article."""
    return global_id(type_name, f"{number_of(article)}:{digest(content)}{f'-{occurrence}' if occurrence else ''}")


def article_of(rest: str) -> str:
    """The article's global id, from the rest of a section's or block's."""
    return global_id("Article", rest.partition(":")[0])
