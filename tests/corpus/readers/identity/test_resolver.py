"""One article is one id for ever; two articles are never one because their addresses end alike."""

from __future__ import annotations

from dataclasses import replace

from corpus.models import Article, BadRecord, Section
from corpus.readers.identity.resolver import (
    IdentityResolver,
    KnownArticles,
    NoArticles,
    merged_articles,
)
from corpus.readers.record import LeftOut, LocatedArticle, Record
from corpus.storage.identities import identity_keys


class Known:
    """An archive of some articles."""

    def __init__(self, *articles: Article) -> None:
        self.articles = {article.id: article for article in articles}
        self.keys: dict[str, str] = {}
        for article in articles:
            for key in identity_keys(article):
                self.keys.setdefault(key, article.id)

    def id_of_key(self, key: str) -> str | None:
        return self.keys.get(key)

    def stored_article(self, id: str) -> Article | None:
        return self.articles.get(id)


def page(url: str, id: str = "results", headline: str = "A?", **more: str) -> LocatedArticle:
    article = Article(id, headline, url=url, **more)  # type: ignore[arg-type]
    return LocatedArticle(article, f"{id}.html", 1, has_own_id=False)


def resolve(known: KnownArticles, *records: Record) -> list[Record]:
    return list(IdentityResolver(known).resolved(records))


def ids(found: list[Record]) -> list[str]:
    return [one.article.id for one in found if isinstance(one, LocatedArticle)]


def test_two_addresses_that_end_alike_are_two_articles_whoever_comes_first() -> None:
    old = page("https://desk.example/2020/election/results/")
    new = page("https://desk.example/2024/election/results/")
    assert ids(resolve(NoArticles(), old, new)) == ["results", "election-results"]
    assert ids(resolve(Known(old.article), new)) == ["election-results"]
    taken = replace(old.article, id="election-results", url="https://other.example/x")
    assert ids(resolve(Known(old.article, taken), new)) == ["2024-election-results"]


def test_the_same_address_in_any_form_is_the_article_that_the_archive_has() -> None:
    known = Known(Article("tram", "A?", url="https://www.desk.example/2020/tram/"))
    for url in (
        "http://desk.example/2020/tram",
        "https://desk.example/2020/tram/?utm_source=x",
        "https://desk.example/2020/tram/amp",
    ):
        assert ids(resolve(known, page(url, "another-slug"))) == ["tram"]


def test_the_name_in_the_system_outlives_a_change_of_address() -> None:
    known = Known(Article("tram", "A?", url="https://d.example/tram", system_id="wordpress:d:7"))
    moved = page("https://d.example/2024/fast-tram", "fast-tram", system_id="wordpress:d:7")
    assert ids(resolve(known, moved)) == ["tram"]


def test_an_id_of_the_record_is_the_id_and_an_old_one_leads_to_its_article() -> None:
    own = LocatedArticle(Article("a", "A?", url="https://d.example/x"), "f", 1)
    assert ids(resolve(Known(Article("b", "A?", url="https://d.example/x")), own)) == ["a"]
    known = Known(Article("new", "A?", aliases=("a",)))
    assert ids(resolve(known, own)) == ["new"]


def test_an_id_that_comes_twice_in_one_ingest_is_named() -> None:
    one = LocatedArticle(Article("a", "A?"), "f", 1)
    found = resolve(NoArticles(), one, replace(one, line=2))
    assert isinstance(found[1], BadRecord)
    assert "taken by f:1" in found[1].reason


def test_a_copy_of_an_article_adds_what_it_knows_and_is_else_left_out() -> None:
    first = page("https://d.example/x", "x", verdict="False")
    more = page("http://d.example/x/", "x", topic="Trams", verdict="True")
    found = resolve(NoArticles(), first, more, more)
    assert isinstance(found[1], LocatedArticle)
    assert (found[1].article.topic, found[1].article.verdict) == ("Trams", "False")
    assert isinstance(found[2], LeftOut)


def test_another_claim_of_the_same_page_is_an_article_of_its_own() -> None:
    first = page("https://d.example/x", "x", claim="Trams fly.")
    second = page("https://d.example/x", "x", claim="Trams swim.")
    found = ids(resolve(NoArticles(), first, second))
    assert found[0] == "x"
    assert len(set(found)) == 2
    known = Known(*(one.article for one in resolve(NoArticles(), first, second)))  # type: ignore[union-attr]
    assert ids(resolve(known, first, second)) == found


def test_files_without_address_of_one_name_are_versions_only_if_their_texts_are_alike() -> None:
    before = Article("results", "Who won in 2020?", sections=(Section("", "North had most votes"),))
    edited = replace(before, headline="Who won?", summary="North had most votes, again.")
    other = Article("results", "Is milk white?", sections=(Section("", "Cows eat green grass"),))
    for article, expected in ((edited, "results"), (other, "2024-results")):
        found = LocatedArticle(article, "2024/results.md", 1, has_own_id=False)
        assert ids(resolve(Known(before), found)) == [expected]


def test_merging_keeps_what_the_first_says() -> None:
    first, second = Article("a", "A?", topic="x"), Article("b", "B?", topic="y", claim="c")
    assert merged_articles(first, second) == replace(first, claim="c")
