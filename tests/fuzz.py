"""Is there anything that an importer trips over, or never comes back from? `python -m tests.fuzz --seconds 600`, or `make fuzz`.

What is in `tests/corpus`, mutated, spliced and mixed with the signs that the formats live by, is read by every importer and finished as
an import finishes it. A defect is an exception, a rejection that names a defect of this program, or an input that takes longer than
`PATIENCE` seconds: the input is written to a file, and the run ends with 1. What ends the whole process is left in `current`. A seed gives
the same inputs each time; an input that has been mended belongs into the corpus.
"""

from __future__ import annotations

import argparse
import faulthandler
import random
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import typer

from index.document import SourceFormat
from index.encoding import to_json
from index.importers.dispatch import read
from index.importers.finish import finish, shown
from index.importers.material import Material, Reading, Rejection

CORPUS = Path(__file__).parent / "corpus"
FINDINGS = Path(__file__).parent.parent / "build" / "fuzz"
PATIENCE = 10.0  # seconds for one input
STUCK = 60  # seconds until a process that no alarm reaches is ended
MEMORY = 4 * 2**30  # bytes, as for the processes that read
LONGEST = 2**16  # bytes of an input
DEFECT = "defect of this program"

WORDS = (
    b"< > </ <!-- --> <![CDATA[ ]]> <div> </div> <table> <tr> <td> </td> <li> <p> <b> <script> <pre> <svg> <h1> <br/> &amp; &#0; &#x110000; "
    b"--- +++ ``` ~~~ > - * 1. | |-| [ ]( ]: ![ {{< >}} {{% %}} {% %} $$ ** __ ~~ \\ : :: # ###### [^1] [^1]: {#a} 2021-02-30 0000-00-00 "
    b'{ } [[ ]] " "": null true 1e999 -0 \\ud800 {"a": , ; = \' 99999999999999999999 \xef\xbb\xbf \xff\xfe \x00 \xc3 \xe2\x80\xa8 \xf0\x9f\x98\x80 '
    b'<item> </item> <entry> <rss> <channel> <feed> <wp:status> <?xml xml:base="%" xmlns:a=" [caption] [/gallery] <!--more--> Advertisement '
    b"By YesNo 12:30 $1,000 Monday http://[ javascript: data:"
)
SIGNS = (*WORDS.split(b" "), b"\n", b"\n\n", b"\r\n", b"\t", b"    ", b"\xc2\xa0")

# each format with the names by which its files are known
NAMES = {
    SourceFormat.HTML: "a.html",
    SourceFormat.MARKDOWN: "2021-03-04-a.md",
    SourceFormat.TEXT: "a.txt",
    SourceFormat.WXR: "a.xml",
    SourceFormat.FEED: "feed.xml",
    SourceFormat.JSON: "a.json",
}


class Hung(BaseException):
    """An input took too long; no `Exception`, so that nothing on the way takes it for one of its own."""


@dataclass
class Tally:
    """What the inputs came to so far."""

    inputs: Counter[str] = field(default_factory=Counter)
    read: Counter[str] = field(default_factory=Counter)
    slowest: dict[str, float] = field(default_factory=dict)
    defects: list[str] = field(default_factory=list)


def corpus() -> dict[SourceFormat, list[bytes]]:
    """The saved inputs by format, in the order of their names."""
    return {format: [path.read_bytes() for path in sorted((CORPUS / format.value.lower()).iterdir())] for format in NAMES}


def inputs(seed: int, saved: dict[SourceFormat, list[bytes]]) -> Iterator[tuple[bytes, SourceFormat | None, str]]:
    """Content, format (None where it is to be found out), and file name, without end: the corpus as it is, then what is made of it."""
    for format, contents in saved.items():
        for content in contents:
            yield content, format, NAMES[format]
            yield content, None, NAMES[format]
    number = 0
    while True:
        for format, contents in saved.items():
            number += 1
            chance = random.Random(f"{seed}:{number}")
            content = mutated(chance, chance.choice(contents), saved)
            wanted = chance.choice([format, format, format, None, chance.choice(list(saved))])
            yield content, wanted, NAMES[chance.choice([format, format, chance.choice(list(saved))])]


def mutated(chance: random.Random, content: bytes, saved: dict[SourceFormat, list[bytes]]) -> bytes:
    """Content after one to a dozen changes; now and then bytes that were never anything."""
    if chance.random() < 0.02:
        return chance.randbytes(chance.randrange(2000))
    if chance.random() < 0.05:
        content = b"".join(chance.choices(SIGNS, k=chance.randrange(300)))
    for _ in range(1 + int(chance.expovariate(0.4))):
        content = chance.choice(MUTATIONS)(chance, content)[:LONGEST]
    if chance.random() < 0.1:
        content = _spliced(chance, content, chance.choice(saved[chance.choice(list(saved))]))
    return content


def _span(chance: random.Random, content: bytes) -> tuple[int, int]:
    """Where a piece of the content begins and ends; most are short."""
    start = chance.randrange(len(content) + 1)
    return start, min(len(content), start + int(chance.expovariate(1 / 30)))


def _changed(chance: random.Random, content: bytes) -> bytes:
    start, _ = _span(chance, content)
    return content[:start] + bytes([chance.randrange(256)]) + content[start + 1 :]


def _cut(chance: random.Random, content: bytes) -> bytes:
    start, end = _span(chance, content)
    return content[:start] + content[end:]


def _ended(chance: random.Random, content: bytes) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _repeated(chance: random.Random, content: bytes) -> bytes:
    start, end = _span(chance, content)
    return content[:end] + content[start:end] * chance.choice([1, 2, 10, 500]) + content[end:]


def _moved(chance: random.Random, content: bytes) -> bytes:
    start, end = _span(chance, content)
    to, _ = _span(chance, content)
    return content[:to] + content[start:end] + content[to:]


def _signed(chance: random.Random, content: bytes) -> bytes:
    start, _ = _span(chance, content)
    return content[:start] + chance.choice(SIGNS) * chance.choice([1, 1, 1, 1, 3, 2000]) + content[start:]


def _replaced(chance: random.Random, content: bytes) -> bytes:
    start, end = _span(chance, content)
    return content[:start] + chance.choice(SIGNS) + content[end:]


def _recoded(chance: random.Random, content: bytes) -> bytes:
    return content.decode("utf-8", "replace").encode(chance.choice(["utf-16", "utf-32", "utf-16-be", "cp1252", "koi8-r"]), "replace")


def _spliced(chance: random.Random, content: bytes, other: bytes) -> bytes:
    return content[: chance.randrange(len(content) + 1)] + other[chance.randrange(len(other) + 1) :]


Mutation = Callable[[random.Random, bytes], bytes]
OFTEN: tuple[Mutation, ...] = (_changed, _cut, _repeated, _moved, _signed, _replaced)
MUTATIONS: tuple[Mutation, ...] = (*OFTEN * 4, _ended, _recoded)


@contextmanager
def bounded(seconds: float) -> Iterator[None]:
    """Raises `Hung` where what is done takes longer, at the next moment that Python has a say; ends the process where it never has."""

    def ring(*_: object) -> None:
        raise Hung

    before = signal.signal(signal.SIGALRM, ring)
    faulthandler.dump_traceback_later(STUCK, exit=True, file=sys.__stderr__ or sys.stderr)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        faulthandler.cancel_dump_traceback_later()


def defect_of(content: bytes, format: SourceFormat | None, name: str, tally: Tally, patience: float = PATIENCE) -> str:
    """What is wrong with how this is read, as a line; empty where nothing is."""
    material = Material(content, name, name, "fuzz")
    kind = format.value if format else "SNIFFED"
    began = time.monotonic()
    try:
        with bounded(patience):
            for outcome in read(material, format):
                if isinstance(outcome, Rejection) and DEFECT in outcome.reason:
                    return str(outcome)
                if isinstance(outcome, Reading):
                    to_json(shown(finish(outcome, material)))
                    tally.read[kind] += 1
    except Hung:
        return f"{name}: it takes longer than {patience:g} seconds."
    except Exception as error:  # noqa: BLE001  (whatever it is, it is what is looked for)
        return f"{name}: {type(error).__name__}: {error}"
    finally:
        tally.inputs[kind] += 1
        tally.slowest[kind] = max(tally.slowest.get(kind, 0), time.monotonic() - began)
    return ""


def run(seconds: float, seed: int, most: int | None, findings: Path, patience: float = PATIENCE) -> Tally:
    """Read inputs until the time is over or there have been `most`; what is found is in `findings`."""
    findings.mkdir(parents=True, exist_ok=True)
    tally, end, current = Tally(), time.monotonic() + seconds, findings / "current"
    for number, (content, format, name) in enumerate(inputs(seed, corpus())):
        if number == most or time.monotonic() > end:
            break
        current.write_bytes(content)
        if defect := defect_of(content, format, name, tally, patience):
            kept = findings / f"seed{seed}-{number}-{format.value.lower() if format else 'sniffed'}-{name}"
            kept.write_bytes(content)
            tally.defects.append(defect)
            typer.echo(f"defect: {' '.join(defect.split())[:400]}\n  input: {kept}")
    current.unlink(missing_ok=True)
    return tally


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line; 1 if there was a defect."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Throw mutated inputs at every importer.")
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=0, help="another seed, other inputs [default: 0]")
    parser.add_argument("--most", type=int, help="end after so many inputs")
    parser.add_argument("--patience", type=float, default=PATIENCE, help="seconds that one input may take [default: 10]")
    parser.add_argument("--findings", type=Path, default=FINDINGS, help="folder for inputs that show a defect [default: build/fuzz]")
    given = parser.parse_args(arguments)
    tally = run(given.seconds, given.seed, given.most, given.findings, given.patience)
    for kind in sorted(tally.inputs):
        typer.echo(f"{kind.lower()}: {tally.inputs[kind]:,} inputs, {tally.read[kind]:,} articles, slowest {tally.slowest[kind]:.2f} s")
    typer.echo(f"{tally.inputs.total():,} inputs, {len(tally.defects)} defects")
    return 1 if tally.defects else 0


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    sys.exit(main())
