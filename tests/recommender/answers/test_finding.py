"""What became of a claim is shown, not the claim again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.models import Article, Section
from recommender.answers.finding import MAX_CHARACTERS, Finding, finding_of

CLAIM = "Trams of the northern line fly over the harbour at night"
REPEATED = f"A post says that {CLAIM[0].lower()}{CLAIM[1:]}."


def found(*sentences: str, claim: str = CLAIM, summary: str = "") -> str | None:
    article = Article("a", "Do trams fly?", summary, (Section("", " ".join(sentences)),))
    finding = finding_of(claim, article)
    return finding.text if finding else None


@pytest.mark.parametrize(
    "said",
    [
        "This is false.",
        "That is not true.",
        "The claim is misleading.",
        "There is no record of it.",
        "No, that never happened: the line was closed at the time.",
        "But the trams did not leave the ground.",
        "Das ist falsch.",
        "Esto es falso.",
        "C'est faux.",
    ],
)
def test_the_sentence_after_the_claim_says_what_became_of_it(said: str) -> None:
    text = found("Trams were drawn by horses once.", REPEATED, said, "They run every day.")
    assert text is not None
    assert said in text


def test_a_sentence_that_denies_the_claim_in_its_words_stands_for_itself() -> None:
    denied = "No tram of the northern line has flown over the harbour at night."
    text = found("The line is old.", REPEATED, "It was shared by many.", denied, "They run daily.")
    assert text == f"…{denied} They run daily."


def test_what_others_say_in_quotation_marks_is_no_finding() -> None:
    assert found(f"“{CLAIM}, and that is not a false rumour,” the post says.") is None
    assert (
        found(f"The post begins: “{CLAIM}.", "This is not fake!”", "It was shared often.") is None
    )


def test_a_question_is_none() -> None:
    assert found(f"Is it not true that {CLAIM[0].lower()}{CLAIM[1:]}?") is None


def test_a_denial_of_another_matter_is_none() -> None:
    assert (
        found("The ministry did not answer.", "It is false that the fare rose.", REPEATED) is None
    )


def test_without_two_words_of_matter_nothing_can_be_told() -> None:
    assert found(REPEATED, "This is false.", claim="is it so?") is None
    assert finding_of(CLAIM, Article("a", "Do trams fly?")) is None


def test_the_summary_is_the_first_place_to_look() -> None:
    denied = "No tram of the northern line flies over the harbour at night."
    article = Article("a", "Do trams fly?", denied, (Section("", denied),))
    assert finding_of(CLAIM, article) == Finding(0, denied)


def test_a_sentence_is_whole_where_an_abbreviation_ends_with_a_point() -> None:
    said = (
        "No tram of the northern line flies over the harbour between 10 p.m. and 6 a.m. at night."
    )
    assert found("The line is old.", said) == f"…{said}"


@given(st.lists(st.sampled_from([REPEATED, "This is false.", "x" * 400, "Ja.", "\n", "“", '"'])))
def test_a_passage_is_of_the_text_and_fits_its_place(sentences: list[str]) -> None:
    text = found(*sentences)
    if text is not None:
        assert len(text) <= MAX_CHARACTERS + 2
        assert text.strip("…") in " ".join(" ".join(sentences).split())
