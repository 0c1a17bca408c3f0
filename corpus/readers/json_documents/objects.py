"""One object of JSON to the articles that it holds, whatever system wrote it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from corpus.models import BadRecord
from corpus.readers.article_fields import article_from_fields
from corpus.readers.json_documents.arc import arc_story_fields, is_arc_story
from corpus.readers.json_documents.claim_review import claim_reviews, review_fields
from corpus.readers.json_documents.fact_check_tools import claim_fields
from corpus.readers.json_documents.ghost import ghost_post_fields, is_ghost_post
from corpus.readers.json_documents.json_feed import feed_item_fields
from corpus.readers.json_documents.wordpress_rest import is_rest_post, rest_post_fields
from corpus.readers.mapping import fields_of_row, guess_mapping
from corpus.readers.own_articles import is_own_article, located_own_article
from corpus.readers.record import LocatedArticle, ReadOptions

_REMEDY = "Correct this field of the record"


def located_object(
    value: Mapping[str, object],
    file: str,
    line: int,
    options: ReadOptions,
    feed: Mapping[str, object] | None = None,
) -> Iterator[LocatedArticle | BadRecord]:
    """Yield the articles of one object, or a BadRecord for each that cannot be used.

    Parameters
    ----------
    value
        A ClaimReview or what holds some, a claim of Google's interface, a post of WordPress or
        Ghost, a story of Arc, an article of ours, or any object with keys that a mapping knows.
    file, line
        Where it stands; the number of the item in a document.
    options
        The mapping, the time.
    feed
        The JSON Feed that it is an item of.
    """
    if is_own_article(value) and not options.mapping:
        try:
            yield located_own_article(value, file, line, options)
        except ValueError as error:
            yield BadRecord(file, line, str(error), _REMEDY)
        return
    found = False
    try:
        for fields in _fields_of_object(value, options, feed):
            found = True
            try:
                yield article_from_fields(fields, file, line, options)
            except ValueError as error:
                yield BadRecord(file, line, str(error), _REMEDY)
    except ValueError as error:  # a text that cannot be read as HTML
        found = True
        yield BadRecord(file, line, str(error), _REMEDY)
    if not found:
        keys = ", ".join(map(str, list(value)[:20]))
        remedy = f"Name its fields: --map headline=KEY,text=KEY. Keys are {keys or 'missing'}"
        yield BadRecord(file, line, "the object holds no article that is known", remedy)


def _fields_of_object(
    value: Mapping[str, object], options: ReadOptions, feed: Mapping[str, object] | None
) -> Iterator[dict[str, object]]:
    if feed is not None:
        yield feed_item_fields(value, feed)
    elif "claimReview" in value and isinstance(value["claimReview"], list):
        yield from claim_fields(value)
    elif {"@type", "@graph", "item"} & value.keys():
        yield from map(review_fields, claim_reviews(value))
    elif is_rest_post(value):
        yield rest_post_fields(value, options.mapping)
    elif is_arc_story(value):
        yield arc_story_fields(value)
    elif is_ghost_post(value):
        yield ghost_post_fields(value)
    else:
        mapping = guess_mapping(map(str, value), options.mapping)
        if {"headline", "claim"} & mapping.keys():
            yield fields_of_row(value, mapping)
