"""Lists of a prepared generation: made article by article, kept as they are made, then finished.

What is made can be read at once and outlives the process: a build that was stopped goes on after
the last list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from corpus.progress import Step
from recommender.precompute.article_terms import StoredArticleTerms
from recommender.precompute.incremental import PreviousBuild
from recommender.precompute.pool import CHUNK_SIZE, flattened, processes_for, worker_pool
from recommender.precompute.worker import BuildInputs, Worker
from recommender.suggestions.repetition import bounded_repetition
from recommender.suggestions.stored import write_stored_lists
from recommender.suggestions.unfinished import (
    ListPair,
    append_lists,
    n_unfinished,
    remove_unfinished,
    unfinished_lists,
)

STEP = "Ranking suggestions"


def make_lists(
    inputs: BuildInputs,
    step: Step,
    workers: int | None = None,
    rows: frozenset[int] | None = None,
    previous: Path | None = None,
) -> int:
    """Make the lists of a prepared generation, after those that are made; return how many it has.

    Parameters
    ----------
    inputs
        The generation.
    step
        Told of the progress.
    workers
        Processes; see ``build_suggestions``.
    rows
        The articles whose lists are made; None: of all.
    previous
        Folder of the generation that the other lists are taken from.
    """
    worker = Worker(inputs)
    ids = worker.reader.ids
    first = n_unfinished(inputs.folder)
    wanted = [row for row in range(first, len(ids)) if rows is None or row in rows]
    old = PreviousBuild.open(previous, inputs.recipe()) if previous and rows is not None else None
    done = first if rows is None else 0
    with worker_pool(worker, processes_for(workers, len(wanted))) as run:
        new = flattened(run("lists", wanted), STEP, done + len(wanted), step, done)
        pairs = _of_all_rows(ids, range(first, len(ids)), rows, new, old)
        chunks = iter(lambda: list(islice(pairs, CHUNK_SIZE)), [])
        return first + sum(append_lists(inputs.folder, chunks))


def _of_all_rows(
    ids: Sequence[str],
    all_rows: range,
    rows: frozenset[int] | None,
    new: Iterator[ListPair],
    old: PreviousBuild | None,
) -> Iterator[ListPair]:
    """Yield the lists of each article: of those at ``rows`` the next new ones, else the old."""
    for row in all_rows:
        if old is None or rows is None or row in rows:
            yield next(new)
        else:
            record = old.stored.record(old.rows[ids[row]])
            assert record is not None, "a previous build is finished"
            yield record


def finish_lists(made_in: Path, folder: Path, n_articles: int) -> None:
    """Write the lists of a generation as they are served, and remove what only a build needs.

    Parameters
    ----------
    made_in
        Where they were made.
    folder
        Where they belong; may be the same.
    n_articles
        How many articles there are.
    """
    write_stored_lists(folder, "related", (related for related, _ in unfinished_lists(made_in)))
    questions = (questions for _, questions in unfinished_lists(made_in))
    write_stored_lists(folder, "questions", bounded_repetition(questions, folder, n_articles))
    remove_unfinished(folder)
    StoredArticleTerms.remove(folder)
