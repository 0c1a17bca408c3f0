"""Law: terms are alike when their first letters are, and only words have a beginning."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.errors import ArchiveError
from index.terms.prefix_groups import PrefixGroups

TERMS = ["vaccin", "wolf", "vaccinia", "vacci", "vacc", "1234567", "1234568", "covid19"]


def test_terms_that_begin_alike_are_found_from_each_other() -> None:
    beginnings = PrefixGroups.of(TERMS)
    for term in (0, 2, 3):
        assert beginnings.like(term).tolist() == [0, 2, 3]
    for term in (1, 4, 5, 6, 7):
        assert beginnings.like(term).tolist() == [term]


def test_they_come_back_from_disk(tmp_path: Path) -> None:
    beginnings = PrefixGroups.of(TERMS)
    beginnings.save(tmp_path)
    again = PrefixGroups.open(tmp_path, len(TERMS))
    np.testing.assert_array_equal(again.number, beginnings.number)
    assert [again.like(t).tolist() for t in range(8)] == [
        beginnings.like(t).tolist() for t in range(8)
    ]
    with pytest.raises(ArchiveError, match=r"prefix-groups\.number\.npy.*divedeeper build"):
        PrefixGroups.open(tmp_path, len(TERMS) - 1)


def test_an_archive_without_terms_has_none() -> None:
    assert PrefixGroups.of([]).terms.tolist() == []
