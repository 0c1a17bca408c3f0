"""Which article, and which passage, answers this question?"""

from recommender.answers.answer_model import AnswerModel
from recommender.answers.bank_answers import BankAnswers, find_bank_answer
from recommender.answers.finder import AnswerFinder, Ask
from recommender.answers.on_page import Page

__all__ = ["AnswerFinder", "AnswerModel", "Ask", "BankAnswers", "Page", "find_bank_answer"]
