"""Where does one item of a feed or a WordPress export end and the next begin?

A file is cut as a stream, by looking only at item tags, comments and CDATA sections, so that a gigabyte passes through the memory of one
item, and an item that is broken costs no other. Its law: a CDATA section ends where a tag follows, for some hold `]]>` as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from index.importers.material import Unreadable

LONGEST_ITEM = 16 * 2**20  # bytes, comments and all
LONGEST_HEAD = 64 * 2**20  # bytes: authors, categories, tags; 100,000 of them take 30 MB
CHUNK = 2**18
# prefixes are listed, for trying any name before the colon of every tag takes twelve times as long over 30 MB
SIGN = re.compile(
    rb"<(?:!(?:(?P<cdata>\[CDATA\[)|(?P<comment>--))|(?P<open>(?:(?:rss|atom|a|ns\d):)?(?:item|entry)(?=[\s/>]))"
    rb"|/(?:(?P<close>(?:(?:rss|atom|a|ns\d):)?(?:item|entry)\s*>)|(?P<over>(?:(?:rss|atom|rdf|a|ns\d):)?(?:channel|feed|RDF)\s*>)))"
)
CDATA_END = re.compile(rb"\]\]>(?=\s*<[!\w]|[^<]{0,1000}</)")
COMMENT_END = re.compile(rb"-->")
CLOSED = re.compile(rb"</(?:[\w.-]+:)?(?:item|entry)\s*>\s*\Z|\A<[\w.:-]+[^<>]*/>\s*\Z")
PARTIAL = 1100  # bytes at the end of what is known that may be the beginning of a sign


class Item(NamedTuple):
    """The bytes of one item, tags included, and the 1-based line on which it begins; `fault` says why it was not taken whole."""

    content: bytes
    line: int
    fault: str = ""

    @property
    def is_closed(self) -> bool:
        """Whether its last tag is its own: else it was cut off, or another began in it."""
        return CLOSED.search(self.content, max(len(self.content) - PARTIAL, 0)) is not None


class Cut(NamedTuple):
    """What stands before the first item, or an item."""

    head: bytes | None = None
    item: Item | None = None


def cut(stream: BinaryIO) -> Iterator[Cut]:
    """First what stands before the items, then each item."""
    scanner = _Scanner()
    while chunk := stream.read(CHUNK):
        scanner.buffer += chunk
        yield from scanner.scan(last=False)
    yield from scanner.scan(last=True)


class _Scanner:
    """Finds the signs in what has been read so far."""

    def __init__(self) -> None:
        self.buffer = bytearray()
        self.line = 1  # of the buffer's first byte
        self._at = 0
        self._start: int | None = None  # of the item at hand
        self._headed = False

    def scan(self, *, last: bool) -> Iterator[Cut]:
        """What is complete by now; `last` says that there is no more to come."""
        while sign := SIGN.search(self.buffer, self._at):
            kind = sign.lastgroup or ""
            if kind in ("cdata", "comment"):
                end = (CDATA_END if kind == "cdata" else COMMENT_END).search(self.buffer, sign.end())
                if end is None and not last and len(self.buffer) - sign.start() < LONGEST_ITEM:
                    self._at = sign.start()
                    break
                self._at = (end or sign).end()
            else:
                self._at = sign.end()
                yield from self._meet(kind, sign.start(), sign.end())
        else:
            self._at = max(self._at, len(self.buffer) - PARTIAL)
        if last:
            yield from self._meet("", len(self.buffer), len(self.buffer))
        elif not self._headed and len(self.buffer) > LONGEST_HEAD:
            raise Unreadable("What stands before its first item is longer than an export's authors and categories can be.")
        elif self._start is not None and len(self.buffer) > LONGEST_ITEM:
            yield Cut(item=Item(b"", self.line, f"This item is longer than {LONGEST_ITEM // 2**20} MiB, and was left out."))
            self._start = None
            self._forget(len(self.buffer) - PARTIAL)

    def _meet(self, kind: str, start: int, end: int) -> Iterator[Cut]:
        """An item begins or ends here; one that is not closed ends where the next begins, or with the channel."""
        if not self._headed:
            if kind not in ("open", ""):
                return
            self._headed = True
            yield Cut(head=bytes(self.buffer[:start]))
        if self._start is not None:
            stop = end if kind == "close" else start
            line = self.line + self.buffer.count(b"\n", 0, self._start)
            yield Cut(item=Item(bytes(self.buffer[self._start : stop]), line))
        self._start = start if kind == "open" else None
        self._forget(end if self._start is None else start)

    def _forget(self, before: int) -> None:
        """Let go of what has been dealt with."""
        if self._headed:
            self.line += self.buffer.count(b"\n", 0, before)
            del self.buffer[:before]
            self._at = max(self._at - before, 0)
            self._start = None if self._start is None else self._start - before
