"""Each format keeps the fields that the documentation says, and no others; held on own samples."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from corpus.models import Article
from corpus.readers import LocatedArticle, ReadOptions, read_records
from corpus.serialization import article_to_dict

SAMPLES = Path(__file__).parent / "samples"
DOCS = Path(__file__).resolve().parents[3] / "docs" / "inputs.md"
COLUMNS = {
    "Page": "page.md",
    "HTML": "page.html",
    "ClaimReview": "claim-review.json",
    "Fact Check Tools": "fact-check-tools.json",
    "RSS, Atom": "feed.rss",
    "JSON Feed": "feed.json",
    "WordPress export": "wordpress.xml",
    "WordPress REST": "wordpress-rest.json",
    "Ghost": "ghost.json",
    "Arc": "arc.json",
    "Drupal": "drupal.json",
    "Table": "table.csv",
    "BEIR": "beir.jsonl",
}
NOT_IN_THE_TABLE = {"id", "headline", "published", "embargo", "language"}


def read(name: str) -> LocatedArticle:
    found = list(read_records(SAMPLES / name, ReadOptions()))
    articles = [one for one in found if isinstance(one, LocatedArticle)]
    assert len(articles) == 1, found
    return articles[0]


def kept(name: str) -> set[str]:
    values = article_to_dict(read(name).article)
    return {key for key, value in values.items() if value not in ("", [], None, {})}


def documented() -> dict[str, set[str]]:
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in DOCS.read_text(encoding="utf-8").splitlines()
        if line.startswith("|") and ("✓" in line or line.startswith("| field"))
    ]
    header, *body = rows
    return {
        column: {row[0].strip("`") for row in body if row[i] == "✓"}
        for i, column in enumerate(header)
        if i
    }


@pytest.mark.parametrize("column", COLUMNS)
def test_a_format_keeps_what_the_table_of_formats_says(column: str) -> None:
    assert kept(COLUMNS[column]) - NOT_IN_THE_TABLE == documented()[column]


def test_the_table_names_every_field_and_format() -> None:
    named = set().union(*documented().values())
    assert named == {f.name for f in fields(Article)} - NOT_IN_THE_TABLE
    assert set(documented()) == set(COLUMNS)


@pytest.mark.parametrize("name", COLUMNS.values())
def test_values_are_those_of_the_source(name: str) -> None:
    found = read(name)
    article = found.article
    assert article.headline == "Do trams fly?"
    assert article.url.rstrip("/").endswith("do-trams-fly")
    assert (article.language, article.published, found.withheld) == ("en", True, "")
    assert str(article.checked_on) in ("2026-04-10", "2026-04-09")
    assert not found.unread_dates
    same = {
        "verdict": "False",
        "claim": "Trams fly.",
        "topic": "Transport",
        "publisher": "Tram Desk",
        "authors": ("Ann Lee",),
        "followups": ("Do trams swim?",),
        "language_tag": "en-GB",
    }
    for key, value in same.items():
        assert getattr(article, key) in (value, "", ())


def test_private_fields_of_a_source_are_in_no_article() -> None:
    for name in COLUMNS.values():
        assert "@desk.example" not in str(read(name).article)
