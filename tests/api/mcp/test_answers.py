"""What a tool answers is what the article says, with links that only open web pages."""

from __future__ import annotations

from api.mcp.answers import Check, check_fields, whole_check
from corpus.models import Article, Section, Source


def test_a_check_has_what_a_quotation_needs() -> None:
    article = Article(
        "a", "Do trams fly?", verdict="False", publisher="Tram Desk", claim="They do."
    )
    check = Check.model_validate(check_fields(article))
    assert (check.verdict, check.publisher, check.claim) == ("False", "Tram Desk", "They do.")
    assert (check.url, check.date) == (None, None)
    odd = Article("a", "Do trams fly?", url="javascript:alert(1)")
    assert Check.model_validate(check_fields(odd)).url is None


def test_a_whole_check_numbers_its_parts_and_names_its_sources() -> None:
    article = Article(
        "a",
        "Do trams fly?",
        summary="No.",
        sections=(Section("Wheels", "They roll."), Section("", "On rails.")),
        sources=(
            Source(2, "Rails of the town.", "https://lab.example/a"),
            Source(3, "A book.", ""),
        ),
    )
    whole = whole_check(article, "b")
    assert [(part.number, part.text) for part in whole.sections] == [
        (1, "They roll."),
        (2, "On rails."),
    ]
    assert whole.sources == ("[2] Rails of the town. https://lab.example/a", "[3] A book.")
    assert whole.superseded_by == "b"
