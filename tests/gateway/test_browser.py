"""Do the pages work in a real browser, with every address but this machine's cut?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

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
def browser_page(service: Service) -> Iterator[Page]:
    """A page of headless Chromium; fails on anything that a page asks of another address, and on any error in its console."""
    assert CHROMIUM.exists(), "Chromium is missing: make browser"
    troubles: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=OPTIONS)
        page = browser.new_page(viewport={"width": 1280, "height": 900}, base_url=service.url)
        page.on("request", lambda r: troubles.append(r.url) if not r.url.startswith((service.url, "data:", "blob:")) else None)
        page.on("console", lambda m: troubles.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: troubles.append(str(e)))
        yield page
        browser.close()
    assert [
        trouble
        for trouble in troubles
        if "harbour.example" not in trouble and "ERR_NAME_NOT_RESOLVED" not in trouble and "example.org" not in trouble
    ] == []


@pytest.mark.browser
def test_graphiql_runs_a_query_that_is_typed(browser_page: Page) -> None:
    """Type it, run it, read the result, open the docs."""
    page = browser_page
    page.goto("/graphiql")
    editor = page.locator(".graphiql-query-editor .monaco-editor").first
    expect(editor).to_be_visible(timeout=30_000)
    editor.click()
    page.keyboard.press("Control+A")
    page.keyboard.type("{ site { articleCount")  # the editor closes what is opened
    page.get_by_role("button", name="Execute query").click()
    expect(page.locator(".graphiql-response")).to_contain_text('"articleCount": 26', timeout=15_000)
    page.get_by_role("button", name="Show Documentation Explorer").click()
    expect(page.locator(".graphiql-plugin")).to_contain_text("Query")


@pytest.mark.browser
def test_graphiqls_tabs_hold_the_example_queries(browser_page: Page) -> None:
    """Each of them runs."""
    page = browser_page
    page.goto("/graphiql")
    page.evaluate("localStorage.clear()")
    page.reload()
    for name in ("Newest", "Article", "Search", "Archives", "Topics", "Tables"):
        page.get_by_role("tab", name=name).click()
        page.get_by_role("button", name="Execute query").click()
        expect(page.locator(".graphiql-response")).to_contain_text('"data"', timeout=15_000)
        expect(page.locator(".graphiql-response")).not_to_contain_text('"errors"')


@pytest.mark.browser
def test_the_front_page_leads_from_a_search_to_the_section(browser_page: Page) -> None:
    """Figures, a completion, a hit, its section; then next and previous."""
    page = browser_page
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
