"""A report as a page: whole by itself, plots to scale, and no text of the archive in force."""

from __future__ import annotations

import itertools
import re
from html.parser import HTMLParser

import pytest

from api.report.html import HEIGHT, WIDTH, percent, report_columns, report_page, short_number
from corpus.models import Article
from recommender.questions.bank import QuestionBank
from recommender.report.report import Report, summarise_report
from recommender.report.tallies import Tally
from recommender.types import Answer, QuestionSuggestion, RelatedSuggestion, Suggestions

HOSTILE = "<script>window.hacked=1</script><img src=x onerror='window.hacked=1'>\" onload=\"x"


class Tags(HTMLParser):
    """Collects the tags, their attributes and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag not in ("meta", "br", "rect", "line"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def next_reads(article: Article, ids: list[str]) -> list[float]:
    return [0.5] * len(ids)


def make_report() -> Report:
    """Return a report in which every text that an archive gives is hostile."""
    question = f"How do bats {HOSTILE} hunt?"
    bats = Article(f"a{HOSTILE}", HOSTILE, claim=HOSTILE, followups=(question, f"{question}?"))
    shown = QuestionSuggestion(
        "q", question, 1.0, "archive", Answer(HOSTILE, 2, 0.9), (HOSTILE, "asked by “Moths”")
    )
    unanswered = QuestionSuggestion("r", f"Why {HOSTILE}?", 0.5, "archive")
    related = (RelatedSuggestion("moths", 1.0, "contradicts"),)
    rows = [
        (bats, Suggestions((shown, shown, unanswered), related)),
        (Article("owls", HOSTILE), Suggestions((shown, unanswered), ())),
    ]
    return summarise_report(rows, next_reads, QuestionBank.build([bats], {}))


def test_no_text_of_the_archive_becomes_markup() -> None:
    page = Tags(report_page(make_report(), HOSTILE, HOSTILE))
    assert not {"script", "img", "a", "link", "iframe", "form"} & set(page.tags)
    assert not [name for _, name, _ in page.attributes if name.startswith("on")]
    assert HOSTILE in "".join(page.text)
    assert page.open == []


def test_the_page_asks_for_nothing_and_allows_nothing_from_elsewhere() -> None:
    text = report_page(summarise_report([], next_reads), "Report")
    page = Tags(text)
    assert not [row for row in page.attributes if row[1] in ("src", "href", "srcset", "action")]
    assert not re.search(r"url\(|@import|https?://", text)
    policy = [value for tag, name, value in page.attributes if (tag, name) == ("meta", "content")]
    assert any((value or "").startswith("default-src 'none'") for value in policy)


def test_the_page_says_what_the_report_says() -> None:
    report = make_report()
    text = " ".join("".join(Tags(report_page(report, "Report", "built today")).text).split())
    assert "2 articles, 5 questions beside them; built today" in text
    assert report.duplicates.exact == 1
    assert "Of 4 pairs: 1 exact" in text
    for reason in report.coverage.reasons:
        assert reason.name in text
    assert text.index("The worst lists") < text.index("The best lists")
    assert "contradicts" in text
    assert "Story ideas" in text


def test_it_is_made_for_phones_and_the_dark() -> None:
    text = report_page(summarise_report([], next_reads), "Report")
    assert 'name="viewport" content="width=device-width, initial-scale=1"' in text
    assert "prefers-color-scheme: dark" in text


def test_columns_are_to_scale_side_by_side_and_the_rarest_is_seen() -> None:
    found = report_columns([Tally("0", 1), Tally("1", 5_000), Tally("2", 10_000), Tally("3", 0)])
    assert [column.height for column in found] == [1.0, HEIGHT / 2, HEIGHT, 0.0]
    assert all(column.y + column.height == HEIGHT for column in found)
    for left, right in itertools.pairwise(found):
        assert left.x + left.width < right.x
    assert found[0].x > 0
    assert found[-1].x + found[-1].width < WIDTH
    assert report_columns([]) == ()
    assert report_columns([Tally("0", 0)])[0].height == 0.0


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.0, "0 %"),
        (0.0001, "< 0.1 %"),
        (0.0125, "1.2 %"),
        (0.0999, "10 %"),
        (0.5, "50 %"),
        (0.9999, "99.9 %"),
        (1.0, "100 %"),
    ],
)
def test_shares_are_said_in_percent(share: float, said: str) -> None:
    assert percent(share).replace("\u00a0", " ") == said


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0"), (970, "970"), (9_700, "9.7k"), (48_436, "48k"), (1_200_000, "1.2M")],
)
def test_counts_fit_above_a_column(count: int, said: str) -> None:
    assert short_number(count) == said
