"""Draft page for editors: the suggestions for a pasted draft, with their reasons."""

from __future__ import annotations

from urllib.parse import parse_qs

from fastapi import Request
from pydantic import ValidationError

from api.backend.protocol import Backend, SuggestionRequest
from api.http.errors import ApiError
from api.http.lookups import look_up_draft
from api.http.request_models import DraftForm
from api.http.responses import articles_of_response, questions_out, related_out
from corpus.models import Article


async def pasted_text(request: Request) -> str:
    """Return the draft that a form sent, "" where the page is opened for the first time."""
    if request.method != "POST":
        return ""
    fields = parse_qs((await request.body()).decode("utf-8", "replace"))
    return "\n".join(fields.get("text", [""])[0].splitlines()).strip()


def draft_values(backend: Backend, text: str) -> dict[str, object]:
    """Return the values of the page's template for a pasted draft; nothing of it is stored.

    ``fault`` says why a text cannot be a draft; the page shows the text again.

    Raises
    ------
    NotReady
        There is no index to answer from.
    """
    shown: dict[str, object] = {"text": text, "headline": "", "draft_language": "", "fault": ""}
    shown |= {"questions": (), "also_checked": (), "related": ()}
    if not text:
        return shown
    try:
        draft = _draft_article(text)
    except ApiError as error:
        return shown | {"fault": f"{error.detail} {error.remedy}"}
    page = backend.preview(draft, SuggestionRequest())
    articles = articles_of_response(backend, page, draft)
    return shown | {
        "headline": draft.headline,
        "draft_language": draft.language,
        "questions": questions_out(page.questions, articles, False, remarks=True),
        "also_checked": questions_out(page.also_checked, articles, False, remarks=True),
        "related": related_out(page.related, articles, False),
    }


def _draft_article(text: str) -> Article:
    if "\n" in text:
        return look_up_draft(DraftForm.model_validate({"text": text}))
    try:  # one line is a headline: a draft may begin with it
        return look_up_draft(DraftForm.model_validate({"headline": text}))
    except ValidationError:
        raise ApiError(
            422, "This one line is too long for a headline.", "Put the headline on its own line."
        ) from None
