"""Judged questions for the answer model: graded questions of a corpus, and those of the sample."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from tempfile import mkdtemp

from corpus.models import Article
from corpus.readers import read
from corpus.readers.beir import read_qrels, read_queries
from index.build import build_index
from index.dense.static_embeddings import load_static_embeddings
from index.search.retrieval import Retrieval
from recommender.answers.answer_model import AnswerModel
from recommender.answers.finder import AnswerFinder

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "corpus" / "sample"
SAMPLE_ANSWERS = ROOT / "tests" / "recommender" / "sample_answers.json"
# Nearly or debatably answered, so neither right nor wrong: image and age of medieval inventions,
# the length of the Great Wall, the age of Saturn's rings, sizes of moons, flags still standing.
DEBATABLE = (
    "Middle Ages were invented",
    "all its branches",
    "rings",
    "minimum size",
    "flags planted",
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with the article that answers it, "" for none in the archive.

    ``group``: what must stand on one side of a split; ``exclude``: the article that asks it.
    """

    question: str
    context: str
    gold: str
    group: str
    exclude: str = ""


def side(group: str, parts: int = 2) -> int:
    """Return the side of a split, 0 to ``parts`` - 1, from what must stand on one side of it."""
    return blake2b(group.encode(), digest_size=2).digest()[-1] % parts


def graded(folder: Path) -> list[Judged]:
    """Return the questions of a BEIR folder, each with its one gold article."""
    gold = read_qrels(folder, "question")
    found = []
    for query in read_queries(folder):
        if query.id in gold:
            id = next(iter(gold[query.id]))
            found.append(Judged(query.text, query.fields.get("claim", ""), id, id))
    return found


def sample_articles() -> list[Article]:
    """Return the English articles of the sample archive in the order of their ids."""
    english = (a for a in read(SAMPLE) if isinstance(a, Article) and a.language == "en")
    return sorted(english, key=lambda a: a.id)


def sample_questions(articles: Sequence[Article]) -> list[Judged]:
    """Return the follow-ups of the sample archive, the debatable left out."""
    known: dict[str, list[str]] = json.loads(SAMPLE_ANSWERS.read_text(encoding="utf-8"))
    gold = {question: id for id, questions in known.items() for question in questions}
    return [
        Judged(question, "", gold.get(question, ""), article.id, article.id)
        for article in articles
        for question in article.followups
        if not any(words in question for words in DEBATABLE)
    ]


def sample_finder(
    articles: Sequence[Article], word_vectors: bool, model: AnswerModel
) -> AnswerFinder:
    """Return a finder over a fresh index of the sample archive.

    Parameters
    ----------
    articles
        The sample archive.
    word_vectors
        Whether the index has word vectors.
    model
        The answer model.
    """
    folder = Path(mkdtemp(prefix="answers-"))
    build_index(articles, folder, word_table=load_static_embeddings() if word_vectors else None)
    by_id = {article.id: article for article in articles}
    superseded = {old for article in articles for old in article.supersedes}
    return AnswerFinder(Retrieval.open(folder), by_id.__getitem__, superseded, model)
