"""The widget in a real browser, on a page of another origin with a strict policy."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from api.app import create_app
from api.http.site_address import SiteAddress
from api.security.options import AccessOptions
from tests.api.axe import faults
from tests.api.chromium import NEEDS_CHROMIUM, chromium, webdriver
from tests.api.fake_backend import TEA, FakeBackend
from tests.api.served import served_app

keys = pytest.importorskip("selenium.webdriver.common.keys").Keys

pytestmark = NEEDS_CHROMIUM

KEPT_PLACE = "dive-deeper { display: block; min-height: 26rem }"
SHIFT = """const done = arguments[0]; let sum = 0;
    new PerformanceObserver(l => { for (const e of l.getEntries())
      if (!e.hadRecentInput) sum += e.value; })
      .observe({type: "layout-shift", buffered: true});
    setTimeout(() => done(sum), 300);"""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """Return the address of a newspaper's pages; the server is another origin, below a path."""
    access = AccessOptions(cors_origins=("*",))
    ours = create_app(FakeBackend(), access=access, site=SiteAddress("/checks"))
    with served_app(ours) as server:
        policy = (
            f"default-src 'none'; script-src {server}; connect-src {server}; style-src 'self'; "
            "require-trusted-types-for 'script'; base-uri 'none'"
        )

        def host_page(request: Request) -> Response:
            if request.url.path == "/page.css":
                return Response(KEPT_PLACE, media_type="text/css")
            asked = request.query_params
            direction = asked.get("dir", "ltr")
            page = f"""<!doctype html><html lang="en" dir="{direction}"><head><title>News</title>
                <link rel="stylesheet" href="/page.css">
                <meta name="viewport" content="width=device-width">
                <link rel="canonical" href="{TEA.url}">
                <script src="{server}/checks/widget.js" async></script></head><body><main>
                <h1>Tea</h1><p>Before.</p><dive-deeper {asked.get("with", "")}><a
                href="/fallback">More checks</a></dive-deeper><p id="below">Below.</p></main>"""
            return HTMLResponse(page, headers={"Content-Security-Policy": policy})

        with served_app(Starlette(routes=[Route("/{path:path}", host_page)])) as address:
            yield address


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with chromium(tmp_path_factory.mktemp("profile"), "1000,900") as browser:
        yield browser


def shown(browser: Any, address: str) -> Any:
    """Open a page; return the root of the widget once it shows something."""
    browser.get(address)
    for _ in range(100):
        root = browser.find_element("css selector", "dive-deeper").shadow_root
        if root.find_elements("css selector", "section"):
            return root
        time.sleep(0.05)
    raise AssertionError(browser.get_log("browser"))


def complaints(browser: Any) -> list[Any]:
    return [line for line in browser.get_log("browser") if "favicon" not in line["message"]]


def test_it_shows_the_list_by_the_pages_canonical_address_under_a_strict_policy(
    browser: Any, site: str
) -> None:
    root = shown(browser, site)
    links = root.find_elements("css selector", "a")
    assert links[0].text == "Does coffee do the same?"
    assert (
        links[0].get_attribute("href").endswith("/checks/articles/coffee-counts-as-water#section-1")
    )
    assert browser.execute_script("return window.hacked") is None
    assert complaints(browser) == []


def test_axe_finds_nothing_in_it(browser: Any, site: str) -> None:
    root = shown(browser, site)
    root.find_element("css selector", "button[aria-expanded]").click()
    assert faults(browser) == []


def test_nothing_below_it_moves(browser: Any, site: str) -> None:
    shown(browser, site)
    assert browser.execute_async_script(SHIFT) == 0


def test_an_answer_unfolds_by_keyboard_and_is_told(browser: Any, site: str) -> None:
    root = shown(browser, site)
    toggle = root.find_element("css selector", "button[aria-expanded]")
    assert toggle.get_attribute("aria-label") == "Answer to “Does coffee do the same?”"
    answer = root.find_element("css selector", "[part=answer]")
    assert not answer.is_displayed()
    browser.execute_script("arguments[0].focus()", root.find_element("css selector", "a"))
    webdriver.ActionChains(browser).send_keys(keys.TAB, keys.SPACE).perform()
    assert toggle.get_attribute("aria-expanded") == "true"
    assert answer.is_displayed()
    assert "Four cups changed nothing measurable." in answer.text
    assert "Verdict: Mostly true" in answer.text
    webdriver.ActionChains(browser).send_keys(keys.ENTER).perform()
    assert not answer.is_displayed()
    assert browser.execute_async_script(SHIFT) == 0


def test_what_does_not_fit_the_place_comes_with_more(browser: Any, site: str) -> None:
    browser.set_window_size(360, 700)
    try:
        root = shown(browser, site)
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 500
        wide = browser.execute_script(
            "const e = document.querySelector('dive-deeper');"
            "return e.scrollWidth > e.clientWidth || e.shadowRoot.firstChild.offsetHeight >"
            " parseFloat(getComputedStyle(e).minHeight)"
        )
        assert wide is False
        more = root.find_element("css selector", "[part=more]")
        more.click()
        assert all(li.is_displayed() for li in root.find_elements("css selector", "li"))
        assert browser.execute_async_script(SHIFT) == 0
    finally:
        browser.set_window_size(1000, 900)


def test_it_follows_the_direction_of_the_page(browser: Any, site: str) -> None:
    root = shown(browser, f"{site}/?dir=rtl")
    link = root.find_element("css selector", "[part=question] a")
    toggle = root.find_element("css selector", "[part=toggle]")
    assert link.rect["x"] > toggle.rect["x"]


def test_an_unknown_article_leaves_what_stands_in_it(browser: Any, site: str) -> None:
    browser.get(f"{site}/?with=article%3Dnobody")
    time.sleep(0.5)
    assert browser.find_element("css selector", "dive-deeper a").is_displayed()
    assert browser.execute_async_script(SHIFT) == 0


def test_without_javascript_the_links_inside_are_there(browser: Any, site: str) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get(site)
        assert browser.find_element("css selector", "dive-deeper a").text == "More checks"
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_another_article_is_shown_when_the_attribute_changes(browser: Any, site: str) -> None:
    shown(browser, site)
    browser.execute_script("document.querySelector('dive-deeper').setAttribute('questions', '1')")
    time.sleep(0.5)
    root = browser.find_element("css selector", "dive-deeper").shadow_root
    assert len(root.find_elements("css selector", "[part=question]")) == 1
