"""Excel and OpenDocument spreadsheets: the first sheet that has a table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineWorkbook

from corpus.models import BadRecord
from corpus.readers.record import LocatedArticle, ReadOptions
from corpus.readers.tables.csv_file import _column_names
from corpus.readers.tables.rows import Row, located_rows

MAX_UNPACKED_BYTES = 500_000_000  # of a spreadsheet: a million rows; more is a bomb


def read_excel(path: Path, options: ReadOptions) -> Iterator[LocatedArticle | BadRecord]:
    """Yield the article of each row; the first row that is not empty names the columns."""
    file = str(path)
    try:
        if (unpacked := _unpacked_bytes(path)) > MAX_UNPACKED_BYTES:
            reason = f"the spreadsheet unpacks to {unpacked // 1_000_000} MB"
            yield BadRecord(file, 0, reason, "Save it as CSV")
            return
        workbook = CalamineWorkbook.from_path(file)
        for name in workbook.sheet_names:
            rows = [list(row) for row in workbook.get_sheet_by_name(name).to_python()]
            if any(any(cell != "" for cell in row) for row in rows):
                break
        else:
            yield BadRecord(file, 0, "the spreadsheet is empty", "Check the program that wrote it")
            return
    except (CalamineError, BadZipFile, NotImplementedError, OSError, ValueError) as error:
        yield BadRecord(file, 0, f"the spreadsheet cannot be read ({error})", "Save it again")
        return
    start = next(i for i, row in enumerate(rows) if any(cell != "" for cell in row))
    columns = _column_names([str(cell) for cell in rows[start]])
    found = (
        Row(number, dict(zip(columns, row, strict=False)))
        for number, row in enumerate(rows[start + 1 :], start + 2)
        if any(cell != "" for cell in row)
    )
    yield from located_rows(found, columns, file, options)


def _unpacked_bytes(path: Path) -> int:
    if path.suffix.lower() == ".xls":  # no archive
        return path.stat().st_size
    with ZipFile(path) as packed:
        return sum(entry.file_size for entry in packed.infolist())
