"""How good are the rankings, and which weights make them better?"""

from index.evaluation.beir import evaluate_search, index_of
from index.evaluation.metrics import average_precision, ndcg, recall, reciprocal_rank
from index.evaluation.training import examples, train

__all__ = [
    "average_precision",
    "evaluate_search",
    "examples",
    "index_of",
    "ndcg",
    "recall",
    "reciprocal_rank",
    "train",
]
