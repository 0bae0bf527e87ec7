"""How would an operation be executed?

As an execution decides it, from the selection alone: nothing is fetched.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from graphql import FieldNode, FragmentSpreadNode, SelectionSetNode
from graphql.execution.collect_fields import collect_fields

from schema.compiling import NotPlain
from schema.execution import Plans


class Explained(NamedTuple):
    """How an operation is executed: the `source` of its plan, or `why` it has none; how many fields it selects, each written one once."""

    source: str | None
    why: str | None
    fields: int

    @property
    def compiled(self) -> int:
        """How many of its fields run compiled."""
        return 0 if self.source is None else self.fields


def explain(plans: Plans, executor: Any) -> Explained:
    """How the operation of an executor is executed, with its variables' values."""
    root = executor.schema.get_root_type(executor.operation.operation)
    grouped = collect_fields(executor.schema, executor.fragments, executor.variable_values, root, executor.operation).grouped_field_set
    fields = _fields(executor, executor.operation.selection_set, set())
    try:
        return Explained(plans.compile(executor, root, grouped).source, None, fields)
    except NotPlain as why:
        return Explained(None, str(why), fields)


def _fields(executor: Any, selected: SelectionSetNode, seen: set[str]) -> int:
    """How many fields a selection holds, each fragment's counted once."""
    total = 0
    for node in selected.selections:
        inner = getattr(node, "selection_set", None)
        if isinstance(node, FieldNode):
            total += 1
        elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
            seen.add(node.name.value)
            inner = executor.fragment_definitions[node.name.value].selection_set
        if inner is not None:
            total += _fields(executor, inner, seen)
    return total
