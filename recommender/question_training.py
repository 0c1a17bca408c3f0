"""Learn which questions follow an article: from judged documents, or from an archive itself.

An archive needs no clicks to teach: the questions that an article's editors chose are the label,
the candidates that other articles ask (they share its words, so they are hard) are the rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from corpus.models import Article
from index.metrics import ndcg
from index.ranker import Example, LinearRanker, fit
from recommender.question_groups import group
from recommender.question_ranking import FEATURES, Encode, QuestionRanker

L2 = 0.03  # benchmarks/README.md

Judgements = Mapping[str, Mapping[str, int]]
"""Article id → id of each question that follows it → grade."""


def examples(
    ranker: QuestionRanker, articles: Sequence[Article], ids: Sequence[str], gold: Judgements
) -> list[Example]:
    """Return what the candidates of each judged article look like, and which of them follow it.

    ``ids`` are those of the questions of ``ranker``, in order.
    """
    found = []
    for article in articles:
        if grades := gold.get(article.id):
            candidates = ranker.candidates(article)
            follows = [grades.get(ids[place], 0) > 0 for place in candidates.places]
            found.append(Example(candidates.features, np.array(follows, np.bool_)))
    return found


def archive_examples(articles: Sequence[Article], encode: Encode | None = None) -> list[Example]:
    """Return the examples that an archive holds: each article's own follow-ups are its labels.

    A question that two articles ask in nearly the same words is left out: it is nobody's own, and
    as a negative it would contradict itself. What an article is judged by is not in its text.
    """
    asked = [(text, a.id) for a in articles for text in dict.fromkeys(a.followups)]
    same = group([text for text, _ in asked])
    owners: dict[int, set[str]] = {}
    for number, (_, owner) in zip(same, asked, strict=True):
        owners.setdefault(int(number), set()).add(owner)
    kept = [place for place, number in enumerate(same) if len(owners[int(number)]) == 1]
    texts = [asked[place][0] for place in kept]
    gold: dict[str, dict[str, int]] = {}
    for number, place in enumerate(kept):
        gold.setdefault(asked[place][1], {})[str(number)] = 1
    ranker = QuestionRanker(texts, articles, encode, LinearRanker({}))
    return examples(ranker, articles, [str(n) for n in range(len(texts))], gold)


def train(
    sets: Mapping[str, Sequence[Example]],
    meanings: bool,
    l2: float = L2,
    without: Sequence[str] = (),
) -> LinearRanker:
    """Return the ranker learned from named sets, every set counting the same.

    ``meanings``: whether there was an encoder. ``without``: parts of feature names to leave out.
    Its metrics are of cross-fitting: each article is ranked by what the four other fifths teach.
    """
    if not meanings:
        without = (*without, "meaning")
    columns = [i for i, name in enumerate(FEATURES) if not any(part in name for part in without)]
    cut = {
        name: [Example(e.features[:, columns], e.relevant) for e in part]
        for name, part in sets.items()
    }
    weights = fit(list(cut.values()), l2)
    named = {
        FEATURES[column]: round(float(weight), 6)
        for column, weight in zip(columns, weights, strict=True)
        if abs(weight) > 1e-9
    }
    metrics = {
        f"nDCG@10 among candidates, {name}": round(cross_fitted(part, l2), 4)
        for name, part in cut.items()
    }
    return LinearRanker(named, tuple(sets), metrics)


def cross_fitted(part: Sequence[Example], l2: float = L2, folds: int = 5) -> float:
    """Return the mean nDCG@10 over the candidates of examples that had no say in their weights."""
    values = []
    for fold in range(folds):
        rest = [e for i, e in enumerate(part) if i % folds != fold]
        held = [e for i, e in enumerate(part) if i % folds == fold]
        if any(e.relevant.any() for e in rest):
            weights = fit([rest], l2)
            values += [candidates_ndcg(e, e.features @ weights) for e in held]
    return float(np.mean(values)) if values else 0.0


def candidates_ndcg(
    example: Example, scores: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> float:
    """Return nDCG@10 of one example; what is not among the candidates does not count."""
    order = [str(place) for place in np.argsort(-scores, kind="stable")]
    return ndcg(order, {str(place): 1 for place in np.flatnonzero(example.relevant)}, 10)
