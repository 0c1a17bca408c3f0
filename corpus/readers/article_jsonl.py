"""Article files in JSON Lines, plain or gzipped: one article a line, as in ``serialization``."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

import orjson

from corpus.models import Article, BadRecord
from corpus.readers.json_documents.objects import located_object
from corpus.readers.json_objects import read_objects
from corpus.readers.record import LocatedArticle, ReadOptions
from corpus.serialization import article_to_dict
from corpus.storage.atomic import atomic_writer


def read_jsonl(path: Path) -> Iterator[Article | BadRecord]:
    """Yield the article of every line, or a BadRecord."""
    return (
        item.article if isinstance(item, LocatedArticle) else item
        for item in located_jsonl(path, ReadOptions())
    )


def located_jsonl(path: Path, options: ReadOptions) -> Iterator[LocatedArticle | BadRecord]:
    """Yield the articles of every line with their place.

    A line may be of our own form, or any object that ``located_object`` knows: a ClaimReview, a
    post, an object with keys of a mapping.
    """
    file = str(path)
    for line in read_objects(path):
        if isinstance(line, BadRecord):
            yield line
        else:
            yield from located_object(line.values, file, line.number, options)


def write_jsonl(articles: Iterable[Article], path: Path) -> int:
    """Write articles so that ``read_jsonl`` reads them back; return how many.

    The file is gzipped if its name ends in ``.gz``, and written completely or not at all. The same
    articles give the same bytes.

    Raises
    ------
    ValueError
        A text cannot be written as UTF-8; the message names the article.
    """
    with atomic_writer(path) as file:
        if path.suffix != ".gz":
            return _write_jsonl_lines(articles, file)
        # Without name and time, so that the same articles give the same bytes.
        with gzip.GzipFile("", "wb", fileobj=file, mtime=0) as packed:
            return _write_jsonl_lines(articles, packed)


def _write_jsonl_lines(articles: Iterable[Article], file: IO[bytes] | gzip.GzipFile) -> int:
    count = 0
    for article in articles:
        try:
            line = orjson.dumps(article_to_dict(article), option=orjson.OPT_APPEND_NEWLINE)
        except TypeError as error:  # orjson raises it for a lone surrogate
            raise ValueError(f"article {article.id!r} cannot be written: {error}") from error
        file.write(line)
        count += 1
    return count
