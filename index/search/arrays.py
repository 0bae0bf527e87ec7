"""How are many arrays kept in one file, and mapped into memory?

A header of JSON says each array's name, type, shape and place; a checksum over all that follows it says whether the file is whole. Readers
map the file, so several processes share its pages. A file is written once, under a name that nothing refers to before it is on disk.
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
