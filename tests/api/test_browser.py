"""The pages in a real browser, from a real server: what only a browser can tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote_plus

import pytest

from recommender.types import Answer
from tests.api.axe import faults
from tests.api.chromium import NEEDS_CHROMIUM, chromium, webdriver
from tests.api.fake_backend import EVIL, TEA, FakeBackend, make_app
from tests.api.served import served_app

pytestmark = NEEDS_CHROMIUM
ASKED = "Does tea dry you out?"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    backend = FakeBackend(answers={ASKED: Answer(TEA.id, 2, 0.93)})
    with served_app(make_app(backend)) as address:
        yield address


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with chromium(tmp_path_factory.mktemp("profile"), "1280,900") as browser:
        yield browser


def one(browser: Any, css: str) -> Any:
    return browser.find_element("css selector", css)


def every(browser: Any, css: str) -> list[Any]:
    found: list[Any] = browser.find_elements("css selector", css)
    return found


def complaints(browser: Any) -> list[dict[str, Any]]:
    """Return what the console says: refused scripts, failed loads, errors."""
    found: list[dict[str, Any]] = browser.get_log("browser")
    return found


def test_a_reader_searches_opens_a_result_and_sees_five_questions(
    browser: Any, server: str
) -> None:
    browser.get(server)
    box = one(browser, "#q")
    assert browser.switch_to.active_element == box
    box.send_keys("tea")
    one(browser, ".search button").click()
    one(browser, ".hits h2 a").click()
    assert one(browser, "h1").text == TEA.headline
    assert len(every(browser, ".deeper > ul > li")) == 5
    one(browser, ".deeper a.question").click()
    assert browser.current_url.endswith("/articles/coffee-counts-as-water#section-1")
    assert complaints(browser) == []


def test_the_answer_stands_above_the_hits_and_leads_to_its_passage(
    browser: Any, server: str
) -> None:
    browser.get(server)
    one(browser, "#q").send_keys(ASKED + "\n")
    cards = every(browser, ".answer article")
    assert len(cards) == 2  # and the check that disagrees
    first_hit = one(browser, ".hits ol > li")
    assert all(card.location["y"] < first_hit.location["y"] for card in cards)
    passage = cards[0].find_element("css selector", "blockquote")
    assert passage.text == TEA.sections[1].text
    assert "False" in cards[0].text
    assert "9 March 2024" in cards[0].text
    assert browser.execute_script("return window.hacked") is None  # the other's headline is hostile
    link = cards[0].find_element("css selector", "h3 a")
    assert link.text == TEA.headline
    link.click()
    assert browser.current_url.endswith(f"/articles/{TEA.id}#section-2")
    assert TEA.sections[1].text in one(browser, "#section-2").text.replace("\n", " ")


def test_completions_are_reached_by_the_keyboard(browser: Any, server: str) -> None:
    from selenium.webdriver.common.keys import Keys

    browser.get(server)
    box = one(browser, "#q")
    box.send_keys("tea")
    options = every(browser, "[role=option]")
    assert len(options) == 3
    assert box.get_attribute("aria-expanded") == "true"
    box.send_keys(Keys.ARROW_DOWN)
    assert box.get_attribute("aria-activedescendant") == options[0].get_attribute("id")
    assert box.get_attribute("value") == TEA.headline
    box.send_keys(Keys.ARROW_UP)
    assert box.get_attribute("value") == "tea"
    box.send_keys(Keys.ESCAPE)
    assert box.get_attribute("aria-expanded") == "false"
    box.send_keys(Keys.ARROW_DOWN)
    one(browser, "#q[aria-expanded=true]")  # waits: the list is asked for anew
    assert len(every(browser, "[role=option]")) == 3
    box.send_keys(Keys.ARROW_DOWN, Keys.ENTER)
    assert one(browser, "h1").text == TEA.headline


def test_completions_follow_the_combobox_pattern(browser: Any, server: str) -> None:
    from selenium.webdriver.common.keys import Keys

    browser.get(server)
    box, status = one(browser, "#q"), one(browser, ".combo [role=status]")
    box.send_keys("tea")
    options = every(browser, "[role=option]")
    listed = one(browser, f"#{box.get_attribute('aria-controls')}")
    assert listed.get_attribute("role") == "listbox"
    assert status.get_attribute("textContent") == "3 completions"
    box.send_keys(Keys.ARROW_DOWN)
    assert options[0].get_attribute("aria-selected") == "true"
    box.send_keys(Keys.HOME)  # from the option to the beginning of its text
    assert box.get_attribute("aria-activedescendant") is None
    assert options[0].get_attribute("aria-selected") == "false"
    assert box.get_attribute("selectionStart") == "0"
    assert box.get_attribute("value") == TEA.headline
    box.send_keys(Keys.END)
    assert box.get_attribute("selectionStart") == str(len(TEA.headline))
    box.send_keys(Keys.ALT, Keys.ARROW_UP, Keys.NULL)
    assert box.get_attribute("aria-expanded") == "false"
    assert status.get_attribute("textContent") == ""  # the next count is said even if it is equal
    box.clear()
    box.send_keys("tea")
    one(browser, "#q[aria-expanded=true]")
    box.send_keys(" zzzz")
    one(browser, "#q[aria-expanded=false]")
    assert status.get_attribute("textContent") == "0 completions"
    box.send_keys(Keys.ESCAPE)
    assert box.get_attribute("value") == ""


@pytest.mark.parametrize("path", ["/", "/?q=evil", f"/articles/{EVIL.id}", f"/articles/{TEA.id}"])
def test_hostile_text_does_not_run(browser: Any, server: str, path: str) -> None:
    browser.get(server + path)
    box = one(browser, "#q")
    box.clear()
    box.send_keys("tea <")
    assert "<script>" in one(browser, "[role=option]").text
    assert browser.execute_script("return window.hacked") is None
    assert complaints(browser) == []


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("path", ["/", "/?q=tea", f"/articles/{EVIL.id}", f"/articles/{TEA.id}"])
def test_no_page_is_wider_than_the_screen(browser: Any, server: str, path: str, width: int) -> None:
    size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        browser.get(server + path)
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_nothing_moves_after_it_is_shown(browser: Any, server: str) -> None:
    browser.get(f"{server}/articles/{TEA.id}")
    shift = browser.execute_async_script(
        """const done = arguments[0]; let sum = 0;
        new PerformanceObserver(list => { for (const e of list.getEntries()) sum += e.value; })
          .observe({type: "layout-shift", buffered: true});
        setTimeout(() => done(sum), 300);"""
    )
    assert shift == 0


def test_the_description_of_the_api_loads_from_this_server_alone(browser: Any, server: str) -> None:
    # Before the browser asks: FastAPI silences a warning meanwhile, which is not safe in threads.
    operations = make_app(FakeBackend()).openapi()["paths"].values()
    browser.get(f"{server}/docs")
    assert len(every(browser, ".opblock")) == sum(map(len, operations))
    hosts = browser.execute_script(
        """const loaded = performance.getEntriesByType("resource");
        return [...new Set(loaded.map(entry => new URL(entry.name).origin))];"""
    )
    assert hosts == [server]
    assert complaints(browser) == []


def test_a_slash_leads_to_the_search_box_but_is_typed_in_it(browser: Any, server: str) -> None:
    browser.get(f"{server}/?q=tea")
    browser.execute_script("document.activeElement.blur()")
    webdriver.ActionChains(browser).send_keys("/").perform()
    box = browser.switch_to.active_element
    assert box.get_attribute("id") == "q"
    webdriver.ActionChains(browser).send_keys("/").perform()
    assert box.get_attribute("value") == "/"  # in place of what was selected


PAGES = {
    "front page": "/",
    "results": "/?q=tea",
    "answer card": f"/?q={quote_plus(ASKED)}",
    "no results": "/?q=zzzz",
    "article": f"/articles/{TEA.id}",
    "draft": "/draft",
    "error": "/articles/no-such-article",
    "documentation": "/docs",
}


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Any, server: str, path: str, scheme: str) -> None:
    wanted = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": wanted})
    try:
        browser.get(server + path)
        if path == "/docs":
            one(browser, "#docs h1[aria-level]")  # set once all is shown
        assert faults(browser) == []
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_the_address_of_an_operation_opens_it_in_the_documentation(
    browser: Any, server: str
) -> None:
    complaints(browser)  # those of pages before
    browser.get("about:blank")
    browser.get(f"{server}/docs#/Search/search")
    [opened] = every(browser, ".opblock.is-open")
    assert opened.get_attribute("id") == "operations-Search-search"
    other = one(browser, "#operations-Articles-article .opblock-summary-control")
    browser.execute_script("arguments[0].click()", other)
    assert browser.current_url == f"{server}/docs#/Articles/article"
    assert len(every(browser, ".opblock.is-open")) == 2
    browser.execute_script("location.hash = '#/Nothing/there'")
    assert complaints(browser) == []


MAX_SEARCH_PAGE_BYTES = 60_000  # with all that it loads, as sent
MAX_FIRST_RESULT_MS = 1_000
SLOW_LINE = {  # a phone far from the mast: 1.6 Mbit/s, 150 ms there and back
    "offline": False,
    "latency": 150,
    "downloadThroughput": 200_000,
    "uploadThroughput": 93_750,
}
MEASURED = """const done = arguments[0];
const loaded = [...performance.getEntriesByType("navigation"),
  ...performance.getEntriesByType("resource")].map(entry => entry.transferSize);
new PerformanceObserver(list => done([loaded.reduce((a, b) => a + b),
  list.getEntries().at(-1).startTime])).observe({type: "largest-contentful-paint", buffered: true});
"""


def test_a_search_page_is_light_and_shown_soon_on_a_slow_line(browser: Any, server: str) -> None:
    browser.get(server)  # the connection is open, nothing else is kept
    browser.execute_cdp_cmd("Network.enable", {})
    browser.execute_cdp_cmd("Network.setCacheDisabled", {"cacheDisabled": True})
    browser.execute_cdp_cmd("Network.emulateNetworkConditions", SLOW_LINE)
    try:
        browser.get(f"{server}/?q=tea")
        assert every(browser, ".hits h2 a")
        sent, painted = browser.execute_async_script(MEASURED)
    finally:
        free = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        browser.execute_cdp_cmd("Network.emulateNetworkConditions", free)
        browser.execute_cdp_cmd("Network.setCacheDisabled", {"cacheDisabled": False})
    assert 1_000 < sent <= MAX_SEARCH_PAGE_BYTES
    assert 150 < painted <= MAX_FIRST_RESULT_MS
