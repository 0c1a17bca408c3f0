"""Learning to rank questions: examples from judged documents or an archive, fit, cross-validation.

An archive needs no clicks: the questions that an article's editors chose are the positive examples,
the candidates that other articles ask (they share its words, so they are hard) the negative ones.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from corpus.analysis.tokenizer import words
from corpus.models import Article, Section
from index.evaluation.metrics import ndcg
from index.ranking.linear_ranker import LinearRanker
from index.ranking.listwise import Example, fit_listwise
from recommender.questions.deduplication import representatives
from recommender.ranking.contrast import FEATURES
from recommender.ranking.question_index import Encode
from recommender.ranking.question_ranker import SHIPPED, SHIPPED_NEURAL, QuestionRanker

# Fitted once, on all candidates: a second fit on the ten nearest of each article gains nothing here
# (followupqg_gpt .671 against .672 without encoder, .784 against .790 with it).
L2 = 0.1  # benchmarks/README.md
MAX_ARTICLES = 2_000  # of an archive: more would hardly move 40 weights
N_FOLDS = 5  # of cross-fitting: four fifths teach almost what all do
_SENTENCE = re.compile(r"((?<=[.!?])\s+|\n+)")

Judgements = Mapping[str, Mapping[str, int]]
"""Article id → id of each question that follows it → grade."""


def question_examples(
    ranker: QuestionRanker,
    articles: Sequence[Article],
    ids: Sequence[str],
    gold: Judgements,
    unjudged: Mapping[str, Collection[str]] | None = None,
) -> list[Example]:
    """Return the features of the candidates of each judged article, and which of them follow it.

    Parameters
    ----------
    ranker
        Finds the candidates.
    articles
        The judged articles, and others, which are left out.
    ids
        Of the questions of ``ranker``, in its order.
    gold
        Which questions follow which article.
    unjudged
        Article id → questions that are neither right nor wrong for it, and left out.
    """
    found = []
    for article in articles:
        if grades := gold.get(article.id):
            out = (unjudged or {}).get(article.id, ())
            candidates = ranker.candidates(article)
            judged = [n for n, row in enumerate(candidates.rows) if ids[row] not in out]
            follows = [grades.get(ids[row], 0) > 0 for row in candidates.rows[judged]]
            found.append(Example(candidates.features[judged], np.array(follows, np.bool_)))
    return found


def archive_question_examples(
    articles: Sequence[Article], encode: Encode | None = None, max_articles: int = MAX_ARTICLES
) -> list[Example]:
    """Return the examples of an archive: each article's own follow-ups are its labels.

    No label leaks into its features: a question that two articles ask in nearly the same words is
    left out (it would stand on both sides of a split), and one that the article's text repeats word
    for word is cut from that text. Of more than ``max_articles`` that ask, every n-th is taken.

    Parameters
    ----------
    articles
        The published ones of the archive.
    encode
        The sentence encoder; None: words only.
    max_articles
        Examples at most.
    """
    cleared = [without_labels_for_training(article) for article in articles]
    asked = [(text, a.id) for a in cleared for text in dict.fromkeys(a.followups)]
    group_of = representatives([text for text, _ in asked])
    owners: dict[int, set[str]] = {}
    for group, (_, owner) in zip(group_of, asked, strict=True):
        owners.setdefault(group, set()).add(owner)
    own = [one for one, group in zip(asked, group_of, strict=True) if len(owners[group]) == 1]
    texts = [text for text, _ in own]
    gold: dict[str, dict[str, int]] = {}
    for number, (_, owner) in enumerate(own):
        gold.setdefault(owner, {})[str(number)] = 1
    askers = [article for article in cleared if article.id in gold]
    taken = askers[:: -(-len(askers) // max_articles) or 1]
    ranker = QuestionRanker.fit(texts, cleared, encode, LinearRanker({}))
    return question_examples(ranker, taken, [str(n) for n in range(len(texts))], gold)


def without_labels_for_training(article: Article) -> Article:
    """Return the article without the sentences and headings that are one of its own follow-ups.

    A page that shows its list in its text would give the answer away.
    """
    own = {tuple(words(text)) for text in article.followups}
    if not own:
        return article

    def cut_training_text(text: str) -> str:
        parts = _SENTENCE.split(text)
        return "".join("" if tuple(words(part)) in own else part for part in parts)

    sections = tuple(
        Section(cut_training_text(s.heading), cut_training_text(s.text)) for s in article.sections
    )
    return replace(article, summary=cut_training_text(article.summary), sections=sections)


def train_question_ranker(
    sets: Mapping[str, Sequence[Example]],
    has_encoder: bool,
    l2: float = L2,
    without: Sequence[str] = (),
) -> LinearRanker:
    """Return the ranker learned from named sets, every set counting the same.

    Its metrics are cross-fitted: each article of a set is ranked by weights learned from the other
    four fifths of the set and from all other sets.

    Parameters
    ----------
    sets
        Examples by the name of their set.
    has_encoder
        Whether there was an encoder when the examples were made.
    l2
        The penalty on squared weights.
    without
        Parts of feature names to leave out.

    Raises
    ------
    ValueError
        A set has no article with a question that follows it among its candidates.
    """
    if not has_encoder:
        without = (*without, "meaning")
    columns = [i for i, name in enumerate(FEATURES) if not any(part in name for part in without)]
    cut = {
        name: [Example(e.features[:, columns], e.relevant) for e in part]
        for name, part in sets.items()
    }
    for name, part in cut.items():
        if not any(e.relevant.any() for e in part):
            raise ValueError(f"{name}: no article asks a question of its own that can be found")
    weights = fit_listwise(list(cut.values()), l2, n_hard=None)
    named = {
        FEATURES[column]: round(float(weight), 6)
        for column, weight in zip(columns, weights, strict=True)
        if abs(weight) > 1e-9
    }
    metrics = {}
    for name, part in cut.items():
        others = [other for key, other in cut.items() if key != name]
        metrics[f"nDCG@10 among candidates, {name}"] = round(cross_fitted_ndcg(part, l2, others), 4)
    return LinearRanker(named, tuple(sets), metrics)


def cross_fitted_ndcg(
    part: Sequence[Example], l2: float = L2, others: Sequence[Sequence[Example]] = ()
) -> float:
    """Return the mean nDCG@10 among the candidates, each example ranked by weights of the others.

    A fold is a run of neighbours, so that the turns of one conversation are on one side of a split.

    Parameters
    ----------
    part
        The examples.
    l2
        The penalty on squared weights.
    others
        More sets that the weights are learned from.
    """
    values = []
    fold = [i * N_FOLDS // max(len(part), 1) for i in range(len(part))]
    for number in range(N_FOLDS):
        rest = [e for i, e in enumerate(part) if fold[i] != number]
        held = [e for i, e in enumerate(part) if fold[i] == number]
        if any(e.relevant.any() for e in rest):
            weights = fit_listwise([rest, *others], l2, n_hard=None)
            values += [ndcg_of_training_example(e, e.features @ weights) for e in held]
    return float(np.mean(values)) if values else 0.0


def compared_with_shipped(
    sets: Mapping[str, Sequence[Example]], has_encoder: bool
) -> dict[str, float]:
    """Return the metrics of the shipped weights on the same sets, by their names."""
    shipped = LinearRanker.load(SHIPPED_NEURAL if has_encoder else SHIPPED)
    weights = shipped.vector(FEATURES).astype(np.float64)
    return {
        f"nDCG@10 among candidates, {name}, by the shipped weights": round(
            float(
                np.mean([ndcg_of_training_example(e, e.features @ weights) for e in part] or [0.0])
            ),
            4,
        )
        for name, part in sets.items()
    }


def ndcg_of_training_example(
    example: Example, scores: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> float:
    """Return nDCG@10 of one example among its candidates; questions not found do not count."""
    order = [str(row) for row in np.argsort(-scores, kind="stable")]
    return ndcg(order, {str(row): 1 for row in np.flatnonzero(example.relevant)}, 10)
