"""Are the docs complete, and true?"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from graphql import OperationDefinitionNode, build_schema, parse, validate

from gateway.settings import SETTINGS
from tests.service import Service, broadsheet

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
        name = command.name or str(command.callback.__name__)  # type: ignore[union-attr]  # typer's own functions have a name
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


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_files_that_are_named_exist(page: Path) -> None:
    """A path in backticks, with a folder of the repository in front, leads to something."""
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
    for named in re.findall(r"`((?:[\w.-]+/)+[\w.-]*)`", page.read_text(encoding="utf-8")):
        if named.partition("/")[0] in folders:
            assert (ROOT / named).exists(), named


def test_the_first_query_has_its_real_answer(service: Service) -> None:
    """What the README shows is what the sample archive answers."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    query, answer = fenced(text, "graphql"), json.loads(fenced(text, "json"))
    assert service.http.post("/graphql", json={"query": query}).json() == answer


def test_the_document_of_the_docs_is_read_back(tmp_path: Path) -> None:
    """All that the example of document JSON says is in the article that comes of it."""
    written = json.loads(fenced((ROOT / "docs" / "json.md").read_text(encoding="utf-8"), "json"))
    (tmp_path / "one.jsonl").write_text(json.dumps(written), encoding="utf-8")
    done = broadsheet("read", tmp_path / "one.jsonl", "--json", home=tmp_path / "home")
    assert done.returncode == 0, done.stderr
    read = json.loads(done.stdout)
    assert "repairs" not in read["source"]
    assert missing(written, read) == []


@pytest.mark.parametrize("limit", ["DEFAULT", "MOST", "FARTHEST", "MOST_INSIDE"])
def test_bounds_of_pages_are_documented(limit: str) -> None:
    """As the code has them."""
    from schema import paging

    assert f"{getattr(paging, limit):,}" in (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")


def test_weights_and_bounds_of_search_are_documented() -> None:
    """As the code has them."""
    from index.search.analysis import STEMMERS
    from index.search.statistics import K1, B
    from index.search.syntax import LONGEST, MOST_TERMS

    text = (ROOT / "docs" / "search.md").read_text(encoding="utf-8")
    for said in (f"k₁ = {K1}", f"b = {B}", f"{LONGEST:,} characters", f"{MOST_TERMS} terms", f"{len(STEMMERS)} Snowball stemmers"):
        assert said in text, said


def fenced(text: str, language: str) -> str:
    """The first fenced block of a language."""
    found = re.search(rf"```{language}\n(.*?)```", text, re.DOTALL)
    assert found is not None
    return found[1]


def missing(written: Any, read: Any, path: str = "$") -> list[str]:
    """Where something is written that was not read so; times are compared as they are said."""
    if isinstance(written, dict) and isinstance(read, dict):
        return [where for key, value in written.items() for where in missing(value, read.get(key), f"{path}.{key}")]
    if isinstance(written, list) and isinstance(read, list) and len(written) == len(read):
        return [where for at, value in enumerate(written) for where in missing(value, read[at], f"{path}[{at}]")]
    return [] if written == read else [f"{path}: {written!r} became {read!r}"]
