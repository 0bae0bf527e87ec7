"""Are the caches of several processes right?"""

from __future__ import annotations

import time
from pathlib import Path

import httpx

from tests.service import Service, broadsheet, running

QUERY = "{ site { articleCount } articles(first: 1, orderBy: TITLE) { totalCount nodes { title } } }"
PROCESS = 8  # characters of an id that a process gives, which are its own
ENOUGH = 60  # seconds in which both processes must have been met


def asked(service: Service) -> httpx.Response:
    """The answer on a connection of its own, so that any process may take it."""
    return httpx.post(f"{service.url}/graphql", json={"query": QUERY}, timeout=30)


def met(service: Service) -> dict[str, set[str]]:
    """What each process answers from memory; asked until there are two."""
    found: dict[str, set[str]] = {}
    end = time.monotonic() + ENOUGH
    while len(found) < 2 and time.monotonic() < end:
        answer = asked(service)
        if answer.headers["cache-status"].endswith("hit"):
            found.setdefault(answer.headers["x-request-id"][:PROCESS], set()).add(answer.text)
    return found


def test_two_processes_answer_what_an_import_beside_them_stored(tmp_path: Path, sample_archive: Path) -> None:
    """Both from memory before it; neither an old answer once it has returned."""
    with running(tmp_path / "home", sample_archive / "html", BROADSHEET_WORKERS="2") as service:
        before = met(service)
        assert len(before) == 2
        assert len(set.union(*before.values())) == 1
        (tmp_path / "more.md").write_text("# A first one\n\nText.\n", encoding="utf-8")
        assert broadsheet("import", tmp_path / "more.md", home=tmp_path / "home").returncode == 0
        titles = {asked(service).json()["data"]["articles"]["nodes"][0]["title"] for _ in range(40)}
        assert titles == {"A first one"}
        after = met(service)
        assert len(after) == 2
        assert len(set.union(*after.values())) == 1
