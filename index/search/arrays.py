"""How are many arrays kept in one file, and mapped into memory?

A header of JSON says each array's name, type, shape and place; a checksum over all that follows it says whether the file is whole. Readers
map the file, so several processes share its pages. A file is written once, under a name that nothing refers to before it is on disk.
"""

from __future__ import annotations

import json
import mmap
import os
import zlib
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, overload

import numpy as np

MAGIC = b"BSARRAY1"
HEAD = len(MAGIC) + 12  # bytes: the mark, the header's length, the checksum
ALIGNED = 64
ORDER = "<"  # bytes of a number, the lowest first, on every machine

Array = np.ndarray[Any, Any]


class Damaged(Exception):
    """A file of arrays is missing, cut, or not what was written."""


def write(path: Path, arrays: Mapping[str, Array]) -> None:
    """Write arrays to a new file, synced to disk."""
    header: dict[str, Any] = {}
    at = 0
    for name, array in arrays.items():
        at += -at % ALIGNED
        header[name] = [array.dtype.newbyteorder(ORDER).str, list(array.shape), at]
        at += array.nbytes
    head = json.dumps(header).encode()
    head += b" " * (-(HEAD + len(head)) % ALIGNED)
    checksum = zlib.crc32(head)
    with path.open("wb") as file:
        file.write(MAGIC + len(head).to_bytes(8, "little") + bytes(4) + head)
        at = 0
        for array in arrays.values():
            piece = np.ascontiguousarray(array, array.dtype.newbyteorder(ORDER))
            for data in (bytes(-at % ALIGNED), piece.reshape(-1).view(np.uint8).data if piece.nbytes else b""):
                checksum = zlib.crc32(data, checksum)
                file.write(data)
                at += len(data)
        file.seek(HEAD - 4)
        file.write(checksum.to_bytes(4, "little"))
        file.flush()
        os.fsync(file.fileno())


def read(path: Path, *, verify: bool = True) -> dict[str, Array]:
    """Map a file's arrays; raises `Damaged`."""
    try:
        with path.open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        raise Damaged(f"{path.name} cannot be read: {error}") from None
    size = int.from_bytes(data[len(MAGIC) : len(MAGIC) + 8], "little")
    if data[: len(MAGIC)] != MAGIC or HEAD + size > len(data):
        raise Damaged(f"{path.name} is not whole")
    if verify and zlib.crc32(memoryview(data)[HEAD:]) != int.from_bytes(data[HEAD - 4 : HEAD], "little"):
        raise Damaged(f"{path.name} is damaged: its checksum is wrong")
    header: dict[str, tuple[str, list[int], int]] = json.loads(data[HEAD : HEAD + size])
    out: dict[str, Array] = {}
    for name, (kind, shape, at) in header.items():
        count = int(np.prod(shape)) if shape else 1
        out[name] = np.frombuffer(data, dtype=kind, count=count, offset=HEAD + size + at).reshape(shape)
    return out


def strings(texts: Iterable[bytes]) -> tuple[Array, Array]:
    """Texts as one array of bytes and one of offsets."""
    some = list(texts)
    offsets = np.zeros(len(some) + 1, np.int64)
    np.cumsum([len(text) for text in some], out=offsets[1:])
    return np.frombuffer(b"".join(some), np.uint8), offsets


class Texts(Sequence[bytes]):
    """Texts kept as one array of bytes and one of offsets; each is cut out when it is asked for."""

    def __init__(self, data: Array, offsets: Array) -> None:
        self._data = np.ascontiguousarray(data).data
        self._at = np.ascontiguousarray(offsets).data
        self._size = len(offsets) - 1

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, index: int) -> bytes: ...
    @overload
    def __getitem__(self, index: slice) -> list[bytes]: ...
    def __getitem__(self, index: int | slice) -> bytes | list[bytes]:
        """One text, or a run of them."""
        if isinstance(index, slice):
            start, stop, _ = index.indices(self._size)
            base = self._at[start]
            data, ends = bytes(self._data[base : self._at[max(start, stop)]]), self._at[start : max(start, stop) + 1].tolist()
            return [data[begin - base : end - base] for begin, end in pairwise(ends)]
        return bytes(self._data[self._at[index] : self._at[index + 1]])

    def find(self, text: bytes) -> int:
        """Where a text stands, or would stand; the texts are sorted."""
        return bisect_left(self, text)

    def beginning(self, prefix: bytes) -> tuple[int, int]:
        """From where to where the texts begin with a prefix; they are sorted, and UTF-8, in which no byte is 255."""
        start = bisect_left(self, prefix)
        return start, bisect_left(self, prefix + b"\xff", start)
