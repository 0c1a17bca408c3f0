"""Which questions does the archive know?"""

from recommender.questions.bank import (
    BankQuestion,
    QuestionBank,
    normalise_bank_question,
    question_id,
)
from recommender.questions.equivalence import ParsedQuestion, equivalence_in_list, same_question

__all__ = [
    "BankQuestion",
    "ParsedQuestion",
    "QuestionBank",
    "equivalence_in_list",
    "normalise_bank_question",
    "question_id",
    "same_question",
]
