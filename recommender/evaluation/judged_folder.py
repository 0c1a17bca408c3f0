"""Judged folder: documents, questions, and which questions follow which document."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corpus.models import Article
from corpus.readers.beir import read_beir, read_judgements, read_queries
from index.ranking.linear_ranker import LinearRanker
from index.ranking.listwise import Example
from recommender.evaluation.conversations import same_conversation
from recommender.evaluation.training import question_examples
from recommender.ranking.question_index import Encode
from recommender.ranking.question_ranker import QuestionRanker


@dataclass(frozen=True, eq=False, slots=True)
class JudgedFolder:
    """``docs.jsonl``, ``questions.jsonl`` and ``qrels.tsv`` of one folder.

    ``questions`` are texts by id; ``gold`` maps a document to the grades of its questions;
    ``unjudged`` maps it to the other questions of its own conversation.
    """

    articles: list[Article]
    questions: dict[str, str]
    gold: dict[str, dict[str, int]]
    unjudged: dict[str, frozenset[str]]

    @staticmethod
    def read(folder: Path) -> JudgedFolder:
        """Return the contents of a folder.

        Raises
        ------
        ValueError
            A file is missing, or not in its format.
        """
        names = ("docs.jsonl", "questions.jsonl", "qrels.tsv")
        missing = [n for n in names if not any(folder.glob(f"{n}*"))]
        if missing:
            raise ValueError(
                f"{folder} has no {', '.join(missing)}. Name a folder of documents, questions and "
                "qrels, as docs/evaluation.md describes it."
            )
        articles = [a for a in read_beir(folder / "docs.jsonl") if isinstance(a, Article)]
        questions = {q.id: q.text for q in read_queries(folder / "questions.jsonl")}
        gold = read_judgements(folder / "qrels.tsv")
        return JudgedFolder(articles, questions, gold, same_conversation(articles, questions, gold))

    def ranker(
        self, encode: Encode | None = None, model: LinearRanker | None = None
    ) -> QuestionRanker:
        """Return a ranker with the folder's questions as its bank, its documents as archive."""
        return QuestionRanker.fit(list(self.questions.values()), self.articles, encode, model)

    def examples(self, encode: Encode | None = None) -> list[Example]:
        """Return one learning example for each judged document."""
        ranker = self.ranker(encode, LinearRanker({}))
        return question_examples(
            ranker, self.articles, list(self.questions), self.gold, self.unjudged
        )
