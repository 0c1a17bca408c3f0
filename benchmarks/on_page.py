"""Measure and fit "answered on the page": python -m benchmarks.on_page EVAL [--fit].

EVAL holds ``followup`` and ``search``, as in ``../shared/eval``. Judged pairs of question and page:

- the sample archive's known answers on the page that answers (yes), its follow-ups on the page
  that asks them (no), and on the three nearest other pages (no);
- follow-ups of explainers on their own explainer, which leaves them open (no);
- fact checkers' questions on the justification that answers them (yes), and on that of the nearest
  other claim (no);
- graded questions on the article that answers (yes), and on the third and fourth of the search,
  which share the topic and are hardly ever the same claim (no).

What belongs to one page is on one side of the split. Reported is the half that was not fitted; what
is written is learned from all.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from benchmarks.answer_pairs import (
    graded,
    sample_articles,
    sample_finder,
    sample_questions,
    side,
)
from benchmarks.result_files import Row
from benchmarks.tables import publish
from corpus.models import Article, Section
from index.evaluation.beir import open_beir_index
from recommender.answers.answer_model import AnswerModel
from recommender.answers.calibration import (
    Floats,
    LogisticModel,
    calibrated_probability,
    fit_calibration,
)
from recommender.answers.finder import AnswerFinder
from recommender.answers.on_page import FEATURES, MIN_COVERED, SHIPPED, Page
from recommender.answers.passage_evidence import IN_ARTICLE
from recommender.answers.question_terms import Weight
from recommender.wording.checks import check_stands_alone

C = 0.1  # inverse L2; 0.01 to 1 differ by less than .02 in recall
SHARES = {
    "sample answers": 6.0,
    "sample own": 3.0,
    "sample near": 1.0,
    "explainers own": 1.0,
    "checkers own": 0.1,
    "checkers near": 0.1,
    "graded answers": 0.5,
    "graded near": 0.25,
}
"""How much a pair of each kind counts: pages like ours most, one-sentence justifications least."""
PAGES = (
    "sample answers",
    "sample own",
    "sample near",
    "explainers own",
)  # whole pages, judged well
PRECISION = 0.87  # of the fitted half of PAGES at the threshold and above it
NEAR_TWIN = 0.9  # cosine of claims from which two justifications may answer the same question
STEPS: list[float] = np.arange(0.3, 0.96, 0.05).round(2).tolist()
COMMAND = "python -m benchmarks.on_page EVAL"


@dataclass(frozen=True, eq=False, slots=True)
class Pair:
    """A question on a page: its features, and whether the page answers it."""

    kind: str
    answers: bool
    group: str
    features: Floats


def of_sample() -> Iterator[Pair]:
    """Yield the pairs of the sample archive."""
    articles = sample_articles()
    finder = sample_finder(articles, False, AnswerModel.load())
    weight = finder.statistics.weight
    pages = {article.id: Page.of(article, weight) for article in articles}
    for judged in sample_questions(articles):
        text = judged.question
        yield Pair("sample own", False, judged.exclude, pages[judged.exclude].features(text))
        if judged.gold:
            yield Pair("sample answers", True, judged.gold, pages[judged.gold].features(text))
        rows = finder.candidates(text).rows.tolist()
        near = [id for row in rows if (id := finder.reader.ids[row]) != judged.exclude][:3]
        for id in near:
            if id != judged.gold:
                yield Pair("sample near", False, id, pages[id].features(text))


def of_follow_ups(folder: Path, kind: str, answers: bool, weight: Weight) -> Iterator[Pair]:
    """Yield the pairs of documents with their own questions, and with those of the nearest.

    Parameters
    ----------
    folder
        A judged folder.
    kind
        Name of the documents.
    answers
        Whether a document answers its questions.
    weight
        The idf of a term.
    """
    documents = [json.loads(line) for line in (folder / "docs.jsonl").open(encoding="utf-8")]
    texts = {
        row["_id"]: row["text"]
        for row in map(json.loads, (folder / "questions.jsonl").open(encoding="utf-8"))
    }
    asked: dict[str, list[str]] = defaultdict(list)
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        document, question, _ = line.split("\t")
        asked[document].append(texts[question])
    articles = [
        Article(d["_id"], d["title"], summary=d["text"])
        if answers
        else Article(d["_id"], d["title"], sections=(Section("", d["text"]),))
        for d in documents
    ]
    near, cosine = _nearest([a.headline for a in articles])
    for n, article in enumerate(articles):
        page = Page.of(article, weight)
        other = Page.of(articles[near[n]], weight) if answers and cosine[n] < NEAR_TWIN else None
        for text in asked[article.id]:
            yield Pair(f"{kind} own", answers, article.id, page.features(text))
            if other is not None:
                yield Pair(f"{kind} near", False, article.id, other.features(text))


def of_graded(folder: Path, finder: AnswerFinder) -> Iterator[Pair]:
    """Yield the pairs of graded questions that stand alone."""
    for judged in graded(folder):
        if check_stands_alone(judged.question) is not None:
            continue
        rows = finder.candidates(judged.question).rows.tolist()
        others = [id for row in rows[:6] if (id := finder.reader.ids[row]) != judged.gold]
        for id in (judged.gold, *others[2:4]):
            page = Page.of_index(Article(id, ""), finder.reader, finder.statistics)
            kind = "graded answers" if id == judged.gold else "graded near"
            yield Pair(kind, id == judged.gold, judged.gold, page.features(judged.question))


def _nearest(texts: list[str]) -> tuple[NDArray[np.int64], Floats]:
    """Return the text most like each, by TF-IDF, and its cosine."""
    vectors = TfidfVectorizer(stop_words="english", sublinear_tf=True).fit_transform(texts)
    cosines = (vectors @ vectors.T).toarray()
    np.fill_diagonal(cosines, -1.0)
    return cosines.argmax(axis=1), cosines.max(axis=1)


def learn(pairs: list[Pair]) -> LogisticModel:
    """Return the model of all ``pairs``."""
    return fit_calibration(
        FEATURES,
        np.array([p.features for p in pairs]),
        np.array([p.answers for p in pairs]),
        C,
        np.array([SHARES[p.kind] for p in pairs]),
    )


def chances(model: LogisticModel, pairs: list[Pair]) -> Floats:
    """Return the confidence of each pair, as ``Page.confidence`` has it."""
    features = np.array([p.features for p in pairs])
    logits = features @ model.vector(FEATURES) + model.intercept
    covered = features[:, IN_ARTICLE] >= MIN_COVERED
    return np.array([calibrated_probability(logit) for logit in logits]) * covered


def at(step: float, chance: Floats, pairs: list[Pair]) -> tuple[float, float]:
    """Return precision and recall among whole pages from a threshold on.

    Parameters
    ----------
    step
        The threshold.
    chance
        The confidence of each pair.
    pairs
        The judged pairs.
    """
    pages = np.array([p.kind in PAGES for p in pairs])
    right, shown = np.array([p.answers for p in pairs])[pages], chance[pages] >= step
    return float(right[shown].mean()) if shown.any() else 1.0, float(shown[right].mean())


def main() -> None:
    """Measure on the half that was not fitted; with --fit write the model of all pairs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("eval", type=Path)
    parser.add_argument("--fit", action="store_true", help="write the weights")
    options = parser.parse_args()
    retrieval, _, _ = open_beir_index(options.eval / "search" / "factchecktweet")
    finder = AnswerFinder(retrieval, _no_article)
    weight, followup = finder.statistics.weight, options.eval / "followup"
    pairs = [
        *of_sample(),
        *of_follow_ups(followup / "followupqg_gpt" / "dev", "explainers", False, weight),
        *of_follow_ups(followup / "averitec" / "train", "checkers", True, weight),
        *of_graded(options.eval / "search" / "factcheck_questions", finder),
    ]
    fitted = [p for p in pairs if side(p.group) == 0]
    held = [p for p in pairs if side(p.group) == 1]
    model = learn(fitted)
    threshold = _threshold(chances(model, fitted), fitted)
    rows = _curve(chances(model, held), held)
    publish("on-page", rows, COMMAND, note=f"Shipped: {threshold}.")
    if options.fit:
        precision, recall = at(threshold, chances(model, held), held)
        metrics = {"precision": round(precision, 4), "recall": round(recall, 4)}
        trained_on = ("sample", "explainers", "fact checkers' questions", "factcheck_questions")
        final = replace(learn(pairs), threshold=threshold, trained_on=trained_on, metrics=metrics)
        final.save(SHIPPED)


def _threshold(chance: Floats, pairs: list[Pair]) -> float:
    """Return the least threshold from which on whole pages are precise enough, twice in a row."""
    enough = [at(step, chance, pairs)[0] >= PRECISION for step in STEPS]
    return next((step for n, step in enumerate(STEPS) if all(enough[n : n + 2])), 0.95)


def _curve(chance: Floats, pairs: list[Pair]) -> list[Row]:
    """Return by threshold precision and recall, and which share of each kind counts as answered."""
    kinds = np.array([p.kind for p in pairs])
    rows: list[Row] = []
    for step in STEPS:
        precision, recall = at(step, chance, pairs)
        row = {"threshold": step, "precision": round(precision, 4), "recall": round(recall, 4)}
        shares = {kind: round(float((chance[kinds == kind] >= step).mean()), 4) for kind in SHARES}
        rows.append(row | shares)
    return rows


def _no_article(id: str) -> Article:
    raise KeyError(id)


if __name__ == "__main__":
    main()
