"""Where are the articles and the built generations, and how does a write survive a crash?"""

from corpus.storage.archive import Archive
from corpus.storage.atomic import atomic_writer, write_atomically
from corpus.storage.database import Database, DatabaseFormat
from corpus.storage.store import Change, PutReport, Store

__all__ = [
    "Archive",
    "Change",
    "Database",
    "DatabaseFormat",
    "PutReport",
    "Store",
    "atomic_writer",
    "write_atomically",
]
