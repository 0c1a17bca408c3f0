"""Which articles does this file or folder hold, and which of its records cannot be read?"""

from corpus.readers.article_jsonl import read_jsonl, write_jsonl
from corpus.readers.dispatch import read
from corpus.readers.page import read_page

__all__ = ["read", "read_jsonl", "read_page", "write_jsonl"]
