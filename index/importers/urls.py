"""Which addresses may a document hold?

Its law: what comes out is an `http`, `https`, `mailto` or `tel` address, or relative to the page, whatever white space, control
characters, entities or letter case the scheme was hidden behind.
"""

from __future__ import annotations

import html
import ipaddress
import re
from urllib.parse import SplitResult, urljoin, urlsplit

SCHEMES = frozenset(["http", "https", "mailto", "tel"])
LONGEST = 8192  # characters: what servers take at most in a request's first line
HIDDEN = re.compile(r"[\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufffd]+")
SCHEME = re.compile(r"([^/?#:\\]*):")
BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
HOST = re.compile(r"\[[0-9A-Fa-f:.]+\]|[\w-]+(?:\.[\w-]+)*\.?")
NUMERIC = re.compile(r"(?:.*\.)?(?:\d+|0[xX][0-9A-Fa-f]*)\.?")
ENCODED = str.maketrans({" ": "%20", '"': "%22", "<": "%3C", ">": "%3E", "`": "%60"})


def safe_url(url: str, base: str | None = None) -> str | None:
    """The address as it may stand in a document, made absolute against `base` where that is given; None where it may not.

    A fragment alone stays as it is: it points into the document. Blanks and quotes become their percent escapes.
    """
    address = BREAKS.sub("", url).strip().replace("\\", "/")
    if not address or len(address) > LONGEST or not _allowed(address):
        return None
    if address.startswith("#"):
        return address.translate(ENCODED) if len(address) > 1 else None
    try:
        whole = urljoin(base, address) if base else address
        sound = _allowed(whole) and _sound(urlsplit(whole))
    except ValueError:
        return None
    return whole.translate(ENCODED) if sound else None


def joined(base: str, address: str) -> str:
    """An address made absolute against a base, neither of which needs to be sound: where one is broken, the address as it is."""
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def path_of(address: str) -> str:
    """The path of an address, empty where it is too broken to have one."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def is_absolute(url: str) -> bool:
    """Whether an address names its scheme and host."""
    return url[:8].lower().startswith(("http://", "https://"))


def names_unsafe(address: str) -> bool:
    """Whether an address is refused for what it would do, rather than for being empty or broken."""
    return bool(address.strip()) and not _allowed(BREAKS.sub("", address).strip())


def _allowed(address: str) -> bool:
    """Whether the scheme, once everything that could hide it is gone, is one of ours or none."""
    bare = address
    for _ in range(3):  # an entity may stand for the ampersand of another
        bare = html.unescape(bare)
    found = SCHEME.match(HIDDEN.sub("", bare))
    return found is None or (found.group(1).lower() in SCHEMES and SCHEME.match(address) is not None)


def _sound(parts: SplitResult) -> bool:
    """Whether the host and port, where there should be any, are such that browsers go there; raises `ValueError` as well."""
    if parts.scheme in ("mailto", "tel"):
        return bool(parts.path)
    host = parts.netloc.rpartition("@")[2]
    if not host:
        return not parts.scheme
    name = host if host.endswith("]") else host.partition(":")[0] if not host.startswith("[") else host.rpartition(":")[0]
    if not HOST.fullmatch(name) or (parts.port or 0) > 65535:
        return False
    if name.startswith("["):
        ipaddress.IPv6Address(name[1:-1])
    elif NUMERIC.fullmatch(name):
        ipaddress.IPv4Address(name.rstrip("."))
    return True
