"""An article together with the place in the files that it was read from."""

from __future__ import annotations

from typing import NamedTuple

from corpus.models import Article


class LocatedArticle(NamedTuple):
    """``line`` counts from 1; a page is at line 1 of its file."""

    article: Article
    file: str
    line: int
