"""By which keys can a cache on the way drop an answer?

The keys of what an answer holds (`index.keys`), in a header that the cache reads and takes off: `Surrogate-Key` with spaces, or `Cache-Tag`
with commas. A list has the keys of its narrowest condition. A key that names one thing is sent as its hash: an answer may hold hundreds,
proxies bound their headers, and the server looks at every byte of one. A header too long for the proxies that we know has one key instead
that every purge names. Every answer has the key that names them all.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable

from gateway.caching.kept import Headers, Kept
from index import keys
from index.store.store import Change

LONGEST = 3_000  # bytes: nginx takes all headers in 4 KiB unless it is told otherwise, Fastly 16 KiB of keys, Cloudflare 16 KB
HASHED = 5  # bytes of hash: two of 100,000 things share one by a chance of 1 : 200, and then more is dropped than need be
ALL = "broadsheet"
TOO_MANY = "too-many"
SEPARATORS = {"surrogate-key": " ", "cache-tag": ","}


def spelt(key: str) -> str:
    """A key as it is sent: `kind:name` as the BLAKE2b hash of its UTF-8 (base32, eight small letters and digits), all else as it is."""
    if ":" not in key:
        return key
    return base64.b32encode(hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=HASHED).digest()).decode().lower()


def held(kept: Kept) -> set[str]:
    """The keys of an answer."""
    return set(kept.stored).union(*(keys.narrowest(condition) for condition in kept.listed))


def header(name: str, kept: Kept) -> Headers:
    """The header of that name for an answer; none where there is no such header."""
    if name not in SEPARATORS:
        return []
    value = SEPARATORS[name].join([ALL, *sorted(map(spelt, held(kept)))])
    if len(value) > LONGEST:
        value = SEPARATORS[name].join([ALL, TOO_MANY])
    return [(name.encode(), value.encode())]


def purged(changes: Iterable[Change]) -> list[str]:
    """The keys that changes touch; where one of them touches everything, the one that names all."""
    touched = {key for change in changes for key in change.keys}
    if keys.EVERYTHING in touched:
        return [ALL]
    return [TOO_MANY, *sorted(map(spelt, touched))] if touched else []
