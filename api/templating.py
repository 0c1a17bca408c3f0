"""Jinja templates: escaped, strict about undefined names, not reloaded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def template_environment(
    filters: Mapping[str, Callable[..., Any]], names: Mapping[str, object]
) -> Environment:
    """Return the templates, which may call ``filters`` and read the globals ``names``."""
    found = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,  # templates of a newer version would not fit the code that runs
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters.update(filters)
    found.globals |= names
    return found
