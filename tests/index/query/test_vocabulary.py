"""Vocabulary: words by the alphabet with their terms, and back from disk."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from corpus.analysis.tokenizer import stem, words
from corpus.errors import ArchiveError
from index.query.vocabulary import MAX_PREFIX_TERMS, Vocabulary

TEXT = """garlic vaccine vaccine vaccine vaccinated vaccines election elections electron
    Obama café moon moon landing influenza is in the 2021"""


@pytest.fixture
def vocabulary() -> Vocabulary:
    spelt = words(TEXT)
    terms = {term: id for id, term in enumerate(dict.fromkeys(map(stem, spelt)))}
    counts = Counter(terms[stem(word)] for word in spelt)
    occurrences = np.array([counts[i] for i in range(len(terms))], np.int64)
    return Vocabulary.build({word: terms[stem(word)] for word in spelt}, occurrences)


def test_a_prefix_finds_all_words_that_begin_so(vocabulary: Vocabulary, tmp_path: Path) -> None:
    terms, begun = vocabulary.beginning("vacc")
    assert (len(terms) == 1 and begun == ["vaccinate"]) or begun[0].startswith("vacc")
    assert len(vocabulary.beginning("elec")[0]) == 2
    assert len(vocabulary.beginning("zzz")[0]) == 0
    vocabulary.save(tmp_path)
    n_terms = int(vocabulary.terms.max()) + 1
    again = Vocabulary.open(tmp_path, n_terms)
    assert again.beginning("elec")[0].tolist() == vocabulary.beginning("elec")[0].tolist()
    with pytest.raises(ArchiveError, match=r"vocabulary\.terms\.npy: holds ids outside"):
        Vocabulary.open(tmp_path, n_terms - 1)


def test_the_words_of_a_prefix_are_bounded_but_its_terms_are_not() -> None:
    spelt = [f"pre{a}{b}" for a in "bcdf" for b in "aeiouy"]
    counts = np.arange(1, len(spelt) + 1, dtype=np.int64)
    vocabulary = Vocabulary.build({word: id for id, word in enumerate(spelt)}, counts)
    terms, common = vocabulary.beginning("pre")
    assert terms.tolist() == list(range(len(spelt)))
    assert common == spelt[: -MAX_PREFIX_TERMS - 1 : -1]


def test_a_letter_of_a_script_without_spaces_is_in_pairs() -> None:
    pairs = ["熱水", "発熱", "水道", "tram", "熱"]
    counts = np.array([1, 3, 5, 9, 1], np.int64)
    vocabulary = Vocabulary.build({word: id for id, word in enumerate(pairs)}, counts)
    assert vocabulary.pairs_with("熱") == ["発熱", "熱水"]
    assert vocabulary.pairs_with("茶") == []
