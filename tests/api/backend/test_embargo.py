"""What waits for its hour is published when the hour comes, and only then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from api.backend import embargo
from api.backend.embargo import EmbargoClock
from corpus.models import Article
from corpus.storage.store import Store


def test_a_look_publishes_what_is_due(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    path, said = tmp_path / "store.sqlite", list[str]()
    with Store.open(path) as store:
        store.put(
            [
                Article("due", "A?", published=False, embargo=now - timedelta(seconds=1)),
                Article("later", "B?", published=False, embargo=now + timedelta(hours=1)),
                Article("draft", "C?", published=False),
            ]
        )
        clock = EmbargoClock(path, said.append)
        assert clock.look() == ["due"]
        assert clock.look() == []
        assert store.article("due") == Article("due", "A?")
        assert not store.article("later").published
    assert said == ["Published, their embargo being over: due"]


def test_the_clock_looks_by_itself_and_stops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embargo, "LOOK_SECONDS", 0.01)
    path = tmp_path / "store.sqlite"
    with Store.open(path) as store:
        store.put([Article("a", "A?", published=False, embargo=datetime.now(UTC))])
    said: list[str] = []
    clock = EmbargoClock(path, said.append)
    clock.start()
    deadline = datetime.now(UTC) + timedelta(seconds=5)
    while not said and datetime.now(UTC) < deadline:
        pass
    clock.stop()
    assert said == ["Published, their embargo being over: a"]
