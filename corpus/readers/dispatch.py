"""File format detection: pages, JSON Lines, BEIR corpora, and folders of these to articles."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from corpus.models import Article, BadRecord
from corpus.readers.article_jsonl import located_jsonl
from corpus.readers.beir.corpus import beir_file, located_beir
from corpus.readers.json_objects import Line, LocatedArticle, read_objects
from corpus.readers.page.reader import MAX_PAGE_BYTES, read_page

_PAGES = (".txt", ".md")
_LINES = (".jsonl", ".jsonl.gz")
_SUPPORTED = "a .txt or .md page, a .jsonl or .jsonl.gz file, or a folder of these"
_ABOUT_FILES = frozenset({"readme", "license", "licence", "changelog", "contributing"})


def read(path: Path) -> Iterator[Article | BadRecord]:
    """Yield the articles in a file or folder, and a BadRecord for each record that is none.

    ``.jsonl`` is a BEIR corpus where its first record has an ``_id``, else articles of our own
    schema. A folder with ``corpus.jsonl`` is a BEIR folder; of another folder every supported file
    below it is read, in the order of the paths, without hidden files and files such as README.md.
    Of two articles with the same id the first is used and the later one reported.
    """
    first: dict[str, tuple[str, int]] = {}
    for item in _dispatch_path(path):
        if isinstance(item, BadRecord):
            yield item
            continue
        id = item.article.id
        if id in first:
            file, line = first[id]
            yield BadRecord(
                item.file,
                item.line,
                f"the id {id!r} is taken by {file}:{line}",
                "Give one of the two another id, or remove it",
            )
            continue
        first[id] = (item.file, item.line)
        yield item.article


def _dispatch_path(path: Path) -> Iterator[LocatedArticle | BadRecord]:
    if path.is_dir():
        yield from located_beir(path) if beir_file(path, "corpus.jsonl") else _dispatch_folder(path)
    elif not path.exists():
        yield BadRecord(str(path), 0, "there is no such file or folder", "Check the path")
    elif path.is_file() and _has_supported_format(path):
        yield from _dispatch_file(path)
    else:
        yield BadRecord(str(path), 0, "this kind of file cannot be read", f"Give {_SUPPORTED}")


def _dispatch_folder(folder: Path) -> Iterator[LocatedArticle | BadRecord]:
    count = 0
    problems: list[OSError] = []
    # Links to folders are not followed: they may form a cycle.
    for parent, folders, files in os.walk(folder, onerror=problems.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for path in sorted(Path(parent, name) for name in files if not name.startswith(".")):
            about = path.name.partition(".")[0].lower() in _ABOUT_FILES
            if _has_supported_format(path) and path.is_file() and not about:
                count += 1
                yield from _dispatch_file(path)
    for problem in problems:
        reason = f"the folder cannot be read ({problem.strerror})"
        yield BadRecord(str(problem.filename), 0, reason, "Check its permissions")
    if not count and not problems:
        yield BadRecord(str(folder), 0, "the folder holds nothing to read", f"Give {_SUPPORTED}")


def _has_supported_format(path: Path) -> bool:
    return path.name.lower().endswith(_PAGES + _LINES)


def _dispatch_file(path: Path) -> Iterator[LocatedArticle | BadRecord]:
    if path.name.lower().endswith(_LINES):
        yield from located_beir(path) if _has_beir_format(path) else located_jsonl(path)
        return
    article = _dispatch_page(path)
    yield LocatedArticle(article, str(path), 1) if isinstance(article, Article) else article


def _has_beir_format(path: Path) -> bool:
    first = next((line for line in read_objects(path) if isinstance(line, Line)), None)
    return first is not None and "_id" in first.values and "id" not in first.values


def _dispatch_page(path: Path) -> Article | BadRecord:
    file = str(path)
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_PAGE_BYTES + 1)  # read_page refuses one byte too many
    except OSError as error:
        reason = f"the file cannot be read ({error.strerror or error})"
        return BadRecord(file, 0, reason, "Check its permissions and the disk")
    utf16 = raw[:2] in (b"\xff\xfe", b"\xfe\xff")
    cut = len(raw) > MAX_PAGE_BYTES  # perhaps in the middle of a character
    try:
        text = raw.decode("utf-16" if utf16 else "utf-8-sig", "replace" if cut else "strict")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        reason = f"byte {error.start + 1} is not {error.encoding.upper()}"
        return BadRecord(file, line, reason, "Save the file as UTF-8")
    return read_page(text, name=file)
