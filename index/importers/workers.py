"""How do several processes read at once, in the order of what they are given?

Each worker is a process that reads and nothing else, with a thread of ours beside it that hands it pieces and waits. Its laws: outcomes
come in the order of the pieces, whoever was first; what is under way at any time is bounded; a piece that takes too long or ends its
process is rejected, and the others land.
"""

from __future__ import annotations

import os
import selectors
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import msgspec
from msgspec.structs import replace

import index
from index.importers.material import Rejection, Skipped
from index.importers.pieces import Entry, Piece
from index.importers.worker import LENGTH, Answer, Work, framed
from index.incoming import Incoming

PATIENCE = 60.0  # seconds for one article: the slowest of 4,900 takes under 2
START = 60.0  # seconds until a process answers at all, on a machine that has other things to do
GRACE = 2.0  # seconds that a process has to end once it is told to
CHUNK = 2**18

Finished = Incoming | Rejection | Skipped


ENDED = "Reading it ended the process that reads. It may be damaged on purpose; leave it out."


class Ended(Exception):
    """The process ended; the message says how."""


class TooLong(Ended):
    """It was ended, because it took longer than its time."""


class Worker:
    """One process that reads; it is started when it is needed, and again when it has ended."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self.patience = patience
        self.closed = False
        self._process: subprocess.Popen[bytes] | None = None
        self._buffer = bytearray()
        self._decode = msgspec.json.Decoder(Answer).decode
        self._beside: bytes | None = None
        self._broken = ""  # why no process can be started

    def read(self, entries: Sequence[Entry]) -> list[Finished]:
        """What these entries come to, in their order; whatever is no piece is passed on.

        A piece that ends the process is tried once more, for it may be that something else did; one that takes too long is not.
        """
        out: list[Finished] = []
        at, tried = 0, -1
        while at < len(entries):
            at, ended = self._read(entries, at, out)
            if ended is not None:
                self.stop()
                if tried == at or isinstance(ended, TooLong) or self._broken or self.closed:
                    out.append(_rejected(entries[at], ended))
                    at += 1
                else:
                    tried = at
        return out

    def _read(self, entries: Sequence[Entry], start: int, out: list[Finished]) -> tuple[int, Ended | None]:
        """Read on until all is done, or a piece ends the process: gives the place of that, and how it ended."""
        handed_over = False
        for at, entry in enumerate(entries[start:], start):
            if not isinstance(entry, Piece):
                out.append(entry)
                continue
            before = len(out)
            try:
                if not handed_over:
                    self._hand_over([piece for piece in entries[at:] if isinstance(piece, Piece)])
                    handed_over = True
                out.extend(self._answers())
            except Ended as ended:
                del out[before:]
                return at, ended
        return len(entries), None

    def _hand_over(self, pieces: Sequence[Piece]) -> None:
        """Send pieces to the process; what stands beside them only where the process does not have it."""
        if self._process is None:
            self._start()
        assert self._process is not None
        assert self._process.stdin is not None
        beside = pieces[0].beside
        work = Work(tuple(replace(piece, beside=b"") for piece in pieces), beside if beside != self._beside else None)
        self._beside = beside
        rest = memoryview(framed(msgspec.msgpack.encode(work)))
        try:
            while rest:
                rest = rest[self._process.stdin.write(rest) or 0 :]
        except OSError as error:
            raise Ended(ENDED) from error

    def _start(self) -> None:
        """Start a process, and wait until it is ready."""
        if self.closed or self._broken:
            raise Ended(self._broken or "Reading was stopped.")
        above = str(Path(index.__file__).parents[1])
        paths = os.pathsep.join(filter(None, (above, os.environ.get("PYTHONPATH"))))
        self._buffer.clear()
        self._beside = b""
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "index.importers.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**os.environ, "PYTHONPATH": paths},
                bufsize=0,
            )
            self._message(START)
        except (OSError, Ended) as error:
            self._broken = f"The process that reads does not start: {error} Try again; if that does not help, install the program anew."
            raise Ended(self._broken) from error

    def _answers(self) -> Iterator[Finished]:
        """What one piece comes to."""
        while (outcome := self._message(self.patience).outcome) is not None:
            yield outcome

    def _message(self, patience: float) -> Answer:
        """The next message of the process; raises `Ended` where it does not come in time."""
        deadline = time.monotonic() + patience
        while (length := self._length()) is None or len(self._buffer) < length:
            self._fill(deadline)
        message = self._decode(memoryview(self._buffer)[LENGTH:length])
        del self._buffer[:length]
        return message

    def _length(self) -> int | None:
        """How long the next message is with its length before it, once that is known."""
        return LENGTH + int.from_bytes(self._buffer[:LENGTH], "big") if len(self._buffer) >= LENGTH else None

    def _fill(self, deadline: float) -> None:
        """Wait for more of what the process has to say."""
        assert self._process is not None
        assert self._process.stdout is not None
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdout, selectors.EVENT_READ)
            left = deadline - time.monotonic()
            if left <= 0 or not selector.select(left):
                raise TooLong(f"Reading it takes more than {self.patience:g} seconds. Split it, or say so if it is an ordinary page.")
        data = os.read(self._process.stdout.fileno(), CHUNK)
        if not data:
            raise Ended(ENDED)
        self._buffer += data

    def end(self) -> None:
        """End the process, whatever it is doing. Whoever waits for it in another thread is told so, as long as its streams are open."""
        process = self._process
        if process is not None:
            process.terminate()
            try:
                process.wait(GRACE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def stop(self) -> None:
        """End the process, and let go of it."""
        self.end()
        process, self._process = self._process, None
        if process is not None:
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    stream.close()


def _rejected(entry: Entry, ended: Ended) -> Rejection:
    """A piece that could not be read to its end."""
    return Rejection(entry.location, str(ended), entry.line if isinstance(entry, Piece) and entry.part else None)


class Workers:
    """Several workers that are handed batches, and give back what they come to in the order in which they were handed over."""

    def __init__(self, processes: int, patience: float = PATIENCE) -> None:
        self._own = threading.local()
        self._patience = patience
        self._all: list[Worker] = []
        self._threads = ThreadPoolExecutor(processes, "reader")

    def submit(self, entries: Sequence[Entry]) -> Future[list[Finished]]:
        """Hand over a batch to whoever is free."""
        return self._threads.submit(self._read, entries)

    def _read(self, entries: Sequence[Entry]) -> list[Finished]:
        worker: Worker | None = getattr(self._own, "worker", None)
        if worker is None:
            worker = self._own.worker = Worker(self._patience)
            self._all.append(worker)
        return worker.read(entries)

    def close(self) -> None:
        """End all processes; batches that are under way come to nothing."""
        for worker in self._all:
            worker.closed = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._all:
            worker.end()
        self._threads.shutdown()
        for worker in self._all:
            worker.stop()  # one may have been about to start
