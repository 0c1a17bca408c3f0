from __future__ import annotations

from collections.abc import Iterator

import pytest

from corpus.models import Article
from recommender.grammar import parser as module
from recommender.grammar.parser import EnglishParser, ParserUnavailable
from recommender.question_generation import load_maker
from recommender.question_generation.load_maker import installed_parser, made_questions


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
    load_maker.installed_parser.cache_clear()
    try:
        assert installed_parser() is None
        assert module.parser_problem()
        made = made_questions(ARTICLES)
    finally:
        module._parser_model_folder.cache_clear()
        load_maker.installed_parser.cache_clear()
    assert made["asked"].asked
    assert made["stated"].rule == "quoted claim, denial removed"
