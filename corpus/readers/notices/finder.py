"""Notices of an article about itself: paragraphs that say that it was corrected or updated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from itertools import islice
from typing import Literal

from corpus.analysis.dates import parse_date
from corpus.markup import plain_text
from corpus.models import Notice, Section
from corpus.readers.notices.words import notice_words, words_of, words_pattern

MAX_NOTICES = 50  # of one article
MAX_NOTICE_CHARACTERS = 2_000  # of one: a longer paragraph is text of the article
_MAX_LABEL_CHARACTERS = 80
_MAX_OPENING_CHARACTERS = 200  # in which a note says what was done
_MAX_SUBJECT_CHARACTERS = 60  # in which a sentence names the article, to be about it
_MAX_OPENING_WORDS = 12
_BULLET = re.compile(r"^[-*•_\s(\[]+")
_NO_BLANKS = re.compile(r"[\u0600-\u1fff\u3040-\uffef]")  # scripts that write words together
_MARKS = "*•_–—()[],.:;'’"
_COLONS = ":\uff1a"  # of full width too
_ENDS = r"(?!\w)"
Kind = Literal["correction", "update"]


def notices_in(summary: str, sections: Iterable[Section]) -> tuple[Notice, ...]:
    """Return the notices among the paragraphs of an article, in its order.

    A notice is a paragraph with a label such as "Correction" or "Update, May 5, 2024" before a
    colon or dash; a note of the editors that says that the article was changed; or a sentence that
    begins with "This article was updated" and the like. A day without its year is not known.
    """
    found = (_notice(line) for line in _paragraphs(summary, sections))
    return tuple(islice(dict.fromkeys(n for n in found if n), MAX_NOTICES))


def stated_notices(value: object) -> tuple[Notice, ...]:
    """Return the notices that a field of a record gives: texts, or schema.org's CorrectionComment.

    A text without a label of an update is a correction, for which such fields stand. An address
    alone says nothing that could be shown, and is left out.
    """
    items = value if isinstance(value, list | tuple) else [value]
    return tuple(n for item in items[:MAX_NOTICES] if (n := _stated_notice(item)))


def _stated_notice(item: object) -> Notice | None:
    if isinstance(item, Notice):
        return item
    day = None
    if isinstance(item, Mapping):
        stated = item.get("datePublished") or item.get("dateCreated")
        day = parse_date(stated) if isinstance(stated, str) else None
        item = item.get("text") or item.get("description")
    if not isinstance(item, str):
        return None
    text = " ".join(plain_text(item).split())[:MAX_NOTICE_CHARACTERS]
    if not text or (text.startswith(("http://", "https://")) and " " not in text):
        return None
    found = _notice(text) or Notice("correction", text)
    return Notice(found.kind, text, day or found.day)


def _paragraphs(summary: str, sections: Iterable[Section]) -> Iterator[str]:
    """Yield the paragraphs; a section whose heading is a label is a notice with its first one."""
    yield from summary.split("\n")
    for section in sections:
        lines = section.text.split("\n")
        if section.heading and len(section.heading) <= _MAX_LABEL_CHARACTERS:
            label = section.heading.rstrip(f" {_COLONS}")
            if _label_pattern().fullmatch(f"{' '.join(label.split())}:"):
                lines[0] = f"{label}: {lines[0]}"
        yield from lines


def _notice(line: str) -> Notice | None:
    if len(line) > MAX_NOTICE_CHARACTERS:
        return None
    if not line or not _may_be_notice(line[:_MAX_SUBJECT_CHARACTERS]):
        return None
    text = " ".join(line.split())
    bare = _BULLET.sub("", text).rstrip("*_)] ")
    if found := _label_pattern().match(bare):
        kind = _kind_of_label(found[1], bare)
        return Notice(kind, text, _day(found[2] or found[3] or "")) if kind else None
    opening = bare[:_MAX_OPENING_CHARACTERS]
    if names_this_article(opening[:_MAX_SUBJECT_CHARACTERS]) and (said := _kind_of_words(opening)):
        return Notice(said, text, _first_day(opening))
    return None


def names_this_article(text: str) -> bool:
    """Return whether ``text`` speaks of the article that it stands in: "this fact check"."""
    return _this_article().search(text) is not None


def _may_be_notice(opening: str) -> bool:
    """Return whether a paragraph may be a notice, by its first words; cheap."""
    if not opening.isascii() and _NO_BLANKS.search(opening):
        return True
    words = opening.lower().split(maxsplit=_MAX_OPENING_WORDS)
    first = {word.strip(_MARKS) for word in words[:2]}  # the first is a bullet in some lists
    if not first.isdisjoint(_first_words("correction", "update", "note")):
        return True
    this = _first_words("this")
    if this.isdisjoint(words) and this.isdisjoint(first):
        return False
    return not _first_words("article").isdisjoint(word.strip(_MARKS) for word in words)


@cache
def _first_words(*kinds: str) -> frozenset[str]:
    return frozenset(
        word.lower().split()[0].strip(_MARKS)
        for one in notice_words().values()
        for kind in kinds
        for word in one[kind]
    )


def _kind_of_label(label: str, text: str) -> Kind | None:
    for kind in ("correction", "update"):
        if words_of(kind).fullmatch(label):
            return kind
    return _kind_of_words(text[:_MAX_OPENING_CHARACTERS])


def _kind_of_words(text: str) -> Kind | None:
    """Return what a note says of the article: corrected before updated, None for neither."""
    if words_of("corrected").search(text):
        return "correction"
    return "update" if words_of("updated").search(text) else None


@cache
def _label_pattern() -> re.Pattern[str]:
    """Return the pattern of a label, its day if it has one, and what ends them before the text."""
    labels = words_pattern("correction", "update", "note")
    rest = rf"(?:[^{_COLONS}–—]|(?<=\d):(?=\d)|(?<=\d)[–—](?=\d))"  # with a time, perhaps
    day = rf" ?\(([^()]{{1,40}})\)|,? ?([^{_COLONS}–—\d]{{0,30}}\d{rest}{{0,30}}?)"
    return re.compile(
        rf"({labels}){_ENDS}(?:{day})? ?(?:\uff1a|:(?!\d\d)|[–—]| - )",
        re.IGNORECASE,
    )


@cache
def _this_article() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w){words_pattern('this')} ?(?:[\w-]+ )?{words_pattern('article')}{_ENDS}",
        re.IGNORECASE,
    )


_DAY = re.compile(
    r"\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4}|\d{4}年\d{1,2}月\d{1,2}日"
    r"|[^\W\d]{3,12}\.? \d{1,2},? \d{4}|\d{1,2}\.? (?:de |of )?[^\W\d]{3,12}\.?,? (?:de )?\d{4}"
)


def _first_day(text: str) -> date | None:
    for found in _DAY.findall(text):
        if day := parse_date(found):
            return day
    return None


def _day(label: str) -> date | None:
    return parse_date(label.strip(" ,.")) or _first_day(label)
