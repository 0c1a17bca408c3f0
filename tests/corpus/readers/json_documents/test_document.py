"""A document of JSON gives its items, as a whole or one at a time where it is large."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from corpus.models import BadRecord
from corpus.readers.json_documents import document as module
from corpus.readers.json_documents.document import read_json
from corpus.readers.record import LocatedArticle, ReadOptions

REVIEWS = [
    {"@type": "ClaimReview", "name": f"Do trams fly {n}?", "claimReviewed": "They do."}
    for n in range(30)
]
FEED = {"@type": "DataFeed", "dataFeedElement": [{"item": [review]} for review in REVIEWS]}


def read(path: Path) -> list[LocatedArticle | BadRecord]:
    return list(read_json(path, ReadOptions()))


def headlines(found: list[LocatedArticle | BadRecord]) -> list[str]:
    return [one.article.headline for one in found if isinstance(one, LocatedArticle)]


@pytest.mark.parametrize(
    "content",
    [
        REVIEWS,
        FEED,
        {"@graph": REVIEWS},
        {"posts": [{"title": r["name"], "slug": "a", "html": ""} for r in REVIEWS]},
        {"claims": [{"text": "x", "claimReview": [{"title": r["name"]}]} for r in REVIEWS]},
        {
            "version": "https://jsonfeed.org/version/1.1",
            "items": [{"id": str(n), "title": r["name"]} for n, r in enumerate(REVIEWS)],
        },
        {"data": [{"title": r["name"]} for r in REVIEWS]},
    ],
)
def test_every_list_of_articles_is_found(tmp_path: Path, content: object) -> None:
    (tmp_path / "a.json").write_text(json.dumps(content))
    (tmp_path / "a.json.gz").write_bytes(gzip.compress(json.dumps(content).encode()))
    expected = [review["name"] for review in REVIEWS]
    assert headlines(read(tmp_path / "a.json")) == expected
    assert headlines(read(tmp_path / "a.json.gz")) == expected


@pytest.mark.parametrize("content", [REVIEWS, FEED, {"claims": [], "dataFeedElement": []}])
def test_a_large_document_gives_the_same_item_by_item(
    tmp_path: Path, content: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.json").write_text(json.dumps(content))
    whole = headlines(read(tmp_path / "a.json"))
    monkeypatch.setattr(module, "MAX_DOCUMENT_BYTES", 100)
    assert headlines(read(tmp_path / "a.json")) == whole


def test_a_large_document_that_is_torn_gives_what_stands_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = json.dumps(FEED)
    (tmp_path / "a.json").write_text(text[: len(text) // 2])
    monkeypatch.setattr(module, "MAX_DOCUMENT_BYTES", 100)
    found = read(tmp_path / "a.json")
    assert len(headlines(found)) > 5
    assert isinstance(found[-1], BadRecord)
    assert "is not JSON from item" in found[-1].reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "is not JSON"),
        ("7", "one bare value"),
        ("[7]", "the item is no object"),
        ("{}", "no article that is known"),
        ('{"a":' * 5_000, "is not JSON"),
        ('{"db": [{"data": {"posts": []}}]}', "no posts"),
    ],
)
def test_what_is_no_document_is_one_message(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "a.json").write_text(text)
    (found,) = read(tmp_path / "a.json")
    assert isinstance(found, BadRecord)
    assert reason in found.reason
