from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from corpus.errors import ArchiveError
from index.query.spelling import SpellingIndex, allowed_spelling_distance


def spelling(**counts: int) -> SpellingIndex:
    return SpellingIndex.build(list(counts), np.array(list(counts.values()), np.int64))


def found(index: SpellingIndex, word: str) -> list[str]:
    return [variant for variant, _, _ in index.variants(word)]


LETTERS = st.text(st.sampled_from("abcé\u0436"), min_size=1, max_size=11)


@settings(deadline=None)  # the first call compiles
@given(st.sets(LETTERS, max_size=40), LETTERS)
def test_finds_exactly_the_words_an_independent_implementation_finds(
    words: set[str], typed: str
) -> None:
    known = sorted(words)
    index = SpellingIndex.build(known, np.ones(len(known), np.int64))
    typed = typed.replace("é", "e")
    near = {(w, OSA.distance(typed, w), 1) for w in known}
    assert set(index.variants(typed, 99)) == {
        v for v in near if v[1] <= allowed_spelling_distance(typed)
    }


def test_the_exact_word_comes_first_then_near_then_frequent() -> None:
    index = spelling(masks=5, mask=90, tasks=500, masts=7, marks=7)
    assert found(index, "masks") == ["masks", "mask", "marks", "masts", "tasks"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("vacine", "vaccine"),
        ("vaccien", "vaccine"),
        ("VACINE", "vaccine"),
        ("vácine", "vaccine"),
        ("hydroxichlorokine", "hydroxychloroquine"),
    ],
)
def test_errors_are_forgiven_by_length(typed: str, meant: str) -> None:
    index = spelling(vaccine=10, hydroxychloroquine=10, virus=10, flu=3)
    assert (meant in found(index, typed)) == (typed != "hydroxichlorokine")


def test_short_words_and_numbers_are_taken_at_their_word() -> None:
    index = SpellingIndex.build(["flu", "covid19", "2020", "2021"], np.ones(4, np.int64))
    assert found(index, "fla") == []
    assert found(index, "2022") == []
    assert found(index, "covid18") == []
    assert found(index, "2021") == ["2021"]


def test_a_name_of_the_archive_has_no_variants_but_a_mistyped_name_has() -> None:
    index = spelling(biden=50, bidet=3)
    assert found(index, "Biden") == ["biden"]
    assert found(index, "biden") == ["biden", "bidet"]
    assert found(index, "Bidenn") == ["biden"]


def test_did_you_mean_changes_only_what_is_wrong() -> None:
    index = spelling(garlic=40, cures=20, cancer=500, cancre=1, cancers=1)
    assert index.did_you_mean(["garlic", "cures"]) is None
    assert index.did_you_mean(["Garlick", "cures", "xqzzt"]) == ["garlic", "cures", "xqzzt"]
    assert index.did_you_mean(["cancre"]) == ["cancer"]  # a typing error of the archive itself
    assert index.did_you_mean(["cancers"]) is None  # another form of the same word
    assert index.did_you_mean([]) is None


@pytest.mark.parametrize("typed", ["", "x" * 5_000, "\ud800\ud800\ud800\ud800", "🌕🌕🌕🌕"])
def test_odd_words_have_no_variants(typed: str) -> None:
    assert spelling(moon=1).variants(typed) == []
    assert SpellingIndex.build([], np.zeros(0, np.int64)).variants(typed) == []


def test_at_most_limit() -> None:
    index = spelling(aaaab=1, aaaac=1, aaaad=1)
    assert len(index.variants("aaaaa", limit=2)) == 2
    assert index.variants("aaaaa", limit=0) == []


def test_reopened_from_disk_it_answers_the_same(tmp_path: Path) -> None:
    index = spelling(garlic=4, garlik=1, garble=2)
    index.save(tmp_path)
    reopened = SpellingIndex.open(tmp_path)
    assert reopened.variants("garlicc") == index.variants("garlicc") != []
    assert not any(path.suffix == ".pkl" for path in tmp_path.iterdir())
    np.save(tmp_path / "spelling.lengths.npy", np.full(66, 9, np.int64))
    with pytest.raises(ArchiveError, match=r"spelling\.lengths\.npy.*divedeeper build"):
        SpellingIndex.open(tmp_path)


def test_one_count_per_word_or_a_clear_error() -> None:
    with pytest.raises(ValueError, match="one count a word"):
        SpellingIndex.build(["a"], np.zeros(2, np.int64))
