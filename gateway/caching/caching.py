"""How is a service put behind its cache?"""

from __future__ import annotations

from starlette.types import ASGIApp

from gateway.caching.answers import Answers
from gateway.caching.following import Following, Watch
from gateway.caching.front import Front
from gateway.caching.kept import Cache
from gateway.caching.purging import Purger, receiver
from gateway.running import Runner
from gateway.settings import Settings
from index.library import Library


class Caching:
    """The parts of the cache: `answers` answers operations, `front` whole requests."""

    def __init__(self, settings: Settings, library: Library, runner: Runner) -> None:
        self.cache = Cache(settings.whole("response_cache_bytes"))
        self.following = Following(library, self.cache)
        self.answers = Answers(runner, self.cache, self.following, only_named=settings.text("documents_only") == "on")
        self._watch = Watch(self.following)
        told = receiver(settings)
        self._purger = None if told is None else Purger(library, told, settings.home)
        self._labels = settings.text("surrogate_keys")
        self._most_bytes = settings.whole("limit_body")

    def front(self, app: ASGIApp, *, own_ids: bool) -> Front:
        """The service behind its cache."""
        return Front(app, self.cache, self.following, most_bytes=self._most_bytes, own_ids=own_ids, labels=self._labels)

    def start(self) -> None:
        """Begin to follow the change log."""
        self._watch.start()
        if self._purger:
            self._purger.start()

    def stop(self) -> None:
        """End."""
        self._watch.stop()
        if self._purger:
            self._purger.stop()
