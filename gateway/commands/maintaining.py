"""`broadsheet reindex` and `broadsheet check`: is all well, and how is the index built anew?"""

from __future__ import annotations

import typer

from gateway.opening import open_library
from gateway.settings import Settings


def reindex(settings: Settings) -> int:
    """Build the index anew."""
    library = open_library(settings)
    try:
        revision = library.reindex()
        typer.echo(f"The index is new, at revision {revision}.")
    finally:
        library.close()
    return 0


def check(settings: Settings) -> int:
    """One line for each fault."""
    library = open_library(settings)
    try:
        faults = library.check()
        for fault in faults:
            typer.echo(fault)
        if not faults:
            typer.echo(f"{library.store.version()}, revision {library.store.revision()}: store and index are sound and agree.")
    finally:
        library.close()
    return 1 if faults else 0
