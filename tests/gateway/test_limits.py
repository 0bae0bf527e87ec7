"""Who may ask how much at once?"""

import pytest
from graphql import parse
from hypothesis import given
from hypothesis import strategies as st

from gateway.limits import Limits, Measure, check_size


def refusal(document: str, **limits: int) -> str | None:
    """What a document is refused with."""
    found = check_size(parse(document), Limits(**limits))
    return None if found is None else f"{found.extensions['code']} {found.extensions['limit']}: {found.message}"  # type: ignore[index]  # it has extensions: it is ours


@pytest.mark.parametrize(
    ("document", "limits", "what"),
    [
        ("{ a b c }", {"fields": 2}, "LIMIT_EXCEEDED 2: The operation has too many fields: 3; allowed are 2."),
        ("{ a { b { c } } }", {"depth": 2}, "LIMIT_EXCEEDED 2: The operation has too many levels: 3; allowed are 2."),
        ("{ x: a y: b }", {"aliases": 1}, "LIMIT_EXCEEDED 1: The operation has too many aliases: 2; allowed are 1."),
        ("{ a b }", {"root_fields": 1}, "LIMIT_EXCEEDED 1: The operation has too many root fields: 2; allowed are 1."),
        ("{ a a a }", {"same_keys": 2}, "LIMIT_EXCEEDED 2: The operation has too many equal response keys side by side: 3; allowed are 2."),
        ("{ a @x @x @x }", {"directives": 2}, "LIMIT_EXCEEDED 2: The operation has too many directives on one thing: 3; allowed are 2."),
        (
            "query ($v: Int @x @x) { a }",
            {"directives": 1},
            "LIMIT_EXCEEDED 1: The operation has too many directives on one thing: 2; allowed are 1.",
        ),
    ],
)
def test_the_number_that_was_exceeded_is_named(document: str, limits: dict[str, int], what: str) -> None:
    """With a code, and what to do."""
    assert refusal(document, **limits) == what + " Ask for less at once."
    assert refusal(document) is None


def test_fragments_count_as_if_inlined() -> None:
    """However they are spread, inline or by name."""
    document = "{ a { ...F ...F ... on T { b } } } fragment F on T { b x: c { d } }"
    size = Measure(parse(document)).selection(parse(document).definitions[0].selection_set)  # type: ignore[attr-defined]  # the one definition is an operation
    assert (size.fields, size.aliases, size.depth, size.same_keys) == (8, 2, 3, 3)


def test_fragments_that_spread_to_billions_are_measured_at_once() -> None:
    """Each is visited once: sixty fragments, each spreading the next twice."""
    fragments = " ".join(f"fragment F{n} on T {{ ...F{n + 1} ...F{n + 1} }}" for n in range(60))
    found = refusal(f"{{ ...F0 }} {fragments} fragment F60 on T {{ a }}")
    assert found is not None
    assert "over 10⁹" in found


def test_fragments_that_spread_themselves_are_left_to_validation() -> None:
    """Neither endless nor an error here."""
    assert refusal("{ ...F ...Unknown } fragment F on T { a ...F }") is None


names = st.sampled_from("abc")
selections = st.recursive(
    names,
    lambda inner: st.tuples(names, st.lists(inner, min_size=1, max_size=3)).map(lambda t: f"{t[0]} {{ {' '.join(t[1])} }}"),
    max_leaves=12,
)


@given(st.lists(selections, min_size=1, max_size=4))
def test_a_fragment_measures_as_what_it_holds(parts: list[str]) -> None:
    """A document and the same one behind a fragment are of one size."""
    body = " ".join(parts)
    sizes = []
    for document in (f"{{ {body} }}", f"{{ ...F }} fragment F on T {{ {body} }}"):
        parsed = parse(document)
        sizes.append(Measure(parsed).selection(parsed.definitions[0].selection_set))  # type: ignore[attr-defined]  # the one definition is an operation
    assert sizes[0] == sizes[1]
    assert sizes[0].fields == len([word for word in body.split() if word in "abc"])
