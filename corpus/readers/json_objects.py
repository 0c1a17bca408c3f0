"""JSON Lines files, plain or gzipped: one JSON object a line, broken lines reported."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import orjson

from corpus.models import BadRecord
from corpus.readers.bytes_of_file import ReadError, open_bytes

MAX_LINE_BYTES = 16_000_000  # unpacked; bounds the memory that one line can take


class Line(NamedTuple):
    """One JSON object and its line number, from 1."""

    number: int
    values: dict[str, object]


def read_objects(path: Path) -> Iterator[Line | BadRecord]:
    """Yield the object of every line; blank lines are skipped.

    A line that is no object gives a BadRecord in its place. Where the file cannot be read further
    (unreadable, broken gzip) the last item is a BadRecord.
    """
    file = str(path)
    number = 0
    try:
        with open_bytes(path) as stream:
            while raw := stream.readline(MAX_LINE_BYTES + 1):
                number += 1
                if len(raw) > MAX_LINE_BYTES and not raw.endswith(b"\n"):
                    while (rest := stream.readline(MAX_LINE_BYTES)) and not rest.endswith(b"\n"):
                        pass
                    reason = f"the line is over {MAX_LINE_BYTES // 1_000_000} MB"
                    yield BadRecord(file, number, reason, "Write one record to a line")
                    continue
                raw = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
                if raw.isspace() or not raw:
                    continue
                yield _parse_json_object(file, number, raw)
    except ReadError as error:
        yield replace(error.record, line=number + 1)
    except FileNotFoundError:
        yield BadRecord(file, 0, "there is no such file", "Check the path")
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        remedy = "Copy or download the file again; what stands before is read"
        yield BadRecord(file, number + 1, f"the gzip file is broken here ({error})", remedy)
    except OSError as error:
        reason = f"the file cannot be read ({error.strerror or error})"
        yield BadRecord(file, number + 1, reason, "Check its permissions and the disk")


def _parse_json_object(file: str, number: int, raw: bytes) -> Line | BadRecord:
    try:
        values = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        try:
            raw.decode()
        except UnicodeDecodeError as wrong:
            reason = f"byte {wrong.start + 1} of the line is not UTF-8"
            return BadRecord(file, number, reason, "Save the file as UTF-8")
        reason = f"the line is not JSON ({error.msg}, character {error.colno})"
        return BadRecord(file, number, reason, "Write one whole JSON object to a line")
    if not isinstance(values, dict):
        return BadRecord(
            file, number, "the line is no JSON object", "Write each record as {…} on its own line"
        )
    return Line(number, values)
