"""Who wrote entries of feeds."""

from __future__ import annotations

import pytest

from index.importers.feed.people import person, persons
from index.importers.feed.xml import ATOM, RSS, Name, parsed


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Ada Kerr", "Ada Kerr"),
        ("ada@daily.example (Ada Kerr)", "Ada Kerr"),
        ("Ada  Kerr <ada@daily.example>", "Ada Kerr"),
        ("Ada Kerr (mailto:ada@daily.example)", "Ada Kerr"),
        ('"Ada Kerr" <ada@daily.example>', "Ada Kerr"),
        ("ada@daily.example", None),
        ("mailto:ada@daily.example", None),
        ("ada@daily.example ()", None),
        ("", None),
    ],
)
def test_a_line_names_a_person_or_nobody(line: str, name: str | None) -> None:
    """Mailboxes are left out."""
    assert person(line) == ([] if name is None else [{"name": name}])


def test_atom_names_people_by_parts() -> None:
    """With the address of their page; in other formats the line is all."""
    tree = parsed("", [], "<author><name>Ada Kerr</name><uri>https://a.example</uri><email>a@b.example</email></author><author>Bo</author>")
    assert tree is not None
    assert persons(tree[0], Name(ATOM, "author")) == [{"name": "Ada Kerr", "url": "https://a.example"}]
    assert persons(tree[1], Name(ATOM, "author")) == [{"name": "Bo"}]
    assert persons(tree[1], Name(RSS, "author")) == [{"name": "Bo"}]
