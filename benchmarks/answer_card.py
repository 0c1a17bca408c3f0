"""Measure the answer card of the search page: python -m benchmarks.answer_card EVAL ARCHIVE.

ARCHIVE has the articles of ``factchecktweet``, without an encoder. Tweets and claims are typed as
they are. Right is a card whose article is the one graded article; another publisher's check of the
same claim counts as wrong, so that the precision is a lower bound. The confidence was
fitted on follow-up questions that the articles of the claims answer: claims are not held out.
``--show N`` prints N of the cards, evenly spaced, to be read.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from api.backend.open import backend_of_open_index, open_retrieval
from api.backend.protocol import Backend
from api.http.answer_card import MIN_CONFIDENCE, look_up_answered_hits
from api.http.lookups import look_up_hits
from api.http.request_models import SearchForm
from api.settings import Settings
from benchmarks.result_files import Row, percentiles
from benchmarks.tables import publish
from corpus.readers.beir import read_qrels, read_queries
from corpus.storage.archive import Archive
from recommender.answers.finder import AnswerFinder

SETS = (("tweets, dev", "factchecktweet", "dev"), ("claims", "factcheck_questions", "claim"))
MIN_WARM = 20  # queries before the first that is timed


def measured_row(
    name: str,
    folder: Path,
    split: str,
    backend: Backend,
    finder: AnswerFinder,
    limit: int,
    show: int,
) -> Row:
    """Return precision, coverage and times of one set, and print some cards.

    Parameters
    ----------
    name
        Of the set.
    folder
        Of the set, in BEIR's form.
    split
        Of its judgements.
    backend
        Answers searches.
    finder
        Answers where the graded article is left out.
    limit
        How many queries, the first of the set.
    show
        How many cards are printed.
    """
    gold = read_qrels(folder, split)
    queries = [query for query in read_queries(folder) if query.id in gold][:limit]
    cards: list[tuple[str, str, bool]] = []
    without = disagreeing = right = 0
    plain, answered = [], []
    for number, query in enumerate(queries):
        form = SearchForm.model_validate({"answer": True, "q": query.text})
        start = time.perf_counter()
        look_up_hits(backend, form)
        middle = time.perf_counter()
        found = look_up_answered_hits(backend, form).answers
        if number >= MIN_WARM:
            plain.append((middle - start) * 1000)
            answered.append((time.perf_counter() - middle) * 1000)
        if found:
            is_right = found[0].id in gold[query.id]
            right += is_right
            disagreeing += len(found) > 1
            lines = [f"{a.id} | {a.headline} | {a.verdict} | {a.passage}" for a in found]
            cards.append((query.text, "\n  -> ".join(lines), is_right))
        other = finder.answer(query.text, exclude=list(gold[query.id]))
        without += other is not None and other.confidence >= MIN_CONFIDENCE
    for text, card, is_right in cards[:: max(len(cards) // show, 1)][:show] if show else ():
        print(f"[{'gold' if is_right else 'other'}] {text}\n  -> {card}\n")
    return {
        "typed": name,
        "queries": len(queries),
        "cards": len(cards),
        "coverage": len(cards) / len(queries),
        "precision": right / max(len(cards), 1),
        "card though its check is taken away": without / len(queries),
        "two that disagree": disagreeing,
        "ms without p50 / p95": _times(plain),
        "ms with p50 / p95": _times(answered),
    }


def _times(milliseconds: list[float]) -> str:
    found = percentiles(milliseconds)
    return f"{found['ms p50']:.1f} / {found['ms p95']:.1f}"


def main() -> None:
    """Measure both sets and publish the rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("eval", type=Path)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--limit", type=int, default=10_000, help="queries of each set")
    parser.add_argument("--show", type=int, default=0, help="cards of each set to print")
    options = parser.parse_args()
    archive = Archive(options.archive)
    settings = Settings.read(archive=archive.folder, encoder="none")
    opened = open_retrieval(archive, settings, lambda *step: None, print)
    backend = backend_of_open_index(archive, settings, *opened)
    finder = AnswerFinder(opened[0], backend.article)
    rows = [
        measured_row(
            name,
            options.eval / "search" / folder,
            split,
            backend,
            finder,
            options.limit,
            options.show,
        )
        for name, folder, split in SETS
    ]
    command = f"python -m benchmarks.answer_card EVAL ARCHIVE --limit {options.limit}"
    publish("answer-card", rows, command)


if __name__ == "__main__":
    main()
