"""How is a selection executed?

A query whose whole selection is plain is answered by one compiled plan (`schema/compiling.py`). Else graphql-core executes it, and where
it reaches an object or a list whose selection is plain, a plan completes that. Its law: the answer is graphql-core's own, to the last
error. Any surprise in a plan makes graphql-core do that subtree again, and an execution of several surprises goes on without plans.
Resolvers only read, so nothing happens twice; the one thing that they count (`Reader.related`) is taken back.

Three methods of graphql-core's executor are overridden that it does not promise to keep: it is pinned, and the equality of both ways is
tested on random queries.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, NamedTuple

import strawberry
from graphql import GraphQLObjectType, OperationType
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from index import document
from schema.compiling import Compiler, NotPlain, Plan
from schema.inputs import flags_of

KEPT = 500  # operations, each with one set of values of what steers its selection, whose plans are kept
PATIENCE = 3  # surprises after which an execution goes on without plans, so that many errors cost little more than without them

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


Key = tuple[Any, ...]
"""A type and the field nodes that select on it."""


class Kept(NamedTuple):
    """The plans of one operation for one set of `@skip` and `@include`; None where the selection is not plain."""

    operation: Any  # kept alive, so that its identity stays its own
    plans: dict[Key, Plan | None]


class Plans:
    """All plans of one schema: bounded, shared by threads. `surprised` counts the plans whose subtree graphql-core had to do again."""

    def __init__(self, schema: strawberry.Schema) -> None:
        self.converter = schema.schema_converter
        self.names = CONTENT | _own_types(schema)
        self.surprised = 0
        self._flags: OrderedDict[int, tuple[Any, tuple[str, ...]]] = OrderedDict()
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, executor: Any) -> dict[Key, Plan | None]:
        """The plans of an execution's operation."""
        operation, values = executor.operation, executor.variable_values.coerced
        with self._lock:
            known = self._flags.get(id(operation))
            if known is None or known[0] is not operation:
                known = operation, flags_of(executor)
                _keep(self._flags, id(operation), known)
            key = (id(operation), *[values.get(name) for name in known[1]])
            found = self._kept.get(key)
            if found is None or found.operation is not operation:
                found = Kept(operation, {})
                _keep(self._kept, key, found)
            else:
                self._kept.move_to_end(key)
            return found.plans

    def compiler(self, executor: Any) -> Compiler:
        """What compiles one selection of an execution."""
        return Compiler(executor, self.names, self.converter)


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
        """Completes plain selections by compiled plans."""

        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            plain = not any(fragment.variable_signatures for fragment in self.fragments.values())
            self._plans = plans.of(self) if plain and not self.middleware_manager else None
            self._surprises = 0

        def _complete(self, key: Key, value: Any, compile: Callable[[Compiler], Plan]) -> Any:
            """The completed value; None where there is no plan for it, or the plan was surprised."""
            if self._plans is None:
                return None
            try:
                plan = self._plans[key]
            except KeyError:
                plan = self._plans[key] = self._compiled(compile)
            if plan is None:
                return None
            reader = self.context_value["reader"]
            counted = reader.related
            try:
                return plan.run(value, self.variable_values, self.context_value)
            except Exception:  # noqa: BLE001  (whatever it is, graphql-core meets it again, and reports it where it belongs)
                reader.related = counted
                plans.surprised += 1
                self._surprises += 1
                if self._surprises == PATIENCE:
                    self._plans = None
                return None

        def _compiled(self, compile: Callable[[Compiler], Plan]) -> Plan | None:
            try:
                return compile(plans.compiler(self))
            except NotPlain:
                return None

        def execute_root_grouped_field_set(
            self, root_type: Any, root_value: Any, grouped_field_set: Any, serially: bool, position_context: Any
        ) -> Any:
            """Execute an operation."""
            if self.operation.operation is OperationType.QUERY and not serially and position_context is None:
                done = self._complete((root_type,), root_value, lambda compiler: compiler.root(root_type, grouped_field_set))
                if done is not None:
                    return done
            return super().execute_root_grouped_field_set(root_type, root_value, grouped_field_set, serially, position_context)

        def collect_and_execute_subfields(
            self, return_type: Any, field_details_list: Any, path: Any, result: Any, position_context: Any
        ) -> Any:
            """Complete an object."""
            if position_context is None and (done := self._value(return_type, field_details_list, result)) is not None:
                return done
            return super().collect_and_execute_subfields(return_type, field_details_list, path, result, position_context)

        def complete_list_value(
            self, return_type: Any, field_details_list: Any, info: Any, path: Any, result: Any, position_context: Any
        ) -> Any:
            """Complete a list."""
            plain = position_context is None and result.__class__ in (list, tuple)
            if plain and not any(one.node.directives for one in field_details_list):
                done = self._value(return_type, field_details_list, result)
                if done is not None:
                    return done
            return super().complete_list_value(return_type, field_details_list, info, path, result, position_context)

        def _value(self, type_: Any, fields: Any, value: Any) -> Any:
            key = (type_, *[id(one.node) for one in fields])
            return self._complete(key, value, lambda compiler: compiler.value(type_, fields))

    return CompiledExecutor
