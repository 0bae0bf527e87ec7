"""How does a test wait for what another process or thread does?"""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 60.0  # seconds; a machine that runs other tests at the same time is slow
LOOK = 0.02  # seconds between two looks


def until(holds: Callable[[], object], seconds: float = PATIENCE) -> bool:
    """Whether this comes to hold within some seconds; returns as soon as it does."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(LOOK)  # nothing tells us when it is done
    return True
