"""Where does a file's front matter end, and what does it say?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.importers import frontmatter
from index.importers.frontmatter import FrontMatter, split
from index.importers.repairs import Repairs


def parted(text: str) -> tuple[FrontMatter, list[tuple[int | None, str]]]:
    """The front matter of a text, and what had to be said of it."""
    repairs = Repairs()
    front = split(text, repairs)
    return front, [(note.repair.line, note.repair.message) for note in repairs.notes]


@pytest.mark.parametrize(
    ("text", "fields", "body", "first_line"),
    [
        ("---\ntitle: Piers\ntags: [a, b]\n---\nBody\n", {"title": "Piers", "tags": ["a", "b"]}, "Body\n", 5),
        ("--- \t\ntitle: Piers\n---  \nBody", {"title": "Piers"}, "Body", 4),
        ("\n \n\n---\ntitle: Piers\n---\nBody", {"title": "Piers"}, "Body", 7),
        ("---\ntitle: Piers\n...\nBody", {"title": "Piers"}, "Body", 4),
        ("---yaml\ntitle: Piers\n---\nBody", {"title": "Piers"}, "Body", 4),
        ("---\n# a comment\ntitle: Piers # another\n---\n", {"title": "Piers"}, "", 5),
        ("---\ntitle: Piers\n---", {"title": "Piers"}, "", 3),
        ("---\n---\nBody", {}, "Body", 3),
        (
            '+++\ntitle = "Piers"\ndraft = true\n[extra]\nteam = "T"\n+++\nBody',
            {"title": "Piers", "draft": True, "extra": {"team": "T"}},
            "Body",
            7,
        ),
        ('---toml\ntitle = "Piers"\n---\nBody', {"title": "Piers"}, "Body", 4),
        ('{"title": "Piers",\n "tags": []}\nBody', {"title": "Piers", "tags": []}, "Body", 3),
        ('---json\n{"title": "Piers"}\n---\nBody', {"title": "Piers"}, "Body", 4),
        ('---json\n"title": "Piers"\n---\nBody', {"title": "Piers"}, "Body", 4),
    ],
)
def test_the_forms_of_front_matter(text: str, fields: dict[str, object], body: str, first_line: int) -> None:
    """YAML, TOML and JSON are told apart by their fences, and the body keeps its line."""
    front, said = parted(text)
    assert (dict(front.fields), front.body, front.first_line) == (fields, body, first_line)
    assert said == []


def test_scalars_of_yaml_stay_what_was_written() -> None:
    """Numbers, dates and words for truth are text; nothing is null but what says so."""
    front, _ = parted(
        "---\ntitle: 2019\nversion: 1.10\ndate: 2017-05-09 3:00:03 -0400\ndraft: yes\ncategories:\nnone: ~\nquoted: '2019'\n---\n"
    )
    assert dict(front.fields) == {
        "title": "2019",
        "version": "1.10",
        "date": "2017-05-09 3:00:03 -0400",
        "draft": "yes",
        "categories": None,
        "none": None,
        "quoted": "2019",
    }


def test_lines_of_keys() -> None:
    """Each top-level key knows its line of the file."""
    front, _ = parted("\n---\ntitle: a\nauthors:\n  - name: b\nlast: c\n---\n")
    assert dict(front.lines) == {"title": 3, "authors": 4, "last": 6}


def test_a_key_that_stands_twice() -> None:
    """The last of two counts, and its line is named."""
    front, said = parted("---\nexpiry: 1\ntitle: a\nexpiry: 2\n---\n")
    assert front.fields == {"expiry": "2", "title": "a"}
    assert said == [(4, "“expiry” stands in the front matter twice; the last one counts.")]


def test_merged_keys() -> None:
    """`<<` gives what the mapping itself does not."""
    front, _ = parted("---\nbase: &b {x: 1, y: 2}\nmore:\n  <<: *b\n  y: 3\n---\n")
    assert front.fields["more"] == {"x": "1", "y": "3"}


@pytest.mark.parametrize(
    ("block", "fields", "lines"),
    [
        ("title: Piers: a history\ndate: 2019", {"title": "Piers: a history", "date": "2019"}, [2]),
        ("title: @home\ntags: [a]", {"title": "@home", "tags": ["a"]}, [2]),
        ("title: 'it's late'\nx: y", {"title": "it's late", "x": "y"}, [2]),
        ('title: "Piers" of old\nx: y', {"title": '"Piers" of old', "x": "y"}, [2]),
        ("title: Piers\ntags:\n\t- a\n\t- b", {"title": "Piers", "tags": ["a", "b"]}, [3]),
        ("title: [Piers\ntags: [a, b", {"title": "[Piers", "tags": "[a, b"}, [2, 3]),
        ("title: @a\ntags:\n- @b\n- c", {"title": "@a", "tags": ["@b", "c"]}, [2, 3]),
        ("title: @a\ntags: [@b, 'c']", {"title": "@a", "tags": ["@b", "c"]}, [2, 3]),
        ("title: Piers\n???\nx: @y", {"title": "Piers", "x": "@y"}, [3, 4]),
        ("title: a\nx: *nowhere", {"title": "a", "x": "*nowhere"}, [3]),
        ("title: @a\nx: 1\nx: 2", {"title": "@a", "x": "2"}, [2, 4]),
        ("summary: {{ page.lead }} @\n  goes on\ntitle: a", {"summary": "{{ page.lead }} @ goes on", "title": "a"}, [2]),
    ],
)
def test_what_yaml_refuses_is_read_key_by_key(block: str, fields: dict[str, object], lines: list[int]) -> None:
    """One bad value spoils only itself, and its line is named."""
    front, said = parted(f"---\n{block}\n---\nBody")
    assert (dict(front.fields), front.body) == (fields, "Body")
    assert [line for line, _ in said] == lines


def test_what_toml_refuses_is_read_key_by_key() -> None:
    """The same for TOML, doubled keys included."""
    front, said = parted('+++\ntitle = "a"\ntitle = "b"\nx = oops\n# note\n[extra]\ny = [1]\n+++\nBody')
    assert front.fields == {"title": "b", "x": "oops", "y": [1]}
    assert [line for line, _ in said] == [3, 4]


def test_many_mended_lines_are_counted() -> None:
    """Twenty lines are named one by one, the rest together."""
    _, said = parted("---\n" + "".join(f"k{n}: @x\n" for n in range(30)) + "---\n")
    assert len(said) == 21
    assert said[-1] == (22, "10 more lines of the front matter had to be mended.")


def test_a_block_that_is_never_closed() -> None:
    """It ends before the first line that belongs to no key."""
    front, said = parted("---\ntitle: a\ntags:\n- b\n- c\n\nBody: no key\n")
    assert (dict(front.fields), front.body, front.first_line) == ({"title": "a", "tags": ["b", "c"]}, "\nBody: no key\n", 6)
    assert said == [(5, "The front matter is never closed; it is taken to end here.")]


@pytest.mark.parametrize(
    "text",
    [
        *("", "---", "Body", "---\n\nBody", "+++", "# Title\n---\nBody", "* * *\ntitle: a\n* * *", "{ not json }\nBody", "{}\nBody"),
        *('{"a": 1} trailing\n', "---\nOnly prose.\n\nMore: of it.\n\n---\nBody", '["a"]\n'),
    ],
)
def test_what_is_no_front_matter(text: str) -> None:
    """Rules and braces at the top of a text are text."""
    front, _ = parted(text)
    assert (dict(front.fields), front.body, front.first_line) == ({}, text, 1)


def test_a_block_without_keys_is_said() -> None:
    """What looks like front matter and is none stays in the body, and that is said."""
    front, said = parted("---\nHello there\n---\nBody")
    assert front.body == "---\nHello there\n---\nBody"
    assert said == [(1, "What stands between the rules at the top has no keys; it is kept as text.")]


def test_a_bomb_of_aliases_is_refused() -> None:
    """Aliases that multiply are not followed: the block is read key by key, in bounded time and size."""
    levels = "".join(f"k{n}: &k{n} [{', '.join([f'*k{n - 1}'] * 9) if n else 'x'}]\n" for n in range(12))
    front, said = parted(f"---\n{levels}---\n")
    assert len(str(front.fields)) < 5_000
    assert said


@pytest.mark.parametrize("block", ["a: &a [*a]", "a: " + "[" * 5000, "a: " + "{a: " * 3000, "? [a, b]\n: c\nx: y\nz: 1"])
def test_hostile_yaml_is_survived(block: str) -> None:
    """Recursion and depth end in a mended value."""
    front, _ = parted(f"---\nt: 1\n{block}\n---\n")
    assert front.fields["t"] == "1"


def test_a_block_that_is_too_long_is_body() -> None:
    """Whatever lies further down than front matter reaches closes nothing."""
    text = "---\nprose\n" + "x" * frontmatter.LONGEST + "\n---\n"
    assert parted(text)[0].body == text


@given(st.text())
def test_any_text_at_all(text: str) -> None:
    """Nothing makes it fail; a body is always the end of the text."""
    for whole in (text, f"---\n{text}\n---\nBody", f"+++\n{text}\n+++\nBody", f"---\na: 1\n{text}"):
        front, _ = parted(whole)
        assert whole.endswith(front.body)
        assert front.first_line == whole[: len(whole) - len(front.body)].count("\n") + 1


@given(
    st.dictionaries(
        st.from_regex(r"[a-z]{1,8}", fullmatch=True),
        st.text(st.characters(codec="utf-8", exclude_characters='\n\r"\\'), max_size=30),
        min_size=1,
    )
)
def test_quoted_values_come_back(fields: dict[str, str]) -> None:
    """What is written in quotes is read as it was."""
    printable = {key: value for key, value in fields.items() if value.isprintable()}
    if printable:
        block = "".join(f'{key}: "{value}"\n' for key, value in printable.items())
        assert dict(parted(f"---\n{block}---\n")[0].fields) == printable
