"""How are many texts kept as arrays, and how is one of them found?

As one array of bytes and one of offsets. Where they are sorted, the first bytes of each stand beside them as a number, so that most of a
search compares numbers, and only texts that begin alike are cut out and compared.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import overload

import numpy as np

from index.search.arrays import Array

HEAD = 8  # first bytes of a text that are kept as a number


def strings(texts: Iterable[bytes]) -> tuple[Array, Array]:
    """Texts as one array of bytes and one of offsets."""
    some = list(texts)
    offsets = np.zeros(len(some) + 1, np.int64)
    np.cumsum([len(text) for text in some], out=offsets[1:])
    return np.frombuffer(b"".join(some), np.uint8), offsets


def ordered(name: str, texts: Iterable[bytes]) -> dict[str, Array]:
    """The columns of sorted texts: `NAME`, `NAME_at` and `NAME_heads`."""
    data, at = strings(texts)
    return {name: data, f"{name}_at": at, f"{name}_heads": heads(data, at)}


def heads(data: Array, at: Array) -> Array:
    """The first bytes of each text as a number that is as great as they come late in the alphabet; 0 where a text ends before."""
    out = np.zeros(len(at) - 1, np.uint64)
    for byte in range(HEAD):
        place = at[:-1] + byte
        there = place < at[1:]
        out <<= np.uint64(8)
        out[there] |= data[place[there]]
    return out


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


class Ordered(Texts):
    """Sorted texts, in which one is found by what it is and by how it begins."""

    def __init__(self, data: Array, offsets: Array, heads: Array) -> None:
        super().__init__(data, offsets)
        self._heads = np.ascontiguousarray(heads).data

    @classmethod
    def of(cls, arrays: dict[str, Array], name: str) -> Ordered:
        """Those that were written as columns under a name."""
        return cls(arrays[name], arrays[f"{name}_at"], arrays[f"{name}_heads"])

    def find(self, text: bytes, start: int = 0) -> int:
        """Where a text stands, or would stand, from a place on."""
        head = int.from_bytes(text[:HEAD].ljust(HEAD, b"\0"))
        first = bisect_left(self._heads, head, start)
        if first == self._size or self._heads[first] != head:
            return first
        last = bisect_right(self._heads, head, first)
        return bisect_left(self, text, first, last)

    def beginning(self, prefix: bytes) -> tuple[int, int]:
        """From where to where the texts begin with a prefix; they are UTF-8, in which no byte is 255."""
        if len(prefix) <= HEAD and not prefix.endswith(b"\0"):
            rest = 8 * (HEAD - len(prefix))
            head = int.from_bytes(prefix) << rest
            first = bisect_left(self._heads, head)
            return first, bisect_right(self._heads, head | (1 << rest) - 1, first)
        start = self.find(prefix)
        return start, self.find(prefix + b"\xff" * max(1, HEAD - len(prefix)), start)
