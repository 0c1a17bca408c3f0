from __future__ import annotations

from collections.abc import Iterator

import pytest

from corpus.models import Article, Section
from recommender.grammar import parser as module
from recommender.grammar.casing import CasingTable
from recommender.grammar.nouns import NounTable
from recommender.grammar.parser import EnglishParser, ParserUnavailable
from recommender.question_generation.labels import HeadlineLabels
from recommender.question_generation.maker import QuestionMaker, installed_parser, made_questions

BODY = (
    "The town sold a bridge to a bank, and the mayor met a farmer on the bridge. "
    "A farmer saw a whale near the port, and the bank sold the port to a farmer. "
)


def maker(parser: EnglishParser | None) -> QuestionMaker:
    texts = [BODY] * 8
    return QuestionMaker(
        HeadlineLabels.learn([]), CasingTable.learn(texts), NounTable.learn(texts), parser
    )


def made(parser: EnglishParser | None, **fields: str) -> str:
    article = Article(
        "a1",
        fields.get("headline", ""),
        summary=fields.get("summary", ""),
        sections=(Section("", fields.get("body", BODY)),),
        claim=fields.get("claim", ""),
        language=fields.get("language", "en"),
    )
    return next((q.text for q in maker(parser).make([article])), "")


@pytest.mark.parametrize(
    ("headline", "question"),
    [
        ("Did Jane Roe sell the port of Ulm?", "Did Jane Roe sell the port of Ulm?"),
        ("No, Jane Roe did not sell the port of Ulm", "Did Jane Roe sell the port of Ulm?"),
        ("Jane Roe says John Poe sold the port of Ulm", "Did John Poe sell the port of Ulm?"),
        ("Jane Roe says she sold the port of Ulm", "Did Jane Roe sell the port of Ulm?"),
        (
            "This is not a video of a whale in Lake Geneva",
            "Does a video show a whale in Lake Geneva?",
        ),
        ("Does this video show a whale in Vienna?", "Does a video show a whale in Vienna?"),
    ],
)
def test_a_headline_becomes_its_question(
    parser: EnglishParser, headline: str, question: str
) -> None:
    assert made(parser, headline=headline) == question


def test_missing_articles_are_those_of_the_text(parser: EnglishParser) -> None:
    headline = "No, Jane Roe did not marry farmer in Ulm"
    assert made(parser, headline=headline) == "Did Jane Roe marry a farmer in Ulm?"


@pytest.mark.parametrize(
    "headline", ["Owl Play?", "A closer look at the port", "Bridge to nowhere"]
)
def test_a_pun_or_a_phrase_is_none(parser: EnglishParser, headline: str) -> None:
    assert made(parser, headline=headline) == ""


def test_the_claim_field_is_used_where_the_headline_states_nothing(parser: EnglishParser) -> None:
    question = made(parser, headline="Port of call", claim="Jane Roe sold the port of Ulm.")
    assert question == "Did Jane Roe sell the port of Ulm?"


def test_what_a_photo_is_claimed_to_show_is_asked(parser: EnglishParser) -> None:
    summary = "A photo has been shared in posts that claim it shows a whale stranded in Vienna."
    question = made(parser, headline="This photo was taken in Norway", summary=summary)
    assert question == "Does a photo show a whale stranded in Vienna?"


def test_an_article_in_another_language_is_passed_over(parser: EnglishParser) -> None:
    assert made(parser, headline="Did Jane Roe sell the port of Ulm?", language="de") == ""


def test_without_a_parser_questions_are_still_kept() -> None:
    assert made(None, headline="Did Jane Roe sell the port of Ulm?")
    claim = "What is behind the claim “Jane Roe sold the port of Ulm”?"
    assert made(None, headline="Jane Roe did not sell the port of Ulm") == claim
    assert made(None, headline="Jane Roe sells the port of Ulm") == ""


@pytest.fixture
def no_parser(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Make the parser unavailable, whether it is installed or not."""

    def load() -> EnglishParser:
        raise ParserUnavailable("not installed")

    installed_parser.cache_clear()
    monkeypatch.setattr(EnglishParser, "load", staticmethod(load))
    yield
    installed_parser.cache_clear()


@pytest.mark.usefixtures("no_parser")
def test_without_its_packages_there_is_no_parser() -> None:
    assert installed_parser() is None


@pytest.mark.usefixtures("no_parser")
def test_questions_are_found_by_the_id_of_their_article() -> None:
    articles = [
        Article("a1", "Did Jane Roe sell the port of Ulm?"),
        Article("a2", "A closer look at the port"),
        Article("a3", "Is garlic a cure for malaria in Ulm?"),
    ]
    made = made_questions(articles)
    assert {i: q.text for i, q in made.items()} == {
        "a1": "Did Jane Roe sell the port of Ulm?",
        "a3": "Is garlic a cure for malaria in Ulm?",
    }
    assert all(question.article_id == i for i, question in made.items())


def test_the_parser_is_loaded_once(parser: EnglishParser, monkeypatch: pytest.MonkeyPatch) -> None:
    loads: list[EnglishParser] = []

    def load() -> EnglishParser:
        loads.append(parser)
        return parser

    installed_parser.cache_clear()
    monkeypatch.setattr(EnglishParser, "load", staticmethod(load))
    assert installed_parser() is installed_parser() is parser
    assert len(loads) == 1
    installed_parser.cache_clear()


ARTICLES = [
    Article("asked", "Did Jane Roe sell the port of Ulm?"),
    Article("stated", "No, Jane Roe is not the owner of the port of Ulm"),
]


def test_statements_are_turned_where_the_parser_is(parser: EnglishParser) -> None:
    made = made_questions(ARTICLES)
    assert made["asked"].asked
    assert made["stated"].text == "Is Jane Roe the owner of the port of Ulm?"
    assert not made["stated"].asked


def test_without_it_questions_that_are_asked_remain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PACKAGE", "no-such-package")
    module._parser_model_folder.cache_clear()
    installed_parser.cache_clear()
    try:
        assert installed_parser() is None
        assert module.parser_problem()
        made = made_questions(ARTICLES)
    finally:
        module._parser_model_folder.cache_clear()
        installed_parser.cache_clear()
    assert made["asked"].asked
    assert made["stated"].rule == "quoted claim, denial removed"


@pytest.mark.parametrize("claim", ["</title><svg onload=alert(1)>", "%", "…", "<b></b>", "-- --"])
def test_a_claim_of_signs_gives_no_question_and_no_error(parser: EnglishParser, claim: str) -> None:
    for headline in ("Do trams fly?", claim):
        made(parser, headline=headline, claim=claim, summary=claim)
