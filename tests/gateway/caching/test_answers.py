"""Must an operation be run?"""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import httpx
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from gateway.caching.caching import Caching
from gateway.limits import Limits
from gateway.operations import Operations
from gateway.readers import Readers
from gateway.requests import Asked
from gateway.running import Runner
from gateway.settings import load
from schema.build import build
from schema.context import SiteSettings
from tests.gateway.caching.conftest import Client, Twins, make
from tests.service import running

LARGE = "{ articles(first: 100) { nodes { slug authors { name } text related: next { slug text } } } }"


def test_a_hundred_equal_requests_at_once_run_once(tmp_path: Path, sample_archive: Path) -> None:
    """A real service says how each answer was come by: one ran, who came meanwhile joined it, the rest got what was kept."""
    with running(tmp_path, sample_archive) as service:

        async def crowd() -> list[httpx.Response]:
            limits = httpx.Limits(max_connections=100)
            async with httpx.AsyncClient(base_url=service.url, limits=limits, timeout=60) as client:
                return list(await asyncio.gather(*(client.post("/graphql", json={"query": LARGE}) for _ in range(100))))

        answers = asyncio.run(crowd())
    how = [answer.headers["cache-status"].removeprefix("broadsheet; ") for answer in answers]
    assert (len({answer.content for answer in answers}), how.count("fwd=miss")) == (1, 1)
    assert set(how) <= {"fwd=miss", "fwd=miss; collapsed", "hit"}


def test_who_asks_while_it_runs_joins(twins: Twins) -> None:
    """An operation that runs in a thread, here held up, is run once for all."""
    twins.library.add([make(f"a{number}") for number in range(3)])
    twins.library.catch_up()
    requests = [twins.kept.client.build_request("POST", "/graphql", json={"query": LARGE}) for _ in range(5)]
    how = sorted(answer.headers["cache-status"] for answer in twins.kept.send(*requests))
    assert how == ["broadsheet; fwd=miss", *["broadsheet; fwd=miss; collapsed"] * 4]


def test_who_comes_after_a_write_does_not_join_what_began_before_it(twins: Twins) -> None:
    """They run it anew, and read what was written."""
    twins.library.add([make("a", "Before")])
    query = '{ article(slug: "a") { title } ' + " ".join(f"x{n}: articles(first: 100) {{ nodes {{ slug text }} }}" for n in range(6)) + " }"
    entered, written = threading.Event(), threading.Event()
    held = twins.library.outlines

    def slow(*arguments: object) -> object:
        entered.set()
        written.wait(10)
        return held(*arguments)  # type: ignore[arg-type]  # its own

    twins.library.outlines = slow  # type: ignore[method-assign]  # the real one, held up
    twins.library.catch_up()

    async def both() -> list[str]:
        client = twins.kept.client
        first = asyncio.create_task(client.post("/graphql", json={"query": query}))
        await asyncio.to_thread(entered.wait, 10)
        twins.library.add([make("a", "After")])
        second = asyncio.create_task(client.post("/graphql", json={"query": query}))
        await asyncio.sleep(0.05)  # until it waits, of which nothing tells
        written.set()
        return [answer.json()["data"]["article"]["title"] for answer in await asyncio.gather(first, second)]

    titles = twins.kept.loop.run_until_complete(both())
    assert titles[1] == "After"
    assert twins.kept.post(query).json()["data"]["article"]["title"] == "After"


def test_a_response_with_several_answers_is_not_kept(twins: Twins) -> None:
    """Though each of them is: it would go with one of them only."""
    settings = load({}, {})
    operations = Operations(build(), Limits.of(settings))
    caching = Caching(settings, twins.library, Runner(operations, Readers(twins.library, SiteSettings(), 10)))

    async def two(scope: Scope, receive: Receive, send: Send) -> None:
        queries = ("{ site { title } }", "{ site { version } }")
        answers = [
            await caching.answers.run(Asked(query, "", variables={}, name=None, by_get=False), HTTPConnection(scope)) for query in queries
        ]
        await Response(b"[" + b",".join(answer.encoded() for answer in answers) + b"]")(scope, receive, send)

    asked = Client(caching.front(two, own_ids=True))
    for _ in range(2):
        answer = asked.post("{ any }")
        assert answer.json() == [{"data": {"site": {"title": "Broadsheet"}}}, {"data": {"site": {"version": ""}}}]
        assert (answer.headers["cache-control"], "cache-status" in answer.headers) == ("no-store", False)
    assert (len(caching.cache), caching.cache.ready) == (2, {})
    asked.close()


def test_variables_that_nest_too_deep_to_be_kept_are_answered_as_without_a_cache(twins: Twins) -> None:
    """Deeper than orjson writes, though it reads them: refused where they are used, else passed over."""
    for query in ("query ($f: ArticleFilter) { articles(filter: $f) { totalCount } }", "{ site { title } }"):
        for depth in (10, 300, 900):
            filter = '{"not":' * depth + "{}" + "}" * depth
            content = f'{{"query":"{query}","variables":{{"f":{filter}}}}}'.encode()
            answers = []
            for client in (twins.kept, twins.computed):
                request = client.client.build_request("POST", "/graphql", content=content, headers={"content-type": "application/json"})
                answers += client.send(request)
            assert [answer.status_code for answer in answers] == [200, 200]
            assert answers[0].json() == answers[1].json()
