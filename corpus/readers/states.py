"""Publication states: what the systems of newsrooms call published, and what not."""

from __future__ import annotations

from datetime import datetime

from corpus.models import Article

# As WordPress, Ghost, Arc, Drupal, Hugo, Jekyll, newsletter systems and tables write them.
_PUBLISHED = frozenset(
    "publish published public live active online posted final released approved confirmed sent"
    " everyone all open visible enabled true yes 1 free inherit"
    " veröffentlicht publié publie publicado publicada pubblicato pubblicata gepubliceerd".split()
)
_WITHHELD = {
    word: reason
    for reason, words in {
        "a draft": "draft drafts auto-draft autodraft entwurf brouillon borrador rascunho bozza"
        " concept unfinished wip",
        "private": "private internal staff restricted hidden privat privé privado privato",
        "for members only": "members member paid tiers premium subscribers subscriber subscription",
        "not approved yet": "pending review in_review in-review needs_review submitted waiting"
        " requested",
        "scheduled": "future scheduled schedule planned embargo embargoed geplant planifié",
        "deleted": "trash trashed deleted removed withdrawn spam",
        "unpublished": "unpublished unpublish archived archive inactive offline disabled expired"
        " retired false no 0 unlisted",
    }.items()
    for word in words.split()
}


def withheld_reason(state: object) -> str:
    """Return why an article of this state is not published, "" where it is.

    Parameters
    ----------
    state
        The word of a format, true or false, or None where the record says nothing. An unknown word
        is no permission: the reason then names it.
    """
    if state is None or state is True:
        return ""
    if state is False:
        return "unpublished"
    word = str(state).strip().casefold()
    if not word or word in _PUBLISHED:
        return ""
    return _WITHHELD.get(word) or f"of the unknown state {word[:40]!r}"


def is_due_later(state: object, moment: datetime | None, now: datetime) -> bool:
    """Return whether an article waits for its moment: published or scheduled, for later.

    Parameters
    ----------
    state
        As in ``withheld_reason``; a draft does not become public by the clock.
    moment
        When it is to be published, None where nothing says so.
    now
        The present; both have a time zone.
    """
    return moment is not None and moment > now and withheld_reason(state) in ("", "scheduled")


def due_articles(articles: list[Article], now: datetime) -> list[Article]:
    """Return those of ``articles`` whose embargo is over at ``now``, in their order."""
    return [a for a in articles if not a.published and a.embargo and a.embargo <= now]
