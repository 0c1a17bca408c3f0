"""Which terms, dates and web addresses does this text hold?"""

from corpus.analysis.dates import parse_date
from corpus.analysis.stopwords import STOPWORDS
from corpus.analysis.tokenizer import content_terms, fold, stem, tokenize, words
from corpus.analysis.web_addresses import web_address

__all__ = [
    "STOPWORDS",
    "content_terms",
    "fold",
    "parse_date",
    "stem",
    "tokenize",
    "web_address",
    "words",
]
