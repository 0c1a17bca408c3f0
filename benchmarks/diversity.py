"""What diversity costs and gives, on the pages that are served.

    python -m benchmarks.diversity GRADES ARCHIVE [auto]

For each weight that a question loses for having the facet of one above it: where the questions
lead, by next reads graded blind, and how similar the facets of one page are (0: all differ).
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from api.backend.archive_backend import ArchiveBackend
from api.backend.open import backend_of_open_index, open_retrieval
from api.backend.protocol import SuggestionRequest
from api.settings import Settings
from benchmarks.result_files import Row
from benchmarks.tables import publish
from corpus.storage.archive import Archive
from recommender import recommend
from recommender.diversity import facet_cosines
from recommender.evaluation.next_reads import (
    DEFAULT_SPLIT,
    next_reads_led_to,
    question_figures,
    read_next_read_grades,
)
from recommender.ranking.question_ranker import QuestionRanker
from recommender.types import QuestionSuggestion

WEIGHTS = (0.0, 0.5, 1.0, 2.0)
COLUMNS = ("places filled", "strangers", "graded 0", "ungraded")


def main() -> None:
    """Publish a row for each weight."""
    grades = read_next_read_grades(Path(sys.argv[1]), DEFAULT_SPLIT)
    setting = sys.argv[3] if len(sys.argv) > 3 else "none"
    settings = Settings.read(archive=Path(sys.argv[2]), encoder=setting)
    archive = Archive(settings.archive)
    retrieval, model = open_retrieval(archive, settings, lambda *_: None, print)
    backend = backend_of_open_index(archive, settings, retrieval, model)
    ranker = QuestionRanker.open(retrieval.reader.folder)
    rows: list[Row] = []
    for weight in WEIGHTS:
        recommend.DIVERSITY = weight
        targets, similarities = {}, []
        for source in grades:
            # Explained lists are computed, with this weight; the stored ones have the shipped one.
            page = backend.suggestions(source, SuggestionRequest(explain=True))
            targets[source] = next_reads_led_to(source, page)
            if len(page.questions) > 1:
                similarities.append(_similarity(backend, ranker, source, page.questions))
        figures = question_figures(grades, targets)
        means = {name: figures[name].mean for name in COLUMNS}
        similarity = round(float(np.mean(similarities)), 4)
        rows.append({"weight": weight, **means, "mean similarity": similarity})
    command = "python -m benchmarks.diversity GRADES ARCHIVE [auto]"
    note = f"{recommend.__name__}.DIVERSITY is .5; shipped weights of next reads, {setting}."
    publish("diversity", rows, command, ("weight",), note)


def _similarity(
    backend: ArchiveBackend,
    ranker: QuestionRanker,
    source: str,
    questions: tuple[QuestionSuggestion, ...],
) -> float:
    """Return the mean cosine of the facets of a page's questions."""
    terms = [np.unique(np.array(ranker.terms.ids(q.text), np.uint32)) for q in questions]
    headline = np.unique(np.array(ranker.terms.ids(backend.article(source).headline), np.uint32))
    cosines = facet_cosines(terms, ranker.terms.idf, headline)
    return float(cosines[np.triu_indices(len(terms), 1)].mean())


if __name__ == "__main__":
    main()
