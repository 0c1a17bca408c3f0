"""Parquet files, a batch of rows at a time; needs the extra ``tables``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.models import BadRecord
from corpus.readers.record import LocatedArticle, ReadOptions
from corpus.readers.tables.rows import Row, located_rows

ROWS_PER_BATCH = 500


def read_parquet(path: Path, options: ReadOptions) -> Iterator[LocatedArticle | BadRecord]:
    """Yield the article of each row, in the order of the file; lines count rows from 1."""
    file = str(path)
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        remedy = 'Install it with pip install "divedeeper[tables]", or save the table as CSV'
        yield BadRecord(file, 0, "Parquet needs the package pyarrow", remedy)
        return
    try:
        table = parquet.ParquetFile(file)
        columns = list(table.schema_arrow.names)
    except (pa.ArrowException, OSError, ValueError) as error:
        yield BadRecord(file, 0, f"the table cannot be read ({error})", "Write it again")
        return
    problems: list[BadRecord] = []
    yield from located_rows(_rows(table, file, problems, pa.ArrowException), columns, file, options)
    yield from problems


def _rows(
    table: Any, file: str, problems: list[BadRecord], failure: type[Exception]
) -> Iterator[Row]:
    number = 0
    try:
        for batch in table.iter_batches(ROWS_PER_BATCH):
            for values in batch.to_pylist():
                number += 1
                yield Row(number, values)
    except (failure, OSError, UnicodeDecodeError) as error:
        reason = f"the table cannot be read further ({error})"
        problems.append(BadRecord(file, number + 1, reason, "Write it again"))
