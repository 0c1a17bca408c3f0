"""Options of reading have the present as their time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from corpus.readers.record import ReadOptions


def test_options_are_of_this_moment() -> None:
    assert abs(datetime.now(UTC) - ReadOptions().now) < timedelta(minutes=1)
    assert ReadOptions().types == ()
