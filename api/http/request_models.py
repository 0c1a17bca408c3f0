"""Request models of the JSON API: searches and drafts, with bounds on every field."""

from __future__ import annotations

import re
from datetime import date as Day
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from api.backend.protocol import DRAFT_ID
from corpus.models import Article, Section
from index.query.date_ranges import date_range
from index.types import Filters, SearchRequest, Sort
from recommender.types import PAGE_SIZE

MAX_TEXT_BYTES = 20_480  # of a search: a long post or a whole page, and still a few milliseconds
MAX_HITS = 100  # of one page of results
MAX_SUGGESTIONS = 50  # questions, or related articles, of one response
MAX_OFFSET = 10_000  # hits that can be paged through: further pages are not read
MAX_PREFIX_CHARACTERS = 200  # of what is being typed
MAX_COMPLETIONS, DEFAULT_COMPLETIONS = 20, 8  # a list below a search box; eight fit on a phone
MAX_LINE_CHARACTERS = 2_000  # of a field that is one line: headlines have some 100
MAX_VALUE_CHARACTERS = 200  # of a topic, verdict or publisher
MAX_VALUES = 50  # alternatives of one filter
MAX_PERIOD_CHARACTERS = 60  # of a period in words
MAX_ID_CHARACTERS = 512  # ids are addresses in some archives
MAX_SECTIONS, MAX_FOLLOWUPS = 500, 100  # of a draft
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _bounded_field(text: str) -> str:
    size = len(text.encode())
    if size > MAX_TEXT_BYTES:
        raise ValueError(f"should have at most {MAX_TEXT_BYTES:,} bytes, it has {size:,}")
    return text


def _valid_period(text: str) -> str:
    if text.strip():
        date_range(text, _today_of_request())
    return text.strip()


def _iso_day(value: object) -> object:
    """Return the day of a text such as 2024-05-31; a number is none, whatever it counts."""
    if value is None or isinstance(value, Day):
        return value
    if not isinstance(value, str) or not _ISO_DAY.fullmatch(value):
        raise ValueError("should be a day such as 2024-05-31")
    return Day.fromisoformat(value)


IsoDay = Annotated[Day, BeforeValidator(_iso_day, json_schema_input_type=Day)]
LongText = Annotated[str, AfterValidator(_bounded_field)]
Values = Annotated[
    list[Annotated[str, StringConstraints(max_length=MAX_VALUE_CHARACTERS)]],
    Field(default_factory=list, max_length=MAX_VALUES),
]
Line = Annotated[str, StringConstraints(max_length=MAX_LINE_CHARACTERS)]
Limit = Annotated[int, Field(ge=1, le=MAX_SUGGESTIONS, description="At most so many.")]
Explain = Annotated[
    bool, Field(description="Also give named features whose contributions add up to each score.")
]


Period = Annotated[
    str, StringConstraints(max_length=MAX_PERIOD_CHARACTERS), AfterValidator(_valid_period)
]


class SearchForm(BaseModel):
    """A search, as parameters of an address or as JSON.

    Names that are not known are refused: a misspelt filter would silently find too much.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    q: LongText = Field(
        "",
        description='Words, a question, or a pasted text of up to 20 kB. `"a phrase"`, `-without` '
        "and `topic:health` are understood. Empty: browse all that passes the filters.",
        examples=["do bats see"],
    )
    context: LongText = Field(
        "", description="The claim or question that came before in a conversation; up to 20 kB."
    )
    limit: int = Field(10, ge=1, le=MAX_HITS, description="Hits per page.")
    offset: int = Field(0, ge=0, le=MAX_OFFSET, description="Hits to pass over.")
    topic: Values = Field(description="Only these topics; repeat the name for alternatives.")
    verdict: Values = Field(description="Only these verdicts, in the publisher's words.")
    publisher: Values = Field(description="Only these publishers.")
    language: Values = Field(description="Only these languages (ISO 639-1).")
    date_from: IsoDay | None = Field(None, description="Checked on this day or later.")
    date_to: IsoDay | None = Field(None, description="Checked on this day or earlier.")
    date: Period = Field(
        "",
        description="A period in words instead of `date_from` and `date_to`.",
        examples=["last 30 days", "2024", "2021..2023", "since may 2023"],
    )
    sort: Sort = Field("relevance", description="`date`: the newest first.")
    explain: Explain = False
    highlight: bool = Field(True, description="Give the best passage with what matches marked.")
    answer: bool = Field(
        False, description="Also give the passage that surely answers what is asked, if one does."
    )
    weak: bool = Field(
        False, description="Also what shares hardly anything with the search but a word or two."
    )

    @model_validator(mode="after")
    def _one_period(self) -> Self:
        if self.date and (self.date_from or self.date_to):
            raise ValueError("give either date, or date_from and date_to")
        if self.date_from and self.date_to and self.date_from > self.date_to:
            raise ValueError(f"date_from ({self.date_from}) should not be after date_to")
        return self

    def request(self) -> SearchRequest:
        """Return the search that this form asks for; a period in words counts from today."""
        first, last = self.date_from, self.date_to
        if self.date:
            first, last = date_range(self.date, _today_of_request())
        filters = Filters(
            tuple(self.topic),
            tuple(self.verdict),
            tuple(self.publisher),
            tuple(self.language),
            first,
            last,
        )
        return SearchRequest(
            self.q.strip(),
            self.context.strip(),
            self.limit,
            self.offset,
            filters,
            self.sort,
            self.explain,
            self.highlight,
            self.weak,
        )


class SearchBody(SearchForm):
    """A search as JSON: texts that stand for numbers, days and truths in an address are refused."""

    model_config = ConfigDict(strict=True)


class DraftSection(BaseModel):
    """One part of a draft's body."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    heading: Line = ""
    text: str


class DraftForm(BaseModel):
    """A draft: its whole page as ``text``, or its parts as fields. Nothing is stored."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        json_schema_extra={
            "examples": [
                {"headline": "Do bats find their way by sight?", "claim": "Bats are blind."},
                {"text": "Fact check: Are bats blind?\n\nExecutive Summary\n\nNo bat is blind."},
            ]
        },
    )

    text: str = Field("", description="The page as text: headline, summary, numbered sections.")
    id: Annotated[str, StringConstraints(max_length=MAX_ID_CHARACTERS)] = Field(
        "", description="Id of the published article that the draft would change, if any."
    )
    headline: Line = ""
    summary: str = ""
    sections: Annotated[list[DraftSection], Field(default_factory=list, max_length=MAX_SECTIONS)]
    followups: Annotated[list[Line], Field(default_factory=list, max_length=MAX_FOLLOWUPS)]
    claim: Line = ""
    claimant: Line = ""
    verdict: Line = ""
    topic: Line = ""
    publisher: Line = ""
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")] = "en"
    date: IsoDay | None = None
    limit: Limit = PAGE_SIZE
    explain: Explain = False

    @model_validator(mode="after")
    def _text_or_fields(self) -> Self:
        settings = {"text", "id", "limit", "explain"}
        fields = sorted(self.model_fields_set - settings)
        if self.text.strip() and fields:
            raise ValueError(f"give either text or fields, not text and {', '.join(fields)}")
        if not self.text.strip() and not self.headline.strip():
            raise ValueError("give the draft as text, or at least a headline")
        return self

    def article(self) -> Article:
        """Return the draft made of fields."""
        return Article(
            id=self.id or DRAFT_ID,
            headline=self.headline.strip(),
            summary=self.summary.strip(),
            sections=tuple(Section(s.heading.strip(), s.text.strip()) for s in self.sections),
            followups=tuple(self.followups),
            checked_on=self.date,
            claim=self.claim.strip(),
            claimant=self.claimant,
            verdict=self.verdict,
            topic=self.topic,
            publisher=self.publisher,
            language=self.language,
            published=False,
        )


def _today_of_request() -> Day:
    return Day.today()
