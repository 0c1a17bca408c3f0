"""Reasons of a suggested question for readers, and remarks for editors."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from recommender.types import Answer, RelatedSuggestion
from recommender.wording.flags import Flag


class ArticleLabel(NamedTuple):
    """What names an article to readers: headline and verdict, "" where there is none."""

    headline: str
    verdict: str = ""


LabelOf = Callable[[str], ArticleLabel]
"""The label of an article by its id."""


def own_reasons(answer: Answer | None, article_id: str, label_of: LabelOf) -> tuple[str, ...]:
    """Return why an own question stands on its page.

    Parameters
    ----------
    answer
        Where it is answered, None: nowhere yet.
    article_id
        The article of the page.
    label_of
        Gives the label of the answering article.
    """
    asked = ("asked by this article",)
    if answer is None or answer.article_id == article_id:
        return asked
    return (*asked, f"answered by “{label_of(answer.article_id).headline}”")


def archive_reasons(text: str, read: RelatedSuggestion, label_of: LabelOf) -> tuple[str, ...]:
    """Return why a question of the archive stands beside an article: what was found, what links.

    Parameters
    ----------
    text
        The question.
    read
        The article that it leads to, as a next read.
    label_of
        Gives the label of that article.
    """
    headline, verdict = label_of(read.article_id)
    found = f"also checked: “{headline}”" if headline != text else "also checked"
    return (f"{found}, {verdict.lower()}" if verdict else found, *read.reasons)


def reasons_for_editors(
    answer: Answer | None, here: Answer | None, faults: Iterable[Flag]
) -> tuple[str, ...]:
    """Return what editors should know of a question: its wording, and who answers it.

    Parameters
    ----------
    answer
        The other article that answers it, None: none does yet.
    here
        Where the page itself seems to answer it, None: nowhere.
    faults
        What is wrong with its wording.
    """
    found = [f"wording: {flag.reason}" for flag in faults]
    if here is not None:
        where = f"section {here.section}" if here.section else "summary"
        found.append(f"this page itself seems to answer it: {where}")
    elif answer is None:
        found.append("not answered in this archive yet")
    return tuple(found)
