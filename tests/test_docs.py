"""Are the docs complete, and true?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from graphql import OperationDefinitionNode, build_schema, parse, validate

from gateway.settings import SETTINGS
from tests.service import Service

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
QUERIES = [
    *[(page.name, block) for page in PAGES for block in re.findall(r"```graphql\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)],
    *[
        (file.name, file.read_text(encoding="utf-8"))
        for folder in ("examples/queries", "gateway/web/graphiql/examples")
        for file in sorted((ROOT / folder).glob("*.graphql"))
    ],
]


def test_every_setting_is_documented_with_its_default() -> None:
    """And its help, word by word."""
    text = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    for setting in SETTINGS:
        assert f"| `{setting.variable}` |" in text
        assert setting.help in text


def test_every_error_code_is_documented() -> None:
    """Whatever the code can say."""
    text = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")
    sources = "".join(path.read_text(encoding="utf-8") for path in (*(ROOT / "gateway").glob("*.py"), *(ROOT / "schema").glob("*.py")))
    codes = set(re.findall(r'"((?:[A-Z]+_)+[A-Z]+|TIMEOUT|INTERNAL)"', sources)) & {
        *re.findall(r'code"?[:=] ?"([A-Z_]+)"', sources),
        *re.findall(r'\d{3}, "([A-Z_]+)"', sources),
    }
    assert len(codes) > 8
    for code in codes:
        assert f"`{code}`" in text, code


def test_every_command_is_documented() -> None:
    """In the README or the docs."""
    from gateway.cli import app

    text = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    for command in app.registered_commands:
        name = command.name or str(command.callback.__name__)  # type: ignore[union-attr]
        assert f"broadsheet {name}" in text, name


@pytest.mark.parametrize(("name", "query"), QUERIES, ids=[name for name, _ in QUERIES])
def test_every_example_query_runs(service: Service, name: str, query: str) -> None:
    """It is valid, and the sample archive answers it without an error."""
    schema = build_schema((ROOT / "schema.graphql").read_text(encoding="utf-8"))
    document = parse(query)
    assert validate(schema, document) == []
    for operation in document.definitions:
        if isinstance(operation, OperationDefinitionNode) and not any(
            v.type.kind == "non_null_type" for v in operation.variable_definitions or ()
        ):
            answer = service.http.post(
                "/graphql", json={"query": query, "operationName": operation.name.value if operation.name else None}
            ).json()
            assert "errors" not in answer, answer["errors"]


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_links_lead_somewhere(page: Path) -> None:
    """Files that a page links to exist."""
    for target in re.findall(r"\]\((?!https?:|<|#)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target
