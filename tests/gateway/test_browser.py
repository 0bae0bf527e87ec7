"""Do the pages work in a real browser, with every address but this machine's cut?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

from tests.service import Service

CHROMIUM = Path("/usr/bin/chromium")
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Headless Chromium, for which no address but this machine's has a name."""
    assert CHROMIUM.exists(), "Chromium is missing: make browser"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser, service: Service) -> Iterator[Page]:
    """A page of a first visit; fails on anything that a page asks of another address, an article's pictures excepted, and on any error."""
    troubles: list[str] = []
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, base_url=service.url)
    page = context.new_page()
    page.on("request", lambda r: troubles.append(r.url) if not is_allowed(r, service) else None)
    page.on("console", lambda m: troubles.append(m.text) if m.type == "error" and "ERR_NAME_NOT_RESOLVED" not in m.text else None)
    page.on("pageerror", lambda e: troubles.append(str(e)))
    yield page
    context.close()
    assert troubles == []


def is_allowed(request: Request, service: Service) -> bool:
    """Whether a page may ask for that."""
    return request.url.startswith((service.url, "data:", "blob:")) or (
        request.resource_type == "image" and "/articles/" in request.frame.url
    )


@pytest.mark.browser
def test_graphiql_runs_a_query_that_is_typed(page: Page) -> None:
    """Type it, run it, read the result, open the docs."""
    page.goto("/graphiql")
    editor = page.locator(".graphiql-query-editor .monaco-editor").first
    expect(editor).to_be_visible(timeout=30_000)
    editor.click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("query Typed { site { articleCount } }")
    expect(page.get_by_role("button", name="Typed", exact=True)).to_be_visible()
    page.keyboard.press("Control+Enter")  # the list of completions may lie over the button
    expect(page.locator(".graphiql-response")).to_contain_text('"articleCount": 26', timeout=15_000)
    page.get_by_role("button", name="Show Documentation Explorer").click()
    docs = page.locator(".graphiql-plugin")
    docs.get_by_role("link", name="Query", exact=True).click()
    expect(docs).to_contain_text("suggest")


@pytest.mark.browser
def test_graphiqls_tabs_hold_the_example_queries(page: Page) -> None:
    """Each of them runs."""
    page.goto("/graphiql")
    for name in ("Newest", "Article", "Search", "Archives", "Topics", "Tables"):
        page.get_by_role("tablist").get_by_role("button", name=name, exact=True).click()
        expect(page.locator(".graphiql-query-editor")).to_contain_text(f"query {name}", timeout=30_000)
        page.get_by_role("button", name="Execute query").click()
        expect(page.locator(".graphiql-response")).to_contain_text('"data"', timeout=15_000)
        expect(page.locator(".graphiql-response")).not_to_contain_text('"errors"')


@pytest.mark.browser
def test_the_front_page_leads_from_a_search_to_the_section(page: Page) -> None:
    """Figures, a completion, a hit, its section; then next and previous."""
    page.goto("/")
    expect(page.locator(".figures")).to_contain_text("26 articles")
    box = page.get_by_label("Search the archive")
    box.press_sequentially("mack")
    expect(page.locator("#completions option").first).to_have_attribute("value", "mackerel", timeout=5_000)
    box.fill("mackerel price")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("main mark").first).to_have_text("price", ignore_case=True)
    page.locator(".passages a.where").first.click()
    expect(page.locator("article h1")).to_be_visible()
    assert "#" in page.url
    page.locator("nav.beside a").first.click()
    expect(page.locator("article h1")).to_be_visible()


@pytest.mark.browser
def test_the_pages_can_be_read_without_javascript_and_on_a_phone(chromium: Browser, service: Service) -> None:
    """Nothing is wider than the screen, in light and in dark."""
    for scheme in ("light", "dark"):
        context = chromium.new_context(
            viewport={"width": 360, "height": 740}, base_url=service.url, java_script_enabled=False, color_scheme=scheme
        )
        page = context.new_page()
        for path in ("/", "/?q=ferry+fares"):
            page.goto(path)
            expect(page.locator("article.hit").first).to_be_visible()
            expect(page.locator("h1").first).to_be_visible()
            page.locator("article.hit h2 a").first.click()
            page.wait_for_url("**/articles/*")  # loaded: a page can be measured before its style sheet is there
            expect(page.locator("article .body")).to_be_visible()
            assert page.evaluate("document.documentElement.scrollWidth") == 360
        context.close()
