"""Article serialisation: articles to plain values, ready for JSON, and back.

``{"id": …, "headline": …, "sections": [{"heading": …, "text": …}], "sources": [{"number": …,
"text": …, "url": …}], "checked_on": "2025-10-24", …}``, named as the fields of the Article.
Files, store and API use the same form. Fields that were added later stand in it only where they
have a value, so that an article without them has the form and the hash that it had before.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, date, datetime

from corpus.models import Article, Notice, Rating, Section, Source

MAX_ID_CHARACTERS = 512  # ids are parts of addresses; bounds those and the keys of the store
MAX_SOURCE_NUMBER = 1_000_000  # no text cites so many; a larger number is a year or an error
_TEXTS = tuple(  # empty where unknown
    "summary claim claimant verdict topic publisher url language"
    " image language_tag system_id".split()
)
_LISTS = ("followups", "supersedes", "authors", "tags", "appearances", "aliases", "superseded_by")
_DAYS = ("checked_on", "published_on", "modified_on", "claimed_on")
_ADDRESSES = ("url", "image")
_TEXT_DEFAULTS = {f.name: str(f.default) for f in fields(Article) if f.name in _TEXTS}
_HALF = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")


def article_to_dict(article: Article) -> dict[str, object]:
    """Return every field of an article as str, int, bool, None, list or dict."""
    values: dict[str, object] = {
        "id": article.id,
        "headline": article.headline,
        "summary": article.summary,
        "sections": [{"heading": s.heading, "text": s.text} for s in article.sections],
        "followups": list(article.followups),
        "sources": [{"number": s.number, "text": s.text, "url": s.url} for s in article.sources],
        "checked_on": article.checked_on.isoformat() if article.checked_on else None,
        "claim": article.claim,
        "claimant": article.claimant,
        "verdict": article.verdict,
        "topic": article.topic,
        "publisher": article.publisher,
        "url": article.url,
        "language": article.language,
        "supersedes": list(article.supersedes),
        "published": article.published,
    }
    return values | {key: value for key, value in _later_fields(article).items() if value}


def _later_fields(article: Article) -> dict[str, object]:
    days = {key: getattr(article, key) for key in _DAYS[1:]}
    rating = article.rating
    return {
        "authors": list(article.authors),
        "tags": list(article.tags),
        "image": article.image,
        **{key: day.isoformat() for key, day in days.items() if day},
        "appearances": list(article.appearances),
        "rating": rating and {"value": rating.value, "best": rating.best, "worst": rating.worst},
        "language_tag": article.language_tag,
        "embargo": article.embargo and article.embargo.astimezone(UTC).isoformat(),
        "system_id": article.system_id,
        "aliases": list(article.aliases),
        "extra": dict(article.extra),
        "superseded_by": list(article.superseded_by),
        "notices": [
            {"kind": n.kind, "text": n.text} | ({"date": n.day.isoformat()} if n.day else {})
            for n in article.notices
        ],
    }


def article_from_dict(values: Mapping[str, object]) -> Article:
    """Return the article that ``article_to_dict`` turned into ``values``.

    Only ``id`` and ``headline`` are required; null counts as absent and unknown fields are left
    out. Texts stay the same to the character. A ``checked_on`` that is no ISO date becomes None.

    Raises
    ------
    ValueError
        A required field is missing or empty, or a value is of the wrong type or unsafe; the
        message begins with the name of the field, such as ``sections[2].text``.
    """
    texts = _TEXT_DEFAULTS | {
        key: _deserialize_text(values[key], key, _TEXT_DEFAULTS[key])
        for key in _TEXTS
        if key in values
    }
    for key in _ADDRESSES:
        if texts[key] and not texts[key].lower().startswith(("http://", "https://")):
            raise ValueError(f"{key} must begin with http:// or https://")
    days = dict.fromkeys(_DAYS) | {
        key: _deserialize_day(_deserialize_text(values[key], key, ""))
        for key in _DAYS
        if key in values
    }
    published = values.get("published")
    if published is not None and not isinstance(published, bool):
        raise ValueError(f"published must be true or false, not {_json_type(published)}")
    lists: dict[str, tuple[str, ...]] = dict.fromkeys(_LISTS, ()) | {
        key: tuple(
            _deserialize_text(item, f"{key}[{i}]", None)
            for i, item in enumerate(_deserialize_list(values[key], key))
        )
        for key in _LISTS
        if values.get(key) not in (None, [])
    }
    return Article(
        id=_deserialize_id(values.get("id")),
        headline=_deserialize_headline(values.get("headline")),
        summary=texts["summary"],
        sections=tuple(
            _deserialize_section(item, f"sections[{i}]")
            for i, item in enumerate(_deserialize_list(values.get("sections"), "sections"))
        ),
        followups=lists["followups"],
        sources=tuple(
            _deserialize_source(item, f"sources[{i}]")
            for i, item in enumerate(_deserialize_list(values.get("sources"), "sources"))
        ),
        checked_on=days["checked_on"],
        claim=texts["claim"],
        claimant=texts["claimant"],
        verdict=texts["verdict"],
        topic=texts["topic"],
        publisher=texts["publisher"],
        url=texts["url"],
        language=texts["language"],
        supersedes=lists["supersedes"],
        published=True if published is None else published,
        authors=lists["authors"],
        tags=lists["tags"],
        image=texts["image"],
        published_on=days["published_on"],
        modified_on=days["modified_on"],
        claimed_on=days["claimed_on"],
        appearances=lists["appearances"],
        rating=_deserialize_rating(values.get("rating")),
        language_tag=texts["language_tag"],
        embargo=_deserialize_moment(values.get("embargo"), "embargo"),
        system_id=texts["system_id"],
        aliases=lists["aliases"],
        extra=_deserialize_extra(values.get("extra")),
        superseded_by=lists["superseded_by"],
        notices=tuple(
            _deserialize_notice(item, f"notices[{i}]")
            for i, item in enumerate(_deserialize_list(values.get("notices"), "notices"))
        ),
    )


def _deserialize_id(value: object) -> str:
    id = _deserialize_text(value, "id", "")
    if not id.strip():
        raise ValueError("id is missing or empty")
    if len(id) > MAX_ID_CHARACTERS:
        raise ValueError(f"id is longer than {MAX_ID_CHARACTERS} characters")
    if id != id.strip() or _CONTROL.search(id):
        raise ValueError("id begins or ends with a space, or holds a control character")
    return id


def _deserialize_headline(value: object) -> str:
    headline = _deserialize_text(value, "headline", "")
    if not headline.strip():
        raise ValueError("headline is missing or empty")
    return headline


def _deserialize_section(value: object, name: str) -> Section:
    item = _deserialize_mapping(value, name)
    return Section(
        _deserialize_text(item.get("heading"), f"{name}.heading", ""),
        _deserialize_text(item.get("text"), f"{name}.text", ""),
    )


def _deserialize_source(value: object, name: str) -> Source:
    item = _deserialize_mapping(value, name)
    number = item.get("number")
    if isinstance(number, bool) or not isinstance(number, int):
        raise ValueError(f"{name}.number must be a whole number, not {_json_type(number)}")
    if not 0 <= number <= MAX_SOURCE_NUMBER:
        raise ValueError(f"{name}.number must be from 0 to {MAX_SOURCE_NUMBER}")
    url = _deserialize_text(item.get("url"), f"{name}.url", "")
    if url and not url.lower().startswith(("http://", "https://")):
        raise ValueError(f"{name}.url must begin with http:// or https://")
    return Source(number, _deserialize_text(item.get("text"), f"{name}.text", ""), url)


def _deserialize_notice(value: object, name: str) -> Notice:
    item = _deserialize_mapping(value, name)
    kind = item.get("kind")
    if kind not in ("correction", "update"):
        raise ValueError(f'{name}.kind must be "correction" or "update"')
    day = _deserialize_day(_deserialize_text(item.get("date"), f"{name}.date", ""))
    return Notice(
        kind,
        _deserialize_text(item.get("text"), f"{name}.text", None),
        day,
    )


def _deserialize_text(value: object, name: str, default: str | None) -> str:
    if value is None and default is not None:
        return default
    if not isinstance(value, str):
        raise ValueError(f"{name} must be text, not {_json_type(value)}")
    if _HALF.search(value):
        raise ValueError(f"{name} holds half a character (a lone surrogate)")
    return value


def _deserialize_list(value: object, name: str) -> list[object]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise ValueError(f"{name} must be a list, not {_json_type(value)}")
    return value


def _deserialize_mapping(value: object, name: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise ValueError(f"{name} must be an object, not {_json_type(value)}")
    return value


def _deserialize_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])  # without the time of day
    except ValueError:
        return None


def _deserialize_rating(value: object) -> Rating | None:
    if value is None:
        return None
    item = _deserialize_mapping(value, "rating")
    numbers = {}
    for key in ("value", "best", "worst"):
        number = item.get(key)
        if isinstance(number, bool) or not isinstance(number, int | float | None):
            raise ValueError(f"rating.{key} must be a number, not {_json_type(number)}")
        if number is not None and not math.isfinite(number):
            raise ValueError(f"rating.{key} must be a finite number")
        numbers[key] = number
    if numbers["value"] is None:
        raise ValueError("rating.value is missing")
    return Rating(numbers["value"], numbers["best"], numbers["worst"])


def _deserialize_moment(value: object, name: str) -> datetime | None:
    text = _deserialize_text(value, name, "")
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{name} must be a time such as 2026-06-01T08:00:00+02:00") from None
    if moment.tzinfo is None:
        raise ValueError(f"{name} must say its time zone, as 2026-06-01T08:00:00+02:00 does")
    return moment.astimezone(UTC)


def _deserialize_extra(value: object) -> tuple[tuple[str, str], ...]:
    if value is None:
        return ()
    items = _deserialize_mapping(value, "extra").items()
    return tuple(
        sorted((str(key), _deserialize_text(text, f"extra.{key}", None)) for key, text in items)
    )


def _json_type(value: object) -> str:
    """Return the JSON type of a value, for messages."""
    if value is None:
        return "null"
    kinds = {bool: "true or false", int: "a number", float: "a number", str: "text"}
    return kinds.get(type(value), "a list" if isinstance(value, list | tuple) else "an object")
