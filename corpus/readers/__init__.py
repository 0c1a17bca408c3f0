"""Which articles does this file or folder hold, and which of its records cannot be read?"""

from corpus.readers.date_order import DayOrders
from corpus.readers.dispatch import read, read_records
from corpus.readers.page import read_page
from corpus.readers.record import LeftOut, LocatedArticle, ReadOptions

__all__ = [
    "DayOrders",
    "LeftOut",
    "LocatedArticle",
    "ReadOptions",
    "read",
    "read_page",
    "read_records",
]
