"""How does a GraphQL request become an answer?

A document's text is parsed, measured, validated and costed once and kept (bounded); after that a request is a look-up, a price check and
an execution. Nothing here knows HTTP.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec
import orjson
import strawberry
from graphql import (
    DocumentNode,
    ExecutionResult,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    OperationType,
    ValueNode,
    parse,
    validate,
)
from graphql.execution import execute_sync
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from gateway.costs import cost_of
from gateway.formulas import Formula
from gateway.limits import Limits, check_size
from schema.context import Reader
from schema.errors import BadUserInput, LimitExceeded, is_ours, shown
from schema.execution import Plans, compiled_executor
from schema.hints import max_ages

KEPT = 500  # prepared documents
KEPT_CHARACTERS = 500_000  # of their texts in all: a parsed document takes 100 to 280 bytes for each, and its plan as much again
log = logging.getLogger("broadsheet.graphql")


class Operation(NamedTuple):
    """One operation of a document. `max_age` is how many seconds its answers may be kept elsewhere, None where it is no query."""

    node: OperationDefinitionNode
    cost: Formula
    max_age: int | None


class Prepared(NamedTuple):
    """A document that was parsed and checked: its operations by name, or the errors that refuse it."""

    document: DocumentNode | None
    operations: dict[str, Operation]
    errors: list[dict[str, Any]]

    def named(self, name: str | None) -> Operation | None:
        """The operation of this name; without a name the only one there is."""
        if name is not None:
            return self.operations.get(name)
        return next(iter(self.operations.values())) if len(self.operations) == 1 else None


class Answer(NamedTuple):
    """What GraphQL answers: the response's members, and whether the request was run at all (else it was refused).

    `json` is the body encoded, where it was kept so; the members are then not at hand.
    """

    body: dict[str, Any]
    ran: bool
    json: bytes | None = None

    def encoded(self) -> bytes:
        """The body as JSON."""
        return encode(self.body) if self.json is None else self.json


def encode(body: Any) -> bytes:
    """JSON, also of what orjson refuses (integers beyond 64 bits, halves of surrogate pairs)."""
    try:
        return orjson.dumps(body)
    except TypeError:
        return msgspec.json.encode(body)


class Refused(Exception):
    """The request is not run, for these errors."""

    def __init__(self, *errors: GraphQLError) -> None:
        super().__init__(str(errors[0]))
        self.errors = errors


class Operations:
    """The documents of one schema, prepared."""

    def __init__(self, schema: strawberry.Schema, limits: Limits, *, compiled: bool = True) -> None:
        self.plans = Plans(schema)
        self.executor = compiled_executor(self.plans) if compiled else StrawberryGraphQLCoreExecutionContext
        self.schema = schema._schema  # noqa: SLF001  (Strawberry shows its graphql-core schema under no other name)
        self.limits = limits
        self._kept: OrderedDict[str, Prepared] = OrderedDict()
        self._characters = 0
        self._lock = threading.Lock()

    def prepare(self, text: str) -> Prepared:
        """A document's text, parsed and checked, or why not."""
        with self._lock:
            kept = self._kept.get(text)
            if kept is not None:
                self._kept.move_to_end(text)
                return kept
        made = self._prepare(text)
        with self._lock:
            if text not in self._kept and len(text) <= self.limits.characters:
                self._kept[text] = made
                self._characters += len(text)
            while len(self._kept) > KEPT or self._characters > KEPT_CHARACTERS:
                self._characters -= len(self._kept.popitem(last=False)[0])
        return made

    def _prepare(self, text: str) -> Prepared:
        limits = self.limits
        if len(text) > limits.characters:
            error = LimitExceeded(f"The document has {len(text):,} characters; allowed are {limits.characters:,}.", limits.characters)
            return _refused(error)
        try:
            document = parse(text, max_tokens=limits.tokens)
        except GraphQLSyntaxError as error:
            if "too deeply" in error.message:
                return _refused(LimitExceeded(f"The document nests too deep; allowed are {limits.depth} levels.", limits.depth))
            if f"{limits.tokens} tokens" in error.message:
                return _refused(LimitExceeded(f"The document has over {limits.tokens:,} tokens. Ask for less at once.", limits.tokens))
            return _refused(error, code="GRAPHQL_PARSE_FAILED")
        if (too_large := check_size(document, limits)) is not None:
            return _refused(too_large)
        errors = validate(self.schema, document, max_errors=limits.validation_errors)
        if errors:
            return Prepared(None, {}, [_formatted(error, _unsound(error)) for error in errors])
        fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
        ages = max_ages(self.schema, document)
        operations = {}
        for definition in document.definitions:
            if isinstance(definition, OperationDefinitionNode):
                name = definition.name.value if definition.name else ""
                age = ages[name] if definition.operation is OperationType.QUERY else None
                operations[name] = Operation(definition, cost_of(self.schema, definition, fragments), age)
        return Prepared(document, operations, [])

    def choose(self, prepared: Prepared, name: str | None, variables: Mapping[str, Any]) -> tuple[OperationDefinitionNode, int]:
        """The operation that is asked for and its cost; raises `Refused`."""
        if prepared.document is None:
            raise Refused(*(GraphQLError(error["message"], extensions=error["extensions"]) for error in prepared.errors))
        found = prepared.named(name)
        if found is None and name is None:
            raise Refused(BadUserInput(f"The document has {len(prepared.operations)} operations. Say which with `operationName`."))
        if found is None:
            raise Refused(BadUserInput(f"The document has no operation {name!r}. Say one of its own with `operationName`."))
        cost = found.cost.at(variables)
        if cost > self.limits.cost:
            raise Refused(
                LimitExceeded(f"The operation costs {cost:,}; allowed are {self.limits.cost:,}. Ask for fewer at once.", self.limits.cost)
            )
        return found.node, cost

    def max_age(self, text: str, name: str | None) -> int | None:
        """How many seconds the answers to a query may be kept elsewhere; None where a request is not for a query."""
        found = self.prepare(text).named(name)
        return None if found is None else found.max_age

    def price(self, text: str, variables: Mapping[str, Any], name: str | None) -> int:
        """What a request costs; 0 where it will be refused."""
        try:
            return self.choose(self.prepare(text), name, variables)[1]
        except Refused:
            return 0

    def run(self, text: str, variables: Mapping[str, Any], name: str | None, reader: Reader, *, queries_only: bool = False) -> Answer:
        """The answer to a request."""
        prepared = self.prepare(text)
        if prepared.document is None:
            return Answer({"errors": prepared.errors}, ran=False)
        try:
            operation, _ = self.choose(prepared, name, variables)
        except Refused as refused:
            return Answer({"errors": [shown(error) for error in refused.errors]}, ran=False)
        if queries_only and operation.operation is not OperationType.QUERY:
            raise NotAQuery
        try:
            result = execute_sync(
                self.schema,
                prepared.document,
                variable_values=dict(variables),
                operation_name=name,
                context_value={"reader": reader},
                executor_class=self.executor,
            )
            return _answer(result)
        finally:
            reader.release()


class NotAQuery(Exception):
    """A GET asked for something else than a query."""


def _refused(*errors: GraphQLError, code: str = "") -> Prepared:
    return Prepared(None, {}, [_formatted(error, code) for error in errors])


def _formatted(error: GraphQLError, code: str) -> dict[str, Any]:
    """An error as the response has it, with this code where it has none of its own."""
    return {**error.formatted, "extensions": {**(error.extensions or {}), **({"code": code} if code else {})}}


def _unsound(error: GraphQLError) -> str:
    """The code of what validation finds: a value in an argument is the reader's input, all else is the document's."""
    return "BAD_USER_INPUT" if error.nodes and isinstance(error.nodes[0], ValueNode) else "GRAPHQL_VALIDATION_FAILED"


def _answer(result: ExecutionResult) -> Answer:
    """The response's members; errors as their caller may read them, ours logged with all that is known."""
    if not result.errors:
        return Answer({"data": result.data}, ran=True)
    for error in result.errors:
        if is_ours(error):
            log.error("a resolver failed at %s", error.path, exc_info=error.original_error)
    errors = [shown(error) for error in result.errors]
    if result.data is None and all(error.path is None for error in result.errors):
        return Answer({"errors": errors}, ran=False)
    return Answer({"data": result.data, "errors": errors}, ran=True)
