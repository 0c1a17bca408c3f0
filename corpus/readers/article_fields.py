"""Fields to article: what the readers of all formats do with texts, dates, states and the rest.

A reader says which value is which field; here each value becomes what the archive keeps: plain
text, a day, an address, a language, and nothing of it is lost without being named.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from corpus.analysis.dates import (
    date_of_timestamp,
    day_order,
    has_open_day_order,
    parse_date,
    parse_moment,
)
from corpus.analysis.web_addresses import web_address
from corpus.markup import has_markup, html_text, plain_line, plain_text
from corpus.models import Article, Rating, Section, Source
from corpus.readers.field_values import field_language_code, language_tag, visible_field_text
from corpus.readers.identity.slug import headline_from_slug, slug, slug_from_url
from corpus.readers.notices import linked_checks, notices_in, stated_notices
from corpus.readers.page_marks import is_followups_heading
from corpus.readers.record import LocatedArticle, ReadOptions
from corpus.readers.states import is_due_later, withheld_reason
from corpus.serialization import MAX_ID_CHARACTERS

MAX_LINE_CHARACTERS = 2_000  # of a field of one line: a long paragraph
MAX_EXTRA_CHARACTERS = 10_000  # of one field that has no place in the model
MAX_EXTRA_FIELDS = 100
MAX_LIST_ITEMS = 200

_DAYS = ("checked_on", "published_on", "modified_on", "claimed_on")
_LINES = ("claim", "claimant", "verdict", "topic", "publisher")
_LISTS = ("authors", "tags", "supersedes", "superseded_by", "aliases")
_LIST_SEPARATOR = re.compile(r"\s*[;|\n]\s*|\s*,\s+(?!Jr\b|Sr\b)|,(?=\S)")
_CITATION = re.compile(r"\[(\d{1,4})\]")
# Names of fields whose values belong to people or machines, not to readers.
_PRIVATE = re.compile(
    r"pass(?:word|wd|phrase)?$|secret|token|api_?key|e?_?mail|phone|mobile|^_|(?:^|_)ip(?:_|$)"
    r"|login|nonce|session|codeinjection|birth|home_address",
    re.IGNORECASE,
)
_QUESTION_MARKS = ("?", "\u061f", "\uff1f", "\u037e")  # Latin, Arabic, full-width, Greek


def article_from_fields(
    values: Mapping[str, object], file: str, line: int, options: ReadOptions
) -> LocatedArticle:
    """Return the article of the fields that a reader found.

    Parameters
    ----------
    values
        By name of a field of Article. Texts may hold HTML. Besides those names: ``html`` or
        ``text`` (the body), ``slug`` (the last part of an address: a proposed id), ``state`` (the
        system's word for published), ``due`` (when it is published), ``password`` (not empty: not
        published), ``links`` (pairs of words and address, which become sources), ``extra`` (fields
        without a place, by name).
    file, line
        Where the record stands.
    options
        The time, its zone.

    Raises
    ------
    ValueError
        There is no headline and nothing to make one of, no id, or a value cannot be used; the
        message begins with the name of the field.
    """
    url = web_address(_one_text(values.get("url")))
    summary = plain_text(_one_text(values.get("summary"))).strip()
    sections, followups, links = _body(values)
    lines = {key: _line(values.get(key)) for key in _LINES}
    proposed = slug_from_url(url) or slug(_one_text(values.get("slug")))
    headline = _line(values.get("headline")) or lines["claim"] or headline_from_slug(proposed)
    if not headline:
        raise ValueError("headline is missing or empty")
    own_id = _one_text(values.get("id")).strip()
    system_id = _line(values.get("system_id"))
    id = own_id or proposed or slug(system_id) or slug(headline)
    if not id or len(id) > MAX_ID_CHARACTERS:
        raise ValueError(f"id is missing, or longer than {MAX_ID_CHARACTERS} characters")
    days, unread, open_dates = _days(values)
    # A check is of the day of its publication, unless it says another.
    days["checked_on"] = days["checked_on"] or days["published_on"]
    reason, embargo = _publication(values, options)
    language, tag = _language(values.get("language"))
    extra, unused = kept_extra(values.get("extra"))
    lists = {key: list_items(values.get(key)) for key in _LISTS}
    notices = tuple(
        dict.fromkeys((*stated_notices(values.get("notices")), *notices_in(summary, sections)))
    )
    newer, older = linked_checks(notices, sections, links, url)
    lists["superseded_by"] = tuple(dict.fromkeys((*lists["superseded_by"], *newer)))
    lists["supersedes"] = tuple(dict.fromkeys((*lists["supersedes"], *older)))
    article = Article(
        id=id,
        headline=headline,
        summary=summary,
        sections=sections,
        followups=tuple(dict.fromkeys((*list_items(values.get("followups")), *followups))),
        sources=_sources(values, links, url, sections),
        url=url,
        image=_image(values.get("image"), url),
        language=language,
        language_tag=tag,
        published=not reason,
        appearances=tuple(
            a for item in list_items(values.get("appearances")) if (a := web_address(item))
        ),
        rating=rating_from(values.get("rating")),
        embargo=embargo,
        system_id=system_id,
        extra=extra,
        notices=notices,
        **days,  # type: ignore[arg-type]
        **lines,  # type: ignore[arg-type]
        **lists,  # type: ignore[arg-type]
    )
    own = (article.id, article.url)  # no article replaces itself
    article = replace(
        article,
        supersedes=tuple(old for old in article.supersedes if old not in own),
        superseded_by=tuple(new for new in article.superseded_by if new not in own),
    )
    return LocatedArticle(
        article=article,
        file=file,
        line=line,
        has_own_id=bool(own_id),
        unread_dates=unread,
        open_dates=open_dates,
        telling_dates=tuple(
            text
            for key in _DAYS
            if isinstance(text := values.get(key), str) and day_order(text) is not None
        ),
        unused=unused,
        withheld=reason,
    )


def list_items(value: object) -> tuple[str, ...]:
    """Return the items of a list, of objects with a name, or of a text with separators; no repeats.

    Separators are ``;``, ``|``, line ends and commas.
    """
    if value is None or value == "":
        return ()
    if isinstance(value, str):
        items: Iterable[object] = _LIST_SEPARATOR.split(plain_text(value).strip("[] "))
    elif isinstance(value, Mapping):
        items = [value]
    elif isinstance(value, list | tuple):
        items = value
    else:
        items = [value]
    names = (_line(_named(item)).strip("\"'") for item in items)
    return tuple(dict.fromkeys(name for name in names if name))[:MAX_LIST_ITEMS]


def rating_from(value: object) -> Rating | None:
    """Return the rating of a mapping of ``value``, ``best``, ``worst``; None without a number."""
    if isinstance(value, Rating) or value is None:
        return value
    if not isinstance(value, Mapping):
        value = {"value": value}
    number = _number(value.get("value"))
    if number is None:
        return None
    return Rating(number, _number(value.get("best")), _number(value.get("worst")))


def is_private_field(name: str) -> bool:
    """Return whether a field of this name is never kept: passwords, addresses of people, tokens."""
    return _PRIVATE.search(name) is not None


def _body(
    values: Mapping[str, object],
) -> tuple[tuple[Section, ...], tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Return the sections, the follow-up questions among them, and the links of the body."""
    links = _items(values.get("links"))
    sections: tuple[Section, ...] = _items(values.get("sections"))
    if sections:
        pass
    elif html := _html(values):
        found = html_text(html)
        sections, links = found.sections, (*links, *found.links)
    else:
        text = plain_text(_one_text(values.get("text"))).strip()
        sections = (Section("", text),) if text else ()
    kept, followups = [], []
    for section in sections:
        if is_followups_heading(section.heading):
            questions = [line.removeprefix("- ") for line in section.text.splitlines()]
            followups += [q for q in questions if q.endswith(_QUESTION_MARKS)]
            rest = "\n".join(q for q in questions if not q.endswith(_QUESTION_MARKS))
            if rest:
                kept.append(Section("", rest))
        else:
            kept.append(section)
    return tuple(kept), tuple(followups), links


def _html(values: Mapping[str, object]) -> str:
    """Return the body where it is HTML, whatever the field that holds it is called."""
    html, text = _one_text(values.get("html")), _one_text(values.get("text"))
    return html or (text if has_markup(text) else "")


def _sources(
    values: Mapping[str, object],
    links: tuple[tuple[str, str], ...],
    url: str,
    sections: tuple[Section, ...],
) -> tuple[Source, ...]:
    """Return the sources that are given, then the links of the body to other sites."""
    given: tuple[Source, ...] = _items(values.get("sources"))
    known = {source.url for source in given}
    host = _host(url)
    cited = {int(n) for section in sections for n in _CITATION.findall(section.text)}
    number = max(cited | {source.number for source in given}, default=0)
    found = list(given)
    for words, address in links:
        if address in known or not _host(address) or _host(address) == host:
            continue
        known.add(address)
        number += 1
        found.append(Source(number, words[:MAX_LINE_CHARACTERS], address))
    return tuple(found[:1_000])


def _days(
    values: Mapping[str, object],
) -> tuple[dict[str, date | None], tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    days: dict[str, date | None] = {}
    unread: list[tuple[str, str]] = []
    open_dates: list[tuple[str, str]] = []
    for key in _DAYS:
        value = values.get(key)
        day = _day(value)
        days[key] = day
        if day is None and value not in (None, ""):
            text = str(value).strip()[:60]
            (open_dates if has_open_day_order(text) else unread).append((key, text))
    return days, tuple(unread), tuple(open_dates)


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return date_of_timestamp(value) or parse_date(str(value))
    return parse_date(value) if isinstance(value, str) else None


def _publication(values: Mapping[str, object], options: ReadOptions) -> tuple[str, datetime | None]:
    """Return why the article is not published ("": it is), and when it is due to be."""
    if values.get("password"):
        return "protected by a password", None
    state = values.get("state")
    reason = withheld_reason(values.get("published")) or withheld_reason(state)
    due = values.get("due")
    moment = None
    if isinstance(due, datetime):
        moment = due if due.tzinfo else due.replace(tzinfo=options.zone)
    elif isinstance(due, date):
        moment = datetime(due.year, due.month, due.day, tzinfo=options.zone)
    elif isinstance(due, str) and due.strip():
        moment = parse_moment(due, options.zone)
    if is_due_later(reason or None, moment, options.now):
        return "scheduled", moment
    if reason == "scheduled" and moment is not None:
        return "", None  # its hour has come since the export was made
    return reason, None


def _language(value: object) -> tuple[str, str]:
    text = _one_text(value).strip()
    tag = language_tag(text)
    code = field_language_code(text)
    return code, tag if tag.lower() != code else ""


def _image(value: object, url: str) -> str:
    if isinstance(value, list | tuple):
        value = value[0] if value else None
    if isinstance(value, Mapping):
        value = value.get("url") or value.get("contentUrl") or value.get("src")
    text = _one_text(value).strip()
    if text.startswith("//"):
        text = f"https:{text}"
    if text.startswith("/") and url:
        parts = urlsplit(url)
        text = f"{parts.scheme}://{parts.netloc}{text}"
    return web_address(text)


def kept_extra(value: object) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Return the fields to keep, in order of their names, and the names of all without a place.

    Passwords, addresses of people and internal fields are not kept.
    """
    if not isinstance(value, Mapping):
        return (), ()
    named = {str(key): item for key, item in value.items() if item not in (None, "", [], {})}
    kept = {
        visible_field_text(key)[:100]: text
        for key, item in named.items()
        if not is_private_field(key) and (text := _extra_text(item))
    }
    return tuple(sorted(kept.items())[:MAX_EXTRA_FIELDS]), tuple(sorted(named))


def _extra_text(value: object) -> str:
    if isinstance(value, str | int | float | bool):
        return visible_field_text(str(value))[:MAX_EXTRA_CHARACTERS]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | tuple) and all(isinstance(i, str | int | float) for i in value):
        return visible_field_text("; ".join(map(str, value)))[:MAX_EXTRA_CHARACTERS]
    return ""


def _items(value: object) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list | tuple) else ()


def _named(item: object) -> object:
    """Return the name of an object of JSON, anything else as it is."""
    if not isinstance(item, Mapping):
        return item
    return next((item[k] for k in ("name", "label", "title", "slug", "text") if item.get(k)), "")


def _one_text(value: object) -> str:
    """Return a text or number as text; an object's rendered or basic text; "" for the rest."""
    if isinstance(value, str):
        return visible_field_text(value)
    if isinstance(value, Mapping):
        return _one_text(
            next((value[k] for k in ("rendered", "basic", "name", "@value") if k in value), "")
        )
    if isinstance(value, list | tuple):
        return _one_text(value[0]) if value else ""
    if isinstance(value, bool):
        return str(value).lower()  # a verdict
    if value is None:
        return ""
    if isinstance(value, float) and not math.isfinite(value):
        return ""
    return str(value)


def _line(value: object) -> str:
    text = plain_line(_one_text(value))
    if len(text) <= MAX_LINE_CHARACTERS:
        return text
    return text[: MAX_LINE_CHARACTERS - 1].rsplit(" ", 1)[0] + "…"


def _number(value: object) -> float | None:
    if isinstance(value, bool) or value is None:
        return None
    try:
        number = float(str(value).strip().replace(",", "."))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower().removeprefix("www.")
    except ValueError:
        return ""
