"""Export and reading again: equal but for the fields that are said to be lost."""

from __future__ import annotations

import io
import json
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.export import FORMATS, export_articles
from corpus.models import Article, Rating, Section, Source
from corpus.readers import read
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


FULL = st.builds(
    Article,
    id=st.just("trams-fly"),
    headline=WORDS,
    summary=WORDS,
    sections=st.tuples(st.builds(Section, st.just(""), WORDS)),
    checked_on=st.none() | st.dates(date(1990, 1, 1), date(2020, 1, 1)),
    published_on=st.none() | st.dates(date(1990, 1, 1), date(2020, 1, 1)),
    modified_on=st.none() | st.dates(date(2020, 1, 2), date(2026, 1, 1)),
    claimed_on=st.none() | st.dates(date(1990, 1, 1), date(2020, 1, 1)),
    claim=WORDS,
    claimant=st.sampled_from(["", "A poster"]),
    verdict=st.sampled_from(["False", "Mostly true"]),
    topic=st.sampled_from(["", "Transport"]),
    publisher=st.sampled_from(["", "Tram Desk"]),
    url=st.just("https://desk.example/trams-fly"),
    language=st.just("en"),
    language_tag=st.sampled_from(["", "en-GB"]),
    authors=st.sampled_from([(), ("Ann Lee",), ("Ann Lee", "Bo Li")]),
    tags=st.sampled_from([(), ("rail",), ("rail", "sky")]),
    image=st.sampled_from(["", "https://desk.example/t.jpg?a=1&b=2"]),
    appearances=st.sampled_from([(), ("https://post.example/1", "https://post.example/2")]),
    rating=st.none() | st.just(Rating(1.0, 5.0, 1.0)) | st.just(Rating(2.0)),
)


def shown(value: object) -> object:
    """Return a value without runs of blanks, which no reader keeps."""
    if isinstance(value, Section):
        return shown(value.heading), shown(value.text)
    if isinstance(value, tuple):
        return tuple(map(shown, value))
    return " ".join(value.split()) if isinstance(value, str) else value


ENDINGS = {
    "jsonl": "jsonl",
    "csv": "csv",
    "parquet": "parquet",
    "claimreview": "json",
    "datafeed": "json",
    "rss": "rss",
    "beir": "jsonl",
}


@pytest.mark.parametrize("form", FORMATS)
@given(article=FULL)
@settings(max_examples=25, deadline=None)
def test_what_is_not_said_to_be_lost_is_read_again(
    form: str, tmp_path_factory: pytest.TempPathFactory, article: Article
) -> None:
    path = tmp_path_factory.mktemp("out") / f"all.{ENDINGS[form]}"
    with path.open("wb") as file:
        lost = export_articles([article], form, file).lost
    (again,) = (one for one in read(path) if isinstance(one, Article))
    for field in fields(Article):
        before, after = getattr(article, field.name), getattr(again, field.name)
        if field.name == "sections" and form in ("csv", "parquet", "beir"):
            continue  # one text, which is said
        if before not in (field.default, "", (), None) and field.name not in lost:
            assert shown(after) == shown(before), field.name
