"""Postings on disk: the four postings of a generation, memory-mapped."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from index.lexical.postings import Postings
from index.storage.arrays import (
    array_path,
    check_array_shape,
    check_array_starts,
    open_arrays,
    save_arrays,
)

POSTINGS = ("all", "short", "ngrams-headline", "ngrams-claim")
"""all: every word; short: headline, claim and summary; ngrams: TF-IDF of one field's n-grams."""


def save_postings(folder: Path, name: str, postings: Postings) -> None:
    """Write the postings ``name``, one of ``POSTINGS``, into ``folder``, which exists.

    Parameters
    ----------
    folder
        A generation under construction.
    name
        One of ``POSTINGS``.
    postings
        What is written.
    """
    save_arrays(
        folder,
        f"postings-{name}",
        starts=postings.starts,
        entries=postings.entries,
        weights=postings.weights,
    )


def open_postings(folder: Path, name: str, n_terms: int) -> Postings:
    """Return the postings of ``n_terms`` terms that ``save_postings`` wrote, memory-mapped.

    Entries are not compared with the number of articles: that would read the whole file, which
    its checksum covers.

    Parameters
    ----------
    folder
        A generation.
    name
        One of ``POSTINGS``.
    n_terms
        How many terms there must be.

    Raises
    ------
    ArchiveError
        A file is missing or damaged.
    """
    name = f"postings-{name}"
    found = open_arrays(
        folder, name, starts=(np.int64, 1), entries=(np.uint32, 1), weights=(np.float32, 1)
    )
    n_entries = len(found["entries"])
    check_array_starts(array_path(folder, name, "starts"), found["starts"], n_terms, n_entries)
    check_array_shape(array_path(folder, name, "weights"), found["weights"], n_entries)
    return Postings(**found)
