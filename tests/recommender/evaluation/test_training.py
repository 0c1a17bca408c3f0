"""What an archive teaches by itself, and that no label leaks."""

from __future__ import annotations

import numpy as np
import pytest

from corpus.models import Article, Section
from recommender.evaluation.training import (
    archive_question_examples,
    compared_with_shipped,
    cross_fitted_ndcg,
    question_examples,
    train_question_ranker,
    without_labels_for_training,
)
from recommender.ranking.contrast import FEATURES
from recommender.ranking.question_ranker import QuestionRanker

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
    found = archive_question_examples(ARCHIVE)
    assert len(found) == len(THINGS)
    ranker = train_question_ranker({"archive": found}, has_encoder=False)
    assert cross_fitted_ndcg(found) == pytest.approx(1.0)
    assert ranker.trained_on == ("archive",)
    assert ranker.metrics == {"nDCG@10 among candidates, archive": 1.0}


def test_a_question_that_several_articles_ask_is_no_label() -> None:
    for example in archive_question_examples(ARCHIVE):
        assert example.relevant.sum() == 1  # the shared question is out, the own one stays


def test_the_learned_weights_rank_new_articles() -> None:
    ranker = train_question_ranker(
        {"archive": archive_question_examples(ARCHIVE)}, has_encoder=False
    )
    bank = ["What do seals eat?", "What do bats eat at night?"]
    seals = Article("seals", "Do seals sleep at night?", summary="Seals sleep in water.")
    assert QuestionRanker.fit(bank, ARCHIVE, None, ranker).rank(seals, 1)[0].row == 0


def test_without_an_encoder_meanings_get_no_weight_and_groups_can_be_left_out() -> None:
    found = {"archive": archive_question_examples(ARCHIVE)}
    names = set(train_question_ranker(found, has_encoder=False, without=("letters",)).weights)
    assert names
    assert names <= set(FEATURES)
    assert not any("meaning" in name or "letters" in name for name in names)


def test_only_judged_articles_are_examples() -> None:
    ranker = QuestionRanker.fit(["Do bats eat?", "Do owls eat?"], ARCHIVE)
    found = question_examples(ranker, ARCHIVE, ["q1", "q2"], {"bats": {"q1": 1}})
    assert len(found) == 1
    assert found[0].relevant.sum() == 1
    assert found[0].features.shape == (len(found[0].relevant), len(FEATURES))
    assert np.isfinite(found[0].features).all()


def test_an_articles_text_does_not_tell_its_label() -> None:
    asks = "What do bats eat?"
    page = Article(
        "bats",
        "Do bats sleep?",
        summary=f"They do. {asks} Nobody saw it.",
        sections=(
            Section("Want to dive deeper?", "what do bats eat\nWho feeds bats?"),
            Section(asks, "Bats eat moths. What do bats eat, then, in winter?"),
        ),
        followups=(asks,),
    )
    cut = without_labels_for_training(page)
    assert cut.summary == "They do.  Nobody saw it."
    assert cut.sections[0].text.strip() == "Who feeds bats?"
    assert cut.sections[1] == Section("", "Bats eat moths. What do bats eat, then, in winter?")
    assert cut.followups == page.followups
    assert without_labels_for_training(ARCHIVE[0]) == ARCHIVE[0]


def test_a_list_that_a_page_shows_changes_nothing() -> None:
    shown = [
        Article(a.id, a.headline, a.summary, (Section("", "\n".join(a.followups)),), a.followups)
        for a in ARCHIVE
    ]
    for plain, repeated in zip(
        archive_question_examples(ARCHIVE), archive_question_examples(shown), strict=True
    ):
        assert np.array_equal(plain.features, repeated.features)


def test_near_duplicates_stand_on_neither_side_of_a_split() -> None:
    twins = [
        Article("a", "Do bats sleep?", followups=("How old are the caves of bats?", "Who fed it?")),
        Article("b", "Do bats wake?", followups=("How old are bats' caves?", "Do bats sing now?")),
    ]
    found = archive_question_examples(twins)
    assert sum(len(example.relevant) for example in found) <= 4  # two of four questions are left
    assert sum(int(example.relevant.sum()) for example in found) <= 2


def test_a_large_archive_is_learned_from_a_part_spread_over_it() -> None:
    assert len(archive_question_examples(ARCHIVE, max_articles=3)) == 3
    assert len(archive_question_examples(ARCHIVE, max_articles=len(ARCHIVE))) == len(ARCHIVE)


def test_unjudged_questions_are_left_out() -> None:
    ranker = QuestionRanker.fit(["Do bats eat?", "Do bats sing?"], ARCHIVE)
    gold = {"bats": {"q1": 1}}
    (every,) = question_examples(ranker, ARCHIVE, ["q1", "q2"], gold)
    (judged,) = question_examples(ranker, ARCHIVE, ["q1", "q2"], gold, {"bats": {"q2"}})
    assert len(every.relevant) == 2
    assert judged.relevant.tolist() == [True]


def test_a_set_that_teaches_nothing_is_named() -> None:
    silent = [Article(a.id, a.headline, a.summary) for a in ARCHIVE]
    with pytest.raises(ValueError, match="archive x: no article asks"):
        train_question_ranker({"archive x": archive_question_examples(silent)}, has_encoder=False)


def test_the_shipped_weights_are_measured_on_the_same_sets() -> None:
    (name,) = compared_with_shipped(
        {"archive": archive_question_examples(ARCHIVE)}, has_encoder=False
    )
    assert name == "nDCG@10 among candidates, archive, by the shipped weights"
