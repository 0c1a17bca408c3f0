"""The load tells an answer of two versions from one of one, and finds the processes that answer."""

from __future__ import annotations

import json
import os

from benchmarks.switches import _VERSION, article, worker_ids


def test_every_text_of_an_article_says_its_version() -> None:
    body = json.dumps(article(7, 12))
    assert set(_VERSION.findall(body)) == {"12"}
    assert body.count("version 12") >= 4


def test_children_that_answer_are_told_from_others() -> None:
    assert worker_ids(os.getpid()) == []
