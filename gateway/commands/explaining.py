"""`broadsheet explain`: how would an operation run?

Nothing is fetched: what is shown follows from the document, its variables and the settings.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import orjson
from graphql import DocumentNode
from rich.console import Console
from rich.syntax import Syntax

from gateway.limits import Limits, counts
from gateway.operations import Operations, Prepared
from gateway.running import THREADED
from gateway.settings import Misconfigured, Settings
from schema.build import build
from schema.explaining import Explained, explain

WIDTH = 160  # where the output is no terminal


def run(settings: Settings, file: str, variables: str) -> int:
    """Show every operation of a document; exit 1 where the document or an operation would be refused."""
    text, values = _read(file), _object(variables)
    operations = Operations(build(), Limits.of(settings))
    console = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else WIDTH)
    prepared = operations.prepare(text)
    if prepared.document is None:
        for error in prepared.errors:
            console.print(f"refused: {error['message']}", style="red", markup=False)
        return 1
    _show_sizes(console, prepared.document, operations.limits)
    return max(_show(console, operations, prepared, name, values) for name in prepared.operations)


def _read(file: str) -> str:
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(f"{file} cannot be read: {error}. Pass a GraphQL document.") from None


def _object(variables: str) -> dict[str, Any]:
    try:
        values = orjson.loads(variables)
    except orjson.JSONDecodeError as error:
        raise Misconfigured(f"--variables is not JSON: {error}.") from None
    if not isinstance(values, dict):
        raise Misconfigured("--variables must be a JSON object, such as '{\"first\": 5}'.")
    return values


def _show_sizes(console: Console, document: DocumentNode, limits: Limits) -> None:
    """How much of each limit the document takes, at most in one operation."""
    most: dict[str, tuple[int, int]] = {}
    for what, found, allowed in counts(document, limits):
        most[what] = max(most.get(what, (0, allowed)), (found, allowed))
    console.print("size      " + ", ".join(f"{found:,} of {allowed:,} {what}" for what, (found, allowed) in most.items()))


def _show(console: Console, operations: Operations, prepared: Prepared, name: str, values: dict[str, Any]) -> int:
    """One operation; 1 where it would be refused."""
    assert prepared.document is not None
    operation, formula = prepared.operations[name].node, prepared.operations[name].cost
    cost, allowed = formula.at(values), operations.limits.cost
    console.print(f"\n{operation.operation.value} {name}".rstrip(), style="bold")
    console.print(f"cost      {f'{formula.text} = ' if formula.fixed is None else ''}{cost:,} of {allowed:,}", markup=False)
    if cost > allowed:
        console.print("refused   it costs too much", style="red")
        return 1
    console.print(f"runs      {'in a thread' if cost >= THREADED else 'on the event loop'} (from a cost of {THREADED:,} in a thread)")
    executor = operations.executor.build(operations.schema, prepared.document, raw_variable_values=values, operation_name=name or None)
    if isinstance(executor, list):
        for error in executor:
            console.print(f"refused   {error.message}", style="red", markup=False)
        return 1
    _show_plan(console, explain(operations.plans, executor))
    return 0


def _show_plan(console: Console, explained: Explained) -> None:
    """What is compiled, and to what."""
    console.print(f"compiled  {explained.compiled:,} of {explained.fields:,} fields ({explained.compiled / explained.fields:.0%})")
    if explained.source is None:
        console.print(f"not       {explained.why}: graphql-core executes the whole operation", markup=False)
    else:
        console.print()
        console.print(Syntax(explained.source, "python", background_color="default", word_wrap=False))
