"""Measure and fit the confidence of answers: python -m benchmarks.answers QUESTIONS CORPUS.

Every question is asked twice: of the whole archive, and of the archive without the article that
answers it, so that the model learns what an unanswered question looks like. All questions whose
answer is the same article are on the same side of the split; what is reported was not fitted.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from benchmarks.result_files import Row
from benchmarks.tables import publish
from corpus.models import Article
from corpus.readers.beir import read_beir, read_qrels, read_queries
from index.dense.load_encoder import load_encoder
from index.evaluation.beir import index_of
from index.ranking.linear_ranker import SHIPPED as SEARCH
from index.ranking.linear_ranker import SHIPPED_NEURAL as SEARCH_NEURAL
from index.ranking.linear_ranker import LinearRanker
from recommender.answers import finder as answers
from recommender.answers import on_page
from recommender.answers.calibration import Floats, LogisticModel, fit, probability
from recommender.answers.finder import FEATURES, AnswerFinder
from recommender.wording.checks import stands_alone

C = 0.03  # inverse L2; 0.003 to 0.3 differ by less than .02 in coverage
PRECISION = 0.88  # of the fit half at the threshold, with and without context
STEPS = np.arange(0.2, 0.96, 0.05)
NAMES = {"alone": "alone", "context": "with context"}
MODES = tuple(NAMES)
NOT_USED = "of best"  # within one candidate list the best has 1 in most of them
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False, slots=True)
class Measured:
    """One mode: ``features`` [n, n_features], ``right`` [n], ``held`` [n]: in the report half.

    ``answered`` [n]: the article that answers was in the archive.
    """

    features: Floats
    right: Mask
    held: Mask
    answered: Mask

    def covered(self) -> Mask:
        """Return which are past the gate that ``AnswerFinder`` has before its threshold."""
        coverage = self.features[:, FEATURES.index("coverage")] * self.features[:, -1]
        return np.asarray(coverage >= answers.MIN_COVERED)


def in_report_half(article_id: str) -> bool:
    """Return the side of the split, from the id of the article that answers."""
    return blake2b(article_id.encode(), digest_size=2).digest()[-1] % 2 == 1


def measure(finder: AnswerFinder, questions: list[tuple[str, str, str]], mode: str) -> Measured:
    """Return the best article's features of each question, with and without the gold.

    Parameters
    ----------
    finder
        Finds the article.
    questions
        Question, claim that came before it, id of the article that answers.
    mode
        "alone", or "context": the claim is given, too.
    """
    rows: list[tuple[Floats, bool, bool, bool]] = []
    for question, claim, gold in questions:
        context = claim if mode == "context" else ""
        for exclude in ((), (gold,)):
            best = finder.best(question, context, exclude)
            if best is not None:
                right = best.article_id == gold
                rows.append((best.features, right, in_report_half(gold), not exclude))
    features, *masks = (np.array(part) for part in zip(*rows, strict=True))
    return Measured(features, *masks)


def chances(model: LogisticModel, data: Measured) -> Floats:
    """Return the probability of each row, float64 [n], 0 where the gate stops it."""
    logits = data.features @ model.vector(FEATURES) + model.intercept
    return np.array([probability(logit) for logit in logits]) * data.covered()


def learn(
    data: dict[str, Measured], use: Callable[[str], bool], answered_only: bool = False
) -> LogisticModel:
    """Return the model fitted on the fit half of all modes, with its threshold.

    Parameters
    ----------
    data
        By mode.
    use
        Whether a feature is used, by its name.
    answered_only
        Leave out the questions whose article was taken away.
    """
    names = [name for name in FEATURES if use(name)]
    columns = [FEATURES.index(name) for name in names]
    parts = [(d, ~d.held & (d.answered | (not answered_only))) for d in data.values()]
    model = fit(
        names,
        np.vstack([d.features[rows][:, columns] for d, rows in parts]),
        np.concatenate([d.right[rows] for d, rows in parts]),
        C,
    )
    for step in STEPS:
        if all(
            precision(model, d, ~d.held & d.answered, step)[0] >= PRECISION for d in data.values()
        ):
            return replace(model, threshold=round(float(step), 2))
    return model


def precision(
    model: LogisticModel, data: Measured, rows: Mask, threshold: float
) -> tuple[float, float]:
    """Return precision and coverage among ``rows`` from ``threshold`` on.

    Parameters
    ----------
    model
        Gives the probabilities.
    data
        One mode.
    rows
        Which rows count, bool [n].
    threshold
        From which probability on an answer is shown.
    """
    shown = chances(model, data)[rows] >= threshold
    right = data.right[rows]
    return float(right[shown].mean()) if shown.any() else 1.0, float(shown.mean())


def coverage_at(model: LogisticModel, data: Measured, wanted: float) -> float:
    """Return the greatest coverage of the answered report half at a precision of ``wanted``.

    Parameters
    ----------
    model
        Gives the probabilities.
    data
        One mode.
    wanted
        Precision, 0 to 1.
    """
    rows = data.held & data.answered
    order = np.argsort(-chances(model, data)[rows], kind="stable")
    running = np.cumsum(data.right[rows][order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero(running >= wanted)
    return float((good[-1] + 1) / len(order)) if len(good) else 0.0


def report(model: LogisticModel, data: dict[str, Measured]) -> dict[str, float]:
    """Print the curve of the report half; return what the model's file says about itself."""
    metrics: dict[str, float] = {}
    curve: dict[float, dict[str, object]] = {}
    for mode, d in data.items():
        answered, missing = d.held & d.answered, d.held & ~d.answered
        print(f"\n{mode}: {answered.sum()} questions, first right {d.right[answered].mean():.3f}")
        for step in sorted({*STEPS[::2].round(2).tolist(), model.threshold}):
            p, c = precision(model, d, answered, step)
            row = curve.setdefault(step, {"threshold": float(step)})
            row |= {f"precision {NAMES[mode]}": round(p, 4), f"coverage {NAMES[mode]}": round(c, 4)}
            row["linked without its answer"] = round(precision(model, d, missing, step)[1], 4)
        at = " ".join(f"{w}: {coverage_at(model, d, w):.3f}" for w in (0.85, 0.9, 0.95))
        print(f"coverage at precision {at}")
        p, c = precision(model, d, answered, model.threshold)
        metrics |= {f"precision {mode}": round(p, 4), f"coverage {mode}": round(c, 4)}
    publish("answers", list(curve.values()), "python -m benchmarks.answers QUESTIONS CORPUS")
    chance = np.concatenate([chances(model, d)[d.held] for d in data.values()])
    right = np.concatenate([d.right[d.held] for d in data.values()])
    print("\nreliability (said, true, n):", end=" ")
    for low in np.arange(0.0, 1.0, 0.1):
        rows = (chance >= low) & (chance < low + 0.1)
        print(f"{chance[rows].mean():.2f} {right[rows].mean():.2f} {rows.sum()}", end=" · ")
    print()
    return metrics


def fit_page(
    questions: list[tuple[str, str, str]], article_of: dict[str, Article]
) -> LogisticModel:
    """Return the model of "answered on the page": the right article against a neighbour's.

    The neighbour is the check of the claim most like the question's own: the same topic and names,
    another question.
    """
    golds = dict((claim, gold) for _, claim, gold in questions)
    claims = list(golds)
    vectors = TfidfVectorizer(stop_words="english", sublinear_tf=True).fit_transform(claims)
    cosines = (vectors @ vectors.T).toarray()
    for row, claim in enumerate(claims):
        cosines[row, [golds[other] == golds[claim] for other in claims]] = -1.0
    neighbour = {
        claim: golds[claims[int(row.argmax())]] for claim, row in zip(claims, cosines, strict=True)
    }
    rows: list[tuple[Floats, bool, bool]] = []
    for question, claim, gold in questions:
        if stands_alone(question) is not None:
            continue  # its words do not say what it asks
        for id in (gold, neighbour[claim]):
            page = on_page.Page.of(article_of[id])
            rows.append((page.features(question), id == gold, in_report_half(gold)))
    features, right, held = (np.array(part) for part in zip(*rows, strict=True))
    model = fit(on_page.FEATURES, features[~held], right[~held], C)
    logits = features @ model.vector(on_page.FEATURES) + model.intercept
    chance = np.array([probability(logit) for logit in logits])
    threshold = 0.0
    for step in STEPS:
        shown = chance >= step
        p = right[shown & ~held].mean() if (shown & ~held).any() else 1.0
        q = right[shown & held].mean() if (shown & held).any() else 1.0
        r = (shown & held & right).sum() / (held & right).sum()
        print(
            f"on page, threshold {step:.2f}: precision fit {p:.3f}, report {q:.3f}, recall {r:.3f}"
        )
        threshold = threshold or (round(float(step), 2) if p >= PRECISION else 0.0)
    return replace(model, threshold=threshold or 0.95)


def main() -> None:
    """Measure the shipped model, or fit it anew and write it where the program reads it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--fit", action="store_true", help="write recommender/answers*.json")
    parser.add_argument("--page", action="store_true", help="fit recommender/on_page.json instead")
    parser.add_argument("--encoder", default="none")
    options = parser.parse_args()
    gold = read_qrels(options.questions, "question")
    questions = [
        (q.text, q.fields.get("claim", ""), next(iter(gold[q.id])))
        for q in read_queries(options.questions)
        if q.id in gold
    ]
    if options.page:
        article_of = {
            a.id: a for a in read_beir(options.corpus / "corpus.jsonl.gz") if isinstance(a, Article)
        }
        page = fit_page(questions, article_of)
        replace(page, trained_on=("factcheck_questions, half",)).save(on_page.SHIPPED)
        return
    encoder = load_encoder(options.encoder)
    retrieval, _, _ = index_of(options.corpus, encoder)
    shipped = answers.SHIPPED_NEURAL if encoder else answers.SHIPPED
    search = dict(LinearRanker.load(SEARCH_NEURAL if encoder else SEARCH).weights)
    blank = LogisticModel({}, 0.0, 0.5, search)
    current = blank if options.fit else LogisticModel.load(shipped)
    finder = AnswerFinder(retrieval, _no_article, (), replace(current, weights={}))
    started = time.perf_counter()
    data = {mode: measure(finder, questions, mode) for mode in MODES}
    n = sum(len(d.right) for d in data.values())
    print(f"{(time.perf_counter() - started) / n * 1000:.2f} ms a question, one thread")

    def useful(name: str) -> bool:
        if (
            NOT_USED in name or name == "known words"
        ):  # its share is in the gate; +.000 in the model
            return False
        return encoder is not None or not name.startswith("meaning")

    if options.fit:
        model = learn(data, useful)
        current = replace(model, search=search, trained_on=("factcheck_questions, half",))
    metrics = report(current, data)
    if options.fit:
        replace(current, metrics=metrics).save(shipped)
        trials: dict[str, Callable[[str], bool]] = {
            "all": useful,
            "without the distance to the next": lambda n: useful(n) and not n.endswith(" ahead"),
            "the distance in score alone": lambda n: n == "score ahead",
            "score and distance": lambda n: n.startswith("score"),
            "without scores": lambda n: useful(n) and not n.startswith("score"),
            "with known words": lambda n: useful(n) or n == "known words",
        }
        rows = [_row(name, learn(data, use), data) for name, use in trials.items()]
        answered_only = learn(data, useful, True)
        rows.append(_row("all, never shown an unanswered question", answered_only, data))
        publish("answers-ablation", rows, "python -m benchmarks.answers QUESTIONS CORPUS --fit")


def _row(name: str, model: LogisticModel, data: dict[str, Measured]) -> Row:
    alone, context = (coverage_at(model, data[mode], 0.85) for mode in MODES)
    d = data["context"]
    linked = precision(model, d, d.held & ~d.answered, model.threshold)[1]
    return {
        "features": name,
        "coverage at .85, alone": round(alone, 4),
        "coverage at .85, with context": round(context, 4),
        "linked without its answer": round(linked, 4),
        "threshold": model.threshold,
    }


def _no_article(id: str) -> Article:
    raise KeyError(id)


if __name__ == "__main__":
    main()
