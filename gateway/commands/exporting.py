"""`broadsheet export`: how does everything leave again?"""

from __future__ import annotations

import contextlib
import gzip
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

import typer

from gateway.opening import open_library, tell_if_empty
from gateway.settings import Misconfigured, Settings
from index.encoding import to_json


def run(settings: Settings, path: str) -> int:
    """Every article as a line of document JSON, in the order in which they were first stored."""
    library = open_library(settings)
    count = 0
    try:
        tell_if_empty(library, settings)
        with _target(path) as out:
            for article, *_ in library.store.everything():
                out.write(to_json(article) + b"\n")
                count += 1
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Misconfigured(f"{path} cannot be written: {error.strerror or error}.") from None
    finally:
        library.close()
    typer.echo(f"{count:,} {'article' if count == 1 else 'articles'} exported.", err=True)
    return 0


@contextlib.contextmanager
def _target(path: str) -> Iterator[IO[bytes]]:
    """Where the lines go: a file is put in its place only once it is whole."""
    if path == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    partial = Path(path + ".partial")
    try:
        with partial.open("wb") as file:
            if path.endswith(".gz"):
                # without a time or name in it the same articles give the same bytes
                with gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as packed:
                    yield cast("IO[bytes]", packed)
            else:
                yield file
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
