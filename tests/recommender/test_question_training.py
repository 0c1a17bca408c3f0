"""What an archive teaches by itself, and that no label leaks."""

from __future__ import annotations

import numpy as np
import pytest

from corpus.models import Article
from recommender.question_ranking import FEATURES, QuestionRanker
from recommender.question_training import archive_examples, cross_fitted, examples, train

THINGS = ("bats", "whales", "owls", "foxes", "wolves", "otters", "moles", "hares")
ARCHIVE = [
    Article(
        thing,
        f"Do {thing} sleep at night?",
        summary=f"Experts on {thing} say that they sleep by day.",
        followups=(f"What do {thing} eat at night?", "Who pays the experts of the night?"),
    )
    for thing in THINGS
]


def test_an_archive_is_its_own_teacher() -> None:
    found = archive_examples(ARCHIVE)
    assert len(found) == len(THINGS)
    ranker = train({"archive": found}, meanings=False)
    assert cross_fitted(found) == pytest.approx(1.0)
    assert ranker.trained_on == ("archive",)
    assert ranker.metrics == {"nDCG@10 among candidates, archive": 1.0}


def test_a_question_that_several_articles_ask_is_nobodys_label() -> None:
    for example in archive_examples(ARCHIVE):
        assert example.relevant.sum() == 1  # the shared question is out, the own one stays


def test_the_learned_weights_rank_new_articles() -> None:
    ranker = train({"archive": archive_examples(ARCHIVE)}, meanings=False)
    bank = ["What do seals eat?", "What do bats eat at night?"]
    seals = Article("seals", "Do seals sleep at night?", summary="Seals sleep in water.")
    assert QuestionRanker(bank, ARCHIVE, None, ranker).rank(seals, 1)[0].place == 0


def test_without_an_encoder_meanings_get_no_weight_and_groups_can_be_left_out() -> None:
    found = {"archive": archive_examples(ARCHIVE)}
    names = set(train(found, meanings=False, without=("letters",)).weights)
    assert names and names <= set(FEATURES)
    assert not any("meaning" in name or "letters" in name for name in names)


def test_only_judged_articles_are_examples() -> None:
    ranker = QuestionRanker(["Do bats eat?", "Do owls eat?"], ARCHIVE)
    found = examples(ranker, ARCHIVE, ["q1", "q2"], {"bats": {"q1": 1}})
    assert len(found) == 1
    assert found[0].relevant.sum() == 1
    assert found[0].features.shape == (len(found[0].relevant), len(FEATURES))
    assert np.isfinite(found[0].features).all()
