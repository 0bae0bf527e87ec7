"""How does a GraphQL request become an answer?"""

from __future__ import annotations

import pytest
from graphql import SelectionSetNode, parse

from gateway.limits import Limits, Measure, Size
from gateway.operations import KEPT, KEPT_CHARACTERS, Operations
from schema.build import build


def doubling(pairs: int) -> str:
    """A document whose fragments each spread the next twice: two to the power of `pairs` fields once it is inlined."""
    fragments = "".join(f" fragment F{n} on Query {{ ...F{n + 1} ... on Query {{ ...F{n + 1} }} }}" for n in range(pairs))
    return f"{{ ...F0 }}{fragments} fragment F{pairs} on Query {{ __typename }}"


HOSTILE = {
    "doubling fragments": (doubling(60), "over 10⁹"),
    "fragments that double up to a limit": (doubling(4), None),
    "one more": (doubling(5), "too many root fields"),
    "a long text": ("#" * 100_001, "has 100,001 characters"),
    "tokens": ("{" + " a" * 2_000 + "}", "has over 2,000 tokens"),
    "nesting": ("{a" * 900 + "}" * 900, "allowed are 20"),
    "deeper than a parser goes": ("{a" * 990 + "}" * 990, "allowed are 20"),
    "a list in a list": (f"{{ articles(filter: {{slugs: {'[' * 950}{']' * 950}}}) {{ totalCount }} }}", "nests too deep"),
    "directives": ("{ __typename " + "@skip(if: false) " * 200 + "}", "too many directives on one thing"),
    "aliases": ("{" + "".join(f" a{n}: __typename" for n in range(600)) + " }", "too many root fields"),
    "fields that overlap": ("{ articles { nodes {" + " title" * 1_900 + " } } }", "too many equal response keys side by side"),
    "operations": ("".join(f"query Q{n} {{ __typename }} " for n in range(350)), None),
    "fragments that spread themselves": ("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }", "Cannot spread fragment"),
    "half a character": ('{ articles(filter: {slugs: ["\\ud800"]}) { totalCount } }', "Invalid Unicode escape sequence"),
}


class Counting(Measure):
    """Counts the selections that it measures."""

    visits = 0

    def selection(self, selected: SelectionSetNode) -> Size:
        """Measure, and count."""
        self.visits += 1
        return super().selection(selected)


@pytest.fixture
def operations() -> Operations:
    """The operations of the schema, under the usual limits."""
    return Operations(build(), Limits())


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_documents_are_refused_in_a_sentence(operations: Operations, name: str) -> None:
    """Before they are validated where they are too large; or are no worse than others."""
    text, why = HOSTILE[name]
    prepared = operations.prepare(text)
    messages = [error["message"] for error in prepared.errors]
    assert (prepared.document is None) == (why is not None), messages
    assert why is None or why in messages[0], messages[0][:200]


@pytest.mark.parametrize("pairs", [10, 60])
def test_a_document_is_measured_in_one_visit_of_each_selection(pairs: int) -> None:
    """However often a fragment is spread."""
    document = parse(doubling(pairs))
    measure = Counting(document)
    measure.selection(document.definitions[0].selection_set)  # type: ignore[attr-defined]  # an operation
    assert measure.visits == 1 + 2 * pairs + 1


def test_documents_are_kept_prepared_within_a_bound(operations: Operations) -> None:
    """By number and by size; what is over the limit is not kept at all."""
    assert operations.prepare("{ __typename }") is operations.prepare("{ __typename }")
    first = operations.prepare("{ __typename }")
    operations.prepare("#" * 200_000)
    assert operations.prepare("{ __typename }") is first
    for number in range(KEPT):
        operations.prepare(f"# {number}")
    again = operations.prepare("{ __typename }")
    assert again is not first
    for number in range(KEPT_CHARACTERS // 90_000 + 1):
        operations.prepare("#" * 90_000 + str(number))
    assert operations.prepare("{ __typename }") is not again
