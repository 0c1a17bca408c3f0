from __future__ import annotations

import pytest

from recommender.question_generation.review import quotes_balanced, review_made_question


@pytest.mark.parametrize(
    "question",
    [
        "Did Jane Roe sell the port of Ulm?",
        "Does garlic cure malaria?",
        "Is the term ‘old money’ older than the bank of Genoa?",
        "Does a photo show a whale stranded in Vienna?",
    ],
)
def test_a_plain_question_is_fit(question: str) -> None:
    assert review_made_question(question) == ""


@pytest.mark.parametrize(
    "question",
    [
        "Did Jane Roe sell our port to a bank?",  # the claimant's voice
        "Did Jane Roe sell the port yesterday?",  # depends on the day
        "Does this photo show a whale in Vienna?",  # which?
        "Is he the owner of the port of Ulm?",
        "Did Jane Roe sell the port #shame?",
        "Did Jane Roe post it on https://ulm.example?",
        "Did Jane Roe sell the ‘old port?",
        "Is the viral post about the port of Ulm false?",  # asks about the check
        "Did Jane Roe sell the the port of Ulm?",
        "Owl Play?",
        "Did the mayor sell the port of Ulm?",  # which mayor?
        "Did Jane Roe " + "and John Roe " * 12 + "sell the port?",
    ],
)
def test_what_needs_its_page_or_reads_badly_is_not(question: str) -> None:
    assert review_made_question(question)


def test_an_apostrophe_is_no_quotation_mark() -> None:
    assert quotes_balanced("Do the farmers’ sons own the mill?")
    assert not quotes_balanced("Is ‘old money a term?")
