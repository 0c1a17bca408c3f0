"""Which page of hits answers this query?"""

from index.search.reader import IndexReader
from index.search.retrieval import Candidates, Retrieval, bm25_scores
from index.search.searcher import Searcher
from index.search.snippets import article_snippet

__all__ = ["Candidates", "IndexReader", "Retrieval", "Searcher", "article_snippet", "bm25_scores"]
