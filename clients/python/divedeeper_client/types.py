"""Shapes of what the API takes and gives."""

# Made from openapi.json by `make clients`; SHA-256 788e5fc2c668946935aff508e4aed464dd0486abdbbb8afc636361322e26798e

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict


class AnswerOut(TypedDict):
    """Where a question is answered."""

    article_id: str
    """Id of the article; write / in it as %2F in an address."""

    headline: str
    page: str
    """Address of the article's page on this server, with the section where one is meant."""

    url: str | None
    """Address at the publisher, null where unknown; always http or https."""

    section: int
    """0 is the summary, 1 the first section."""

    heading: str
    language: str
    """Language of the article, an ISO 639-1 code."""

    confidence: float
    """Calibrated probability."""


class AnsweredOut(TypedDict):
    """The article that answers a question, and where in it."""

    id: str
    """Id of the article; write / in it as %2F in an address."""

    headline: str
    url: str | None
    """Address at the publisher, null where unknown; always http or https."""

    page: str
    """Address of the article's page on this server, with the section where one is meant."""

    image: str | None
    """Address of its picture, null where unknown."""

    date: str | None
    """Day of the check."""

    verdict: str
    """Verdict in the publisher's own words, empty where unknown."""

    claim: str
    claimant: str
    publisher: str
    language: str
    """Language of the article, an ISO 639-1 code."""

    section: int
    """0 is the summary, 1 the first section."""

    heading: str
    passage: str
    """The sentences of the article that are about the question."""

    confidence: float
    """Calibrated probability that it answers the question."""


class BatchForm(TypedDict):
    """Articles to write, and ids to delete or to unpublish; all articles are written or none."""

    put: NotRequired[list[dict[str, Any]]]
    delete: NotRequired[list[str]]
    unpublish: NotRequired[list[str]]


class ChangeOut(TypedDict):
    """The last change of one article."""

    sequence: int
    id: str
    """Id of the article; write / in it as %2F in an address."""

    kind: Literal["put", "gone"]
    """put: added or changed. gone: deleted or not published any more; nothing else is said of it."""


class ChangesOut(TypedDict):
    """What changed, in order; an article that changed several times occurs once."""

    sequence: int
    """Ask for what comes after this number the next time."""

    more: bool
    """There are more changes: ask again at once."""

    generation: str
    """Name of the index. With another one the lists of every article may be new."""

    changes: list[ChangeOut]


class CompletionOut(TypedDict):
    """One way to go on typing."""

    text: str
    kind: str
    """`headline`, `question` or `phrase`."""

    article_id: str | None
    """The article to go to at once, if any."""

    page: str | None
    """Address of the article's page on this server, with the section where one is meant."""

    url: str | None
    """Address at the publisher, null where unknown; always http or https."""

    claim: str
    """The claim that was checked, empty where unknown."""

    claimant: str
    """Who made the claim, empty where unknown."""

    image: str | None
    """Address of the article's picture, null where unknown; always http or https."""


class CompletionsOut(TypedDict):
    """Completions of what was typed so far, best first."""

    suggestions: list[CompletionOut]


class DraftSection(TypedDict):
    """One part of a draft's body."""

    heading: NotRequired[str]
    text: str


class ErrorDetail(TypedDict):
    """What is wrong and how to mend it."""

    code: str
    message: str
    remedy: str


class ErrorOut(TypedDict):
    """The form of every error."""

    error: ErrorDetail


class ExplanationOut(TypedDict):
    """Why a hit has its score."""

    features: dict[str, float]
    contributions: dict[str, float]
    """They add up to the score."""

    matched_terms: list[str]


class FacetValue(TypedDict):
    """How many of all matching articles have this value."""

    value: str
    count: int


class HealthOut(TypedDict):
    """The process answers."""

    status: Literal["ok"]


class NextQuestionOut(TypedDict):
    """One follow-up question; without an answer it leads to a search."""

    id: str
    text: str
    origin: str
    answer: AnsweredOut | None
    search: str | None
    """Address of a search for it, where nothing answers it."""


class NextRelatedOut(TypedDict):
    """One related article, with what it is to the page's."""

    id: str
    """Id of the article; write / in it as %2F in an address."""

    headline: str
    url: str | None
    """Address at the publisher, null where unknown; always http or https."""

    page: str
    """Address of the article's page on this server, with the section where one is meant."""

    image: str | None
    """Address of its picture, null where unknown."""

    date: str | None
    """Day of the check."""

    verdict: str
    """Verdict in the publisher's own words, empty where unknown."""

    claim: str
    claimant: str
    publisher: str
    language: str
    """Language of the article, an ISO 639-1 code."""

    relation: Literal["same claim", "update", "contradicts", "same topic", "background"]
    reasons: list[str]
    """Why it is shown, in plain words for people."""


class NoticeOut(TypedDict):
    """A correction or update of the article; it stands in its text too where its page has it."""

    kind: Literal["correction", "update"]
    date: str | None
    """Day of the change, null where the notice names none."""

    text: str
    """The newsroom's words."""


class OEmbedOut(TypedDict):
    """What a content system shows in place of a link, in the form of https://oembed.com/."""

    type: NotRequired[Literal["rich"]]
    version: NotRequired[Literal["1.0"]]
    title: str
    provider_name: str
    provider_url: str
    cache_age: int
    width: int
    height: int
    html: str
    """The fragment: no script and no style."""


class QuestionOut(TypedDict):
    """One follow-up question."""

    id: str
    text: str
    origin: Literal["own", "archive"]
    """Who asks: the article's editors (`own`) or the `archive`."""

    score: float
    """Higher is better; comparable only within one response."""

    reasons: list[str]
    """Why it is shown, in plain words for people."""

    remarks: list[str] | None
    """With `explain`, and for drafts: what editors should know of it."""

    answer: AnswerOut | None
    """Null: not answered yet, a story idea. May be a section of the page itself."""

    search: str | None
    """Of an unanswered question: path of the search for its words in this archive."""

    contributions: dict[str, float] | None
    """With `explain=true`: named features, adding up to the score."""


class QuestionsOut(TypedDict):
    """Follow-up questions of one article, best first; fewer than asked for is normal."""

    article_id: str
    questions: list[QuestionOut]
    also_checked: list[QuestionOut]
    """Questions of the archive that lead to an article, for a list of their own: given where the editors' questions fill the first list and fewer than three of them lead on."""


class ReadyOut(TypedDict):
    """What is being served. Status 503 while ``ready`` is false."""

    ready: bool
    message: str
    """Why it is not ready and what to do, or empty."""

    articles: int
    questions: int
    generation: str
    """Name of the index in use."""

    built_at: str | None
    encoder: str
    """Name of the sentence encoder, empty without one."""


class RelatedOut(TypedDict):
    """One related article."""

    id: str
    """Id of the article; write / in it as %2F in an address."""

    headline: str
    page: str
    """Address of the article's page on this server, with the section where one is meant."""

    url: str | None
    """Address at the publisher, null where unknown; always http or https."""

    date: str | None
    verdict: str
    """Verdict in the publisher's own words, empty where unknown."""

    claim: str
    """The claim that was checked, empty where unknown."""

    claimant: str
    """Who made the claim, empty where unknown."""

    image: str | None
    """Address of the article's picture, null where unknown; always http or https."""

    language: str
    """Language of the article, an ISO 639-1 code."""

    relation: Literal["same claim", "update", "contradicts", "same topic", "background"]
    """What it is to the article at hand."""

    probability: float
    """Calibrated, 0 to 1: that a reader finds it a good next read."""

    score: float
    """Higher is better; comparable only within one response."""

    reasons: list[str]
    """Why it is shown, in plain words for people."""

    contributions: dict[str, float] | None
    """With `explain=true`: named features, adding up to the score."""


class SearchBody(TypedDict):
    """A search as JSON: texts that stand for numbers, days and truths in an address are refused."""

    q: NotRequired[str]
    """Words, a question, or a pasted text of up to 20 kB. `"a phrase"`, `-without` and `topic:health` are understood. Empty: browse all that passes the filters."""

    context: NotRequired[str]
    """The claim or question that came before in a conversation; up to 20 kB."""

    limit: NotRequired[int]
    """Hits per page."""

    offset: NotRequired[int]
    """Hits to pass over."""

    topic: NotRequired[list[str]]
    """Only these topics; repeat the name for alternatives."""

    verdict: NotRequired[list[str]]
    """Only these verdicts, in the publisher's words."""

    publisher: NotRequired[list[str]]
    """Only these publishers."""

    language: NotRequired[list[str]]
    """Only these languages (ISO 639-1)."""

    date_from: NotRequired[str | None]
    """Checked on this day or later."""

    date_to: NotRequired[str | None]
    """Checked on this day or earlier."""

    date: NotRequired[str]
    """A period in words instead of `date_from` and `date_to`."""

    sort: NotRequired[Literal["relevance", "date"]]
    """`date`: the newest first."""

    explain: NotRequired[bool]
    """Also give named features whose contributions add up to each score."""

    highlight: NotRequired[bool]
    """Give the best passage with what matches marked."""

    answer: NotRequired[bool]
    """Also give the passage that surely answers what is asked, if one does."""

    weak: NotRequired[bool]
    """Also what shares hardly anything with the search but a word or two."""


class SectionOut(TypedDict):
    """One part of the article's body."""

    number: int
    """1 is the first; 0 means the summary in other responses."""

    heading: str
    text: str
    """Plain text: a paragraph per line, bullets begin with `- `."""


class SnippetOut(TypedDict):
    """A passage of the article that matches."""

    text: str
    marks: list[tuple[int, int]]
    """Matching [start, end) ranges of `text`, counted in Unicode code points."""


class SourceOut(TypedDict):
    """A source, cited in the texts as `[number]`."""

    number: int
    text: str
    url: str | None
    """Always http or https."""


class WrittenOut(TypedDict):
    """What became of one article."""

    id: str
    """Id of the article; write / in it as %2F in an address."""

    result: str
    """added, changed, unchanged, deleted, unpublished, or unknown where there is no such article."""


class ArticleOut(TypedDict):
    """One fact check."""

    id: str
    """Id of the article; write / in it as %2F in an address."""

    headline: str
    page: str
    """Address of the article's page on this server, with the section where one is meant."""

    url: str | None
    """Address at the publisher, null where unknown; always http or https."""

    date: str | None
    """Day of the check."""

    summary: str
    sections: list[SectionOut]
    followups: list[str]
    """Questions that the authors put below it."""

    sources: list[SourceOut]
    claim: str
    claimant: str
    image: str | None
    """Address of the article's picture, null where unknown; always http or https."""

    verdict: str
    """Verdict in the publisher's own words, empty where unknown."""

    topic: str
    publisher: str
    language: str
    supersedes: list[str]
    """Older checks that this one replaces: ids, or web addresses of a notice."""

    superseded_by: str | None
    """Id of the check that replaces this one."""

    notices: list[NoticeOut]
    """Corrections and updates, as in the text."""


class DraftForm(TypedDict):
    """A draft: its whole page as ``text``, or its parts as fields. Nothing is stored."""

    text: NotRequired[str]
    """The page as text: headline, summary, numbered sections."""

    id: NotRequired[str]
    """Id of the published article that the draft would change, if any."""

    headline: NotRequired[str]
    summary: NotRequired[str]
    sections: NotRequired[list[DraftSection]]
    followups: NotRequired[list[str]]
    claim: NotRequired[str]
    claimant: NotRequired[str]
    verdict: NotRequired[str]
    topic: NotRequired[str]
    publisher: NotRequired[str]
    language: NotRequired[str]
    date: NotRequired[str | None]
    limit: NotRequired[int]
    """At most so many."""

    explain: NotRequired[bool]
    """Also give named features whose contributions add up to each score."""


class HitOut(TypedDict):
    """One article found."""

    id: str
    """Id of the article; write / in it as %2F in an address."""

    headline: str
    page: str
    """Address of the article's page on this server, with the section where one is meant."""

    url: str | None
    """Address at the publisher, null where unknown; always http or https."""

    date: str | None
    """Day of the check."""

    verdict: str
    """Verdict in the publisher's own words, empty where unknown."""

    claim: str
    """The claim that was checked, empty where unknown."""

    claimant: str
    """Who made the claim, empty where unknown."""

    image: str | None
    """Address of the article's picture, null where unknown; always http or https."""

    publisher: str
    topic: str
    language: str
    """ISO 639-1 code."""

    score: float
    """Higher is better; comparable only within one response."""

    found_by: str
    """How much of the search the article holds: `all words`, `some words`, its `meaning` alone; `filters` where the search has no word."""

    snippet: SnippetOut | None
    """Null with `highlight=false`."""

    explanation: ExplanationOut | None
    """Null without `explain=true`."""


class NextOut(TypedDict):
    """What follows an article: its questions and related articles, planned together."""

    article_id: str
    headline: str
    language: str
    questions: list[NextQuestionOut]
    related: list[NextRelatedOut]


class PreviewOut(TypedDict):
    """Suggestions for a draft. Nothing of it was stored."""

    headline: str
    """The draft's headline, as it was understood."""

    questions: list[QuestionOut]
    also_checked: list[QuestionOut]
    """Questions of the archive that lead to an article, for a list of their own: given where the editors' questions fill the first list and fewer than three of them lead on."""

    related: list[RelatedOut]


class RelatedListOut(TypedDict):
    """Related articles of one article, best first; fewer than asked for is normal."""

    article_id: str
    related: list[RelatedOut]


class SearchOut(TypedDict):
    """One page of one ranking."""

    hits: list[HitOut]
    """Best first, ties by id."""

    total: int
    """All matching articles, not only those of this page."""

    weak: int
    """Articles left out because they share hardly anything with the search; `weak=true` shows them."""

    limit: int
    offset: int
    facets: dict[str, list[FacetValue]]
    """Exact counts per field over all matching articles, the largest first."""

    answers: list[AnsweredOut]
    """Where what was typed is surely answered, else empty: the article that answers it, then published checks of the same claim whose verdict contradicts it, with the probability that their claim is the same. On the first page of a search without filters."""

    did_you_mean: str
    """A better spelling of the search, or empty."""

    without_quotes: str
    """The search without quotation marks if it is one quoted phrase, or empty."""

    message: str
    """What the searcher should know, such as an empty archive."""

    notes: list[str]
    """What of the search was not understood, or why it found nothing; for people."""

    latency_ms: float


class WriteOut(TypedDict):
    """A confirmed write: it is on disk, and served from now on."""

    sequence: int
    """Number of the archive's last change, for `/v1/changes`."""

    results: list[WrittenOut]


class NextListOut(TypedDict):
    """The same for several articles; those that are unknown are named."""

    pages: list[NextOut]
    unknown: list[str]
