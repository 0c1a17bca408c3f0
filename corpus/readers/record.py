"""One record as a reader found it: the article, its place, and what of it could not be used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo

from corpus.models import Article, BadRecord


@dataclass(frozen=True, slots=True)
class LocatedArticle:
    """An article and where it was read: ``line`` of ``file``, from 1; an item's number in JSON.

    ``has_own_id`` says that the record names its id; else the id is a proposal, and the article is
    known by its address or ``system_id``. ``unread_dates`` are fields and texts of which no day
    could be read, ``open_dates`` those of which the order of day and month is not known,
    ``telling_dates`` those that show it.
    ``unused`` are names of fields that nothing was made of. ``withheld`` is the reason why an
    article is not published, "" for one that is.
    """

    article: Article
    file: str
    line: int
    has_own_id: bool = True
    unread_dates: tuple[tuple[str, str], ...] = ()
    open_dates: tuple[tuple[str, str], ...] = ()
    telling_dates: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    withheld: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something of a file or folder that is no article and no error, such as a page or a picture.

    ``what`` says what and why, the same words for all of a kind.
    """

    file: str
    what: str


Record = LocatedArticle | BadRecord | LeftOut
"""What a reader yields for one record."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read: what the operator chose, the same for each file.

    ``now`` decides what is due, ``zone`` is that of times without one. ``mapping`` names for our
    fields the columns or keys of tables and JSON. ``types`` are the kinds of entries of a site's
    export that are articles, such as WordPress's post types; () for the usual ones. ``address`` is
    where a file was fetched, "" for one of the operator's: that of a page which names none.
    """

    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    zone: tzinfo = UTC
    mapping: Mapping[str, str] = field(default_factory=dict)
    types: tuple[str, ...] = ()
    address: str = ""
