"""BEIR corpus reader: documents of ``corpus.jsonl``, plain or gzipped, to articles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from corpus.models import Article, BadRecord
from corpus.readers.article_fields import article_from_fields
from corpus.readers.field_values import visible_field_text
from corpus.readers.json_objects import read_objects
from corpus.readers.record import LocatedArticle, ReadOptions
from corpus.serialization import MAX_ID_CHARACTERS

_MAX_HEADLINE_CHARACTERS = 150  # of a headline made from the text: some two lines
_KEYS = frozenset(
    "_id title subtitle text date claim speaker rating topic source url lang language metadata"
    " published author authors tags".split()
)
_SENTENCE = re.compile(r"\S.*?[.!?…](?=\s|$)")


def beir_file(folder: Path, name: str) -> Path | None:
    """Return the file ``name`` of a folder, or its ``.gz``; None where neither exists."""
    return next((p for p in (folder / name, folder / f"{name}.gz") if p.is_file()), None)


def read_beir(path: Path) -> Iterator[Article | BadRecord]:
    """Yield the article of every document of a folder, or of one corpus file.

    ``title`` is the headline, else ``claim``, else the first sentence of ``text``, at most 150
    characters. ``text`` is one section without a heading, ``subtitle`` the summary, ``speaker``
    the claimant, ``date`` the day of the check (None where it cannot be read), ``rating`` the
    verdict, ``source`` the publisher; ``claim``, ``url``, ``topic`` and ``lang`` are the fields of
    these names. Other fields are ignored.
    """
    return (
        item.article if isinstance(item, LocatedArticle) else item
        for item in located_beir(path, ReadOptions())
    )


def located_beir(path: Path, options: ReadOptions) -> Iterator[LocatedArticle | BadRecord]:
    """Yield what ``read_beir`` yields, each article with its file and line."""
    if path.is_dir():
        found = beir_file(path, "corpus.jsonl")
        if found is None:
            yield BadRecord(
                str(path), 0, "the folder holds no corpus.jsonl", "Name a BEIR folder or its corpus"
            )
            return
        path = found
    file = str(path)
    for line in read_objects(path):
        if isinstance(line, BadRecord):
            yield line
            continue
        try:
            fields = _fields_of_document(line.values)
            yield article_from_fields(fields, file, line.number, options)
        except ValueError as error:
            yield BadRecord(file, line.number, str(error), "Correct this field of the document")


def _fields_of_document(values: Mapping[str, object]) -> dict[str, object]:
    id = _beir_document_text(values, "_id").strip()
    if not id or len(id) > MAX_ID_CHARACTERS:
        raise ValueError(f"_id is missing, empty or longer than {MAX_ID_CHARACTERS} characters")
    text = _beir_document_text(values, "text").strip()
    claim = _beir_document_text(values, "claim")
    headline = (
        _beir_document_text(values, "title").strip()
        or claim.strip()
        or _first_sentence_of_document(text)
    )
    if not headline:
        raise ValueError("title, claim and text are all empty")
    return {
        "id": id,
        "headline": headline,
        "summary": _beir_document_text(values, "subtitle"),
        "text": text,
        "checked_on": _beir_document_text(values, "date"),
        "claim": claim,
        "claimant": _beir_document_text(values, "speaker"),
        "verdict": _beir_document_text(values, "rating"),
        "topic": _beir_document_text(values, "topic"),
        "publisher": _beir_document_text(values, "source"),
        "url": _beir_document_text(values, "url"),
        "language": _beir_document_text(values, "lang") or _beir_document_text(values, "language"),
        "authors": values.get("author") or values.get("authors"),
        "tags": values.get("tags"),
        "published": values.get("published"),
        "extra": {key: item for key, item in values.items() if key not in _KEYS},
    }


def _beir_document_text(values: Mapping[str, object], key: str) -> str:
    value = values.get(key)
    if isinstance(value, str):
        return visible_field_text(value)
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)  # ids and ratings are numbers in some collections
    raise ValueError(f"{key} must be text")


def _first_sentence_of_document(text: str) -> str:
    # A sentence that is too long is cut, so no more than its first part needs to be looked at.
    beginning = " ".join(text[: 4 * _MAX_HEADLINE_CHARACTERS].split())
    found = _SENTENCE.match(beginning)
    sentence = found[0] if found else beginning
    if len(sentence) <= _MAX_HEADLINE_CHARACTERS:
        return sentence
    return sentence[: _MAX_HEADLINE_CHARACTERS - 1].rsplit(" ", 1)[0] + "…"
