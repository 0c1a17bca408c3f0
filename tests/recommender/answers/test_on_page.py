"""A page answers what it checks and what it says, not whatever shares its subject."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.models import Article, Section
from corpus.readers import read
from index.build import build_index
from index.search.reader import IndexReader
from recommender.answers.calibration import calibrated_probability
from recommender.answers.on_page import FEATURES, MIN_LINK_CONFIDENCE, Page, on_page_threshold
from recommender.answers.question_terms import TermStatistics

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
    found = Page.of(BATS).answers("Do small bats find moths in the dark by echo?")
    assert found is not None
    assert found[0] == 2
    assert on_page_threshold() <= found[1] <= 1.0


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


def test_a_page_in_another_language_is_not_guessed_about() -> None:
    page = Page.of(
        Article(
            "baeren",
            "Schlafen Bären im Winter?",
            summary="Bären schlafen im Winter tief und stehen selten auf.",
            language="de",
        )
    )
    assert page.answers("Wie tief schlafen Bären im Winter?") is None
    assert page.confidence("Wie tief schlafen Bären im Winter?") == 0.0
    assert page.answers("schlafen Bären im Winter") == (0, 1.0)  # its headline, word for word


@pytest.fixture(scope="module")
def sample() -> dict[str, Article]:
    return {a.id: a for a in read(SAMPLE) if isinstance(a, Article)}


@pytest.mark.parametrize(
    ("question", "page", "section"),
    [
        ("Does reading in dim light ruin your eyesight?", "reading-in-dim-light", 0),
        ("Do bulls see the colour red?", "bulls-and-the-colour-red", None),
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


def test_no_own_follow_up_of_the_sample_is_linked_to_its_own_page(
    sample: dict[str, Article],
) -> None:
    for page in sample.values():
        read = Page.of(page)
        for question in page.followups:
            assert read.confidence(question) < MIN_LINK_CONFIDENCE, (page.id, question)


def test_an_indexed_page_answers_what_the_same_text_answers(tmp_path: Path) -> None:
    moon = Article("moon", "Is the Moon dry?", summary="Ice lies near its poles.")
    build_index([BATS, moon], tmp_path)
    reader = IndexReader(tmp_path)
    statistics = TermStatistics.of_index(reader)
    read = Page.of(BATS, statistics.weight)
    indexed = Page.of_index(BATS, reader, statistics)
    for question in ("How do small bats find moths in the dark?", "Do bats see the Moon?"):
        assert indexed.confidence(question) == pytest.approx(read.confidence(question), abs=0.01)


def test_contributions_add_up_to_the_logit() -> None:
    page, question = Page.of(BATS), "How do small bats find moths in the dark?"
    assert page.features(question).shape == (len(FEATURES),)
    logit = sum(page.contributions(question).values())
    assert calibrated_probability(logit) == pytest.approx(page.confidence(question))


def test_a_page_that_lacks_the_narrowing_word_is_less_sure() -> None:
    page = Page.of(BATS)
    there = page.confidence("Do small bats find moths in the dark by echo?")
    assert page.confidence("Do small bats digest moths in the dark by echo?") < there
