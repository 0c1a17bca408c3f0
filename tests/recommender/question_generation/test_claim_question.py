"""A claim becomes a question only where the question reads perfectly."""

from __future__ import annotations

import pytest

from corpus.models import Article
from recommender.question_generation.claim_question import claim_question


@pytest.mark.parametrize(
    "claim",
    [
        "Bats are blind.",  # a name or not? the article does not say
        "I have never raised taxes.",
        'Says "taxes are theft."',
        "It is the worst of all.",
        "Taxes rose; wages fell in the same year.",
    ],
)
def test_a_claim_that_would_not_read_perfectly_is_no_question(claim: str) -> None:
    assert claim_question(Article("a", "", claim=claim)) is None


def test_a_claim_begins_as_the_article_writes_its_first_word() -> None:
    text = "It is said that bats are blind, and that Greenland is green."
    bats = Article("a", "", claim="Bats are blind at noon.", summary=text)
    land = Article("b", "", claim="“Greenland is green in March.”", summary=text)
    assert claim_question(bats) == "Is it true that bats are blind at noon?"
    assert claim_question(land) == "Is it true that Greenland is green in March?"
