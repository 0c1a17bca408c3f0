"""Response models of the JSON API, with the meaning of each field."""

from __future__ import annotations

from datetime import date as Day
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from recommender.types import Origin, Relation

ID = "Id of the article; write / in it as %2F in an address."
PAGE = "Address of the article's page on this server, with the section where one is meant."
URL = "Address at the publisher, null where unknown; always http or https."
CLAIM = "The claim that was checked, empty where unknown."
CLAIMANT = "Who made the claim, empty where unknown."
IMAGE = "Address of the article's picture, null where unknown; always http or https."
VERDICT = "Verdict in the publisher's own words, empty where unknown."
LANGUAGE = "Language of the article, an ISO 639-1 code."
SCORE = "Higher is better; comparable only within one response."
CONTRIBUTIONS = "With `explain=true`: named features, adding up to the score."
ALSO_CHECKED = (
    "Questions of the archive that lead to an article, for a list of their own: given where the "
    "editors' questions fill the first list and fewer than three of them lead on."
)
REASONS = "Why it is shown, in plain words for people."


class Out(BaseModel):
    """A response; immutable."""

    # A field with a default is given all the same: clients may rely on it.
    model_config = ConfigDict(frozen=True, json_schema_serialization_defaults_required=True)


class SnippetOut(Out):
    """A passage of the article that matches."""

    text: str
    marks: tuple[tuple[int, int], ...] = Field(
        description="Matching [start, end) ranges of `text`, counted in Unicode code points."
    )


class ExplanationOut(Out):
    """Why a hit has its score."""

    features: dict[str, float]
    contributions: dict[str, float] = Field(description="They add up to the score.")
    matched_terms: tuple[str, ...]


class HitOut(Out):
    """One article found."""

    id: str = Field(description=ID, examples=["are-bats-blind"])
    headline: str
    page: str = Field(description=PAGE, examples=["/articles/are-bats-blind"])
    url: str | None = Field(description=URL)
    date: Day | None = Field(description="Day of the check.")
    verdict: str = Field(description=VERDICT, examples=["False"])
    claim: str = Field(default="", description=CLAIM)
    claimant: str = Field(default="", description=CLAIMANT)
    image: str | None = Field(default=None, description=IMAGE)
    publisher: str
    topic: str
    language: str = Field(description="ISO 639-1 code.", examples=["en"])
    score: float = Field(description=SCORE)
    found_by: str = Field(
        default="filters",
        description="How much of the search the article holds: `all words`, `some words`, its "
        "`meaning` alone; `filters` where the search has no word.",
    )
    snippet: SnippetOut | None = Field(description="Null with `highlight=false`.")
    explanation: ExplanationOut | None = Field(description="Null without `explain=true`.")


class FacetValue(Out):
    """How many of all matching articles have this value."""

    value: str
    count: int


class TargetOut(Out):
    """An article that the page leads to, with what a link to it needs."""

    id: str = Field(description=ID)
    headline: str
    url: str | None = Field(description=URL)
    page: str = Field(description=PAGE)
    image: str | None = Field(description="Address of its picture, null where unknown.")
    date: Day | None = Field(description="Day of the check.")
    verdict: str = Field(description=VERDICT)
    claim: str
    claimant: str
    publisher: str
    language: str = Field(description=LANGUAGE)


class AnsweredOut(TargetOut):
    """The article that answers a question, and where in it."""

    section: int = Field(description="0 is the summary, 1 the first section.")
    heading: str
    passage: str = Field(description="The sentences of the article that are about the question.")
    confidence: float = Field(description="Calibrated probability that it answers the question.")


class SearchOut(Out):
    """One page of one ranking."""

    hits: tuple[HitOut, ...] = Field(description="Best first, ties by id.")
    total: int = Field(description="All matching articles, not only those of this page.")
    weak: int = Field(
        default=0,
        description="Articles left out because they share hardly anything with the search; "
        "`weak=true` shows them.",
    )
    limit: int
    offset: int
    facets: dict[str, tuple[FacetValue, ...]] = Field(
        description="Exact counts per field over all matching articles, the largest first.",
        examples=[{"verdict": [{"value": "False", "count": 7}]}],
    )
    answers: tuple[AnsweredOut, ...] = Field(
        default=(),
        description="Where what was typed is surely answered, else empty: the article that answers "
        "it, then published checks of the same claim whose verdict contradicts it, with the "
        "probability that their claim is the same. On the first page of a search without filters.",
    )
    did_you_mean: str = Field(description="A better spelling of the search, or empty.")
    without_quotes: str = Field(
        default="",
        description="The search without quotation marks if it is one quoted phrase, or empty.",
    )
    message: str = Field(description="What the searcher should know, such as an empty archive.")
    notes: tuple[str, ...] = Field(
        description="What of the search was not understood, or why it found nothing; for people."
    )
    latency_ms: float


class SectionOut(Out):
    """One part of the article's body."""

    number: int = Field(description="1 is the first; 0 means the summary in other responses.")
    heading: str
    text: str = Field(description="Plain text: a paragraph per line, bullets begin with `- `.")


class SourceOut(Out):
    """A source, cited in the texts as `[number]`."""

    number: int
    text: str
    url: str | None = Field(description="Always http or https.")


class NoticeOut(Out):
    """A correction or update of the article; it stands in its text too where its page has it."""

    kind: Literal["correction", "update"]
    date: Day | None = Field(description="Day of the change, null where the notice names none.")
    text: str = Field(description="The newsroom's words.")


class ArticleOut(Out):
    """One fact check."""

    id: str = Field(description=ID)
    headline: str
    page: str = Field(description=PAGE)
    url: str | None = Field(description=URL)
    date: Day | None = Field(description="Day of the check.")
    summary: str
    sections: tuple[SectionOut, ...]
    followups: tuple[str, ...] = Field(description="Questions that the authors put below it.")
    sources: tuple[SourceOut, ...]
    claim: str
    claimant: str
    image: str | None = Field(default=None, description=IMAGE)
    verdict: str = Field(description=VERDICT)
    topic: str
    publisher: str
    language: str
    supersedes: tuple[str, ...] = Field(
        description="Older checks that this one replaces: ids, or web addresses of a notice."
    )
    superseded_by: str | None = Field(description="Id of the check that replaces this one.")
    notices: tuple[NoticeOut, ...] = Field(description="Corrections and updates, as in the text.")


class AnswerOut(Out):
    """Where a question is answered."""

    article_id: str = Field(description=ID)
    headline: str
    page: str = Field(description=PAGE, examples=["/articles/are-bats-blind#section-2"])
    url: str | None = Field(description=URL)
    section: int = Field(description="0 is the summary, 1 the first section.")
    heading: str
    language: str = Field(default="", description=LANGUAGE)
    confidence: float = Field(ge=0, le=1, description="Calibrated probability.")


class QuestionOut(Out):
    """One follow-up question."""

    id: str
    text: str
    origin: Origin = Field(description="Who asks: the article's editors (`own`) or the `archive`.")
    score: float = Field(description=SCORE)
    reasons: tuple[str, ...] = Field(description=REASONS)
    remarks: tuple[str, ...] | None = Field(
        description="With `explain`, and for drafts: what editors should know of it."
    )
    answer: AnswerOut | None = Field(
        description="Null: not answered yet, a story idea. May be a section of the page itself."
    )
    search: str | None = Field(
        description="Of an unanswered question: path of the search for its words in this archive."
    )
    contributions: dict[str, float] | None = Field(description=CONTRIBUTIONS)


class RelatedOut(Out):
    """One related article."""

    id: str = Field(description=ID)
    headline: str
    page: str = Field(description=PAGE)
    url: str | None = Field(description=URL)
    date: Day | None
    verdict: str = Field(description=VERDICT)
    claim: str = Field(default="", description=CLAIM)
    claimant: str = Field(default="", description=CLAIMANT)
    image: str | None = Field(default=None, description=IMAGE)
    language: str = Field(default="", description=LANGUAGE)
    relation: Relation = Field(description="What it is to the article at hand.")
    probability: float = Field(
        description="Calibrated, 0 to 1: that a reader finds it a good next read."
    )
    score: float = Field(description=SCORE)
    reasons: tuple[str, ...] = Field(description=REASONS)
    contributions: dict[str, float] | None = Field(description=CONTRIBUTIONS)


class QuestionsOut(Out):
    """Follow-up questions of one article, best first; fewer than asked for is normal."""

    article_id: str
    questions: tuple[QuestionOut, ...]
    also_checked: tuple[QuestionOut, ...] = Field(description=ALSO_CHECKED)


class RelatedListOut(Out):
    """Related articles of one article, best first; fewer than asked for is normal."""

    article_id: str
    related: tuple[RelatedOut, ...]


class PreviewOut(Out):
    """Suggestions for a draft. Nothing of it was stored."""

    headline: str = Field(description="The draft's headline, as it was understood.")
    questions: tuple[QuestionOut, ...]
    also_checked: tuple[QuestionOut, ...] = Field(description=ALSO_CHECKED)
    related: tuple[RelatedOut, ...]


class CompletionOut(Out):
    """One way to go on typing."""

    text: str
    kind: str = Field(description="`headline`, `question` or `phrase`.")
    article_id: str | None = Field(description="The article to go to at once, if any.")
    page: str | None = Field(description=PAGE)
    url: str | None = Field(default=None, description=URL)
    claim: str = Field(default="", description=CLAIM)
    claimant: str = Field(default="", description=CLAIMANT)
    image: str | None = Field(default=None, description=IMAGE)


class CompletionsOut(Out):
    """Completions of what was typed so far, best first."""

    suggestions: tuple[CompletionOut, ...]


class HealthOut(Out):
    """The process answers."""

    status: Literal["ok"] = "ok"


class ReadyOut(Out):
    """What is being served. Status 503 while ``ready`` is false."""

    ready: bool
    message: str = Field(description="Why it is not ready and what to do, or empty.")
    articles: int
    questions: int
    generation: str = Field(description="Name of the index in use.")
    built_at: datetime | None
    encoder: str = Field(description="Name of the sentence encoder, empty without one.")


class ErrorDetail(Out):
    """What is wrong and how to mend it."""

    code: str = Field(examples=["bad_parameter"])
    message: str = Field(examples=['limit is "500": should be less than or equal to 100.'])
    remedy: str = Field(examples=["Correct or leave out limit; /docs lists what is allowed."])


class ErrorOut(Out):
    """The form of every error."""

    error: ErrorDetail
