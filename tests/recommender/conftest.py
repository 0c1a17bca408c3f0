"""The optional parser of English, once for all tests that need it."""

from __future__ import annotations

import pytest

from recommender.grammar.parser import EnglishParser, parser_problem


@pytest.fixture(scope="session")
def parser() -> EnglishParser:
    if problem := parser_problem():
        pytest.skip(problem)
    return EnglishParser.load()
