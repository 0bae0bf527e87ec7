"""How is a selection executed?

graphql-core executes an operation: root fields, arguments, errors, whatever is not plain. Where it reaches an object or a list whose
whole selection is plain, a compiled plan completes it (`schema/compiling.py`). Its law: the answer is graphql-core's own, to the last
error. Any surprise in a plan makes graphql-core do that subtree again; resolvers only read, so nothing happens twice.

Two methods of graphql-core's executor are overridden that it does not promise to keep: it is pinned, and the equality of both ways is
tested on random queries.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Any

import strawberry
from graphql import GraphQLObjectType
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from index import document
from schema.compiling import Compiler, NotPlain, Plan, flags_of

KEPT = 500  # operations whose plans are kept

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


class OperationPlans:
    """The plans of one operation, by the values of the variables that steer what it selects."""

    def __init__(self, executor: Any) -> None:
        self.operation = executor.operation  # kept alive, so that its identity stays its own
        self.flags = flags_of(executor)
        self.by_flags: dict[tuple[Any, ...], dict[tuple[Any, ...], Plan | None]] = {}


class Plans:
    """All plans of one schema: bounded, shared by threads."""

    def __init__(self, schema: strawberry.Schema) -> None:
        self.converter = schema.schema_converter
        self.names = CONTENT | _own_types(schema)
        self._kept: OrderedDict[int, OperationPlans] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, executor: Any) -> dict[tuple[Any, ...], Plan | None]:
        """The plans of an execution's operation."""
        key = id(executor.operation)
        with self._lock:
            found = self._kept.get(key)
            if found is None or found.operation is not executor.operation:
                found = self._kept[key] = OperationPlans(executor)
                if len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
            else:
                self._kept.move_to_end(key)
        values = executor.variable_values.coerced
        return found.by_flags.setdefault(tuple(values.get(name) for name in found.flags), {})


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
        """Completes plain selections by compiled plans."""

        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            plain = not any(fragment.variable_signatures for fragment in self.fragments.values())
            self._plans = plans.of(self) if plain and not self.middleware_manager else None

        def _complete(self, type_: Any, fields: Any, value: Any) -> Any:
            """The completed value; None where there is no plan for it, or the plan was surprised."""
            if self._plans is None:
                return None
            key = (type_, *(id(one.node) for one in fields))
            try:
                plan = self._plans[key]
            except KeyError:
                plan = self._plans[key] = self._compile(type_, fields)
            if plan is None:
                return None
            try:
                return plan.run(value, self.variable_values)
            except Exception:  # noqa: BLE001  (whatever it is, graphql-core meets it again, and reports it where it belongs)
                return None

        def _compile(self, type_: Any, fields: Any) -> Plan | None:
            try:
                return Compiler(self, plans.names, plans.converter).compile(type_, fields)
            except NotPlain:
                return None

        def collect_and_execute_subfields(
            self, return_type: Any, field_details_list: Any, path: Any, result: Any, position_context: Any
        ) -> Any:
            """Complete an object."""
            if position_context is None and (done := self._complete(return_type, field_details_list, result)) is not None:
                return done
            return super().collect_and_execute_subfields(return_type, field_details_list, path, result, position_context)

        def complete_list_value(
            self, return_type: Any, field_details_list: Any, info: Any, path: Any, result: Any, position_context: Any
        ) -> Any:
            """Complete a list."""
            plain = position_context is None and result.__class__ in (list, tuple)
            if plain and not any(one.node.directives for one in field_details_list):
                done = self._complete(return_type, field_details_list, result)
                if done is not None:
                    return done
            return super().complete_list_value(return_type, field_details_list, info, path, result, position_context)

    return CompiledExecutor
