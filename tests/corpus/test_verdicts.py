"""Every publisher's word comes down to one of four rulings, or to none."""

from __future__ import annotations

import pytest

from corpus.verdicts import Ruling, degree, ruling


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
        ("half-flip", None),
    ],
)
def test_a_verdict_comes_down_to_a_ruling(verdict: str, expected: Ruling | None) -> None:
    assert ruling(verdict) == expected


def test_degrees_rise_from_false_to_true() -> None:
    verdicts = ["False", "Mostly false", "Mixed", "Mostly true", "True"]
    assert [degree(v) for v in verdicts] == [0, 1, 2, 3, 4]
    assert degree("Unproven") is None and degree("") is None
