"""Who may write?

A lock is a file that a process holds with `flock`: the system lets go of it when the process ends, however it ends. In one process a thread
that holds it may take it again, another one waits.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

POLL = 0.02  # seconds between tries
FOREVER = 10**6  # seconds


class FileLock:
    """A lock on a file, which is made where it is missing, as is the folder that it is in."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: IO[bytes] | None = None
        self._depth = 0
        self._holder = 0  # the thread
        self._threads = threading.RLock()

    def take(self, wait: float) -> bool:
        """Take the lock, waiting up to `wait` seconds; False where it is held elsewhere."""
        end = time.monotonic() + wait
        if not (self._threads.acquire(timeout=wait) if wait > 0 else self._threads.acquire(blocking=False)):
            return False
        try:
            while self._depth == 0 and not self._try():
                if time.monotonic() >= end:
                    self._threads.release()
                    return False
                time.sleep(POLL)
        except OSError:
            self._threads.release()
            raise
        self._depth += 1
        self._holder = threading.get_ident()
        return True

    def _try(self) -> bool:
        self.path.parent.mkdir(exist_ok=True)
        file = self.path.open("ab")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            ours = os.path.samestat(os.fstat(file.fileno()), self.path.stat())  # else it was removed, and others lock another one
        except OSError:
            ours = False
        if not ours:
            file.close()
            return False
        self._file = file
        return True

    def release(self) -> None:
        """Let go of it, as often as it was taken."""
        self._depth -= 1
        if self._depth == 0 and self._file is not None:
            self._file.close()
            self._file, self._holder = None, 0
        self._threads.release()

    @contextmanager
    def let_go(self) -> Iterator[None]:
        """Let others take it for a while, where this thread holds it; it holds it again afterwards."""
        depth = self._depth if self._holder == threading.get_ident() else 0
        for _ in range(depth):
            self.release()
        try:
            yield
        finally:
            for _ in range(depth):
                self.take(FOREVER)
