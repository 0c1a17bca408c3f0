"""What axe-core finds on the page that a browser shows."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

RUN = """const done = arguments[0];
axe.run(document, {resultTypes: ["violations"]}).then(found => done(found.violations.map(
  v => `${v.id}: ${v.help} (${v.nodes.map(node => node.html.slice(0, 120)).join(", ")})`)));"""


def faults(browser: Any) -> list[str]:
    """Return each rule that the page breaks, with the elements that do."""
    browser.execute_script((files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8"))
    found: list[str] = browser.execute_async_script(RUN)
    return found
