"""Debian's Chromium, for what only a browser can tell; skipped where it is not installed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
DRIVER = shutil.which("chromedriver")
FLAGS = """--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run
    --disable-background-networking --disable-component-update --disable-sync
    --disable-dev-shm-usage""".split()
WAIT_SECONDS = 5  # for an element that a script makes

NEEDS_CHROMIUM = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (CHROMIUM and DRIVER), reason="chromium and chromedriver are not installed"
    ),
]
"""Marks of a module whose tests drive a browser."""


@contextmanager
def chromium(profile: Path, window: str) -> Iterator[Any]:
    """Yield a driver of a new browser.

    Parameters
    ----------
    profile
        An empty folder for what it keeps.
    window
        Its width and height in pixels, with a comma between.
    """
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in [*FLAGS, f"--window-size={window}", f"--user-data-dir={profile}"]:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = webdriver.Chrome(options, webdriver.ChromeService(DRIVER))
    browser.implicitly_wait(WAIT_SECONDS)
    try:
        yield browser
    finally:
        browser.quit()
