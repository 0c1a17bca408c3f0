"""The report on the terminal: the same numbers, and texts that cannot steer the terminal."""

from __future__ import annotations

from io import StringIO

from rich.console import Console

from api.report.text import print_report
from corpus.models import Article
from recommender.report.report import Report, summarise_report
from recommender.types import Answer, QuestionSuggestion, RelatedSuggestion, Suggestions

ODD = "How [bold]odd[/bold] is \x1b[31mred\u202e text?"


def next_reads(article: Article, ids: list[str]) -> list[float]:
    return [0.5] * len(ids)


def printed(report: Report, width: int = 100) -> str:
    file = StringIO()
    print_report(report, Console(file=file, width=width))
    return file.getvalue()


def make_report() -> Report:
    questions = (
        QuestionSuggestion("q", ODD, 1.0, "archive", Answer("b", 0, 0.9), ("asked by “x”",)),
        QuestionSuggestion("r", "Why do cats purr?", 1.0, "own"),
    )
    related = (RelatedSuggestion("b", 1.0, "update"),)
    article = Article("a\x1b]0;x\x07", f"Is it so? {ODD}", followups=("Why do cats purr?",))
    return summarise_report([(article, Suggestions(questions, related))], next_reads)


def test_it_says_the_numbers_the_reasons_and_the_lists() -> None:
    report = make_report()
    text = printed(report)
    for said in ("1    of them (100\u00a0%) have fewer than 5", "50\u00a0%    of them lead"):
        assert said in text, text
    for reason in report.coverage.reasons:
        assert reason.name in text
    assert "answer b, confidence 0.90, next read 0.50" in text
    assert "own, no answer" in text
    assert "update" in text
    assert text.index("Worst lists") < text.index("Best lists")


def test_texts_of_the_archive_are_shown_as_they_are_but_for_control_characters() -> None:
    text = printed(make_report())
    assert "How [bold]odd[/bold] is" in text
    assert not {"\x1b", "\x07", "\u202e"} & set(text)


def test_no_line_is_wider_than_the_terminal() -> None:
    assert all(len(line) <= 60 for line in printed(make_report(), 60).splitlines())


def test_a_report_of_nothing_is_printed_without_failing() -> None:
    assert "0    articles" in printed(summarise_report([], next_reads))
