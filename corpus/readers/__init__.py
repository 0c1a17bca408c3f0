"""Readers: files of every known kind to articles, and a message for each record that is none."""

from corpus.readers.article_jsonl import read_jsonl, write_jsonl
from corpus.readers.beir.corpus import read_beir
from corpus.readers.beir.queries import (
    BeirQuery,
    list_splits,
    read_judgements,
    read_qrels,
    read_queries,
)
from corpus.readers.dispatch import read
from corpus.readers.page.reader import read_page

__all__ = [
    "BeirQuery",
    "list_splits",
    "read",
    "read_beir",
    "read_jsonl",
    "read_judgements",
    "read_page",
    "read_qrels",
    "read_queries",
    "write_jsonl",
]
