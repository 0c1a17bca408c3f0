"""CSV and TSV files, plain or gzipped, in the encodings and with the separators of spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from corpus.models import BadRecord
from corpus.readers.bytes_of_file import ReadError, open_text
from corpus.readers.record import LocatedArticle, ReadOptions
from corpus.readers.tables.rows import Row, located_rows

MAX_CELL_CHARACTERS = 2_000_000  # the csv module refuses longer ones
_SAMPLE_CHARACTERS = 65_536
_SEPARATORS = ",;\t|"


def read_csv(path: Path, options: ReadOptions) -> Iterator[LocatedArticle | BadRecord]:
    """Yield the article of each row, a row at a time; the first row names the columns.

    Columns are separated by comma, semicolon, tab or bar, by what the first row holds most. Texts
    may be UTF-8, UTF-16 with its mark, or one of the older encodings.
    """
    file = str(path)
    csv.field_size_limit(MAX_CELL_CHARACTERS)
    try:
        with open_text(path) as stream:
            first = stream.readline(_SAMPLE_CHARACTERS)
            separator = max(_SEPARATORS, key=first.count)
            lines = _Lines(first, stream)
            reader = csv.reader(lines, delimiter=separator)
            columns = _column_names(next(reader, []))
            if not columns:
                yield BadRecord(file, 1, "the table is empty", "Check the program that wrote it")
                return
            yield from located_rows(_rows(reader, columns, file), columns, file, options)
    except csv.Error as error:
        yield BadRecord(file, 1, f"the table cannot be read ({error})", "Save it as CSV again")
    except ReadError as error:
        yield error.record


class _Lines:
    """The lines of a stream, of which one was read already."""

    def __init__(self, first: str, stream: io.TextIOBase) -> None:
        self._first: str | None = first
        self._stream = stream

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._first is not None:
            first, self._first = self._first, None
            return first
        line = self._stream.readline(MAX_CELL_CHARACTERS)
        if not line:
            raise StopIteration
        return line


def _column_names(row: list[str]) -> list[str]:
    """Return the names of the columns, "column 3" for one without, repeats numbered."""
    names: dict[str, None] = {}  # a row of many thousand cells may be no table at all
    for number, name in enumerate(row, 1):
        name = name.strip() or f"column {number}"
        while name in names:
            name = f"{name} {number}"
        names[name] = None
    return list(names) if any(cell.strip() for cell in row) else []


def _rows(reader: csv._reader, columns: list[str], file: str) -> Iterator[Row | BadRecord]:  # type: ignore[name-defined]
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield BadRecord(file, line, f"the row cannot be read ({error})", "Save the table again")
            return
        if not any(cells):
            continue
        if len(cells) > len(columns):
            reason = f"the row has {len(cells)} cells, the table {len(columns)} columns"
            remedy = "Put texts that hold the separator between quotation marks"
            yield BadRecord(file, line, reason, remedy)
            continue
        yield Row(line, dict(zip(columns, cells, strict=False)))
