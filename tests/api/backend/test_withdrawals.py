"""What was withdrawn is known at once, and what came back is, too."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from api.backend.withdrawals import Withdrawals
from corpus.models import Article
from corpus.storage.store import Store

BATS, OWLS = Article("bats", "Are bats blind?"), Article("owls", "Do owls hear?")


def test_deleted_and_unpublished_articles_are_withdrawn_until_they_come_back(
    tmp_path: Path,
) -> None:
    with Store.open(tmp_path / "store.sqlite") as store:
        store.put([BATS, OWLS])
        withdrawals = Withdrawals(store, store.sequence())
        assert withdrawals.current == frozenset()
        store.delete(["bats"])
        assert withdrawals.current == {"bats"}
        store.put([replace(OWLS, published=False)])
        assert withdrawals.current == {"bats", "owls"}
        store.put([BATS, OWLS])
        assert withdrawals.current == frozenset()


def test_what_happened_before_the_build_is_not_read_again(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store.sqlite") as store:
        store.put([BATS, replace(OWLS, published=False)])
        assert Withdrawals(store, store.sequence()).current == frozenset()
        assert Withdrawals(store, 0).current == {"owls"}
