"""JSON documents: one object, or a list of them, read as a whole or item by item where large."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import ijson
import orjson

from corpus.models import BadRecord
from corpus.readers.bytes_of_file import MAX_DOCUMENT_BYTES, ReadError, decoded, readable
from corpus.readers.json_documents.drupal import drupal_fields, is_drupal_document
from corpus.readers.json_documents.ghost import (
    ghost_export_posts,
    ghost_post_fields,
    is_ghost_export,
)
from corpus.readers.json_documents.json_feed import is_json_feed
from corpus.readers.json_documents.objects import located_object
from corpus.readers.json_documents.values import objects_in
from corpus.readers.record import LocatedArticle, ReadOptions

MAX_JSON_DEPTH = 100
_LISTS = ("dataFeedElement", "claims", "posts", "items", "content_elements", "articles", "data")
_BUFFER_BYTES = 1 << 18


def read_json(path: Path, options: ReadOptions) -> Iterator[LocatedArticle | BadRecord]:
    """Yield the articles of a document, or a BadRecord for each item that is none.

    A document of more than 64 MB must be a list, or an object with a list such as
    ``dataFeedElement``; it is read item by item.
    """
    file = str(path)
    try:
        with readable(path) as stream:
            start = stream.read(MAX_DOCUMENT_BYTES + 1)
        if len(start) > MAX_DOCUMENT_BYTES:
            yield from _streamed(path, start[:_BUFFER_BYTES], options)
            return
        yield from located_document(start, file, options)
    except ReadError as error:
        yield error.record


def located_document(
    data: bytes, file: str, options: ReadOptions
) -> Iterator[LocatedArticle | BadRecord]:
    """Yield what ``read_json`` yields for the bytes of a whole document."""
    try:
        document = orjson.loads(decoded(data))
    except orjson.JSONDecodeError as error:
        reason = f"the file is not JSON ({error.msg}, column {error.colno})"
        yield BadRecord(file, error.lineno, reason, "Check the program that wrote it")
        return
    if isinstance(document, Mapping):
        yield from _located_of_mapping(document, file, options)
    elif isinstance(document, list):
        yield from _located_items(document, file, options)
    else:
        yield BadRecord(file, 1, "the file holds one bare value", "Give a list of objects")


def _located_of_mapping(
    document: Mapping[str, object], file: str, options: ReadOptions
) -> Iterator[LocatedArticle | BadRecord]:
    if is_ghost_export(document):
        posts = list(ghost_export_posts(document))
        yield from _located_fields(map(ghost_post_fields, posts), file, options)
        if not posts:
            yield BadRecord(file, 1, "the export holds no posts", "Export the whole site")
    elif is_drupal_document(document):
        yield from _located_fields(drupal_fields(document), file, options)
    elif is_json_feed(document):
        yield from _located_items(document["items"], file, options, document)
    elif "@type" in document or "@graph" in document:
        if isinstance(document.get("dataFeedElement"), list):
            yield from _located_items(document["dataFeedElement"], file, options)
        else:
            yield from located_object(document, file, 1, options)
    else:
        key = next((k for k in _LISTS if _is_list_of_objects(document.get(k))), None)
        if key is None or "headlines" in document:  # a story has a list of elements
            yield from located_object(document, file, 1, options)
        else:
            yield from _located_items(document[key], file, options)


def _is_list_of_objects(value: object) -> bool:
    return isinstance(value, list) and next(objects_in(value), None) is not None


def _located_items(
    items: object,
    file: str,
    options: ReadOptions,
    feed: Mapping[str, object] | None = None,
) -> Iterator[LocatedArticle | BadRecord]:
    for number, item in enumerate(items if isinstance(items, list) else [], 1):
        if isinstance(item, Mapping):
            yield from located_object(item, file, number, options, feed)
        else:
            yield BadRecord(file, number, "the item is no object", "Give a list of objects")


def _located_fields(
    found: Iterator[dict[str, object]], file: str, options: ReadOptions
) -> Iterator[LocatedArticle | BadRecord]:
    from corpus.readers.article_fields import article_from_fields

    for number, fields in enumerate(found, 1):
        try:
            yield article_from_fields(fields, file, number, options)
        except ValueError as error:
            yield BadRecord(file, number, str(error), "Correct this field of the record")


def _streamed(
    path: Path, start: bytes, options: ReadOptions
) -> Iterator[LocatedArticle | BadRecord]:
    """Yield the articles of a large document, one item in memory at a time."""
    file = str(path)
    text = decoded(start).lstrip()
    prefix = "item"
    if not text.startswith("["):
        places = {key: text.find(f'"{key}"') for key in (*_LISTS, "@graph")}
        present = {key: place for key, place in places.items() if place >= 0}
        if not present:
            reason = f"the document is over {MAX_DOCUMENT_BYTES // 1_000_000} MB and no list"
            yield BadRecord(file, 1, reason, "Give a list of objects, or JSON Lines")
            return
        prefix = f"{min(present, key=present.__getitem__)}.item"
    number = 0
    try:
        with readable(path) as stream:
            for item in ijson.items(stream, prefix, use_float=True, buf_size=_BUFFER_BYTES):
                number += 1
                if isinstance(item, Mapping):
                    yield from located_object(item, file, number, options)
                else:
                    yield BadRecord(file, number, "the item is no object", "Give objects")
    except (ijson.JSONError, ValueError, RecursionError) as error:
        reason = f"the document is not JSON from item {number + 1} on ({error})"
        yield BadRecord(file, number + 1, reason, "Check the program that wrote it")
