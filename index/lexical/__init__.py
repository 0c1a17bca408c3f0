"""Which documents hold these terms, and how strongly?"""

from index.lexical.bm25 import idf_lucene
from index.lexical.char_ngrams import build_char_ngrams, char_ngram_query
from index.lexical.phrase_match import articles_with_any_term, articles_with_phrase
from index.lexical.postings import Postings, build_postings

__all__ = [
    "Postings",
    "articles_with_any_term",
    "articles_with_phrase",
    "build_char_ngrams",
    "build_postings",
    "char_ngram_query",
    "idf_lucene",
]
