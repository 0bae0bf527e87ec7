"""How are many arrays kept in one file, and mapped into memory?

A header of JSON says each array's name, type, shape and place; a checksum over all that follows it says whether the file is whole. Readers
map the file, so several processes share its pages.
"""

from __future__ import annotations

import json
import mmap
import os
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

MAGIC = b"BSARRAY1"
ALIGNED = 64

Array = np.ndarray[Any, Any]


class Damaged(Exception):
    """A file of arrays is missing, cut, or not what was written."""


def write(path: Path, arrays: Mapping[str, Array]) -> None:
    """Write arrays to a new file, synced to disk."""
    header: dict[str, Any] = {}
    at = 0
    for name, array in arrays.items():
        at += -at % ALIGNED
        header[name] = [array.dtype.str, list(array.shape), at]
        at += array.nbytes
    body = bytearray(at)
    for name, array in arrays.items():
        start = header[name][2]
        body[start : start + array.nbytes] = np.ascontiguousarray(array).tobytes()
    head = json.dumps(header).encode()
    head += b" " * (-(len(MAGIC) + 12 + len(head)) % ALIGNED)
    with path.open("wb") as file:
        file.write(MAGIC + len(head).to_bytes(8, "little") + zlib.crc32(body, zlib.crc32(head)).to_bytes(4, "little") + head)
        file.write(body)
        file.flush()
        os.fsync(file.fileno())


def read(path: Path, *, verify: bool = True) -> dict[str, Array]:
    """Map a file's arrays; raises `Damaged`."""
    try:
        with path.open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        raise Damaged(f"{path.name} cannot be read: {error}") from None
    start = len(MAGIC) + 12
    size = int.from_bytes(data[len(MAGIC) : len(MAGIC) + 8], "little")
    if data[: len(MAGIC)] != MAGIC or start + size > len(data):
        raise Damaged(f"{path.name} is not whole")
    if verify and zlib.crc32(memoryview(data)[start:]) != int.from_bytes(data[start - 4 : start], "little"):
        raise Damaged(f"{path.name} is damaged: its checksum is wrong")
    header: dict[str, tuple[str, list[int], int]] = json.loads(data[start : start + size])
    out: dict[str, Array] = {}
    for name, (kind, shape, at) in header.items():
        count = int(np.prod(shape)) if shape else 1
        out[name] = np.frombuffer(data, dtype=kind, count=count, offset=start + size + at).reshape(shape)
    return out


def strings(texts: list[bytes]) -> tuple[Array, Array]:
    """Texts as one array of bytes and one of offsets."""
    offsets = np.zeros(len(texts) + 1, np.int64)
    np.cumsum([len(text) for text in texts], out=offsets[1:])
    return np.frombuffer(b"".join(texts), np.uint8), offsets


def string(data: Array, offsets: Array, index: int) -> bytes:
    """One of the texts."""
    return data[int(offsets[index]) : int(offsets[index + 1])].tobytes()
