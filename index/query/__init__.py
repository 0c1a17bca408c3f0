"""What did the person mean who typed this query?"""

from index.query.parser import ParsedQuery, parse_query
from index.query.query_terms import QueryTerms
from index.query.rewriting import QueryRewriter, RewrittenQuery
from index.query.synonyms import Synonyms
from index.query.vocabulary import Vocabulary

__all__ = [
    "ParsedQuery",
    "QueryRewriter",
    "QueryTerms",
    "RewrittenQuery",
    "Synonyms",
    "Vocabulary",
    "parse_query",
]
