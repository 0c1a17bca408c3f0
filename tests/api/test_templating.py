"""Templates escape what they show and refuse what is not there."""

from __future__ import annotations

import pytest
from jinja2 import UndefinedError

from api.templating import template_environment


def test_values_are_escaped_and_names_must_be_known() -> None:
    templates = template_environment({"twice": lambda text: text * 2}, {"site": "A&B"})
    page = templates.from_string("{{ site }} {{ text | twice }}")
    assert page.render(text="<b>") == "A&amp;B &lt;b&gt;&lt;b&gt;"
    with pytest.raises(UndefinedError):
        page.render()


def test_the_templates_of_the_program_are_found() -> None:
    templates = template_environment({}, {})
    assert {"article.html", "base.html", "report.html"} <= set(templates.list_templates())
