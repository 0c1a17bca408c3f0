"""Jinja templates: escaped, strict about undefined names, not reloaded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from gettext import NullTranslations
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def template_environment(
    filters: Mapping[str, Callable[..., Any]],
    names: Mapping[str, object],
    labels: NullTranslations | None = None,
) -> Environment:
    """Return the templates.

    Parameters
    ----------
    filters
        What templates may call on a value.
    names
        Globals that they read.
    labels
        Translations of what stands in ``_()`` and ``ngettext()``; without any it stays English.
    """
    found = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,  # templates of a newer version would not fit the code that runs
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    labels = labels or NullTranslations()
    # the new style escapes the values of placeholders
    found.install_gettext_callables(  # type: ignore[attr-defined]
        labels.gettext, labels.ngettext, newstyle=True
    )
    found.filters.update(filters)
    found.globals |= names
    return found
