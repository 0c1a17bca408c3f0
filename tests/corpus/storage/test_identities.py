"""An article is known by its system, its address in every form, and its other ids."""

from __future__ import annotations

from corpus.models import Article
from corpus.storage.identities import identity_keys, key_hash


def test_all_forms_of_an_address_are_one_key() -> None:
    forms = (
        "https://www.desk.example/trams/",
        "http://desk.example/trams",
        "https://desk.example/trams?utm_source=x#top",
        "https://amp.desk.example/trams/amp",
    )
    assert len({identity_keys(Article("a", "A?", url=url)) for url in forms}) == 1


def test_the_surest_key_is_first() -> None:
    article = Article("a", "A?", url="https://d.example/x", system_id="ghost:1", aliases=("b",))
    assert identity_keys(article) == ("system:ghost:1", "address:d.example/x", "id:b")
    assert identity_keys(Article("a", "A?")) == ()


def test_keys_are_told_apart_by_16_bytes() -> None:
    assert key_hash("a") != key_hash("b")
    assert len(key_hash("\ud800")) == 16
