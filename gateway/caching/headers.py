"""What does HTTP say of an answer that may be kept?

RFC 9110 and 9111: a strong tag of the bytes that are sent, and on which headers of the request they depend.
"""

from __future__ import annotations

import hashlib

from gateway.caching.kept import Headers, Kept, Ready

VARY = b"accept, accept-encoding, authorization, origin"
BY_REQUEST = frozenset({b"x-request-id", b"vary"})
"""Headers that are another request's, or said anew."""


def ready(kept: Kept, headers: Headers, body: bytes) -> Ready:
    """A response that carries an answer, put together of what the service behind sent."""
    tag = b'"' + hashlib.blake2b(body, digest_size=12).hexdigest().encode() + b'"'
    own = [(b"etag", tag), (b"vary", VARY)]
    rest = [(name, value) for name, value in headers if name not in BY_REQUEST]
    unmodified = [(name, value) for name, value in rest if not name.startswith(b"content-")]
    return Ready(kept, rest + own, unmodified + own, body, tag)


def is_known(tag: bytes, known: bytes) -> bool:
    """Whether a tag is among those of an `If-None-Match`; a proxy that compresses makes ours a weak one."""
    return known == tag or any(one.strip().removeprefix(b"W/") in (tag, b"*") for one in known.split(b","))


def status(how: str) -> tuple[bytes, bytes]:
    """How an answer was come by (https://www.rfc-editor.org/rfc/rfc9211)."""
    return b"cache-status", b"broadsheet; " + how.encode()
