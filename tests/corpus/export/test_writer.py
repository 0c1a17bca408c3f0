"""Export and reading again: equal but for the fields that are said to be lost."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.export import FORMATS, export_articles
from corpus.models import Article, Section, Source
from corpus.readers.article_jsonl import read_jsonl
from corpus.readers.beir.corpus import read_beir

WORDS = st.text("abc déf=+-@\"',<&", min_size=1).map(lambda t: f"x{t.strip()}y")
ARTICLES = st.builds(
    Article,
    id=st.just("a"),
    headline=WORDS,
    summary=WORDS,
    sections=st.tuples(st.builds(Section, WORDS, WORDS)),
    sources=st.tuples(st.builds(Source, st.integers(1, 9), WORDS)),
    followups=st.tuples(WORDS),
    checked_on=st.none() | st.dates(date(1990, 1, 1), date(2030, 1, 1)),
    claim=WORDS,
    verdict=WORDS,
    url=st.just("https://example.org/a"),
    published=st.booleans(),
)


@given(ARTICLES)
@settings(max_examples=40, deadline=None)
def test_our_lines_lose_nothing(tmp_path_factory: pytest.TempPathFactory, article: Article) -> None:
    path = tmp_path_factory.mktemp("out") / "all.jsonl"
    with path.open("wb") as file:
        assert export_articles([article], "jsonl", file).lost == {}
    assert list(read_jsonl(path)) == [article]


def test_beir_loses_what_it_says(tmp_path: Path) -> None:
    article = Article("a", "Is rain wet?", "Yes.", followups=("Why?",), verdict="True")
    path = tmp_path / "corpus.jsonl"
    with path.open("wb") as file:
        assert export_articles([article], "beir", file).lost == {"followups": 1}
    (again,) = read_beir(path)
    assert isinstance(again, Article)
    assert replace(again, sections=()) == replace(article, followups=())


@pytest.mark.parametrize("form", ["claimreview", "datafeed", "rss"])
@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_document_is_well_formed_with_any_number_of_articles(form: str, count: int) -> None:
    stream = io.BytesIO()
    check = Article("a", "H", claim="C", verdict="False", url="https://example.org/")
    exported = export_articles([check] * count, form, stream)
    assert exported.written == count
    if form == "rss":
        assert len(ElementTree.fromstring(stream.getvalue()).findall("channel/item")) == count
    else:
        document = json.loads(stream.getvalue())
        assert len(document.get("@graph", document.get("dataFeedElement"))) == count


def test_what_is_no_review_is_counted() -> None:
    assert export_articles([Article("a", "H")], "claimreview", io.BytesIO()).skipped == 1


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match="choose one of"):
        export_articles([], "pdf", io.BytesIO())
    assert "csv" in FORMATS
