"""Every publisher's word comes down to one of four rulings, or to none."""

from __future__ import annotations

import pytest

from recommender.verdicts import Ruling, ruling


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        ("True", "true"),
        ("Mostly true", "true"),
        ("FALSE", "false"),
        ("Mostly false", "false"),
        ("pants-fire", "false"),
        ("Not true", "false"),
        ("half-true", "mixed"),
        ("barely-true", "mixed"),
        ("Misleading", "mixed"),
        ("Missing context", "mixed"),
        ("Partly false", "mixed"),
        ("Unproven", "unproven"),
        ("No evidence", "unproven"),
        ("", None),
        ("42", None),
    ],
)
def test_a_verdict_comes_down_to_a_ruling(verdict: str, expected: Ruling | None) -> None:
    assert ruling(verdict) == expected
