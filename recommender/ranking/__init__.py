"""Which questions follow this article?"""

from recommender.ranking.question_index import Encode, QuestionIndex
from recommender.ranking.question_ranker import QuestionRanker, RankedQuestion
from recommender.ranking.tfidf import ArticleTerms, QuestionTerms

__all__ = [
    "ArticleTerms",
    "Encode",
    "QuestionIndex",
    "QuestionRanker",
    "QuestionTerms",
    "RankedQuestion",
]
