"""A page answers what it checks and what it says, not whatever shares its subject."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.models import Article, Section
from corpus.readers import read
from recommender.answers.on_page import Page, confidence_by_terms, threshold

SAMPLE = Path(__file__).resolve().parents[3] / "corpus" / "sample"
BATS = Article(
    "bats",
    "Are bats blind?",
    claim="Bats are blind.",
    summary="No. All bats have working eyes, and many hunt by echo.",
    sections=(
        Section("Eyes", "Flying foxes have large eyes and see well at night."),
        Section(
            "Echoes",
            "Small bats find moths in the dark by echo: they call and listen to what comes back.",
        ),
    ),
)


def test_what_the_page_checks_is_answered_in_its_summary() -> None:
    assert Page.of(BATS).answers("Are bats blind?") == (0, 1.0)


def test_what_a_section_says_is_answered_there() -> None:
    found = Page.of(BATS).answers("How do small bats find moths in the dark?")
    assert found is not None
    assert found[0] == 2
    assert 0.7 <= found[1] <= 1.0


@pytest.mark.parametrize(
    "question",
    [
        "What is white-nose syndrome, and why does it kill bats?",
        "How long do bats live?",
        "Why do bats hang upside down at night?",
        "",
        "?",
    ],
)
def test_another_facet_of_the_subject_is_not_answered(question: str) -> None:
    assert Page.of(BATS).answers(question) is None


@pytest.fixture(scope="module")
def sample() -> dict[str, Article]:
    return {a.id: a for a in read(SAMPLE) if isinstance(a, Article)}


@pytest.mark.parametrize(
    ("question", "page", "section"),
    [
        ("Does reading in dim light ruin your eyesight?", "reading-in-dim-light", 0),
        ("Do bulls see the colour red?", "bulls-and-the-colour-red", None),
        ("Does 5G near airports disturb radio altimeters?", "phones-and-airplane-mode", 4),
        ("Do bats have cones for ultraviolet light?", "are-bats-blind", 3),
        (
            "Which verdict did Nixon's lawyers give on a self-pardon?",
            "goldfish-three-second-memory",
            -1,
        ),
    ],
)
def test_known_cases_of_the_sample_archive(
    sample: dict[str, Article], question: str, page: str, section: int | None
) -> None:
    found = Page.of(sample[page]).answers(question)
    if section == -1:
        assert found is None
    else:
        assert found is not None
        assert section is None or found[0] == section


def test_editors_own_follow_ups_are_hardly_ever_taken_for_answered(
    sample: dict[str, Article],
) -> None:
    taken = [
        (page.id, question)
        for page in sample.values()
        for question in page.followups
        if Page.of(page).answers(question) is not None
    ]
    assert len(taken) <= 8, taken


def test_terms_alone_know_a_page_that_answers_and_one_that_misses_the_point() -> None:
    text = np.arange(200, dtype=np.uint32)
    near, far = np.array([101, 103, 105, 107], np.uint32), np.array([8, 70, 130, 190], np.uint32)
    lacking = np.array([101, 103, 105, 999], np.uint32)
    of_headline = np.array([0, 1, 2, 101], np.uint32)
    found = [confidence_by_terms(text, 4, asked) for asked in (near, far, lacking, of_headline)]
    assert found[0] > found[1] > found[2] == 0.0
    assert found[3] > threshold() > found[1]
    assert confidence_by_terms(text, 4, np.zeros(0, np.uint32)) == 0.0
