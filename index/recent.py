"""What has been read from the store and still holds?

Rows are kept from request to request until anybody writes. Its law: nothing is given out that was read before the last write.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from index.store.store import Store, Summary, Topic, TopicKind

T = TypeVar("T")
MOST = 20_000  # values that are kept, all let go where there are more: about 30 MB of summaries


class Recent:
    """Values by kind and key, all read at one moment. A moment is something that is another one once anybody has written."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._moment: int | bytes | None = None
        self._size = 0
        self._kept: dict[Hashable, dict[str, Any]] = {}
        self._lock = threading.Lock()

    def some(self, moment: int | bytes, kind: Hashable, keys: Sequence[str], load: Callable[[list[str]], dict[str, T]]) -> dict[str, T]:
        """The values with these keys, in their order, of this moment or a later one; `load` reads those that are not kept, at once.

        What it does not find is left out.
        """
        with self._lock:
            if moment != self._moment or self._size > self.most:
                self._moment, self._size, self._kept = moment, 0, {}
            kept = self._kept.setdefault(kind, {})
        found: dict[str, T] = {key: kept[key] for key in keys if key in kept}
        missing = [key for key in keys if key not in found]
        if not missing:
            return found
        read = load(missing)
        with self._lock:
            if kept is self._kept.get(kind):  # else somebody has written meanwhile, and this may have been read before
                kept.update(read)
                self._size += len(read)
        found |= read
        return {key: found[key] for key in keys if key in found}


class RecentStore:
    """A store as one request reads it: what has been read before is not read again, unless somebody has written before its first read."""

    def __init__(self, store: Store, recent: Recent) -> None:
        self.store = store
        self.recent = recent
        self._moment: int | bytes | None = None

    def __getattr__(self, name: str) -> Any:
        """Whatever is not kept is the store's own."""
        return getattr(self.store, name)

    def _some(self, kind: Hashable, keys: Sequence[str], load: Callable[[list[str]], dict[str, T]]) -> dict[str, T]:
        if self._moment is None:
            pulse = self.store.pulse()
            self._moment = self.store.revision() if pulse is None else pulse
        return self.recent.some(self._moment, kind, keys, load)

    def summaries(self, ids: Sequence[str]) -> dict[str, Summary]:
        """By id, in the order asked; unknown ids are left out."""
        return self._some("summaries", ids, self.store.summaries)

    def by_slug(self, slug: str) -> Summary | None:
        """The article with this slug."""

        def load(_: list[str]) -> dict[str, Summary]:
            found = self.store.by_slug(slug)
            return {} if found is None else {slug: found}

        return self._some("by_slug", (slug,), load).get(slug)

    def topics(self, kind: TopicKind, slugs: Sequence[str], *, preview: bool) -> dict[str, Topic]:
        """By slug, in the order asked; those that this reader may not see are left out."""
        return self._some((kind.value, preview), slugs, lambda missing: self.store.topics(kind, missing, preview=preview))
