"""How does a cache on the way hear of a change?

Once the index has reached a change, so that whoever asks anew gets what is true, its keys are posted to the one address that the operator
has set, signed with their secret. Its law: every change is told at least once, in order, and by one process of those that share a home; how
far it got is in a file there, so that what was changed while nobody served is told by whoever serves next.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import threading
import time
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import msgspec

from gateway.caching.surrogates import ALL, purged
from gateway.settings import Misconfigured, Settings
from index.library import Library
from index.search.locking import FileLock
from index.store.store import Change, ChangesForgotten, StoreError

POLL = 0.1  # seconds between looks for changes
TIMEOUT = 10  # seconds that the receiver has to answer
SOONEST, LATEST = 1.0, 60.0  # seconds until the next try, doubled each time
AT_ONCE = 256  # keys of one message: as many as Fastly takes
MOST = 10_000  # changes that are told one by one; beyond them, everything is
UNKNOWN = 2**62  # a revision that no store reaches: as where an older one was restored, everything is told
SIGNATURE = "broadsheet-signature"
log = logging.getLogger("broadsheet.purge")


class Receiver(NamedTuple):
    """To whom changes are told, and the secret that they know us by."""

    url: str
    secret: bytes


def receiver(settings: Settings) -> Receiver | None:
    """Whom the operator has set, or nobody; raises `Misconfigured`."""
    url, secret = settings.text("purge_url"), settings.text("purge_secret")
    if not url:
        return None
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        raise Misconfigured(f"purge_url is {url!r}; it must be an address that begins with https:// or http://.")
    if not secret:
        raise Misconfigured("purge_url is set without purge_secret. Set one, so that the receiver can tell our messages from others'.")
    return Receiver(url, secret.encode())


def signature(secret: bytes, when: int, body: bytes) -> str:
    """HMAC-SHA256 of the time (seconds since 1970), a full stop and the body: `t=…,v1=…`, in hexadecimal digits."""
    return f"t={when},v1={hmac.new(secret, b'%d.' % when + body, hashlib.sha256).hexdigest()}"


class _NoRedirects(HTTPRedirectHandler):
    """A message goes to whom the operator named, and nowhere else."""

    def redirect_request(self, *_: Any) -> None:
        """None: the redirection is an error."""


class Purger(threading.Thread):
    """Tells of changes until it is stopped."""

    def __init__(self, library: Library, receiver: Receiver, home: Path) -> None:
        super().__init__(name="purge", daemon=True)
        self.library = library
        self.receiver = receiver
        self._lock = FileLock(home / "purged.lock")
        self._file = home / "purged"
        self._ended = threading.Event()
        self._open = build_opener(_NoRedirects).open

    def run(self) -> None:
        """Wait until nobody else does it, then tell whatever comes."""
        while not self._ended.wait(POLL):
            if self._lock.take(0):
                try:
                    self._tell_all()
                finally:
                    self._lock.release()

    def _tell_all(self) -> None:
        """Tell of changes, each again until it has arrived."""
        pause, wait = POLL, SOONEST
        while not self._ended.wait(pause):
            try:
                self._tell()
                pause, wait = POLL, SOONEST
            except (OSError, StoreError, HTTPException) as trouble:
                log.warning("a purge was not delivered and is tried again in %g s: %s", wait, trouble)
                pause, wait = wait, min(wait * 2, LATEST)

    def _tell(self) -> None:
        """Tell of what has changed since the last time; raises `OSError`, `HTTPException` where what answers speaks no HTTP."""
        reached, told = self.library.engine.revision(), self._told()
        if reached is None or reached == told:
            return
        if told is not None:
            for keys in self._keys(told, reached):
                self._post(keys, reached)
        self._note(reached)

    def _told(self) -> int | None:
        try:
            return int(self._file.read_bytes())
        except FileNotFoundError:
            return None  # the first time: no cache can hold anything of ours yet
        except ValueError:
            return UNKNOWN  # damaged, as by a power cut

    def _note(self, revision: int) -> None:
        new = self._file.with_suffix(".new")
        new.write_text(f"{revision}\n", encoding="ascii")
        new.replace(self._file)

    def _keys(self, told: int, reached: int) -> Iterator[list[str]]:
        """The keys of the changes between two revisions, as many at once as a message may have; where they are not to be had, all."""
        changes = self._changes(told) if told < reached else []
        keys = purged(change for change in changes if change.revision <= reached) if 0 < len(changes) <= MOST else [ALL]
        for at in range(0, len(keys), AT_ONCE):
            yield keys[at : at + AT_ONCE]

    def _changes(self, told: int) -> list[Change]:
        """The changes after a revision, one more than are told one by one at most; none where the log has forgotten them."""
        try:
            return self.library.store.changes(told, MOST + 1)
        except ChangesForgotten:
            return []

    def _post(self, keys: list[str], revision: int) -> None:
        """Send one message; raises `OSError` or `HTTPException` where it is not answered with success."""
        body = msgspec.json.encode({"revision": revision, "keys": keys})
        headers = {"content-type": "application/json", SIGNATURE: signature(self.receiver.secret, int(time.time()), body)}
        request = Request(self.receiver.url, body, headers, method="POST")  # noqa: S310  (`receiver` lets only http and https pass)
        with self._open(request, timeout=TIMEOUT):
            pass

    def stop(self) -> None:
        """Finish the message at hand, and end."""
        self._ended.set()
        self.join()
