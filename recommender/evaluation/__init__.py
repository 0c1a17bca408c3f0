"""How good are suggestions on judged data, and which weights make them better?"""

from recommender.evaluation.follow_ups import evaluate_follow_ups
from recommender.evaluation.judged_folder import JudgedFolder
from recommender.evaluation.training import train_question_ranker
from recommender.evaluation.training_sets import question_sets

__all__ = ["JudgedFolder", "evaluate_follow_ups", "question_sets", "train_question_ranker"]
