"""The links that the weight of a common topic is learned from."""

from __future__ import annotations

from benchmarks.topic_weight import answered_links
from corpus.models import Article


def test_a_link_goes_from_the_asking_to_the_answering_article() -> None:
    asked = "Do 5G masts make people ill?"
    articles = [
        Article("masts", "Who puts up masts?", followups=(asked, "Who pays for a mast?")),
        Article("5g-radio-waves-and-health", "Do radio waves harm?", followups=(asked,)),
    ]
    assert answered_links({a.id: a for a in articles}) == {("masts", "5g-radio-waves-and-health")}
