"""The crash test kills its child, keeps what was confirmed, and knows what is lost or half."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from benchmarks.crash import Confirm, Confirmed, article, killed_child, version_of
from corpus.storage.archive import Archive
from corpus.storage.store import Store


def count_on(place: Archive, version: int, confirm: Confirm) -> None:
    number = 0
    while True:
        confirm(f"count {number}")
        number += 1
        time.sleep(0.01)


def test_a_child_is_killed_and_what_it_said_is_kept(tmp_path: Path) -> None:
    lines = killed_child(count_on, Archive(tmp_path), 1, 0.2)
    assert lines[:2] == ["count 0", "count 1"]
    assert all(line.startswith("count ") for line in lines)


def test_a_version_is_known_by_all_its_parts() -> None:
    whole = article(3, 2)
    assert version_of(whole) == 2
    assert version_of(replace(whole, headline=article(3, 1).headline)) is None


def test_what_is_lost_or_half_is_counted(tmp_path: Path) -> None:
    place = Archive(tmp_path / "archive")
    half = replace(article(2, 2), headline="half")
    with Store.open(place.store_path) as store:
        store.put([article(0, 3), article(1, 1), half])
    confirmed = Confirmed()
    confirmed.take(["put a0 2", "put a1 2", "put a9 1", "built x"])
    found = confirmed.problems(place)
    assert (found["lost"], found["half-written"]) == (2, 1)
    assert confirmed.counts == {"put": 3, "built": 1}
