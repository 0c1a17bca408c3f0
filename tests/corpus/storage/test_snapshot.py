"""A snapshot shows one moment, hinders no writer, and is given back by itself."""

from __future__ import annotations

from pathlib import Path

from corpus.models import Article
from corpus.storage.store import Store


def test_a_snapshot_does_not_see_what_is_written_after_it(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store.sqlite") as store:
        store.put([Article("a", "First?"), Article("b", "First?")])
        snapshot = store.snapshot()
        store.put([Article("a", "Second?"), Article("c", "Second?")])
        store.delete(["b"])
        found = snapshot.articles_by_id(["c", "b", "a", "b"])
        assert {id: one.headline for id, one in found.items()} == {"b": "First?", "a": "First?"}
        assert list(found) == ["b", "a"]
        assert snapshot.sequence < store.sequence()
        assert list(store.snapshot().articles_by_id(["a", "b"])) == ["a"]


def test_a_snapshot_that_nobody_has_any_more_gives_its_connection_back(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store.sqlite") as store:
        store.put([Article("a", "First?")])
        for n in range(10):
            snapshot = store.snapshot()
            assert snapshot.articles_by_id(["a"])["a"].headline == (f"{n}?" if n else "First?")
            del snapshot
            store.put([Article("a", f"{n + 1}?")])
        with store._database.connection() as connection:
            assert not connection.in_transaction
        assert len(store._database._idle) <= 3
