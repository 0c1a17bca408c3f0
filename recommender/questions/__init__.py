"""Which questions does the archive know?"""

from recommender.questions.bank import (
    BankQuestion,
    QuestionBank,
    normalise_bank_question,
    question_id,
)
from recommender.questions.equivalence import ParsedQuestion, repetition, same_question

__all__ = [
    "BankQuestion",
    "ParsedQuestion",
    "QuestionBank",
    "normalise_bank_question",
    "question_id",
    "repetition",
    "same_question",
]
