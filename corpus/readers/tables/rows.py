"""Rows of a table to articles, by the mapping of its columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from corpus.models import BadRecord
from corpus.readers.article_fields import article_from_fields
from corpus.readers.mapping import fields_of_row, guess_mapping, missing_columns
from corpus.readers.record import LocatedArticle, ReadOptions


class Row(NamedTuple):
    """One row by column, and its line in the file, from 1."""

    line: int
    values: Mapping[str, object]


def located_rows(
    rows: Iterable[Row | BadRecord], columns: Iterable[str], file: str, options: ReadOptions
) -> Iterator[LocatedArticle | BadRecord]:
    """Yield the article of each row, or a BadRecord.

    Parameters
    ----------
    rows
        In the order of the file.
    columns
        The names of all columns.
    file
        Name of the file, for messages.
    options
        The mapping that the operator chose; the rest is guessed from the names.
    """
    columns = list(columns)
    mapping = guess_mapping(columns, options.mapping)
    if missing := missing_columns(columns, options.mapping):
        reason = f"there is no column {', '.join(map(repr, missing))}"
        yield BadRecord(file, 1, reason, f"Columns are {_shown(columns)}")
        return
    if not {"headline", "claim"} & mapping.keys():
        yield BadRecord(
            file,
            1,
            "no column says the headline or the claim",
            f"Name one: --map headline=COLUMN. Columns are {_shown(columns)}",
        )
        return
    # The id of another system is no readable one: it is what the article is known by.
    is_ours = {"id", "headline", "checked_on"} <= set(columns) or "id" in options.mapping
    for row in rows:
        if isinstance(row, BadRecord):
            yield row
            continue
        try:
            values = fields_of_row(row.values, mapping)
            if not is_ours and values.get("id"):
                values["system_id"] = f"table:{values.pop('id')}"
            yield article_from_fields(values, file, row.line, options)
        except ValueError as error:
            yield BadRecord(file, row.line, str(error), "Correct this field of the row")


def _shown(columns: list[str]) -> str:
    return ", ".join(columns[:40]) + (" …" if len(columns) > 40 else "")
