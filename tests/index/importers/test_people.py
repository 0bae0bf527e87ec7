"""Who wrote it, by what a byline or a record's field says?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import Author, Image, RepairKind
from index.importers.people import MOST, authors_of, clean_name, split_names, without_label
from index.importers.repairs import Repairs


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Ada Kerr", ["Ada Kerr"]),
        ("By Ada Kerr", ["Ada Kerr"]),
        ("Written by: Ada Kerr", ["Ada Kerr"]),
        ("Ada Kerr, Bo Lind and Cy Moss", ["Ada Kerr", "Bo Lind", "Cy Moss"]),
        ("Ada Kerr, Bo Lind, and Cy Moss", ["Ada Kerr", "Bo Lind", "Cy Moss"]),
        ("Ada Kerr & Bo Lind", ["Ada Kerr", "Bo Lind"]),
        ("Ada Kerr; Bo Lind | Cy Moss", ["Ada Kerr", "Bo Lind", "Cy Moss"]),
        ("akerr, blind", ["akerr", "blind"]),
        ("@akerr", ["akerr"]),
        ("Kerr, Ada", ["Ada Kerr"]),
        ("Ada van der Kerr and Bo de Lind", ["Ada van der Kerr", "Bo de Lind"]),
        ("van der Kerr, Bo Lind", ["van der Kerr", "Bo Lind"]),
        ("Bo Lind, PhD, and Ada Kerr", ["Bo Lind, PhD", "Ada Kerr"]),
        ("Bo Lind, Jr.", ["Bo Lind, Jr."]),
        ("the harbour team and Ada Kerr", ["the harbour team", "Ada Kerr"]),
        ("Ada Kerr, keeper of the harbour light", ["Ada Kerr, keeper of the harbour light"]),
        ("Office of Tides and Currents", ["Office of Tides and Currents"]),
        ("Research and Development Team", ["Research and Development Team"]),
        ("Ada Kerr) and Bo Lind", ["Ada Kerr) and Bo Lind"]),
        ("Ada &amp; Bo", ["Ada", "Bo"]),
        ("<a href='/ada'>Ada Kerr</a>", ["Ada Kerr"]),
        ("ada@harbour.example (Ada Kerr)", ["Ada Kerr"]),
        ("Ada Kerr <ada@harbour.example>", ["Ada Kerr"]),
        ("ada@harbour.example", ["ada@harbour.example"]),
        ("“Ada Kerr”,", ["Ada Kerr"]),
        ("", []),
        (" ,; ", []),
    ],
)
def test_bylines(byline: str, names: list[str]) -> None:
    """A byline is taken apart only where every part is a name."""
    assert split_names(byline) == names


def test_several_people_in_one_text_are_said() -> None:
    """A text that names several is a guess, one that names one is none."""
    repairs = Repairs()
    assert [author.slug for author in authors_of("Ada Kerr and Bo Lind", repairs, 7)] == ["ada-kerr", "bo-lind"]
    assert [(note.repair.kind, note.repair.message, note.repair.line) for note in repairs.notes] == [
        (RepairKind.AUTHOR_INFERRED, "“Ada Kerr and Bo Lind” is taken for 2 authors.", 7)
    ]
    authors_of("Ada Kerr", repairs)
    assert len(repairs.notes) == 1


def test_objects() -> None:
    """An object gives what a person's card has; addresses that run something are left out."""
    found = authors_of(
        [
            {"name": "Ada Kerr", "slug": "Ada K", "website": "/ada", "bio": "<b>Covers</b> ports &amp; piers.", "avatar": "ada.png"},
            {"firstName": "Bo", "last_name": "Lind", "url": "javascript:x", "image": {"src": "bo.png"}, "photo": 3},
            {"name": "", "email": "x"},
        ],
        Repairs(),
        base="https://harbour.example/news/",
    )
    assert found[:2] == (
        Author(
            "Ada Kerr",
            "ada-k",
            "Covers ports & piers.",
            "https://harbour.example/ada",
            Image("https://harbour.example/news/ada.png", "Ada Kerr"),
        ),
        Author("Bo Lind", "bo-lind", None, None, Image("https://harbour.example/news/bo.png", "Bo Lind")),
    )


@pytest.mark.parametrize(
    ("value", "names"),
    [
        (["Ada Kerr", None, 7, True, ["Bo Lind", [["too deep"]]], ""], ["Ada Kerr", "7", "Bo Lind"]),
        (["Ada Kerr, keeper, of light"], ["Ada Kerr, keeper, of light"]),
        ({"ada": {"name": "Ada Kerr"}, "bo": None}, ["Ada Kerr", "bo"]),
        ({"name": "Ada Kerr"}, ["Ada Kerr"]),
        (None, []),
        (["Ada Kerr", "ada kerr", {"name": "ADA KERR"}], ["Ada Kerr"]),
    ],
)
def test_lists(value: object, names: list[str]) -> None:
    """Lists hold texts and objects, whatever else is passed over; nobody is named twice."""
    assert [author.name for author in authors_of(value, Repairs())] == names


def test_a_hundred_at_most() -> None:
    """No list makes more authors than an article can show."""
    assert len(authors_of([f"Name {n}" for n in range(500)], Repairs())) == MOST


@given(
    st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))
)
def test_any_value_at_all(value: object) -> None:
    """Nothing makes it fail, and every author has a name."""
    for author in authors_of(value, Repairs()):
        assert author.name == author.name.strip() != ""


@given(st.text())
def test_a_clean_name_is_clean(text: str) -> None:
    """A name is one line of at most its length."""
    name = clean_name(text)
    assert len(name) <= 120
    assert "\n" not in name


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ada Kerr Ada Kerr keeps bees.", "Ada Kerr keeps bees."),
        ("ADA KERR\nAda Kerr keeps bees.", "Ada Kerr keeps bees."),
        ("About the author Ada Kerr Ada keeps bees.", "Ada keeps bees."),
        ("Ada Kerr, Harbour Editor Ada Kerr keeps bees.", "Ada Kerr keeps bees."),
        ("Ada Kerr: keeper of bees.", "keeper of bees."),
        ("Ada Kerr – Keeper of bees.", "Keeper of bees."),
        ("Ada Kerr keeps bees.", "Ada Kerr keeps bees."),
        ("Ada Kerr – keeper of bees – writes.", "Ada Kerr – keeper of bees – writes."),
        ("Ada Kerr is not the Ada Kerr of the song.", "Ada Kerr is not the Ada Kerr of the song."),
        ("We know Ada Kerr. Ada Kerr keeps bees.", "We know Ada Kerr. Ada Kerr keeps bees."),
    ],
)
def test_a_name_that_heads_a_text_about_somebody_is_taken_off(text: str, said: str) -> None:
    """A name that a sentence begins with is not."""
    assert without_label(text, "Ada Kerr") == said
    assert without_label(text, "") == text
