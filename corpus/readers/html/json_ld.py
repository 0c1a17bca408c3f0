"""JSON-LD of a web page: what its ``script`` elements say, as far as it can be parsed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import orjson
from selectolax.lexbor import LexborHTMLParser

from corpus.readers.json_documents.claim_review import has_type

MAX_BLOCKS = 50
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>)\s*;?\s*$"
)
_CONTROL = re.compile(r"[\x00-\x1f]+")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_ARTICLES = (
    "Article NewsArticle ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle BlogPosting"
    " BackgroundNewsArticle ReviewNewsArticle TechArticle Report WebPage"
).split()


def json_ld_documents(tree: LexborHTMLParser) -> Iterator[object]:
    """Yield the documents of a page in its order; what is not JSON even after mending is left out.

    Mended are what sites get wrong most: comments around the document, raw line breaks in texts, a
    comma before a bracket.
    """
    for node in tree.css('script[type*="ld+json"]')[:MAX_BLOCKS]:
        text = _WRAPPING.sub("", node.text(deep=True) or "").strip()
        for attempt in (text, _TRAILING_COMMA.sub(r"\1", _CONTROL.sub(" ", text))):
            try:
                yield orjson.loads(attempt)
            except orjson.JSONDecodeError:
                continue
            break


def objects_of_page(documents: list[object]) -> list[Mapping[str, object]]:
    """Return the objects of all documents at the top, in a list or in a ``@graph``."""
    found: list[Mapping[str, object]] = []
    waiting = list(documents)
    while waiting:
        value = waiting.pop(0)
        if isinstance(value, list):
            waiting = [*value, *waiting]
        elif isinstance(value, Mapping):
            graph = value.get("@graph")
            if isinstance(graph, list):
                waiting = [*graph, *waiting]
            found.append(value)
    return found


def article_object(objects: list[Mapping[str, object]]) -> Mapping[str, object]:
    """Return the object that describes the article of the page, {} without one.

    References by ``@id`` to authors, publisher and image are replaced by what they name.
    """
    by_id = {str(o["@id"]): o for o in objects if "@id" in o and len(o) > 1}
    for kinds in (_ARTICLES[:-1], _ARTICLES[-1:]):
        for value in objects:
            if has_type(value, *kinds):
                return {key: _resolved(item, by_id) for key, item in value.items()}
    return {}


def _resolved(value: object, by_id: Mapping[str, Mapping[str, object]]) -> object:
    if isinstance(value, list):
        return [_resolved(item, by_id) for item in value]
    if isinstance(value, Mapping) and len(value) <= 2 and "name" not in value:
        return by_id.get(str(value.get("@id")), value)
    return value
