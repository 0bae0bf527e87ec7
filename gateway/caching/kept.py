"""Which answers are kept, and which of them does a change drop?

An answer is kept with the keys of what it holds, and dropped by the first change that touches one of them (`index.keys`): what the store
said when the change is in the log, what the index said once the index has reached it. Requests that were answered with it are kept beside
it, byte for byte, so that an equal one is a look-up; they go with it. Bounded by bytes: what was not asked for since it was last looked at
goes first.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import NamedTuple

from gateway.documents import FRESH
from index import keys
from index.store.store import Change
from schema.holding import Holdings

PER_ANSWER, PER_KEY = 600, 120  # bytes, about, that one takes besides its texts
MOST_REQUESTS = 16  # that are kept with one answer; further ones find it by their operation
LARGEST = 8  # an answer may take one part in so many of the room

Request = tuple[str | bytes, ...]
"""All of a request that decides about its answer, as it came."""


Headers = list[tuple[bytes, bytes]]


class Ready(NamedTuple):
    """A response as it is sent: the headers of whole answers and of those that were not modified, both also as written, body and tag."""

    kept: Kept
    headers: Headers
    unmodified: Headers
    head: bytes
    unmodified_head: bytes
    body: bytes
    tag: bytes


class Kept:
    """One answer. `alive` while the cache has it; `stale` once something that it holds has changed, though none of its articles."""

    __slots__ = ("alive", "body", "control", "key", "listed", "made", "requests", "size", "stale", "stored", "used")

    def __init__(self, key: Hashable, body: bytes, holdings: Holdings) -> None:
        self.key = key
        self.body = body
        self.stored = frozenset(holdings.stored)
        self.listed = tuple(holdings.listed)
        self.control = ""  # what `Cache-Control` says of it
        self.requests: list[Request] = []
        held = len(self.stored) + sum(len(part) for condition in self.listed for part in condition)
        self.size = PER_ANSWER + 2 * len(body) + PER_KEY * held
        self.made = time.time()
        self.alive = self.stale = self.used = False


class Cache:
    """The answers of one process. `generation` is another one whenever something may have been dropped."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self.generation = 0
        self.ready: dict[Request, Ready] = {}
        self._named: set[Request] = set()
        self._named_from = 0.0  # when a request that names its document may be kept again, on the monotonic clock
        self._answers: OrderedDict[Hashable, Kept] = OrderedDict()
        self._by_stored: dict[str, set[Kept]] = {}
        self._by_listed: dict[str, set[Kept]] = {}
        self._lock = threading.RLock()

    def __len__(self) -> int:
        return len(self._answers)

    def get(self, key: Hashable) -> Kept | None:
        """The answer to an operation, if it is still true."""
        kept = self._answers.get(key)
        if kept is None or kept.stale:
            return None
        kept.used = True
        return kept

    def get_stale(self, key: Hashable) -> Kept | None:
        """An answer that was true."""
        return self._answers.get(key)

    # ------------------------------------------------------------- keeping
    def keep(self, kept: Kept, generation: int) -> None:
        """Keep an answer that was begun in a generation, in the place of an older one.

        One that was overtaken by a change is let go, for it may hold what was before; so is one that is too large.
        """
        with self._lock:
            if generation != self.generation or kept.size * LARGEST > self.most_bytes:
                return
            self._remove(self._answers.get(kept.key))
            kept.alive = True
            self._answers[kept.key] = kept
            self.bytes += kept.size
            for registered, key in self._places(kept):
                registered.setdefault(key, set()).add(kept)
            self._make_room()

    def keep_ready(self, request: Request, ready: Ready, *, named: bool = False) -> None:
        """Keep the response to a request, for as long as its answer is true, or until `forget_named` where it names its document."""
        kept = ready.kept
        with self._lock:
            if not kept.alive or kept.stale or request in self.ready or len(kept.requests) >= MOST_REQUESTS:
                return
            if named and time.monotonic() < self._named_from:
                return
            more = _size(request, ready)
            if (kept.size + more) * LARGEST > self.most_bytes:
                return
            kept.requests.append(request)
            kept.size += more
            self.bytes += more
            self.ready[request] = ready
            if named:
                self._named.add(request)
            self._make_room()

    def _places(self, kept: Kept) -> Iterator[tuple[dict[str, set[Kept]], str]]:
        """Where an answer is to be found by what it holds, each place once."""
        for key in kept.stored:
            yield self._by_stored, key
        for key in frozenset().union(*map(keys.narrowest, kept.listed)):
            yield self._by_listed, key

    def _make_room(self) -> None:
        """Let answers go until the rest fits; one that was used meanwhile is looked at again later."""
        while self.bytes > self.most_bytes:
            kept = next(iter(self._answers.values()))
            if kept.used and not kept.stale:
                kept.used = False
                self._answers.move_to_end(kept.key)
            else:
                self._remove(kept)

    # ------------------------------------------------------------ dropping
    def drop_stored(self, changes: Iterable[Change]) -> None:
        """Drop what these changes made untrue of what the store said."""
        self._drop(changes, self._drop_stored)

    def drop_listed(self, changes: Iterable[Change]) -> None:
        """Drop what these changes made untrue of what the index said."""
        self._drop(changes, self._drop_listed)

    def _drop(self, changes: Iterable[Change], drop: Callable[[str, frozenset[str]], None]) -> None:
        """Begin a new generation, without what each of these changes made untrue."""
        with self._lock:
            self.generation += 1
            for change in changes:
                touched = change.keys
                if keys.EVERYTHING in touched:
                    self.clear()
                else:
                    drop(change.id, touched)

    def _drop_stored(self, id: str, touched: frozenset[str]) -> None:
        for kept in list(self._by_stored.get(keys.article(id), ())):
            self._remove(kept)
        for key in touched:
            for kept in list(self._by_stored.get(key, ())):
                self._grow_stale(kept)

    def _drop_listed(self, _id: str, touched: frozenset[str]) -> None:
        for key in touched:
            for kept in list(self._by_listed.get(key, ())):
                if any(keys.meets(condition, touched) for condition in kept.listed):
                    self._grow_stale(kept)

    def forget_named(self) -> None:
        """Have requests that name their documents look for them again, until that is sure to be the newest; their answers stay."""
        with self._lock:
            self._named_from = time.monotonic() + FRESH
            for request in list(self._named):
                self._forget(request)

    def clear(self) -> None:
        """Drop everything."""
        with self._lock:
            self.generation += 1
            for kept in list(self._answers.values()):
                self._remove(kept)

    def _grow_stale(self, kept: Kept) -> None:
        """Keep the answer for when there is no better one, and the responses no more."""
        kept.stale = True
        self._forget_requests(kept)

    def _forget_requests(self, kept: Kept) -> None:
        for request in list(kept.requests):
            self._forget(request)

    def _forget(self, request: Request) -> None:
        ready = self.ready.pop(request)
        ready.kept.requests.remove(request)
        size = _size(request, ready)
        ready.kept.size -= size
        self.bytes -= size
        self._named.discard(request)

    def _remove(self, kept: Kept | None) -> None:
        if kept is None or not kept.alive:
            return
        kept.alive = False
        self._forget_requests(kept)
        del self._answers[kept.key]
        self.bytes -= kept.size
        for registered, key in self._places(kept):
            registered[key].discard(kept)
            if not registered[key]:
                del registered[key]


def _size(request: Request, ready: Ready) -> int:
    """Bytes, about, that a response takes."""
    return PER_ANSWER + sum(map(len, request)) + len(ready.body) + 2 * len(ready.head) + len(ready.unmodified_head)


Drop = Callable[[Iterable[Change]], None]
