"""What does a process do that only reads?

It takes pieces on standard input, answers what they come to on standard output, and ends when the input does. Each message stands behind
its length; pieces are MessagePack, answers JSON. It holds no state between pieces but what stood beside the last ones.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
from typing import BinaryIO

import msgspec

from index.importers.dispatch import finished
from index.importers.material import Rejection, Skipped
from index.importers.pieces import Piece
from index.incoming import Incoming

MEMORY = 4 * 2**30  # bytes of address space: what runs into it is refused, before the machine begins to swap
SELDOM = (50_000, 20, 20)  # the collector's thresholds: documents hold no cycles, and looking for some took a quarter of the time
LENGTH = 4  # bytes that say how long a message is


class Work(msgspec.Struct, frozen=True):
    """Pieces to read, in order, and what stands beside them all: None where that is what stood beside the last ones."""

    pieces: tuple[Piece, ...]
    beside: bytes | None = None


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that a piece came to; nothing at all means that the piece is done with."""

    incoming: Incoming | None = None
    rejection: Rejection | None = None
    skipped: Skipped | None = None

    @property
    def outcome(self) -> Incoming | Rejection | Skipped | None:
        """The thing itself."""
        return self.incoming or self.rejection or self.skipped


_encode = msgspec.json.Encoder().encode  # MessagePack would turn every time to UTC
_decode = msgspec.msgpack.Decoder(Work).decode
DONE = Answer()


def framed(message: bytes) -> bytes:
    """A message behind its length."""
    return len(message).to_bytes(LENGTH, "big") + message


def answer(outcome: Incoming | Rejection | Skipped) -> Answer:
    """An outcome as it is sent."""
    if isinstance(outcome, Incoming):
        return Answer(incoming=outcome)
    return Answer(rejection=outcome) if isinstance(outcome, Rejection) else Answer(skipped=outcome)


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """Read pieces until there are no more; the first message says that the process is ready."""
    _send(sink, DONE)
    beside = b""
    while length := source.read(LENGTH):
        work = _decode(source.read(int.from_bytes(length, "big")))
        beside = beside if work.beside is None else work.beside
        for piece in work.pieces:
            for outcome in finished(msgspec.structs.replace(piece, beside=beside) if beside else piece):
                _send(sink, answer(outcome))
            _send(sink, DONE)


def _send(sink: BinaryIO, message: Answer) -> None:
    sink.write(framed(_encode(message)))
    sink.flush()


def main() -> None:
    """Serve on the standard streams; what is printed by mistake goes to standard error."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that started us says when to end
    _bound()
    gc.freeze()
    gc.set_threshold(*SELDOM)
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    with contextlib.suppress(BrokenPipeError):  # nobody is left to tell
        serve(sys.stdin.buffer, sink)


def _bound() -> None:
    """Bound the memory where the system can."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # a system without limits, or with a lower one: it bounds us itself
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))


if __name__ == "__main__":
    main()
