from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.errors import ArchiveError
from index.lexical.postings import Postings
from index.lexical.stored_postings import open_postings, save_postings

POSTINGS = Postings(
    np.array([0, 2, 2, 3], np.int64),
    np.array([0, 4, 1], np.uint32),
    np.array([0.5, 1.5, 2.0], np.float32),
)


def test_postings_come_back_from_disk(tmp_path: Path) -> None:
    save_postings(tmp_path, "all", POSTINGS)
    found = open_postings(tmp_path, "all", 3)
    assert found.starts.tolist() == POSTINGS.starts.tolist()
    assert found.entries.tolist() == POSTINGS.entries.tolist()
    assert found.weights.tolist() == POSTINGS.weights.tolist()


def test_postings_of_other_terms_or_without_a_weight_each_are_refused(tmp_path: Path) -> None:
    save_postings(tmp_path, "all", POSTINGS)
    with pytest.raises(ArchiveError, match=r"postings-all\.starts\.npy.*divedeeper build"):
        open_postings(tmp_path, "all", 4)
    np.save(tmp_path / "postings-all.weights.npy", POSTINGS.weights[:2])
    with pytest.raises(ArchiveError, match=r"postings-all\.weights\.npy.*divedeeper build"):
        open_postings(tmp_path, "all", 3)
