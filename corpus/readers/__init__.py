"""Readers: files of every known kind to articles, and a message for each record that is none."""

from corpus.readers.beir import read_beir
from corpus.readers.beir_queries import (
    BeirQuery,
    list_splits,
    read_judgements,
    read_qrels,
    read_queries,
)
from corpus.readers.jsonl import read_jsonl, write_jsonl
from corpus.readers.page import read_page
from corpus.readers.read import read

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
