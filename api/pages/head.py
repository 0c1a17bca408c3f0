"""Head of an article's page: what search engines and social networks read of it."""

from __future__ import annotations

from dataclasses import dataclass

import orjson
from markupsafe import Markup

from api.http.responses import article_path
from corpus.analysis.web_addresses import web_address
from corpus.export.structured_data import claim_review
from corpus.models import Article

MAX_DESCRIPTION_CHARACTERS = 300
# What would end a script element, or begin a comment in it, within a text of JSON.
_IN_SCRIPT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


@dataclass(frozen=True, slots=True)
class PageHead:
    """What the head says.

    ``is_copy``: the publisher has a page of its own, which is the one to be found; ``json_ld`` is
    the ClaimReview, "" where the article lacks what one must have.
    """

    canonical: str
    is_copy: bool
    description: str
    image: str
    published: str
    modified: str
    json_ld: Markup


def page_head(article: Article, base: str) -> PageHead:
    """Return the head of an article's page on the server at ``base``."""
    own = web_address(article.url)
    text = " ".join((article.summary or article.claim).split())
    if len(text) > MAX_DESCRIPTION_CHARACTERS:
        text = text[: MAX_DESCRIPTION_CHARACTERS - 1].rsplit(" ", 1)[0] + "…"
    published = article.published_on or article.checked_on
    return PageHead(
        canonical=own or f"{base}{article_path(article.id)}",
        is_copy=bool(own),
        description=text,
        image=web_address(article.image),
        published=published.isoformat() if published else "",
        modified=article.modified_on.isoformat() if article.modified_on else "",
        json_ld=_json_ld(article),
    )


def _json_ld(article: Article) -> Markup:
    review = claim_review(article)
    if review is None:
        return Markup()
    text = orjson.dumps({"@context": "https://schema.org", **review}).decode()
    return Markup(text.translate(_IN_SCRIPT))  # no character of it is markup
