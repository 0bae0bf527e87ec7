"""Which categories and tags does a record's field name?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import Category, Tag
from index.importers.topics import MOST, categories_of, tags_of, terms


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("ports", ["ports"]),
        ("open water", ["open water"]),
        ("Ports, piers; tides,", ["Ports", "piers", "tides"]),
        ("#ports, #piers", ["ports", "piers"]),
        (["Ports", "ports", "PORTS"], ["Ports"]),
        (["a, b"], ["a, b"]),
        (["a", None, 2019, 1.5, True, ["b", ["c", ["too deep"]]]], ["a", "2019", "1.5", "b", "c"]),
        ({"name": "Ports"}, ["Ports"]),
        ({"ports": True, "piers": None}, ["ports", "piers"]),
        ("Ports &amp; <b>piers</b>", ["Ports & piers"]),
        (None, []),
        (" , ", []),
    ],
)
def test_tags(value: object, names: list[str]) -> None:
    """Texts with commas, lists and objects name tags; those that differ in case only are one."""
    assert [tag.name for tag in tags_of(value)] == names


def test_signs_tell_languages_apart() -> None:
    """Names that only a sign tells apart keep slugs of their own."""
    assert tags_of(["C", "C++", "C#"]) == (Tag("C", "c"), Tag("C++", "c-plus-plus"), Tag("C#", "c-sharp"))


def test_trees_of_categories() -> None:
    """A category brings its parents, from its name or its object."""
    harbour = Category("Harbour", "harbour")
    assert categories_of("Harbour > Piers") == (Category("Piers", "piers", harbour),)
    assert categories_of({"name": "Piers", "slug": "The Piers", "parent": {"name": "Harbour"}, "description": " Where ships lie. "}) == (
        Category("Piers", "the-piers", harbour, "Where ships lie."),
    )
    assert categories_of("AC/DC") == (Category("AC/DC", "ac-dc"),)


def test_two_hundred_at_most() -> None:
    """No list makes more topics than an article can carry."""
    assert len(terms([str(n) for n in range(500)])) == MOST


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_any_value_at_all(value: object) -> None:
    """Nothing makes it fail; slugs are distinct and not empty, names neither."""
    found = terms(value)
    assert len({term.slug for term in found}) == len(found)
    assert all(term.name and term.slug for term in found)
    assert len(categories_of(value)) == len(tags_of(value)) == len(found)
