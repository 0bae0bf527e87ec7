"""How do developers explore the API?"""

import json
from pathlib import Path

import pytest
from graphql import build_schema, parse, validate
from starlette.applications import Starlette

from gateway import graphiql
from tests.service import Service, asked

ROOT = Path(__file__).parents[2]
WEB = ROOT / "gateway" / "web" / "graphiql"
EXAMPLES = sorted((WEB / "examples").glob("*.graphql"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda file: file.stem)
def test_an_example_is_valid_and_finds_something(service: Service, example: Path) -> None:
    """By the printed schema, and over the sample archive."""
    text = example.read_text(encoding="utf-8")
    assert validate(build_schema((ROOT / "schema.graphql").read_text(encoding="utf-8")), parse(text)) == []
    for answered in service.ask(text).values():
        assert answered
        if isinstance(answered, dict):
            assert answered.get("nodes") or answered.get("edges")


def test_every_example_has_a_tab_that_is_named_like_it() -> None:
    """The tab's name is the operation's."""
    page = (WEB / "main.js").read_text(encoding="utf-8")
    assert EXAMPLES
    for example in EXAMPLES:
        assert f"'./examples/{example.name}'" in page
        assert f"query {example.stem.capitalize()} {{" in example.read_text(encoding="utf-8")


def test_the_page_loads_only_from_here(service: Service) -> None:
    """Its policy says so, its addresses have no host, and the lock file names none either."""
    answer = service.http.get("/graphiql")
    policy = answer.headers["content-security-policy"]
    for part in ("default-src 'none'", "script-src 'self'", "worker-src 'self'", "connect-src 'self'", "frame-ancestors 'none'"):
        assert part in policy.split("; ")
    assert "//" not in answer.text
    assert "resolved" not in (WEB / "package-lock.json").read_text(encoding="utf-8")


def test_packages_are_pinned_to_one_version_and_its_hash() -> None:
    """So that what is built next year is what was tested today."""
    asked = json.loads((WEB / "package.json").read_text(encoding="utf-8"))
    locked = json.loads((WEB / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for name, version in {**asked["dependencies"], **asked["devDependencies"]}.items():
        assert locked[f"node_modules/{name}"]["version"] == version
    assert all("integrity" in package for path, package in locked.items() if path)


@pytest.mark.parametrize("path", ["/graphiql/files/main.js", "/assets/explorer.css"])
def test_files_are_sent_once_and_asked_about_after(service: Service, path: str) -> None:
    """A browser that has the file gets 304."""
    first = service.http.get(path)
    assert first.status_code == 200
    assert first.headers["cache-control"] == "no-cache"
    again = service.http.get(path, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_an_installation_without_it_says_how_to_build_it(tmp_path: Path) -> None:
    """The rest of the service goes on."""
    app = Starlette(routes=graphiql.routes(tmp_path))
    answer = asked(app, "/graphiql")
    assert answer.status_code == 503
    assert answer.headers["content-type"].startswith("text/plain")
    assert "pip install --no-deps -e ." in answer.text
    assert asked(app, "/graphiql/files/main.js").status_code == 404
