"""Evaluation of follow-up questions, with the ranking that serves article pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from corpus.progress import Step
from index.dense.encoder import Encoder
from index.dense.encoding_cache import cached_encoding
from index.evaluation.metrics import ndcg, recall, reciprocal_rank
from index.evaluation.trec_run import write_run
from index.ranking.linear_ranker import LinearRanker
from recommender.evaluation.judged_folder import JudgedFolder

MAX_RANK = 100  # ranks that are measured and written
N_HARD = 50  # distractors of the hard column: those whose words are nearest to the headline

Rankings = Mapping[str, Sequence[str]]


def evaluate_follow_ups(
    folder: Path,
    run: Path | None,
    encoder: Encoder | None = None,
    model: LinearRanker | None = None,
    step: Step = lambda *_: None,
) -> dict[str, object]:
    """Return the metrics of the questions of a judged folder, ranked for each of its documents.

    Candidates are found as in serving, so a question that shares neither words nor meaning is not
    found; a document's own headline is never its follow-up. The hard column ranks a document's own
    questions among the 50 others whose words are nearest to its headline. The last column leaves
    out the unjudged questions: the others of the document's own conversation.

    Parameters
    ----------
    folder
        See ``JudgedFolder``.
    run
        Where the rankings are written as a TREC run; None: nowhere.
    encoder
        The sentence encoder; None: words only.
    model
        Weights of the question ranking; None: the shipped ones.
    step
        Told of the progress.
    """
    judged = JudgedFolder.read(folder)
    gold, ids = judged.gold, list(judged.questions)
    documents = [article for article in judged.articles if article.id in gold]
    scored: dict[str, list[tuple[str, float]]] = {}
    hard: dict[str, list[str]] = {}
    apart: dict[str, list[str]] = {}
    with cached_encoding(encoder, step) as encode:
        step("Learning words", 0, 0)
        ranker = judged.ranker(encode, model)
        for n, (article, found) in enumerate(
            zip(documents, ranker.rank_many(documents, len(ids)), strict=True), 1
        ):
            ranking, own = [ids[one.row] for one in found], gold[article.id]
            near = [ids[row] for row in ranker.near_headline(article) if ids[row] not in own]
            pool, unjudged = {*near[:N_HARD], *own}, judged.unjudged[article.id]
            scored[article.id] = [(ids[one.row], one.score) for one in found[:MAX_RANK]]
            hard[article.id] = [id for id in ranking if id in pool][:MAX_RANK]
            apart[article.id] = [id for id in ranking if id not in unjudged][:MAX_RANK]
            if n % 100 == 0:
                step("Ranking questions", n, len(documents))
    if run is not None:
        write_run(run, scored)
    rankings = {document: [id for id, _ in ranking] for document, ranking in scored.items()}
    return {
        "documents": len(rankings),
        "questions": len(ids),
        "encoder": encoder.name if encoder else "",
        "nDCG@10": _mean_follow_up_ndcg(rankings, gold),
        "MRR": _mean_of_follow_ups(
            [reciprocal_rank(r, gold[d], MAX_RANK) for d, r in rankings.items()]
        ),
        "recall@5": _mean_of_follow_ups([recall(r, gold[d], 5) for d, r in rankings.items()]),
        "recall@10": _mean_of_follow_ups([recall(r, gold[d], 10) for d, r in rankings.items()]),
        "nDCG@10 hard": _mean_follow_up_ndcg(hard, gold),
        "nDCG@10 without own conversation": _mean_follow_up_ndcg(apart, gold),
    }


def _mean_follow_up_ndcg(rankings: Rankings, gold: Mapping[str, Mapping[str, int]]) -> float:
    return _mean_of_follow_ups([ndcg(ranking, gold[d], 10) for d, ranking in rankings.items()])


def _mean_of_follow_ups(values: Sequence[float]) -> float:
    return round(float(np.mean(values)), 4) if values else 0.0
