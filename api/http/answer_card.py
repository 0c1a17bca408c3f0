"""Answer card: the passage that answers what was typed, and published checks that disagree."""

from __future__ import annotations

from collections.abc import Iterator

from api.backend.protocol import Backend, SuggestionRequest
from api.http import response_models as out
from api.http.lookups import look_up_hits
from api.http.next_reads import answered_out
from api.http.request_models import SearchForm
from corpus.analysis.tokenizer import words
from corpus.models import Article
from index.types import Filters
from recommender.answers.answer_type import expected_answer_type
from recommender.answers.finding import finding_of
from recommender.types import Answer

MIN_CONFIDENCE = 0.85  # benchmarks/README.md: some 93 of 100 tweets are answered right from here
MIN_WORDS = 3  # "Are bats blind": fewer are keywords, which ask nothing
MAX_CHARACTERS = 1_000  # of a long post; a pasted article states more than one claim
MAX_DISAGREEING = 2
MAX_RELATED = 10  # of the answering article, among which checks that disagree are looked for


def look_up_answered_hits(backend: Backend, form: SearchForm) -> out.SearchOut:
    """Return the page of hits of a search, with the answer card where one is asked for and sure.

    Raises
    ------
    NotReady
        There is no index to search yet.
    """
    found = look_up_hits(backend, form)
    if not form.answer or not found.hits or not _asks_for_answer(form):
        return found
    return found.model_copy(update={"answers": answers_of_search(backend, form.q.strip())})


def answers_of_search(backend: Backend, text: str) -> tuple[out.AnsweredOut, ...]:
    """Return the article that surely answers a text, then checks that contradict it; or nothing."""
    answer = backend.answer(text)
    if answer is None or answer.confidence < MIN_CONFIDENCE:
        return ()
    wanted = [answer, *_disagreeing(backend, answer.article_id)]
    articles = backend.articles([one.article_id for one in wanted])
    shown = [
        _card(text, one, articles[one.article_id])
        for one in wanted
        if one.article_id in articles and articles[one.article_id].published
    ]
    return tuple(shown) if shown and shown[0].id == answer.article_id else ()


def _card(text: str, answer: Answer, article: Article) -> out.AnsweredOut:
    """Return an article as it stands on the card: with what became of a claim, where it says so.

    The passage that fits a claim best only repeats it. A question for a number, a person and the
    like is answered by the passage that fits it.
    """
    asks_whether = expected_answer_type(text).kind in ("yes or no", "unknown")
    finding = finding_of(text, article) if asks_whether else None
    return answered_out(text, answer, article, finding)


def _asks_for_answer(form: SearchForm) -> bool:
    request = form.request()
    return (
        request.sort == "relevance"
        and not request.offset
        and not request.context
        and request.filters == Filters()
        and len(request.text) <= MAX_CHARACTERS
        and len(words(request.text)) >= MIN_WORDS
    )


def _disagreeing(backend: Backend, article_id: str) -> Iterator[Answer]:
    """Yield the checks of the same claim whose verdict contradicts an article's, by their lead."""
    request = SuggestionRequest(questions=0, related=MAX_RELATED, related_alone=True)
    related = backend.suggestions(article_id, request).related
    contradicting = [one for one in related if one.relation == "contradicts"]
    for one in contradicting[:MAX_DISAGREEING]:
        yield Answer(one.article_id, 0, one.same_claim)
