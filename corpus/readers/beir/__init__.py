"""Which documents, queries and judgements does this BEIR folder hold?"""

from corpus.readers.beir.corpus import read_beir
from corpus.readers.beir.queries import (
    BeirQuery,
    list_query_splits,
    read_judgements,
    read_qrels,
    read_queries,
)

__all__ = [
    "BeirQuery",
    "list_query_splits",
    "read_beir",
    "read_judgements",
    "read_qrels",
    "read_queries",
]
