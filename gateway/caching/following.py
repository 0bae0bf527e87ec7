"""Is what is kept still true?

The cache follows the change log: it knows the revision of the store, and that of the index, up to which it has dropped what is no longer
true. A request asks first whether anybody has written since, which costs next to nothing (`Store.pulse`), so an answer is never older than
what was committed before the request came, by whatever process. A thread looks as well, for when nobody asks, and where there is no pulse.
"""

from __future__ import annotations

import logging
import threading

from gateway.caching.kept import Cache, Drop
from index.library import Library
from index.store.store import ChangesForgotten, StoreError

BATCH = 1000  # changes that are read at once
POLL = 0.05  # seconds between the thread's looks
log = logging.getLogger("broadsheet.cache")


class Following:
    """A cache in step with a library."""

    def __init__(self, library: Library, cache: Cache) -> None:
        self.library = library
        self.cache = cache
        self.stored = library.store.revision()
        self.indexed: int | None = library.engine.revision()
        self._feel = library.store.pulse
        self._pulse = self._feel()
        self._lock = threading.Lock()

    def look(self) -> None:
        """Make sure that what is kept is true now. A store that cannot be read leaves it as it is, for then it is the best there is."""
        try:
            pulse = self._feel()
            if pulse is None or pulse != self._pulse or self.indexed != self.stored:
                self.step()
        except StoreError:  # the thread meets it too, and says so
            pass

    def poll(self) -> None:
        """The same whatever the pulse says."""
        try:
            self.step()
        except StoreError as trouble:
            log.warning("the change log cannot be read: %s", trouble)

    def step(self) -> None:
        """Read the log, and drop what is no longer true."""
        with self._lock:
            store = self.library.store
            pulse = store.pulse()
            indexed = self.library.engine.revision()  # first, so that the log has all that it has reached
            stored = store.revision()
            if pulse is None or pulse != self._pulse:
                self.cache.forget_named()  # documents are in no log of changes
            self._begin_again(stored, indexed)
            self.stored = self._drop(self.stored, stored, self.cache.drop_stored)
            if indexed is not None and self.indexed is not None:
                self.indexed = self._drop(self.indexed, indexed, self.cache.drop_listed)
            self._pulse = pulse

    def _begin_again(self, stored: int, indexed: int | None) -> None:
        """Drop everything where the store or the index is another one than before: an earlier state, or the first there is."""
        if stored < self.stored or (indexed is not None and (self.indexed is None or indexed < self.indexed)):
            self.cache.clear()
            self.stored, self.indexed = stored, indexed

    def _drop(self, since: int, until: int, drop: Drop) -> int:
        """Drop by the changes after one revision up to another; gives the revision that is reached."""
        while since < until:
            try:
                changes = [change for change in self.library.store.changes(since, BATCH) if change.revision <= until]
            except ChangesForgotten:
                self.cache.clear()
                return until
            drop(changes)
            since = changes[-1].revision if changes else until
        return since


class Watch(threading.Thread):
    """Looks now and then, until it is stopped."""

    def __init__(self, following: Following) -> None:
        super().__init__(name="cache", daemon=True)
        self.following = following
        self._ended = threading.Event()

    def run(self) -> None:
        """Look until stopped."""
        while not self._ended.wait(POLL):
            self.following.poll()

    def stop(self) -> None:
        """End."""
        self._ended.set()
        self.join()
