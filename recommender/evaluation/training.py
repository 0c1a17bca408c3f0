"""Learn which questions follow an article: from judged documents, or from an archive itself.

An archive needs no clicks to teach: the questions that an article's editors chose are the label,
the candidates that other articles ask (they share its words, so they are hard) are the rest.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from corpus.analysis.tokenizer import words
from corpus.models import Article, Section
from index.evaluation.metrics import ndcg
from index.ranking.linear_ranker import Example, LinearRanker, fit
from recommender.questions.deduplication import group
from recommender.ranking.contrast import FEATURES
from recommender.ranking.question_ranker import SHIPPED, SHIPPED_NEURAL, Encode, QuestionRanker

# Learned once: the ten nearest alone teach less here (followupqg_gpt .672 against .671 without
# encoder, .790 against .784 with it).
L2 = 0.1  # benchmarks/README.md
MOST = 2_000  # articles of an archive that are learned from: more would not move 40 weights
FOLDS = 5
_PART = re.compile(r"((?<=[.!?])\s+|\n+)")

Judgements = Mapping[str, Mapping[str, int]]
"""Article id → id of each question that follows it → grade."""


def examples(
    ranker: QuestionRanker,
    articles: Sequence[Article],
    ids: Sequence[str],
    gold: Judgements,
    unjudged: Mapping[str, Collection[str]] | None = None,
) -> list[Example]:
    """Return what the candidates of each judged article look like, and which of them follow it.

    ``ids`` are those of the questions of ``ranker``, in order. ``unjudged``: article id → questions
    that are neither right nor wrong for it, and left out.
    """
    found = []
    for article in articles:
        if grades := gold.get(article.id):
            out = (unjudged or {}).get(article.id, ())
            candidates = ranker.candidates(article)
            kept = [n for n, place in enumerate(candidates.places) if ids[place] not in out]
            follows = [grades.get(ids[place], 0) > 0 for place in candidates.places[kept]]
            found.append(Example(candidates.features[kept], np.array(follows, np.bool_)))
    return found


def archive_examples(
    articles: Sequence[Article], encode: Encode | None = None, most: int = MOST
) -> list[Example]:
    """Return the examples that an archive holds: each article's own follow-ups are its labels.

    No label leaks into what it is judged by: a question that two articles ask in nearly the same
    words is left out (it is nobody's own, and would stand on both sides of a split), and one that
    the article's text repeats word for word is cut from that text. Of more than ``most`` articles
    that ask, every n-th is taken.
    """
    cleared = [without_followups(article) for article in articles]
    asked = [(text, a.id) for a in cleared for text in dict.fromkeys(a.followups)]
    same = group([text for text, _ in asked])
    owners: dict[int, set[str]] = {}
    for number, (_, owner) in zip(same, asked, strict=True):
        owners.setdefault(number, set()).add(owner)
    kept = [place for place, number in enumerate(same) if len(owners[number]) == 1]
    texts = [asked[place][0] for place in kept]
    gold: dict[str, dict[str, int]] = {}
    for number, place in enumerate(kept):
        gold.setdefault(asked[place][1], {})[str(number)] = 1
    askers = [article for article in cleared if article.id in gold]
    taken = askers[:: -(-len(askers) // most) or 1]
    ranker = QuestionRanker(texts, cleared, encode, LinearRanker({}))
    return examples(ranker, taken, [str(n) for n in range(len(texts))], gold)


def without_followups(article: Article) -> Article:
    """Return the article without the sentences and headings that are one of its own follow-ups.

    A page that shows its list in its text would tell the answer.
    """
    own = {tuple(words(text)) for text in article.followups}
    if not own:
        return article

    def cut(text: str) -> str:
        parts = _PART.split(text)
        return "".join("" if tuple(words(part)) in own else part for part in parts)

    sections = tuple(Section(cut(s.heading), cut(s.text)) for s in article.sections)
    return replace(article, summary=cut(article.summary), sections=sections)


def train(
    sets: Mapping[str, Sequence[Example]],
    meanings: bool,
    l2: float = L2,
    without: Sequence[str] = (),
) -> LinearRanker:
    """Return the ranker learned from named sets, every set counting the same.

    ``meanings``: whether there was an encoder. ``without``: parts of feature names to leave out.
    Its metrics are of cross-fitting: each article of a set is ranked by what the other four fifths
    of the set and all other sets teach.

    Raises
    ------
    ValueError
        A set has no article with a question that follows it among its candidates.
    """
    if not meanings:
        without = (*without, "meaning")
    columns = [i for i, name in enumerate(FEATURES) if not any(part in name for part in without)]
    cut = {
        name: [Example(e.features[:, columns], e.relevant) for e in part]
        for name, part in sets.items()
    }
    for name, part in cut.items():
        if not any(e.relevant.any() for e in part):
            raise ValueError(f"{name}: no article asks a question of its own that can be found")
    weights = fit(list(cut.values()), l2, nearest=None)
    named = {
        FEATURES[column]: round(float(weight), 6)
        for column, weight in zip(columns, weights, strict=True)
        if abs(weight) > 1e-9
    }
    metrics = {}
    for name, part in cut.items():
        others = [other for key, other in cut.items() if key != name]
        metrics[f"nDCG@10 among candidates, {name}"] = round(cross_fitted(part, l2, others), 4)
    return LinearRanker(named, tuple(sets), metrics)


def cross_fitted(
    part: Sequence[Example], l2: float = L2, others: Sequence[Sequence[Example]] = ()
) -> float:
    """Return the mean nDCG@10 over the candidates of examples that had no say in their weights.

    A fifth is a run of neighbours: what stands side by side, as the turns of one conversation do,
    is on one side of the split.
    """
    values = []
    fold = [i * FOLDS // max(len(part), 1) for i in range(len(part))]
    for number in range(FOLDS):
        rest = [e for i, e in enumerate(part) if fold[i] != number]
        held = [e for i, e in enumerate(part) if fold[i] == number]
        if any(e.relevant.any() for e in rest):
            weights = fit([rest, *others], l2, nearest=None)
            values += [candidates_ndcg(e, e.features @ weights) for e in held]
    return float(np.mean(values)) if values else 0.0


def compared(sets: Mapping[str, Sequence[Example]], meanings: bool) -> dict[str, float]:
    """Return what the shipped weights have on the same sets, for the name of a metric each."""
    shipped = LinearRanker.load(SHIPPED_NEURAL if meanings else SHIPPED)
    weights = shipped.vector(FEATURES).astype(np.float64)
    return {
        f"nDCG@10 among candidates, {name}, by the shipped weights": round(
            float(np.mean([candidates_ndcg(e, e.features @ weights) for e in part] or [0.0])), 4
        )
        for name, part in sets.items()
    }


def candidates_ndcg(
    example: Example, scores: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> float:
    """Return nDCG@10 of one example; what is not among the candidates does not count."""
    order = [str(place) for place in np.argsort(-scores, kind="stable")]
    return ndcg(order, {str(place): 1 for place in np.flatnonzero(example.relevant)}, 10)
