"""What does `broadsheet explain` say?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.service import broadsheet

PAGE = """query Page($n: Int, $short: Boolean!) {
  articles(first: $n) { nodes { title excerpt(length: 80) @skip(if: $short) } }
}
query Other { __typename site { title } }
"""


def explained(folder: Path, text: str, *flags: str, **variables: Any) -> tuple[int, str]:
    """Exit status and output for a document."""
    (folder / "page.graphql").write_text(text, encoding="utf-8")
    given = ["--variables", json.dumps(variables)] if variables else []
    done = broadsheet("explain", folder / "page.graphql", *given, *flags, home=folder / "home")
    return done.returncode, done.stdout + done.stderr


def test_cost_limits_and_code_are_shown(tmp_path: Path) -> None:
    """Of every operation, for its variables; nothing has to be imported."""
    status, said = explained(tmp_path, PAGE, n=60, short=False)
    assert status == 0
    for line in (
        "2 of 20 root fields, 4 of 5,000 fields",
        "query Page\ncost      1 + [$n, else 10] × 11 = 661 of 10,000\nruns      in a thread",
        "compiled  4 of 4 fields (100%)",
        "'title': (v if (v := o.title).__class__ is str else String_",
        "'excerpt':",
        "query Other\ncost      1 of 10,000\nruns      on the event loop",
        "'__typename': 'Query',",
    ):
        assert line in said, said
    assert "'excerpt':" not in explained(tmp_path, PAGE, n=60, short=True)[1]
    assert not (tmp_path / "home").exists()


def test_what_is_not_compiled_is_said(tmp_path: Path) -> None:
    """And why."""
    status, said = explained(tmp_path, "{ __schema { description } site { title } }")
    assert status == 0
    assert "compiled  0 of 4 fields (0%)" in said
    assert "not       __schema, which graphql-core answers itself: graphql-core executes the whole operation" in said


def test_what_would_be_refused_is_said_with_exit_1(tmp_path: Path) -> None:
    """A document that is not valid, a cost that is too high, a variable that is missing."""
    for text, variables, why in (
        ("{ nothing }", {}, "refused: Cannot query field 'nothing' on type 'Query'."),
        (PAGE, {"n": 100_000, "short": True}, "refused   it costs too much"),
        (PAGE, {}, "refused   Variable '$short' has invalid value: Expected a value of non-null type 'Boolean!' to be provided."),
    ):
        status, said = explained(tmp_path, text, **variables)
        assert status == 1, said
        assert why in said


def test_misuse_is_a_sentence_with_exit_2(tmp_path: Path) -> None:
    """No file, no JSON, no object."""
    assert "--variables is not JSON" in explained(tmp_path, PAGE, "--variables", "{")[1]
    status, said = explained(tmp_path, PAGE, "--variables", "[]")
    assert status == 2
    assert "must be a JSON object" in said
    done = broadsheet("explain", tmp_path / "missing.graphql", home=tmp_path / "home")
    assert done.returncode == 2
    assert "cannot be read" in done.stderr
