"""Articles in our own form of JSON, with what its fields may hold besides plain text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace

from corpus.analysis.dates import day_order, has_open_day_order, parse_date
from corpus.markup import is_plain, plain_line, plain_text
from corpus.models import Article, Section, Source
from corpus.readers.article_fields import kept_extra
from corpus.readers.field_values import field_language_code, language_tag
from corpus.readers.mapping import fields_of_row, guess_mapping
from corpus.readers.record import LocatedArticle, ReadOptions
from corpus.readers.states import is_due_later, withheld_reason
from corpus.serialization import article_from_dict

_FIELDS = frozenset(f.name for f in fields(Article))
_DAYS = ("checked_on", "published_on", "modified_on", "claimed_on")
_LINES = ("headline", "claim", "claimant", "verdict", "topic", "publisher")
_STATES = ("state", "password")


def is_own_article(values: Mapping[str, object]) -> bool:
    """Return whether an object has the form of ``corpus.serialization``."""
    return "id" in values and "headline" in values


def located_own_article(
    values: Mapping[str, object], file: str, line: int, options: ReadOptions
) -> LocatedArticle:
    """Return the article of an object in our own form.

    Parameters
    ----------
    values
        As ``article_to_dict`` writes it. Texts may hold tags and character references, days any
        form that ``parse_date`` reads. Fields that we do not know are read by their names where
        ours are missing, else kept as ``extra``.
    file, line
        Where the object stands.
    options
        The time.

    Raises
    ------
    ValueError
        A required field is missing, or a value is of the wrong type; the message begins with the
        name of the field.
    """
    days, unread, open_dates = _readable_days(values)
    unknown = values.keys() - _FIELDS
    article = article_from_dict({**values, **days} if days else values)
    extra: dict[str, object] = {}
    reason = "" if article.published else "unpublished"
    if unknown:
        article, extra, reason = _with_unknown_fields(article, values, unknown, reason, unread)
    kept, unused = kept_extra(extra)
    article = _cleaned(article)
    if article.embargo and is_due_later(reason or None, article.embargo, options.now):
        reason = "scheduled"
    code, tag = field_language_code(article.language, ""), language_tag(article.language)
    if code and tag.lower() != code:
        article = replace(article, language=code, language_tag=article.language_tag or tag)
    if kept or (reason and article.published):
        merged = dict(article.extra) | dict(kept)
        article = replace(article, extra=tuple(sorted(merged.items())), published=not reason)
    return LocatedArticle(
        article=article,
        file=file,
        line=line,
        unread_dates=tuple(unread),
        open_dates=tuple(open_dates),
        telling_dates=tuple(
            text for text in map(values.get, _DAYS) if isinstance(text, str) and day_order(text)
        ),
        unused=unused,
        withheld=reason,
    )


def _readable_days(
    values: Mapping[str, object],
) -> tuple[dict[str, object], list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the days that are not written as ISO does, by field, and those that are not read."""
    days: dict[str, object] = {}
    unread: list[tuple[str, str]] = []
    open_dates: list[tuple[str, str]] = []
    for key in _DAYS:
        text = values.get(key)
        if not isinstance(text, str) or not text:
            continue
        day = parse_date(text)
        if day is not None and text == day.isoformat():
            continue
        days[key] = day.isoformat() if day else None
        if day is None:
            (open_dates if has_open_day_order(text) else unread).append((key, text.strip()[:60]))
    return days, unread, open_dates


def _with_unknown_fields(
    article: Article,
    values: Mapping[str, object],
    unknown: set[str],
    reason: str,
    unread: list[tuple[str, str]],
) -> tuple[Article, dict[str, object], str]:
    """Return the article with what fields of other names say, the rest, and why it is withheld."""
    mapping = {
        field: name
        for field, name in guess_mapping(sorted(unknown), {}).items()
        if field in ("state", "password") or (field in _DAYS and getattr(article, field) is None)
    }
    found = fields_of_row({name: values[name] for name in unknown}, mapping)
    extra = found.pop("extra")
    for key in _DAYS:
        text = found.get(key)
        if isinstance(text, str) and text:
            day = parse_date(text)
            article = replace(article, **{key: day})  # type: ignore[arg-type]
            if day is None:
                unread.append((key, text.strip()[:60]))
    if article.checked_on is None and article.published_on and not values.get("checked_on"):
        article = replace(article, checked_on=article.published_on)
    if found.get("password"):
        reason = "protected by a password"
    return article, dict(extra), reason or withheld_reason(found.get("state"))  # type: ignore[call-overload]


def _cleaned(article: Article) -> Article:
    """Return an article whose texts hold no tags and no character references."""
    changed: dict[str, object] = {}
    for key in _LINES:
        if not is_plain(text := getattr(article, key)):
            changed[key] = plain_line(text)
    if not is_plain(article.summary):
        changed["summary"] = plain_text(article.summary)
    if not all(is_plain(s.text) and is_plain(s.heading) for s in article.sections):
        changed["sections"] = tuple(
            Section(_line(s.heading), s.text if is_plain(s.text) else plain_text(s.text))
            for s in article.sections
        )
    for key in ("followups", "tags", "authors"):
        if not all(map(is_plain, getattr(article, key))):
            changed[key] = tuple(map(_line, getattr(article, key)))
    if not all(is_plain(source.text) for source in article.sources):
        changed["sources"] = tuple(Source(s.number, _line(s.text), s.url) for s in article.sources)
    if not changed:
        return article
    if not changed.get("headline", article.headline):
        raise ValueError("headline holds tags and no text")
    return replace(article, **changed)  # type: ignore[arg-type]


def _line(text: str) -> str:
    return text if is_plain(text) else plain_line(text)
