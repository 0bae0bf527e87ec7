"""How processes read at once."""

from __future__ import annotations

import io
import sys
import threading

import msgspec
import pytest

from index.document import SourceFormat
from index.importers import workers as reading
from index.importers.material import Rejection, Skipped
from index.importers.pieces import Entry, Piece
from index.importers.worker import LENGTH, Answer, Work, framed, serve
from index.importers.workers import ENDED, Finished, Worker, Workers
from index.incoming import Incoming
from tests.waiting import until


def piece(title: str, beside: bytes = b"", **fields: object) -> Piece:
    """A record with this title."""
    return Piece(msgspec.json.encode({"title": title}), SourceFormat.JSON, "a.jsonl", "a.jsonl", part=True, beside=beside, **fields)  # type: ignore[arg-type]  # fields by name, or of a paragraph


def item(title: str, beside: bytes) -> Piece:
    """An item of a feed."""
    return Piece(b"<item><title>%s</title></item>" % title.encode(), SourceFormat.FEED, "a.xml", "a.xml", beside=beside, part=True)


def titles(outcomes: list[Finished]) -> list[object]:
    """The titles of articles; what is none as it is."""
    return [outcome.article.title if isinstance(outcome, Incoming) else outcome for outcome in outcomes]


@pytest.fixture
def worker() -> Worker:
    """A worker whose process ends with the test."""
    worker = Worker(patience=30)
    yield worker  # type: ignore[misc]  # a fixture's generator
    worker.stop()


def answers(sent: bytes) -> list[Answer]:
    """What a process answers to a message."""
    sink = io.BytesIO()
    serve(io.BytesIO(sent), sink)
    out, data = [], sink.getvalue()
    while data:
        length = int.from_bytes(data[:LENGTH], "big")
        out.append(msgspec.json.decode(data[LENGTH : LENGTH + length], type=Answer))
        data = data[LENGTH + length :]
    return out


def test_a_process_answers_piece_by_piece() -> None:
    """First that it is ready; after each piece that it is done with it; it ends with its input."""
    bad = Piece(b"x", SourceFormat.JSON, "a.jsonl", part=True)
    odd = Piece(b"{}", SourceFormat.JSON, "a.json", named=False)
    found = answers(framed(msgspec.msgpack.encode(Work((piece("One"), bad, odd)))))
    kinds = [type(answer.outcome).__name__ for answer in found]
    assert kinds == ["NoneType", "Incoming", "NoneType", "Rejection", "NoneType", "Skipped", "NoneType"]


def test_a_worker_gives_outcomes_in_order(worker: Worker) -> None:
    """Whatever is no piece is passed on in its place."""
    skipped = Skipped("b.png", ".png file")
    assert titles(worker.read([skipped, piece("One"), skipped, piece("Two")])) == [skipped, "One", skipped, "Two"]
    assert titles(worker.read([skipped])) == [skipped]


def test_what_stands_beside_pieces_reaches_the_process_once_it_differs(worker: Worker) -> None:
    """And is forgotten when the next have something else, or nothing, beside them."""
    feeds = [msgspec.msgpack.encode({"title": title}) for title in ("The Daily", "The Weekly")]
    found = [worker.read([item("One", beside)]) for beside in (feeds[0], feeds[0], feeds[1], b"")]
    publications = [outcome.article.source.publication for (outcome,) in found if isinstance(outcome, Incoming)]
    assert publications == ["The Daily", "The Daily", "The Weekly", ""]


def test_a_piece_that_takes_too_long_is_rejected(worker: Worker) -> None:
    """Its process is ended, and another goes on with the next."""
    worker.read([piece("One")])
    first = worker._process
    worker.patience = 0
    assert worker.read([piece("Two", line=4)]) == [
        Rejection("a.jsonl", "Reading it takes more than 0 seconds. Split it, or say so if it is an ordinary page.", 4)
    ]
    assert first is not None
    assert first.poll() is not None
    worker.patience = 30
    assert titles(worker.read([piece("Three")])) == ["Three"]


def test_a_process_that_was_ended_from_outside_is_started_again(worker: Worker) -> None:
    """Nobody is blamed for it."""
    worker.read([piece("One")])
    assert worker._process is not None
    worker._process.kill()
    worker._process.wait()
    assert titles(worker.read([piece("Two"), piece("Three")])) == ["Two", "Three"]


def test_a_piece_that_ends_its_process_twice_is_rejected(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its line; those around it land."""
    real = Worker._message

    def ends(self: Worker, patience: float) -> Answer:
        answer = real(self, patience)
        if answer.incoming is not None and answer.incoming.article.title == "Two":
            assert self._process is not None
            self._process.kill()
            while True:  # what it had said before its end is lost with it
                real(self, patience)
        return answer

    monkeypatch.setattr(Worker, "_message", ends)
    assert titles(worker.read([piece("One"), piece("Two", line=5), piece("Three")])) == ["One", Rejection("a.jsonl", ENDED, 5), "Three"]


def test_a_process_that_cannot_be_started_is_said_once_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each piece is rejected with the reason; there is no second attempt for each."""
    monkeypatch.setattr(sys, "executable", "/nonexistent/python")
    worker = Worker()
    one, two = worker.read([piece("One"), piece("Two")])
    assert isinstance(one, Rejection)
    assert one.reason.startswith("The process that reads does not start: ")
    assert one == two


def test_a_process_that_ends_at_its_start_is_no_puzzle(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told apart from one that a piece ended."""
    monkeypatch.setattr(sys, "executable", "/bin/false")
    (rejection,) = Worker().read([piece("One")])
    assert isinstance(rejection, Rejection)
    assert rejection.reason.startswith("The process that reads does not start: ")


def test_workers_keep_the_order_of_what_they_are_handed() -> None:
    """Whoever is first; a process each."""
    workers = Workers(2, patience=30)
    try:
        batches: list[list[Entry]] = [[piece(f"{n}-{m}") for m in range(1 + n % 3)] for n in range(12)]
        found = [workers.submit(batch) for batch in batches]
        assert [titles(future.result()) for future in found] == [[f"{n}-{m}" for m in range(1 + n % 3)] for n in range(12)]
        assert len(workers._all) == 2
    finally:
        workers.close()


def test_closing_ends_all_processes_and_threads() -> None:
    """Also those that are in the middle of something."""
    workers = Workers(2, patience=30)
    long = Piece(b"# A\n\n" + b"*a **b " * 400_000, SourceFormat.MARKDOWN, "slow.md", "slow.md")
    for _ in range(4):
        workers.submit([long, long])
    assert until(lambda: len([worker for worker in workers._all if worker._process is not None]) == 2)
    processes = [worker._process for worker in workers._all]
    workers.close()
    assert all(process is None or process.poll() is not None for process in processes)
    assert not any(thread.name.startswith("reader") for thread in threading.enumerate())


def test_a_closed_worker_starts_nothing() -> None:
    """What it is handed is rejected."""
    worker = Worker()
    worker.closed = True
    assert worker.read([piece("One")]) == [Rejection("a.jsonl", "Reading was stopped.", 1)]


def test_a_message_longer_than_a_pipe_goes_through(worker: Worker) -> None:
    """In both directions."""
    long = "x" * 2_000_000
    (outcome,) = worker.read([Piece(msgspec.json.encode({"title": "One", "text": long}), SourceFormat.JSON, "a", "a")])
    assert isinstance(outcome, Incoming)
    assert outcome.article.blocks[0].text == long  # type: ignore[union-attr]  # fields by name, or of a paragraph


def test_patience_is_for_each_article() -> None:
    """The default leaves room for the slowest page on a machine that has other things to do."""
    assert Workers(1)._patience == reading.PATIENCE
