"""Which article, and which passage, answers this question?"""

from recommender.answers.bank_answers import BankAnswers, find_answer
from recommender.answers.calibration import LogisticModel
from recommender.answers.finder import AnswerFinder, Ask
from recommender.answers.on_page import Page

__all__ = ["AnswerFinder", "Ask", "BankAnswers", "LogisticModel", "Page", "find_answer"]
