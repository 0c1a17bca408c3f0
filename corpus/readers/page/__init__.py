"""Which article does the text of this web page hold?"""

from corpus.readers.page.reader import MAX_PAGE_BYTES, located_page, read_page

__all__ = ["MAX_PAGE_BYTES", "located_page", "read_page"]
