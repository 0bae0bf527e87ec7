"""Where does one record of a JSON file end and the next begin?

JSON lines and arrays are taken apart as a stream, in memory that one record bounds, without reading what is in them: so a broken record
costs no more than itself. A single object is its own record.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from index.importers.charset import BOMS, decode
from index.importers.material import Unreadable

LONGEST_RECORD = 16 * 2**20  # bytes: as much as the service takes in one request
LONGEST_WHOLE = 64 * 2**20  # bytes of a file that cannot be taken apart as a stream, such as one in UTF-16
CHUNK = 2**16
TOO_LONG = f"This record is longer than {LONGEST_RECORD // 2**20} MiB. Split it, or leave parts out."
AROUND = b" \t\r\n,\x1e"  # RFC 7464 puts a record separator before each
TOKEN = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|["{}\[\],]', re.DOTALL)  # a quote alone opens a string that is not over yet


class Record(NamedTuple):
    """The bytes of one record, and the 1-based line on which it begins; `fault` says why it could not be taken whole."""

    content: bytes
    line: int
    fault: str = ""


def records(stream: BinaryIO) -> Iterator[Record]:
    """The records of a file: each line, each element of an array, or the one object that it holds; raises `Unreadable`."""
    stream = _utf8(stream)
    head = stream.read(CHUNK)
    stream.seek(0)
    if head.lstrip(AROUND).startswith(b"["):
        return _elements(stream, depth=0)
    return _lines(stream) if in_lines(head) else _elements(stream, depth=1)


def in_lines(head: bytes) -> bool:
    """Whether a file that begins so has a record on each line, rather than one over several."""
    lines = [line.rstrip(AROUND) for line in head.split(b"\n") if line.strip()]
    if len(head) >= CHUNK:
        lines = lines[:-1]  # where the first line is not even over, it is one of many
    return not lines or not lines[0].startswith(b"{") or any(line.startswith(b"{") and line.endswith(b"}") for line in lines)


def array_in(content: bytes, start: int) -> bytes:
    """The array that begins at a place of a text, to its end or as far as it goes."""
    depth = 0
    for token in TOKEN.finditer(content, start):
        depth += (token[0] in b"[{") - (token[0] in b"]}")
        if token[0] == b'"':
            break
        if not depth:
            return content[start : token.end()]
    return content[start:]


def what_is_wrong(error: json.JSONDecodeError) -> str:
    """What Python has to say of broken JSON, for the middle of a sentence."""
    return f"{error.msg[0].lower()}{error.msg[1:]}".removesuffix(" at")


def _utf8(stream: BinaryIO) -> BinaryIO:
    """The stream in UTF-8 and without a byte order mark."""
    top = stream.read(4)
    stream.seek(0)
    bom = next((mark for mark, name in BOMS if top.startswith(mark) and name != "utf-8"), None)
    if bom is None and b"\0" not in top:
        return stream
    content = stream.read(LONGEST_WHOLE + 1)
    if len(content) > LONGEST_WHOLE:
        raise Unreadable(
            f"It is not in UTF-8, and longer than the {LONGEST_WHOLE // 2**20} MiB that can be turned into it. Convert it first."
        )
    return io.BytesIO(decode(content).encode("utf-8", "replace"))


def _lines(stream: BinaryIO) -> Iterator[Record]:
    """A record from each line that is not blank."""
    number = 0
    while line := stream.readline(LONGEST_RECORD + 1):
        number += 1
        if len(line) > LONGEST_RECORD and not line.endswith(b"\n"):
            while (rest := stream.readline(CHUNK)) and not rest.endswith(b"\n"):
                pass
            yield Record(b"", number, TOO_LONG)
        elif content := line.removeprefix(b"\xef\xbb\xbf").strip(AROUND):
            yield Record(content, number)


def _elements(stream: BinaryIO, depth: int) -> Iterator[Record]:
    """The elements of an array, or with depth 1 the objects that follow one another without one, wherever their lines break."""
    scanner = _Scanner(depth)
    while chunk := stream.read(CHUNK):
        yield from scanner.feed(chunk)
        if len(scanner.buffer) > LONGEST_RECORD + CHUNK:
            yield Record(b"", scanner.line, f"{TOO_LONG} What follows it was not read.")
            return
    yield from scanner.end()


class _Scanner:
    """Cuts at the commas between elements, and after each object, by counting brackets outside of strings."""

    def __init__(self, depth: int) -> None:
        self.buffer = bytearray()
        self.depth = depth
        self.line = 1  # of the buffer's first byte
        self._start = 0  # where the element at hand begins
        self._at = 0  # up to where the buffer has been looked at

    def feed(self, chunk: bytes) -> Iterator[Record]:
        """The elements that are complete with this chunk."""
        self.buffer += chunk
        for token in TOKEN.finditer(bytes(self.buffer), self._at):
            sign = token[0]
            if sign == b'"':
                self._at = token.start()
                break
            self._at = token.end()
            yield from self._take(sign)
        else:
            self._at = len(self.buffer)
        self._forget()

    def end(self) -> Iterator[Record]:
        """What is left when the file is over."""
        yield from self._cut(len(self.buffer))

    def _take(self, sign: bytes) -> Iterator[Record]:
        if sign in (b"{", b"["):
            self.depth += 1
            if self.depth == 1:
                self._start = self._at
        elif sign in (b"}", b"]"):
            self.depth = max(self.depth - 1, 0)
            if self.depth <= 1:
                yield from self._cut(self._at - (self.depth == 0))
        elif sign == b"," and self.depth == 1:
            yield from self._cut(self._at)

    def _cut(self, end: int) -> Iterator[Record]:
        """The element that ends here, unless there is nothing between two commas."""
        content = bytes(self.buffer[self._start : end])
        inner = content.lstrip(b"\xef\xbb\xbf" + AROUND)
        if stripped := inner.rstrip(AROUND):
            line = self.line + self.buffer.count(b"\n", 0, self._start + len(content) - len(inner))
            yield Record(stripped, line)
        self._start = self._at

    def _forget(self) -> None:
        """Let go of what has been cut."""
        self.line += self.buffer.count(b"\n", 0, self._start)
        del self.buffer[: self._start]
        self._at -= self._start
        self._start = 0
