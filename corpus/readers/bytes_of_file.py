"""Bytes and texts of files: packed or not, in whatever encoding, never more than is safe."""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from charset_normalizer import from_bytes

from corpus.models import BadRecord

MAX_DOCUMENT_BYTES = 64_000_000  # of a file that is read as a whole
MAX_RATIO = 200  # unpacked to packed bytes: texts pack to a tenth, a bomb to a thousandth
_FREE_BYTES = 16_000_000  # that may unpack at any ratio
_SAMPLE_BYTES = 200_000  # that decide the encoding
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class ReadError(Exception):
    """A file that cannot be read; ``record`` says why and how to mend it."""

    def __init__(self, file: str, reason: str, remedy: str, line: int = 0) -> None:
        super().__init__(reason)
        self.record = BadRecord(file, line, reason, remedy)


class _BoundedGzip(gzip.GzipFile):
    """A gzip file that refuses to unpack to much more than texts do."""

    def __init__(self, path: Path) -> None:
        self._raw = path.open("rb")
        self._unpacked = 0
        super().__init__(fileobj=self._raw, mode="rb")

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(size)
        self._count(len(data))
        return data

    def readline(self, size: int | None = -1) -> bytes:
        line = super().readline(-1 if size is None else size)
        self._count(len(line))
        return line

    def close(self) -> None:
        super().close()
        self._raw.close()

    def _count(self, n: int) -> None:
        self._unpacked += n
        if self._unpacked > _FREE_BYTES and self._unpacked > MAX_RATIO * self._raw.tell():
            raise ReadError(
                self._raw.name,
                f"the gzip file unpacks to more than {MAX_RATIO} times its size",
                "Unpack it yourself if it is what it should be; what stands before is read",
            )


def open_bytes(path: Path) -> BinaryIO:
    """Open a file for reading, unpacked where its name ends in ``.gz``; bombs raise ReadError."""
    return cast(BinaryIO, _BoundedGzip(path)) if path.suffix == ".gz" else path.open("rb")


def document_bytes(path: Path, limit: int = MAX_DOCUMENT_BYTES) -> bytes:
    """Return the whole content of a file of at most ``limit`` bytes, unpacked.

    Raises
    ------
    ReadError
        It is longer, broken, or cannot be read.
    """
    with readable(path) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        reason = f"the file is over {limit // 1_000_000} MB"
        raise ReadError(str(path), reason, "Split it into smaller files")
    return data


@contextmanager
def readable(path: Path) -> Iterator[BinaryIO]:
    """Yield the bytes of a file; what goes wrong while they are read is a ReadError."""
    file = str(path)
    try:
        with open_bytes(path) as stream:
            yield stream
    except FileNotFoundError as error:
        raise ReadError(file, "there is no such file", "Check the path") from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        reason = f"the gzip file is broken ({error})"
        raise ReadError(file, reason, "Copy or download the file again") from error
    except OSError as error:
        reason = f"the file cannot be read ({error.strerror or error})"
        raise ReadError(file, reason, "Check its permissions and the disk") from error


@contextmanager
def open_text(path: Path) -> Iterator[io.TextIOWrapper]:
    """Yield the text of a file, decoded as ``encoding_of`` says; wrong bytes become U+FFFD."""
    with readable(path) as stream:
        sample = stream.read(_SAMPLE_BYTES)
    with readable(path) as stream:
        yield io.TextIOWrapper(stream, encoding_of(sample), "replace", newline="")


def decoded(data: bytes) -> str:
    """Return the text of a whole document, without its byte order mark."""
    return data.decode(encoding_of(data), "replace").removeprefix("\ufeff")


def encoding_of(data: bytes) -> str:
    """Return the name of the encoding of a text: its mark, UTF-8 where it is that, else a guess."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    sample = data[:_SAMPLE_BYTES]
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)  # the last character may be cut
    except UnicodeDecodeError:
        best = from_bytes(sample).best()
        return best.encoding if best else "cp1252"
    return "utf-8"
