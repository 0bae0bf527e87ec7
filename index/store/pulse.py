"""Has anybody written?

Eight bytes in a file beside the database, mapped into every process that has it open, and other ones after each commit: so a process knows
in a fraction of a microsecond that nothing has been written since it last looked. Its law: they are other ones before the write that made
them so is acknowledged, and zeros, which say nothing, from before the commit until then; where a writer is killed in between, they stay so
until the next one, and everybody asks the database. Another program that writes is noticed by whoever looks at the revision now and then.
"""

from __future__ import annotations

import mmap
import os
from pathlib import Path

SIZE = 8
NOTHING = bytes(SIZE)


class Pulse:
    """The pulse of a database, by the path of its file, which is made where it is missing."""

    def __init__(self, path: Path) -> None:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            if os.fstat(handle).st_size < SIZE:
                os.ftruncate(handle, SIZE)
            self._map = mmap.mmap(handle, SIZE)
        finally:
            os.close(handle)

    def now(self) -> bytes | None:
        """What it is now; None where it says nothing."""
        found = self._map[:SIZE]
        return None if found == NOTHING else found

    def hold(self) -> None:
        """Have it say nothing, until it beats."""
        self._map[:SIZE] = NOTHING

    def beat(self) -> None:
        """Make it another one, which nobody has seen: at random, for two who write at once must not come to the same."""
        self._map[:SIZE] = os.urandom(SIZE)

    def close(self) -> None:
        """Let go of the file."""
        self._map.close()
