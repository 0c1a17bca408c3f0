"""Lines and rows of export."""

from __future__ import annotations

import csv
import io

import pytest

from corpus.export.records import CSV_COLUMNS, csv_header, csv_line, safe_cell
from corpus.models import Article, Section


@pytest.mark.parametrize("text", ["=1+1", "+4", "-3", "@sum", "\tx", "\r=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert safe_cell(text) == f"'{text}"
    row = csv_line(Article("a", text)).decode()
    assert next(csv.reader(io.StringIO(row, newline="")))[1].startswith("'")


def test_a_row_has_a_cell_for_each_column_with_quotes_and_lines_kept() -> None:
    article = Article("a", 'Say "no", twice', sections=(Section("Why", "One.\nTwo."),))
    text = (csv_header() + csv_line(article)).decode("utf-8-sig")
    header, row = csv.reader(io.StringIO(text, newline=""))
    assert tuple(header) == CSV_COLUMNS
    values = dict(zip(header, row, strict=True))
    assert values["headline"] == 'Say "no", twice'
    assert values["body"] == "Why\nOne.\nTwo."
    assert values["published"] == "true"
