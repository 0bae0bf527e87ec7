"""What does compiled code make of values that are not as they should be, and what is not compiled at all?"""

from __future__ import annotations

import enum
import itertools
from typing import Any

import pytest
import strawberry
from graphql import Undefined, parse
from graphql.execution import execute_sync

from schema.execution import Plans, compiled_executor
from schema.explaining import Explained, explain


@strawberry.enum
class Colour(enum.Enum):
    """An enum."""

    RED = "r"
    BLUE = "b"


@strawberry.interface
class Named:
    """An interface."""

    name: str


@strawberry.type
class Leaf(Named):
    """One of its types."""

    size: float | None


@strawberry.type
class Box(Named):
    """Another."""

    count: int
    colour: Colour
    colours: list[Colour] | None
    flag: bool | None
    inner: Named | None
    many: list[Named | None]
    grid: list[list[int]] | None
    id: strawberry.ID


@strawberry.type
class Query:
    """What is asked of a value that stands in the context."""

    @strawberry.field
    def box(self, info: strawberry.Info) -> Box | None:
        """The value."""
        return info.context["box"]  # type: ignore[no-any-return]  # whatever a test puts there

    @strawberry.field
    def loose() -> int:  # a resolver that is not given the value it stands on
        """One that is not plain."""
        return 1

    @strawberry.field
    async def later(self) -> int:
        """Nor is this."""
        return 1

    @strawberry.field
    def path(self, info: strawberry.Info) -> str:
        """More of `info` than its context."""
        return str(info.path.key)


@strawberry.type
class Mutation:
    """What would change something."""

    @strawberry.field
    def box(self, info: strawberry.Info) -> Box | None:
        """The value."""
        return info.context["box"]  # type: ignore[no-any-return]  # whatever a test puts there


SCHEMA = strawberry.Schema(query=Query, types=[Leaf, Box])
PLANS = Plans(SCHEMA)
COMPILED = compiled_executor(PLANS)
ALL = """{ box { __typename name count colour colours flag id grid
  inner { __typename name ... on Leaf { size } ... on Box { count } } many { ... on Leaf { n: name size } ... on Box { flag } } } }"""
GOOD = {
    "name": "a",
    "count": 1,
    "colour": Colour.RED,
    "colours": (Colour.BLUE,),
    "flag": True,
    "inner": None,
    "many": (),
    "grid": [[1], []],
    "id": "x",
}


class Reader:
    """Notes how often an operation was executed anew."""

    def __init__(self) -> None:
        self.again = 0

    def start_over(self) -> None:
        """Once more."""
        self.again += 1


class Awaitable:
    """Something to wait for."""

    def __await__(self) -> Any:
        """Never asked."""
        raise AssertionError


def answers(text: str, box: Any) -> tuple[Any, Any, int]:
    """The answer with plans, graphql-core's own, and how often the plan was surprised."""
    out, reader = [], Reader()
    for executor in (COMPILED, None):
        options = {} if executor is None else {"executor_class": executor}
        result = execute_sync(SCHEMA._schema, parse(text), context_value={"box": box, "reader": reader}, **options)
        out.append((result.data, [error.formatted for error in result.errors or ()]))
    return out[0], out[1], reader.again


LEAF = Leaf(name="l", size=0.5)
ODD = [
    None, "text", "", 7, -1, 2**31, 2**70, 1.0, 0.5, float("nan"), float("inf"), True, b"bytes", Undefined, ValueError("as a value"), ValueError,
    Colour.RED, "r", [], (), [None], [1, "2"], {1}, {1: 2}.keys(), range(2), {"name": "dict"}, [Colour.RED, "nothing"], [[1, None]], [[1], 2], LEAF, [LEAF],
    [LEAF, None, Leaf(name="m", size=float("nan"))], object(), type("Strange", (str,), {})("s"), type("Whole", (int,), {})(3),
]  # fmt: skip  # kinds of value side by side


@pytest.mark.parametrize("field", GOOD)
def test_odd_values_are_answered_as_graphql_core_answers_them(field: str) -> None:
    """Every odd value in every field, each alone in an otherwise good answer; errors word by word."""
    for odd in ODD:
        one, other, _ = answers(ALL, Box(**{**GOOD, field: odd}))
        assert str(one) == str(other), (field, odd)


@pytest.mark.parametrize("box", [None, LEAF, "text", 1, ValueError("no"), Undefined])
def test_a_root_that_is_not_what_it_should_be_is_answered_alike(box: Any) -> None:
    """None, another type, an error."""
    one, other, _ = answers(ALL, box)
    assert str(one) == str(other)


def test_good_values_surprise_nobody() -> None:
    """Of every class that is expected."""
    inside = [LEAF, None, Box(**GOOD)]
    for inner, many in itertools.product(inside, ([], inside, tuple(inside))):
        one, other, again = answers(ALL, Box(**{**GOOD, "inner": inner, "many": many}))
        assert (one, again) == (other, 0)


def test_something_to_wait_for_is_handed_back() -> None:
    """graphql-core decides what becomes of it."""
    reader = Reader()
    before = PLANS.surprised
    box = Box(**{**GOOD, "name": Awaitable(), "colour": Awaitable(), "inner": Awaitable()})
    execute_sync(SCHEMA._schema, parse(ALL), context_value={"box": box, "reader": reader}, executor_class=COMPILED)
    assert (reader.again, PLANS.surprised - before) == (1, 1)


def test_a_resolver_that_asks_for_more_than_the_context_is_handed_back() -> None:
    """With its right answer."""
    one, other, again = answers("{ p: path }", None)
    assert one == other == ({"p": "p"}, [])
    assert again == 1


def explained(text: str) -> Explained:
    """How an operation would be executed."""
    return explain(PLANS, COMPILED.build(SCHEMA._schema, parse(text)))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{ loose }", "Query.loose, whose resolver is not plain"),
        ("{ later }", "Query.later, whose resolver is not plain"),
        ("{ box { name @odd } }", "@odd on name"),
        ("{ __type(name: \"Box\") { name } }", "__type, which graphql-core answers itself"),
        ("mutation { box { name } }", "it is no query"),
    ],
)  # fmt: skip  # a case on a line
def test_what_is_not_plain_is_named(text: str, why: str) -> None:
    """In a few words."""
    if text.startswith("mutation"):
        schema = strawberry.Schema(query=Query, mutation=Mutation, types=[Leaf, Box])
        executor = COMPILED.build(schema._schema, parse(text))
        assert explain(Plans(schema), executor).why == why
    else:
        assert explained(text).why == why
