"""`broadsheet documents`: which GraphQL documents may requests name?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import typer

from gateway.limits import Limits
from gateway.operations import Operations, Refused
from gateway.settings import Settings
from index.store.open import open_store
from index.store.store import Store

NAME = re.compile(r"[A-Za-z0-9._~-]{1,100}")  # the characters of GraphQL over HTTP's own identifiers (appendix A)


def add(settings: Settings, paths: list[str]) -> int:
    """Keep documents, or say what is wrong with which and keep none."""
    from schema.build import build

    operations = Operations(build(), Limits.of(settings))
    texts: dict[str, str] = {}
    faults: list[str] = []
    for path in map(Path, paths):
        found = list(_faults(operations, path, texts))
        faults += found
        if not found:
            texts[path.stem] = path.read_text(encoding="utf-8")
    if faults:
        for fault in faults:
            typer.echo(fault, err=True)
        typer.echo("Nothing was added.", err=True)
        return 1
    store = _store(settings)
    try:
        before = {document.name: document.text for document in store.persisted_documents()}
        store.persist_documents({name: text for name, text in texts.items() if before.get(name) != text})
    finally:
        store.close()
    for name, text in texts.items():
        typer.echo(f"{name}: {'added' if name not in before else 'unchanged' if before[name] == text else 'replaced'}")
    return 0


def show(settings: Settings) -> int:
    """A line for each."""
    store = _store(settings)
    try:
        for document in store.persisted_documents():
            typer.echo(f"{document.name}\t{document.hash}\t{document.added_at:%Y-%m-%d %H:%M:%S}")
    finally:
        store.close()
    return 0


def remove(settings: Settings, names: list[str]) -> int:
    """Forget documents."""
    store = _store(settings)
    try:
        gone = store.forget_documents(names)
    finally:
        store.close()
    for name in gone:
        typer.echo(f"{name}: removed")
    missing = [name for name in names if name not in gone]
    for name in missing:
        typer.echo(f"There is no document {name!r}. `broadsheet documents list` shows them all.", err=True)
    return 1 if missing else 0


def _store(settings: Settings) -> Store:
    return open_store(settings.text("store"), settings.home)


def _faults(operations: Operations, path: Path, others: dict[str, str]) -> Iterator[str]:
    """What keeps a file from being added, each with file, and line and column where it has them."""
    if not NAME.fullmatch(path.stem):
        yield f"{path}: A name may have letters, digits, and any of . _ ~ -, 100 at most; rename the file."
        return
    if path.stem in others:
        yield f"{path}: Another file has this name; rename one of them."
        return
    try:
        prepared = operations.prepare(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        yield f"{path}: It cannot be read: {getattr(error, 'strerror', None) or error}."
        return
    for fault in prepared.errors:
        where = "".join(f":{at['line']}:{at['column']}" for at in (fault.get("locations") or ())[:1])
        yield f"{path}{where}: {fault['message']}"
    for name in prepared.operations:
        try:
            operations.choose(prepared, name or None, {})
        except Refused as refused:
            yield f"{path}: {refused}"
