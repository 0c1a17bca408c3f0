"""Which fact checks are on this web page, and what does its article say?"""

from corpus.readers.html.page import located_page, read_html

__all__ = ["located_page", "read_html"]
