"""The number of processors that may be used."""

from __future__ import annotations

import os

import pytest

from index.cpu import cpu_count


def test_there_is_at_least_one_and_no_more_than_the_machine_has() -> None:
    assert 1 <= cpu_count() <= (os.cpu_count() or 1)


def test_where_the_system_does_not_know_what_may_be_used_all_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 6)
    assert cpu_count() == 6
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert cpu_count() == 1
