"""How good are the rankings, and which weights make them better?"""

from index.evaluation.beir import evaluate_search, open_beir_index
from index.evaluation.metrics import average_precision, ndcg, recall, reciprocal_rank
from index.evaluation.training import search_examples, train_search_ranker

__all__ = [
    "average_precision",
    "evaluate_search",
    "ndcg",
    "open_beir_index",
    "recall",
    "reciprocal_rank",
    "search_examples",
    "train_search_ranker",
]
