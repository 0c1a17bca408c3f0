"""Reliability: a flipped bit in an array of a generation never makes the process crash."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from index.build import build_index
from index.storage.generation_format import seal_generation
from index.warm_up import ARTICLES, RowEmbeddings

SEARCH = """
import sys
from pathlib import Path

import numpy as np

from corpus.errors import ArchiveError
from index.autocomplete.completions import CompletionIndex
from index.search.retrieval import Retrieval
from index.search.searcher import Searcher
from index.types import SearchRequest
from index.warm_up import QUERIES

folder = Path(sys.argv[1])
random = np.random.default_rng(int(sys.argv[2]))
files = sorted(folder.glob("*.npy"))
answers = refusals = 0
for turn in range(int(sys.argv[3])):
    file = files[turn % len(files)]
    content = file.read_bytes()
    damaged = bytearray(content)
    if len(content) > 128:  # behind the header
        at = int(random.integers(128, len(content)))
        damaged[at] ^= 1 << int(random.integers(8))
    file.write_bytes(damaged)
    try:
        searcher = Searcher(Retrieval.open(folder))
        for query in QUERIES:
            searcher.search(SearchRequest(query))
        CompletionIndex.open(folder).complete("does g")
        answers += 1
    except (ArchiveError, ValueError, IndexError, OverflowError, UnicodeDecodeError):
        refusals += 1
    file.write_bytes(content)
print(answers, refusals)
"""
N_FLIPS = 60


@pytest.mark.parametrize("seed", [1, 2])
def test_a_flipped_bit_is_an_answer_or_an_error_and_never_a_crash(
    tmp_path: Path, seed: int
) -> None:
    build_index(ARTICLES, tmp_path, word_table=RowEmbeddings())
    seal_generation(tmp_path, "")
    ran = subprocess.run(
        [sys.executable, "-c", SEARCH, str(tmp_path), str(seed), str(N_FLIPS)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    answers, refusals = map(int, ran.stdout.split())
    assert answers + refusals == N_FLIPS
    assert answers > 0 < refusals
