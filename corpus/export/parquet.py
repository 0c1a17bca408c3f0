"""Articles as a Parquet file, a batch of rows at a time; needs the extra ``tables``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, BinaryIO

from corpus.export.records import LISTS, table_row
from corpus.models import Article

ROWS_PER_GROUP = 2_000
_DAYS = frozenset({"checked_on", "published_on", "modified_on", "claimed_on"})
_LISTS = frozenset({"followups", *LISTS})
_NUMBERS = frozenset({"rating_value", "rating_best", "rating_worst"})


def parquet_rows(articles: Iterable[Article], stream: BinaryIO) -> Iterator[Article]:
    """Write articles as the rows of a Parquet file, and yield each when it is taken.

    The file is whole when the last was yielded; days are days, lists are lists.

    Raises
    ------
    ValueError
        The package pyarrow is missing.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise ValueError(
            'Parquet needs the package pyarrow: pip install "divedeeper[tables]"'
        ) from error
    schema = pa.schema([(name, _type_of(name, pa)) for name in table_row(Article("", ""))])
    source = iter(articles)
    with parquet.ParquetWriter(stream, schema, compression="zstd") as writer:
        while batch := list(islice(source, ROWS_PER_GROUP)):
            rows = [table_row(article) for article in batch]
            writer.write_table(pa.Table.from_pylist(rows, schema))
            yield from batch


def _type_of(name: str, pa: Any) -> Any:
    if name in _DAYS:
        return pa.date32()
    if name in _LISTS:
        return pa.list_(pa.string())
    if name in _NUMBERS:
        return pa.float64()
    return pa.bool_() if name == "published" else pa.string()
