"""Measure follow-up questions with the ranking code that serves article pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from platformdirs import user_cache_path

from corpus.models import Article
from corpus.progress import Step
from corpus.readers import read_beir, read_judgements, read_queries
from index.dense.encoding_cache import EncodingCache, encoding
from index.dense.load_encoder import Encoder
from index.evaluation.metrics import ndcg, recall, reciprocal_rank
from index.ranking.linear_ranker import Example, LinearRanker
from recommender.evaluation.conversations import same_conversation
from recommender.evaluation.training import examples
from recommender.ranking.question_ranker import Encode, QuestionRanker

DEPTH = 100
HARD = 50


@dataclass(frozen=True, eq=False, slots=True)
class JudgedFolder:
    """Documents, questions and which follow which: ``docs.jsonl``, ``questions.jsonl``, qrels.

    ``unjudged``: the other questions of a document's own conversation.
    """

    articles: list[Article]
    questions: dict[str, str]
    gold: dict[str, dict[str, int]]
    unjudged: dict[str, frozenset[str]]

    @staticmethod
    def read(folder: Path) -> JudgedFolder:
        """Return what a folder holds; ValueError where files lack or are not as agreed."""
        names = ("docs.jsonl", "questions.jsonl", "qrels.tsv")
        lacking = [n for n in names if not any(folder.glob(f"{n}*"))]
        if lacking:
            raise ValueError(
                f"{folder} has no {', '.join(lacking)}. Name a folder of documents, questions and "
                "qrels, as docs/evaluation.md describes it."
            )
        articles = [a for a in read_beir(folder / "docs.jsonl") if isinstance(a, Article)]
        questions = {q.id: q.text for q in read_queries(folder / "questions.jsonl")}
        gold = read_judgements(folder / "qrels.tsv")
        return JudgedFolder(articles, questions, gold, same_conversation(articles, questions, gold))

    def ranker(
        self, encode: Encode | None = None, ranker: LinearRanker | None = None
    ) -> QuestionRanker:
        """Return a ranker with the folder's questions as its bank, its documents as archive."""
        return QuestionRanker(list(self.questions.values()), self.articles, encode, ranker)

    def examples(self, encode: Encode | None = None) -> list[Example]:
        """Return what the folder has to teach."""
        bank = self.ranker(encode, LinearRanker({}))
        return examples(bank, self.articles, list(self.questions), self.gold, self.unjudged)


@contextmanager
def cached_encoding(encoder: Encoder | None, step: Step) -> Iterator[Encode | None]:
    """Give what encodes texts, each once for all evaluations; None without an encoder."""
    if encoder is None:
        yield None
        return
    with EncodingCache.open(
        user_cache_path("divedeeper") / "evaluate" / "encodings.sqlite"
    ) as cache:
        yield encoding(encoder, cache, step)


def evaluate_questions(
    folder: Path,
    run: Path | None,
    encoder: Encoder | None = None,
    ranker: LinearRanker | None = None,
    step: Step = lambda *_: None,
) -> dict[str, object]:
    """Rank the questions of ``folder`` for each document, by ``ranker`` or the shipped one.

    Candidates are found as in serving, so a question that shares neither words nor meaning is not
    found; a document's own headline is never its follow-up. The hard column ranks a document's own
    questions among the 50 others whose words are nearest to its headline. The last column leaves
    out what nobody has judged: the other questions of the document's own conversation.
    """
    judged = JudgedFolder.read(folder)
    gold, ids = judged.gold, list(judged.questions)
    asked = [article for article in judged.articles if article.id in gold]
    rankings: dict[str, list[str]] = {}
    hard: dict[str, list[str]] = {}
    apart: dict[str, list[str]] = {}
    lines: list[str] = []
    with cached_encoding(encoder, step) as encode:
        step("Learning words", 0, 0)
        bank = judged.ranker(encode, ranker)
        for n, (article, found) in enumerate(
            zip(asked, bank.rank_many(asked, len(ids)), strict=True), 1
        ):
            ranking, own = [ids[one.place] for one in found], gold[article.id]
            others = [ids[j] for j in bank.near_headline(article) if ids[j] not in own][:HARD]
            pool, out = {*others, *own}, judged.unjudged[article.id]
            rankings[article.id] = ranking[:DEPTH]
            hard[article.id] = [id for id in ranking if id in pool][:DEPTH]
            apart[article.id] = [id for id in ranking if id not in out][:DEPTH]
            lines += [
                f"{article.id} Q0 {ids[one.place]} {rank} {one.score:.6f} divedeeper\n"
                for rank, one in enumerate(found[:DEPTH], 1)
            ]
            if n % 100 == 0:
                step("Ranking questions", n, len(asked))
    if run is not None:
        run.write_text("".join(lines), encoding="utf-8")

    def mean(values: list[float]) -> float:
        return round(float(np.mean(values)), 4) if values else 0.0

    return {
        "documents": len(rankings),
        "questions": len(ids),
        "encoder": encoder.name if encoder else "",
        "nDCG@10": mean([ndcg(r, gold[d], 10) for d, r in rankings.items()]),
        "MRR": mean([reciprocal_rank(r, gold[d], DEPTH) for d, r in rankings.items()]),
        "recall@5": mean([recall(r, gold[d], 5) for d, r in rankings.items()]),
        "recall@10": mean([recall(r, gold[d], 10) for d, r in rankings.items()]),
        "nDCG@10 hard": mean([ndcg(r, gold[d], 10) for d, r in hard.items()]),
        "nDCG@10 without own conversation": mean([ndcg(r, gold[d], 10) for d, r in apart.items()]),
    }
