"""What does HTTP say of an answer that may be kept?

RFC 9110 and 9111: a strong tag of the bytes that are sent, on which headers of the request they depend, and how long they may be kept.
"""

from __future__ import annotations

import hashlib
import time

from gateway.caching.kept import Headers, Kept, Ready

VARY = b"accept, accept-encoding, authorization, origin"
NO_STORE = (b"cache-control", b"no-store")
BY_REQUEST = frozenset({b"x-request-id", b"vary", b"cache-control"})
"""Headers that are another request's, or said anew."""


def control(max_age: int, *, private: bool) -> str:
    """For how many seconds and by whom an answer may be kept."""
    return f"{'private' if private else 'public'}, max-age={max_age}"


def ready(kept: Kept, headers: Headers, body: bytes, labels: Headers) -> Ready:
    """A response that carries an answer, put together of what the service behind sent; `labels` are the keys of what it holds."""
    body = undated(headers, body)
    tag = b'"' + hashlib.blake2b(body, digest_size=12).hexdigest().encode() + b'"'
    own = [(b"etag", tag), (b"vary", VARY), (b"cache-control", kept.control.encode()), *labels]
    rest = [(name, value) for name, value in headers if name not in BY_REQUEST]
    whole = rest + own
    unmodified = [(name, value) for name, value in whole if not name.startswith(b"content-")]
    return Ready(kept, whole, unmodified, written(b"200 OK", whole), written(b"304 Not Modified", unmodified), body, tag)


def undated(headers: Headers, body: bytes) -> bytes:
    """A body without the time at which gzip packed it (RFC 1952: bytes 4 to 7), so that the same answer has one tag."""
    return body[:4] + bytes(4) + body[8:] if (b"content-encoding", b"gzip") in headers else body


def written(status: bytes, headers: Headers) -> bytes:
    """The beginning of a response from memory as HTTP/1.1 sends it, but for what each one has of its own."""
    lines = [b"%b: %b\r\n" % header for header in (*headers, HIT)]
    return b"".join([b"HTTP/1.1 ", status, b"\r\n", *lines])


def is_known(tag: bytes, known: bytes) -> bool:
    """Whether a tag is among those of an `If-None-Match`; a proxy that compresses makes ours a weak one."""
    if not known or not tag:
        return False
    return known == tag or any(one.strip().removeprefix(b"W/") in (tag, b"*") for one in known.split(b","))


def status(how: str) -> tuple[bytes, bytes]:
    """How an answer was come by (https://www.rfc-editor.org/rfc/rfc9211)."""
    return b"cache-status", b"broadsheet; " + how.encode()


HIT = status("hit")


def outdated(response: Ready) -> tuple[Ready, Headers]:
    """A response that was true, with what says so."""
    age = max(0, int(time.time() - response.kept.made))
    headers = [header for header in response.headers if header[0] not in (b"cache-control", b"etag")]
    own = [(b"age", b"%d" % age), (b"warning", b'110 - "Response is Stale"'), NO_STORE, status("hit; detail=index-away")]
    return response._replace(headers=headers, tag=b""), own


def refused(headers: Headers) -> Headers:
    """The headers of what is not to be kept."""
    return headers if any(name == b"cache-control" for name, _ in headers) else [*headers, NO_STORE]
