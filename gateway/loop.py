"""In which event loop does the service run?

uvloop, its whole life inside one large chunk of CPython 3.11's data stack: a call that crosses a chunk's boundary maps and unmaps memory
each time, which costs a deep GraphQL execution six times its own time (python/cpython#142183).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

import uvloop

T = TypeVar("T")


def roomy(work: Callable[..., T], *arguments: Any) -> T:
    """Call, with room on the data stack for all that is called from there."""
    return work(*arguments)


roomy.__code__ = roomy.__code__.replace(co_stacksize=40_000)  # slots of 8 bytes: more than the deepest execution has needed


class RoomyLoop(uvloop.Loop):
    """uvloop's loop with room on the data stack."""

    def run_forever(self) -> None:
        """Run until stopped."""
        roomy(super().run_forever)

    def run_until_complete(self, future: Any) -> Any:
        """Run until the future is done."""
        return roomy(super().run_until_complete, future)


def loop() -> asyncio.AbstractEventLoop:
    """A new event loop, as uvicorn asks for one."""
    return RoomyLoop()
