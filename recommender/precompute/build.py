"""Suggestions of a whole generation, from its index to the list of each article.

What takes long is done in chunks by workers (``worker``). Where only few articles changed since the
previous generation, only the lists that they affect are computed again (``incremental``).
"""

from __future__ import annotations

from pathlib import Path

from corpus.progress import Step
from recommender.precompute.lists import finish_lists, make_lists
from recommender.precompute.preparation import prepare_related, prepare_suggestions
from recommender.precompute.worker import BuildInputs
from recommender.ranking.question_index import Encode


def build_suggestions(
    inputs: BuildInputs,
    encode: Encode | None,
    step: Step,
    workers: int | None = None,
    previous: Path | None = None,
) -> int:
    """Write the suggestions of an index that is built but not in use yet; return how many lists.

    Parameters
    ----------
    inputs
        The index, the store, and what the lists are made with.
    encode
        The encoder as the index was built with it.
    step
        Told of the progress.
    workers
        Processes; 0: this one. By default one for each core, and this one alone for little work.
        The lists do not depend on it.
    previous
        Folder of the previous generation, whose unaffected lists are taken over.
    """
    prepare_related(inputs)
    rows = prepare_suggestions(inputs, encode, step, workers, previous)
    n = make_lists(inputs, step, workers, rows, previous)
    finish_lists(inputs.folder, inputs.folder, n)
    return len(rows)
