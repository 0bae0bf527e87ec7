"""`broadsheet documents`: which GraphQL documents may requests name?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import typer

from gateway.commands.manifests import Unreadable, documents_in
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
        try:
            for name, text in documents_in(path):
                where = str(path) if name == path.stem else f"{path}, {name}"
                found = list(_faults(operations, name, text, texts))
                faults += [f"{where}{fault}" for fault in found]
                if not found:
                    texts[name] = text
        except Unreadable as why:
            faults.append(f"{path}: {why}")
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


def _faults(operations: Operations, name: str, text: str, others: dict[str, str]) -> Iterator[str]:
    """What keeps a document from being added, each after line and column where it has them."""
    if not NAME.fullmatch(name):
        yield ": A name may have letters, digits, and any of . _ ~ -, 100 at most; rename the file."
        return
    if others.get(name, text) != text:
        yield ": Another document has this name; rename one of them."
        return
    prepared = operations.prepare(text)
    for fault in prepared.errors:
        where = "".join(f":{at['line']}:{at['column']}" for at in (fault.get("locations") or ())[:1])
        yield f"{where}: {fault['message']}"
    for operation in prepared.operations:
        try:
            operations.choose(prepared, operation or None, {})
        except Refused as refused:
            yield f": {refused}"
