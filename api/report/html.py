"""Report as one self-contained HTML page, without scripts, fonts or pictures from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment

from api.templating import template_environment
from recommender.report.report import Report
from recommender.report.tallies import Tally

WIDTH, HEIGHT = 340.0, 130.0  # of the area of the columns, in units of the drawing
GAP = 2.0  # between two columns


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a histogram: its place and size in units of the drawing, y downwards."""

    x: float
    y: float
    width: float
    height: float
    name: str
    count: int


def report_columns(counts: Sequence[Tally]) -> tuple[Column, ...]:
    """Return a column for each of ``counts``, side by side over the whole width.

    The highest is as high as the drawing; what is more than nothing is at least one unit high, so
    that one article among thousands is seen.
    """
    most = max((tally.count for tally in counts), default=0)
    step = WIDTH / max(len(counts), 1)
    found = []
    for place, tally in enumerate(counts):
        height = max(HEIGHT * tally.count / most, 1.0) if tally.count else 0.0
        found.append(
            Column(
                round(place * step + GAP / 2, 2),
                round(HEIGHT - height, 2),
                round(step - GAP, 2),
                round(height, 2),
                tally.name,
                tally.count,
            )
        )
    return tuple(found)


def report_page(report: Report, title: str, note: str = "") -> str:
    """Return the report as an HTML page; every text is escaped.

    Parameters
    ----------
    report
        What is shown.
    title
        Of the page.
    note
        A line below the title, "" for none.
    """
    page = _report_environment().get_template("report.html")
    return page.render(report=report, title=title, note=note)


def percent(share: float) -> str:
    """Return a share in [0, 1] for people: "41 %", with a decimal near the ends; never broken.

    Only nothing is "0 %", and only everything "100 %".
    """
    value = 100 * share
    if 0.0 < value < 0.1:
        return "<\u00a00.1\u00a0%"
    if 0.0 < value < 9.95 or 99.5 <= value < 100.0:
        return f"{min(value, 99.9):.1f}\u00a0%"
    return f"{value:.0f}\u00a0%"


def short_number(count: int) -> str:
    """Return a count in at most five characters: 970, 9.7k, 48k, 1.2M."""
    for limit, unit in ((1e6, "M"), (1e3, "k")):
        if count >= limit:
            value = count / limit
            return f"{value:.1f}{unit}" if value < 10 else f"{value:.0f}{unit}"
    return str(count)


@cache
def _report_environment() -> Environment:
    filters: Mapping[str, Callable[..., Any]] = {
        "columns": report_columns,
        "percent": percent,
        "short_number": short_number,
        "number": lambda count: f"{count:,}",
    }
    return template_environment(filters, {"width": WIDTH, "height": HEIGHT})
