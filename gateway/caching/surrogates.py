"""By which keys can a cache on the way drop an answer?

The keys of what an answer holds (`index.keys`), in a header that the cache reads and takes off: `Surrogate-Key` with spaces, or `Cache-Tag`
with commas. A list has the keys of its narrowest condition. A header too long for the caches that we know has one key instead that every
purge names. Every answer has the key that names them all.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from gateway.caching.kept import Headers, Kept
from index import keys
from index.identity import digest
from index.store.store import Change

LONGEST = 8_000  # bytes: Fastly takes 16 KiB of keys, Cloudflare 16 KB, common proxies 8 KiB for a header
LONGEST_KEY = 200
ALL = "broadsheet"
TOO_MANY = "too-many"
SEPARATORS = {"surrogate-key": " ", "cache-tag": ","}


def spelt(key: str) -> str:
    """A key as a header can have it."""
    plain = quote(key, safe=":/=-._~+")
    return plain if len(plain) <= LONGEST_KEY else f"long:{digest(key)}"


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
