"""Question maker of an archive, with the parser where it is installed."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from corpus.models import Article
from recommender.grammar.parser import EnglishParser, ParserUnavailable
from recommender.question_generation.archive_tables import ArchiveTables
from recommender.question_generation.made_question import MadeQuestion
from recommender.question_generation.maker import QuestionMaker


@lru_cache(maxsize=1)
def installed_parser() -> EnglishParser | None:
    """Return the parser, loaded once in this process; None where it is not installed."""
    try:
        return EnglishParser.load()
    except ParserUnavailable:
        return None


def made_questions(articles: Collection[Article]) -> dict[str, MadeQuestion]:
    """Return the questions of a whole archive, in memory, by the article's id."""
    tables = ArchiveTables.learn(articles)
    maker = QuestionMaker(tables.labels, tables.casing, tables.nouns, installed_parser())
    return {question.article_id: question for question in maker.make(articles)}
