"""What score has each candidate document for this query, and from which features?"""

from index.ranking.features import FEATURES
from index.ranking.linear_ranker import LinearRanker
from index.ranking.listwise import Example, fit_listwise

__all__ = ["FEATURES", "Example", "LinearRanker", "fit_listwise"]
