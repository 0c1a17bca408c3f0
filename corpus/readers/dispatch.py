"""File format detection: from a path to the reader of what lies there.

A file is known by the end of its name, one without a known end by its first bytes. A new format is
one line of ``_READERS`` and a module that yields records.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path

from corpus.models import Article, BadRecord
from corpus.readers.article_jsonl import located_jsonl
from corpus.readers.beir.corpus import beir_file, located_beir
from corpus.readers.bytes_of_file import ReadError, decoded, document_bytes, readable
from corpus.readers.date_order import DayOrders, with_settled_dates
from corpus.readers.furniture import without_furniture
from corpus.readers.identity.resolver import IdentityResolver, KnownArticles, NoArticles
from corpus.readers.json_documents.document import read_json
from corpus.readers.json_objects import Line, read_objects
from corpus.readers.page.reader import MAX_PAGE_BYTES, located_page
from corpus.readers.record import LeftOut, LocatedArticle, ReadOptions, Record

SUPPORTED = (
    "pages (.txt, .md, .html), JSON (.json, .jsonl), feeds and exports (.xml, .rss, .atom), tables"
    " (.csv, .tsv, .xlsx, .ods, .parquet), or a folder of these"
)
Reader = Callable[[Path, ReadOptions], Iterator[Record]]
_ABOUT_FILES = frozenset({"readme", "license", "licence", "changelog", "contributing"})
_SAMPLE_BYTES = 65_536


def read(path: Path) -> Iterator[Article | BadRecord]:
    """Yield the articles in a file or folder, and a BadRecord for each record that is none.

    Of a folder every file is read whose format is known, in the order of the paths, without hidden
    files and files such as README.md; a folder with ``corpus.jsonl`` is a BEIR folder. Of two
    records with the same id the first is used and the later one reported.
    """
    for item in read_records(path, ReadOptions()):
        if isinstance(item, LocatedArticle):
            yield item.article
        elif isinstance(item, BadRecord):
            yield item


def read_records(
    path: Path,
    options: ReadOptions,
    known: KnownArticles | None = None,
    orders: DayOrders | None = None,
) -> Iterator[Record]:
    """Yield what ``read`` yields with its place, and what was left out.

    Parameters
    ----------
    path
        A file or a folder.
    options
        The mapping, the types, the time.
    known
        The articles of the archive, whose ids stay theirs; None for none.
    orders
        What is known of the order of day and month; it learns from what is read.
    """
    yield from settled_records(found_records(path, options), known, orders)


def settled_records(
    found: Iterable[Record],
    known: KnownArticles | None = None,
    orders: DayOrders | None = None,
) -> Iterator[Record]:
    """Yield the records of one source with their ids, and with the dates whose order is learned.

    Parameters
    ----------
    found
        As ``found_records`` yields them.
    known, orders
        As of ``read_records``.
    """
    dated = with_settled_dates(without_furniture(found), orders or DayOrders())
    yield from IdentityResolver(known or NoArticles()).resolved(dated)


def found_records(path: Path, options: ReadOptions) -> Iterator[Record]:
    """Yield the records of a file or folder as its reader finds them: ids are proposals."""
    if path.is_dir():
        if beir_file(path, "corpus.jsonl"):
            yield from located_beir(path, options)
        else:
            yield from _dispatch_folder(path, options)
    elif not path.exists():
        yield BadRecord(str(path), 0, "there is no such file or folder", "Check the path")
    elif not path.is_file():
        yield BadRecord(str(path), 0, "this kind of file cannot be read", f"Give {SUPPORTED}")
    else:
        reader = _reader_of_name(path) or _reader_of_content(path)
        if reader is None:
            remedy = _REMEDIES.get(path.suffix.lower(), f"Give {SUPPORTED}")
            yield BadRecord(str(path), 0, "this kind of file cannot be read", remedy)
        else:
            yield from _of_one_file(reader(path, options), path)


def _of_one_file(records: Iterator[Record], path: Path) -> Iterator[Record]:
    """Yield the records of a file that was named alone: that it holds none is an error."""
    what = ""
    n = 0
    for record in records:
        n += not isinstance(record, LeftOut)
        what = record.what if isinstance(record, LeftOut) else what
        yield record
    if not n:
        reason = f"the file holds no article, but {what}" if what else "the file holds no article"
        yield BadRecord(str(path), 0, reason, f"Give {SUPPORTED}")


def _dispatch_folder(folder: Path, options: ReadOptions) -> Iterator[Record]:
    count = 0
    problems: list[OSError] = []
    root = folder.resolve()
    # Links to folders are not followed: they may form a cycle.
    for parent, folders, files in os.walk(folder, onerror=problems.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for path in sorted(Path(parent, name) for name in files if not name.startswith(".")):
            reader = _reader_of_name(path)
            if path.name.partition(".")[0].lower() in _ABOUT_FILES:
                yield LeftOut(str(path), "a file about the folder")
            elif reader is None:
                kind = path.suffix.lower() or "no ending"
                yield LeftOut(str(path), f"a file of a kind that is not read ({kind})")
            elif not path.is_file():
                yield LeftOut(str(path), "a file that is none, such as a broken link")
            elif path.is_symlink() and not path.resolve().is_relative_to(root):
                yield LeftOut(str(path), "a link that leads out of the folder")
            else:
                count += 1
                yield from reader(path, options)
    for problem in problems:
        reason = f"the folder cannot be read ({problem.strerror})"
        yield BadRecord(str(problem.filename), 0, reason, "Check its permissions")
    if not count and not problems:
        yield BadRecord(str(folder), 0, "the folder holds nothing to read", f"Give {SUPPORTED}")


def _read_lines(path: Path, options: ReadOptions) -> Iterator[Record]:
    first = next((line for line in read_objects(path) if isinstance(line, Line)), None)
    is_beir = first is not None and "_id" in first.values and not (_NOT_BEIR & first.values.keys())
    yield from located_beir(path, options) if is_beir else located_jsonl(path, options)


def _lazy(room: str, name: str) -> Reader:
    """Return a reader whose packages are loaded with the first file that needs them."""

    def read_with_loaded(path: Path, options: ReadOptions) -> Iterator[Record]:
        reader: Reader = getattr(import_module(f"corpus.readers.{room}"), name)
        yield from reader(path, options)

    return read_with_loaded


def _read_xml(path: Path, options: ReadOptions) -> Iterator[Record]:
    from corpus.readers.feeds import read_feed, read_wordpress_export, sitemap_entries
    from corpus.readers.feeds.xml_stream import xml_root

    file = str(path)
    try:
        with readable(path) as stream:
            start = stream.read(_SAMPLE_BYTES)
        root = xml_root(start)
        if root == "rss" and b"wordpress.org/export/" in start:
            yield from read_wordpress_export(path, options)
        elif root in ("rss", "feed", "rdf"):
            yield from read_feed(document_bytes(path), file, options)
        elif root in ("urlset", "sitemapindex"):
            pages = sum(1 for _ in sitemap_entries(path))
            yield LeftOut(file, f"a sitemap of {pages} addresses, which --fetch reads")
        elif root == "html":
            yield from _read_html(path, options)
        else:
            reason = f"XML of this kind ({root or 'without a root'}) cannot be read"
            yield BadRecord(file, 1, reason, "Give a feed, a WordPress export or a sitemap")
    except ReadError as error:
        yield error.record


def _read_text_page(path: Path, options: ReadOptions) -> Iterator[Record]:
    file = str(path)
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_PAGE_BYTES + 1)  # located_page refuses one byte too many
    except OSError as error:
        reason = f"the file cannot be read ({error.strerror or error})"
        yield BadRecord(file, 0, reason, "Check its permissions and the disk")
        return
    utf16 = raw[:2] in (b"\xff\xfe", b"\xfe\xff")
    cut = len(raw) > MAX_PAGE_BYTES  # perhaps in the middle of a character
    try:
        text = raw.decode("utf-16" if utf16 else "utf-8-sig", "replace" if cut else "strict")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        reason = f"byte {error.start + 1} is not {error.encoding.upper()}"
        yield BadRecord(file, line, reason, "Save the file as UTF-8")
        return
    yield located_page(text, name=file, options=options)


_read_html = _lazy("html", "read_html")
_read_csv = _lazy("tables", "read_csv")
_read_excel = _lazy("tables", "read_excel")
_read_parquet = _lazy("tables", "read_parquet")

_READERS: dict[str, Reader] = {
    ".txt": _read_text_page,
    ".md": _read_text_page,
    ".markdown": _read_text_page,
    ".html": _read_html,
    ".htm": _read_html,
    ".xhtml": _read_html,
    ".json": read_json,
    ".json.gz": read_json,
    ".jsonl": _read_lines,
    ".jsonl.gz": _read_lines,
    ".ndjson": _read_lines,
    ".ndjson.gz": _read_lines,
    ".xml": _read_xml,
    ".xml.gz": _read_xml,
    ".rss": _read_xml,
    ".atom": _read_xml,
    ".wxr": _read_xml,
    ".csv": _read_csv,
    ".csv.gz": _read_csv,
    ".tsv": _read_csv,
    ".xlsx": _read_excel,
    ".xlsb": _read_excel,
    ".xls": _read_excel,
    ".ods": _read_excel,
    ".parquet": _read_parquet,
}
_REMEDIES = {
    ".zip": "Unpack it and give the folder",
    ".tar": "Unpack it and give the folder",
    ".tgz": "Unpack it and give the folder",
    ".docx": "Save it as text or HTML",
    ".doc": "Save it as text or HTML",
    ".pdf": "Save its text as .txt",
}
_NOT_BEIR = frozenset({"id", "headlines", "headline"})


def known_ending(name: str) -> str:
    """Return the end of a file's name that tells its format, as ``.json.gz``; "" for none."""
    parts = name.lower().rsplit(".", 2)
    for end in (f".{'.'.join(parts[-n:])}" for n in (2, 1) if len(parts) > n):
        if end in _READERS:
            return end
    return ""


def _reader_of_name(path: Path) -> Reader | None:
    return _READERS.get(known_ending(path.name))


def _reader_of_content(path: Path) -> Reader | None:
    """Return the reader for the first bytes of a file whose name tells nothing."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(_SAMPLE_BYTES)
    except OSError:
        return None
    if raw.startswith(b"PAR1"):
        return _read_parquet
    if b"\0" in raw and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    start = decoded(raw).lstrip()
    if start[:1] in ("{", "["):
        lines = start.splitlines()
        is_lines = start[:1] == "{" and lines[0].rstrip().endswith("}") and len(lines) > 1
        return _read_lines if is_lines else read_json
    if start[:1] == "<":
        is_page = start[:400].lower().lstrip().startswith(("<!doctype html", "<html"))
        return _read_html if is_page else _read_xml
    return None
