"""How is an operation executed?

A query whose whole selection is plain is answered by one compiled plan (`schema/compiling.py`); all else is executed by graphql-core. Its
law: the answer is graphql-core's own, to the last error. Any surprise in a plan makes graphql-core execute the operation anew; resolvers
only read, and what they have noted in the request's reader is forgotten first, so nothing happens twice.

One method of graphql-core's executor is overridden that it does not promise to keep: it is pinned, and the equality of both ways is
tested on random queries.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Any, NamedTuple

import strawberry
from graphql import GraphQLObjectType, OperationType
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from index import document
from schema.compiling import Compiler, NotPlain, Plan
from schema.inputs import flags_of

KEPT = 500  # operations, each with one set of values of what steers its selection, whose plans are kept

CONTENT: dict[type, str] = {
    getattr(document, name): graphql
    for name, graphql in {
        "Image": "Image",
        "Span": "Span",
        "Paragraph": "Paragraph",
        "ListItem": "ListItem",
        "List": "List",
        "Cell": "TableCell",
        "Table": "Table",
        "Blockquote": "Blockquote",
        "Code": "Code",
        "ImageBlock": "ImageBlock",
        "Embed": "Embed",
        "ThematicBreak": "ThematicBreak",
        "Section": "Section",
        "Repair": "Repair",
    }.items()
}


class Kept(NamedTuple):
    """The plan of one operation for one set of `@skip` and `@include`; None where the selection is not plain."""

    operation: Any  # kept alive, so that its identity stays its own
    plan: Plan | None


class Plans:
    """All plans of one schema: bounded, shared by threads. `surprised` counts the operations that graphql-core had to execute anew."""

    def __init__(self, schema: strawberry.Schema) -> None:
        self.converter = schema.schema_converter
        self.names = CONTENT | _own_types(schema)
        self.surprised = 0
        self._flags: OrderedDict[int, tuple[Any, tuple[str, ...]]] = OrderedDict()
        self._kept: OrderedDict[tuple[Any, ...], Kept] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, executor: Any, root_type: GraphQLObjectType, grouped: Any) -> Plan | None:
        """The plan of an execution's operation, compiled the first time; None where there is none."""
        operation = executor.operation
        key = self._key(executor)
        with self._lock:
            found = self._kept.get(key)
            if found is not None and found.operation is operation:
                self._kept.move_to_end(key)
                return found.plan
        try:
            plan = self.compile(executor, root_type, grouped)
        except NotPlain:
            plan = None
        with self._lock:
            _keep(self._kept, key, Kept(operation, plan))
        return plan

    def _key(self, executor: Any) -> tuple[Any, ...]:
        """The operation, and the values of the variables that steer what it selects."""
        operation, values = executor.operation, executor.variable_values.coerced
        with self._lock:
            known = self._flags.get(id(operation))
        if known is None or known[0] is not operation:
            known = operation, flags_of(executor)
            with self._lock:
                _keep(self._flags, id(operation), known)
        return (id(operation), *[values.get(name) for name in known[1]])

    def compile(self, executor: Any, root_type: GraphQLObjectType, grouped: Any) -> Plan:
        """The plan of an operation with these fields; raises `NotPlain`."""
        if executor.operation.operation is not OperationType.QUERY:
            raise NotPlain("it is no query")
        if any(fragment.variable_signatures for fragment in executor.fragments.values()):
            raise NotPlain("a fragment has variables of its own")
        return Compiler(executor, self.names, self.converter).compile(root_type, grouped)


def _keep(kept: OrderedDict[Any, Any], key: Any, value: Any) -> None:
    kept[key] = value
    if len(kept) > KEPT:
        kept.popitem(last=False)


def _own_types(schema: strawberry.Schema) -> dict[type, str]:
    """The GraphQL types whose values are instances of the class that declares them."""
    return {
        definition.origin: name
        for name, kept in schema.schema_converter.type_map.items()
        if isinstance(kept.implementation, GraphQLObjectType)
        and (definition := getattr(kept, "definition", None)) is not None
        and definition.origin not in CONTENT.values()
    }


def compiled_executor(plans: Plans) -> type[StrawberryGraphQLCoreExecutionContext]:
    """graphql-core's executor, with these plans."""

    class CompiledExecutor(StrawberryGraphQLCoreExecutionContext):
        """Answers plain queries by compiled plans."""

        def execute_root_grouped_field_set(
            self, root_type: Any, root_value: Any, grouped_field_set: Any, serially: bool, position_context: Any
        ) -> Any:
            """Execute an operation."""
            plain = position_context is None and not self.middleware_manager
            if plain and (plan := plans.of(self, root_type, grouped_field_set)) is not None:
                try:
                    return plan.run(root_value, self.variable_values, self.context_value)
                except Exception:  # noqa: BLE001  (whatever it is, graphql-core meets it again, and reports it where it belongs)
                    plans.surprised += 1
                    self.context_value["reader"].start_over()
            return super().execute_root_grouped_field_set(root_type, root_value, grouped_field_set, serially, position_context)

    return CompiledExecutor
