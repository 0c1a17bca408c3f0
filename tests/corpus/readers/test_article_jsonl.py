import gzip
import json
import math
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.models import Article, BadRecord, Section, Source
from corpus.readers import json_objects
from corpus.readers.article_jsonl import read_jsonl, write_jsonl
from corpus.serialization import article_from_dict, article_to_dict

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
SOME = TEXT.filter(lambda text: bool(text.strip()))
URL = st.just("") | TEXT.map(lambda text: f"https://{text}")
ARTICLES = st.builds(
    Article,
    id=st.text("aZ09-_.é/ ", min_size=1).map(str.strip).filter(bool),
    headline=SOME,
    summary=TEXT,
    sections=st.lists(st.builds(Section, TEXT, TEXT), max_size=3).map(tuple),
    followups=st.lists(TEXT, max_size=3).map(tuple),
    sources=st.lists(st.builds(Source, st.integers(0, 10**6), TEXT, URL), max_size=3).map(tuple),
    checked_on=st.none() | st.dates(),
    claim=TEXT,
    claimant=TEXT,
    verdict=TEXT,
    topic=TEXT,
    publisher=TEXT,
    url=URL,
    language=TEXT,
    supersedes=st.lists(TEXT, max_size=3).map(tuple),
    published=st.booleans(),
)
TRAM = Article("tram", "Do trams fly?", sections=(Section("Why", "Wheels."),))


@given(ARTICLES)
def test_an_article_comes_back_from_its_mapping(article: Article) -> None:
    values = article_to_dict(article)
    assert article_from_dict(values) == article
    assert article_from_dict(json.loads(json.dumps(values))) == article


@given(st.lists(ARTICLES, max_size=4))
def test_a_file_gives_back_what_was_written(articles: list[Article]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name in ("a.jsonl", "a.jsonl.gz"):
            path = Path(folder, name)
            assert write_jsonl(articles, path) == len(articles)
            assert list(read_jsonl(path)) == articles


def test_writing_is_repeatable_and_leaves_nothing_beside_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    write_jsonl([TRAM], path)
    first = path.read_bytes()
    write_jsonl([TRAM], path)
    assert path.read_bytes() == first
    with pytest.raises(ValueError, match="article 'half' cannot be written"):
        write_jsonl([TRAM, Article("half", "\ud800")], path)
    assert path.read_bytes() == first
    assert list(tmp_path.iterdir()) == [path]


def test_only_id_and_headline_are_needed_and_unknown_fields_are_left_out() -> None:
    found = article_from_dict({"id": "a", "headline": "B?", "mood": {}, "claim": None})
    assert found == Article("a", "B?")


def test_a_date_with_time_is_its_day_and_an_unreadable_one_none() -> None:
    base = {"id": "a", "headline": "B?"}
    assert article_from_dict({**base, "checked_on": "2025-10-24T10:00:00Z"}).checked_on == date(
        2025, 10, 24
    )
    assert article_from_dict({**base, "checked_on": "last week"}).checked_on is None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": None}, "id is missing or empty"),
        ({"id": " "}, "id is missing or empty"),
        ({"id": 7}, "id must be text, not a number"),
        ({"id": "a\n"}, "id begins or ends with a space"),
        ({"id": "a\x00b"}, "control character"),
        ({"id": "a" * 513}, "id is longer than 512"),
        ({"headline": ""}, "headline is missing or empty"),
        ({"headline": "\ud800"}, "headline holds half a character"),
        ({"claim": ["x"]}, "claim must be text, not a list"),
        ({"checked_on": 20251024}, "checked_on must be text, not a number"),
        ({"followups": "Why?"}, "followups must be a list, not text"),
        ({"followups": ["Why?", None]}, r"followups\[1\] must be text, not null"),
        ({"supersedes": {}}, "supersedes must be a list, not an object"),
        ({"sections": ["x"]}, r"sections\[0\] must be an object, not text"),
        ({"sections": [{}, {"text": 1.5}]}, r"sections\[1\].text must be text, not a number"),
        ({"sources": [{}]}, r"sources\[0\].number must be a whole number, not null"),
        ({"sources": [{"number": True}]}, r"sources\[0\].number must be a whole number"),
        ({"sources": [{"number": -1}]}, r"sources\[0\].number must be from 0"),
        ({"sources": [{"number": 1, "url": "file:///x"}]}, r"sources\[0\].url must begin with"),
        ({"url": "javascript:alert(1)"}, "url must begin with http"),
        ({"published": "no"}, "published must be true or false, not text"),
    ],
)
def test_a_wrong_value_is_named(change: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        article_from_dict({"id": "a", "headline": "B?", **change})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(sorted(article_to_dict(TRAM))), JSON))
def test_any_json_gives_an_article_or_a_message(values: dict[str, object]) -> None:
    try:
        article_to_dict(article_from_dict({"id": "a", "headline": "B?", **values}))
    except ValueError as error:
        assert str(error)


def test_a_broken_line_never_stops_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    good = json.dumps(article_to_dict(TRAM)).encode()
    lines = [
        b"\xef\xbb\xbf" + good,
        b"",
        b"  \r",
        b'{"id": ',
        b"[1]",
        b'{"id": "\xff"}',
        b'{"id": "a", "headline": 5}',
        b'{"id": "a", "headline": "\\ud800"}',
        b"[" * 3000,
        b'{"id": "a", "headline": "B?"}',
    ]
    path.write_bytes(b"\n".join(lines))
    found = list(read_jsonl(path))
    assert [item for item in found if isinstance(item, Article)] == [TRAM, Article("a", "B?")]
    bad = [item for item in found if isinstance(item, BadRecord)]
    assert [item.line for item in bad] == [4, 5, 6, 7, 8, 9]
    assert all(item.file == str(path) and item.remedy for item in bad)
    assert bad[1].reason == "the line is no JSON object"
    assert bad[2].reason == "byte 9 of the line is not UTF-8"
    assert bad[3].reason == "headline must be text, not a number"


def test_a_torn_gzip_gives_what_stands_before_the_tear(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    articles = [Article(f"a{i}", f"Is {math.sqrt(i)} a number?") for i in range(3000)]
    write_jsonl(articles, path)
    path.write_bytes(path.read_bytes()[:-2000])
    *before, last = read_jsonl(path)
    assert before == articles[: len(before)] and len(before) > 500
    assert isinstance(last, BadRecord) and "gzip file is broken" in last.reason
    path.write_bytes(b"no gzip at all")
    (only,) = read_jsonl(path)
    assert isinstance(only, BadRecord) and only.line == 1


def test_a_line_beyond_the_limit_is_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_objects, "MAX_LINE_BYTES", 1000)
    path = tmp_path / "a.jsonl.gz"
    with gzip.open(path, "wb") as file:
        file.write(b"x" * 5000 + b"\n" + b'{"id": "a", "headline": "B?"}\n' + b"y" * 3000)
    first, second, third = read_jsonl(path)
    assert isinstance(first, BadRecord) and first.line == 1
    assert second == Article("a", "B?")
    assert isinstance(third, BadRecord) and third.line == 3


def test_a_missing_file_is_a_message(tmp_path: Path) -> None:
    (only,) = read_jsonl(tmp_path / "none.jsonl")
    assert isinstance(only, BadRecord) and "no such file" in only.reason
